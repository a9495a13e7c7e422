"""Areas that polygons share, by a closed form that builds no geometry; a plain twin by GEOS."""
