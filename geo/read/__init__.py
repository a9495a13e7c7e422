"""Files of others, read safely: formats, encodings, limits and archives live here."""
