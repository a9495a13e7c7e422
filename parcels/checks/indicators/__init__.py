"""Indicators of parcels against limits."""
