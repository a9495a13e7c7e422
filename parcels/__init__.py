"""The product: parcels of a plan and of survey files, rules, proposals, sketches, snapshots."""

VERSION = "0.7.0"
"""Of this program; snapshots name the one that made them."""
