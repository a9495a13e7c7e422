"""Rings, validity, repairs, neighbours: the quality of parcel geometry."""
