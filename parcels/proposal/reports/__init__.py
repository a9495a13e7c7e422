"""A judged proposal as JSON, as a workbook, as a memo."""
