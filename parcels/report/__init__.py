"""Reports of a snapshot: its findings on paper, in a workbook, in a document of the bureau's."""
