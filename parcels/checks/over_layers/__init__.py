"""Parcels over the layers that they are judged against."""
