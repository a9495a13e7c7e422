"""What parcels must keep away from."""
