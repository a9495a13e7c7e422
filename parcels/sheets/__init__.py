"""Map sheets by templates: a snapshot as pages to print."""
