"""GIS formats: Shapefile, GeoPackage, GeoJSON, FlatGeobuf, GeoParquet."""
