"""KML and KMZ, read without following any link."""
