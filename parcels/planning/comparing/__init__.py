"""Scenarios beside each other, and the years in which they are submitted."""
