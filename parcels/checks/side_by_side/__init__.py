"""Uses beside each other."""
