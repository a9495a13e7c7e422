"""Snapshots of parcels under review."""
