"""Snapshots: what was seen, on which inputs, sealed by a digest, so that it can be checked again."""
