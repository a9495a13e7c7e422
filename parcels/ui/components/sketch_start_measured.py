"""Outlines that are measured out: a traverse by bearings, a rectangle along a road."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcels.ui.components.sketch_now import Now
    from parcels.ui.components.sketch_started import Started


def bearings(now: Now) -> Started | None:
    """."""
    return None


def along_road(now: Now) -> Started | None:
    """."""
    return None
