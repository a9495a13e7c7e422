"""Workbooks and delimited texts: boundary points, or one row a parcel."""
