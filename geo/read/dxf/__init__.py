"""DXF drawings: closed polylines by layer."""
