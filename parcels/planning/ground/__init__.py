"""What sketches run into, prepared once."""
