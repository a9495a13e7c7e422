"""Parcels of a survey file: where they lie, which ring is a hole, how large, what is wrong."""
