"""Verdicts as icon and word."""

from __future__ import annotations

from parcels.messages import text
from parcels.ui.markup import Markup, tag

_CLASSES = {"fail": "fail", "unknown": "unknown", "warning": "warning", "pass": "pass"}


def verdict(lang: str, outcome: str) -> Markup:
    """Write an outcome: icon and word, coloured by its meaning."""
    glyph = tag("span", text(lang, f"glyph.{outcome}"), cls="pl-icon")
    word = text(lang, f"outcome.{outcome}")
    return tag("span", glyph, word, cls=f"pl-badge pl-{_CLASSES.get(outcome, 'none')}")
