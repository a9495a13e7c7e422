"""The product: parcels, their checks and everything that a person sees."""
