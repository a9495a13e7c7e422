"""Pages: a table of contents of components each."""
