"""Geometry, coordinates and files: knows nothing of parcels, zones or rules."""
