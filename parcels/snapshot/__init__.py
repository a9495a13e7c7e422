"""Snapshots: what was seen, on which inputs, sealed by a digest, to be checked again."""
