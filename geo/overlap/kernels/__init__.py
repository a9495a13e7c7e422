"""Loops over flat arrays, compiled by numba; only `geo.overlap.engine` imports these modules."""
