"""Locations as plain data for JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from geo.location.location import LocatedPart, Location

_DEGREE_DECIMALS = 9


def to_json(location: Location) -> dict[str, Any]:
    """Give a location the shape of ``locate --json`` (docs/cli.md).

    Returns
    -------
    dict
        Only dicts, lists, texts, numbers and None; geometries are GeoJSON in EPSG:4490.
    """
    return {
        "phrase": location.phrase,
        "class": location.class_,
        "parts": [_part(part) for part in location.parts],
    }


def _part(part: LocatedPart) -> dict[str, Any]:
    return {
        "class": part.class_,
        "bounds": {side: list(names) for side, names in part.bounds.items()},
        "straddles": list(part.straddles),
        "within": list(part.within),
        "between": [list(pair) for pair in part.between],
        "distance_m": dict(part.distance_m),
        "missing": list(part.missing),
        "anchors": [
            {
                "name": anchor.name,
                "status": anchor.status,
                "id": anchor.id,
                "feature": anchor.feature,
                "candidates": list(anchor.candidates),
            }
            for anchor in part.anchors
        ],
        "envelope": _geojson(part.envelope),
        "block": _geojson(part.block),
        "candidate": _geojson(part.candidate),
        "candidate_area_m2": None if part.candidate is None else part.area_m2,
        "area_m2": part.area_m2,
        "accuracy_m": part.accuracy_m,
        "notes": list(part.notes),
    }


def _geojson(geometry: Any) -> Any:
    """Round to 0.1 mm, so that the text is the same on every machine."""
    if geometry is None:
        return None
    rounded = shapely.transform(geometry, lambda xy: xy.round(_DEGREE_DECIMALS))
    return json.loads(shapely.to_geojson(rounded))
