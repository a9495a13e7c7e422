"""Sketches of extension areas: elements, operations, scenarios, and what they add up to."""
