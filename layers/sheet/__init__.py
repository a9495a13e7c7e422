"""Printed sheets: paper, map frame, signs, labels, PNG and PDF; all lengths are millimetres."""
