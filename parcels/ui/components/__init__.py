"""Pieces of pages; each owns its widget keys."""
