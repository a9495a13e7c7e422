"""Where a map looks, as the address writes it."""

from __future__ import annotations

from dataclasses import dataclass

_PARTS = 3
_DEEPEST = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Map view: centre in degrees and zoom level."""

    lat: float
    lng: float
    zoom: float


def read_view(written: str) -> View | None:
    """Read ``latitude,longitude,zoom``; None for what is none."""
    try:
        lat, lng, zoom = (float(part) for part in written.split(",", _PARTS - 1))
    except ValueError:
        return None
    inside = -90 <= lat <= 90 and -180 <= lng <= 180 and 0 <= zoom <= _DEEPEST  # noqa: PLR2004
    return View(lat=lat, lng=lng, zoom=zoom) if inside else None
