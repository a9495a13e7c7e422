"""The one HTML file of a snapshot: it opens from a file, and asks nobody for anything."""
