"""Snapshots of one scenario, or of up to four side by side."""
