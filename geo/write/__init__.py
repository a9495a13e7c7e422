"""Parcels as files: one module a format family; same input, same bytes."""
