"""What a report must say about the place of a survey: assumptions, distance, zone borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.read.parsed import Note
from geo.survey.place.axes import CHINA
from geo.survey.place.candidates import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.survey.place.case import Case, Choice
    from geo.zones import Zone

_FAR_KM = 50.0
_STRAY_KM = 100.0
_FEWEST = 3  # features of which one can be the stray
_KM_PER_DEGREE = 111.32  # of longitude on the equator


def placement_notes(case: Case, choice: Choice, lonlat: Any) -> tuple[Note, ...]:
    """Note what was assumed and what is remarkable.

    Parameters
    ----------
    case, choice : Case, Choice
    lonlat : array of geometry or None, shape (n,)
        Placed features in EPSG:4490, one an input row.

    Returns
    -------
    tuple of Note
    """
    bounds = shapely.bounds(lonlat)
    rows = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    if not len(rows):
        return choice.notes
    notes = [*choice.notes, *_assumed(case, choice), *_overruled(case, choice)]
    notes += [*_outside_china(bounds, rows), *_far(case, bounds[rows]), *_stray(bounds, rows)]
    if choice.system.zone is not None:
        notes += _border(choice.system.zone, bounds, rows)
    return tuple(notes)


def _assumed(case: Case, choice: Choice) -> Iterator[Note]:
    if choice.system.is_shifted:
        yield Note(code="web_map_moved_back", values={"crs": choice.system.name})
    elif choice.how == "size":
        yield Note(code="degrees_assumed")
    elif choice.how == "format" and case.declared is None:
        yield Note(code="degrees_by_format")
    elif choice.how in ("prefix", "header") and case.stated.datum is None:
        yield Note(code="datum_assumed", values={"crs": choice.system.name})
    if choice.how == "prefix" and case.file_format == "geojson":
        yield Note(code="metres_against_format", values={"crs": choice.system.name})
    datum = case.stated.datum if choice.how in ("prefix", "header") else choice.system
    if datum is not None and "WGS 84" in datum.name:
        yield Note(code="wgs84_as_cgcs2000")


def _overruled(case: Case, choice: Choice) -> Iterator[Note]:
    if choice.order_how == "chosen":
        if case.axes not in (None, choice.order):
            yield Note(code="axes_chosen_over_file")
    elif case.axes not in (None, choice.order):
        yield Note(code="axes_swapped")
    if case.chosen is None:
        return
    bare = case.stated.bare_zone()
    zone = case.declared.zone if case.declared else bare
    differs = case.declared is not None and case.declared.definition != case.chosen.definition
    if differs or (zone and case.chosen.zone and zone.meridian != case.chosen.zone.meridian):
        yield Note(code="crs_chosen_over_file")


def _outside_china(bounds: Any, rows: Any) -> Iterator[Note]:
    west, south, east, north = CHINA
    box = bounds[rows]
    off = (box[:, 0] < west) | (box[:, 1] < south) | (box[:, 2] > east) | (box[:, 3] > north)
    if off.any():
        first = int(rows[np.argmax(off)])
        yield Note(
            code="features_outside_china",
            values={
                "count": int(off.sum()),
                "feature": first + 1,
                "lon": round(float(bounds[first, 0]), 5),
                "lat": round(float(bounds[first, 1]), 5),
            },
        )


def _far(case: Case, bounds: Any) -> Iterator[Note]:
    if case.near is None:
        return
    middles = (bounds[:, :2] + bounds[:, 2:]) / 2
    order = np.argsort(np.hypot(*(middles - np.array(case.near)).T), kind="stable")
    lon, lat = middles[order[(len(order) - 1) // 2]].tolist()  # one stray feature moves no middle
    away = distance_km(case.near, (lon, lat))
    if away > _FAR_KM:
        yield Note(code="far_from_project", values={"km": round(away)})


def _stray(bounds: Any, rows: Any) -> Iterator[Note]:
    """Note features far from where most lie: mostly a digit that is wrong."""
    box = bounds[rows]
    if len(box) < _FEWEST:
        return
    middles = (box[:, :2] + box[:, 2:]) / 2
    middle = np.median(middles, axis=0)
    squeeze = np.array([np.cos(np.radians(middle[1])), 1.0])
    away = np.hypot(*((middles - middle) * squeeze).T) * _KM_PER_DEGREE
    stray = away > _STRAY_KM
    if not stray.any() or np.median(away) > _FAR_KM:
        return
    first = int(np.argmax(stray))
    yield Note(
        code="features_far_from_others",
        values={
            "count": int(stray.sum()),
            "feature": int(rows[first]) + 1,
            "km": round(float(away[first])),
        },
    )


def _border(zone: Zone, bounds: Any, rows: Any) -> Iterator[Note]:
    """Note features beyond the border of their zone; surveys of one project stay in one zone."""
    west, east = zone.meridian - zone.width / 2, zone.meridian + zone.width / 2
    box = bounds[rows]
    beyond = np.maximum(west - box[:, 0], box[:, 2] - east)
    if not (beyond > 0).any():
        return
    first = int(np.argmax(beyond))
    squeeze = float(np.cos(np.radians(box[first, 1])))
    yield Note(
        code="outside_zone",
        values={
            "zone": zone.number,
            "count": int((beyond > 0).sum()),
            "feature": int(rows[first]) + 1,
            "km": round(float(beyond[first]) * _KM_PER_DEGREE * squeeze, 1),
        },
    )
    inside = (box[:, 2] > west) & (box[:, 0] < east)
    if inside.any():
        border = west if west - box[first, 0] > 0 else east
        yield Note(code="crosses_zone_border", values={"border": border, "zone": zone.number})
