"""Elements and operations for tests of planning."""

from __future__ import annotations

import shapely

from geo.crs import local_tm, to_lonlat
from parcels.planning.model import Element, Operation, Scenario

PLANE = local_tm(112.5, 33.0)


def box(west, south, east, north):
    """Draw a rectangle in metres of the plane of 112.5°E 33.0°N; EPSG:4490."""
    return to_lonlat(shapely.box(west, south, east, north), PLANE)


def geojson(shape):
    return shapely.geometry.mapping(shape)


def element(key, shape=None, **stated):
    return Element(id=key, **({"kind": "parcel", "shape": shape or box(0, 0, 100, 100)} | stated))


def operations(*steps):
    """Make a chain of operations: each step is (puts, drops)."""
    made, after = [], None
    for number, (puts, drops) in enumerate(steps):
        made.append(
            Operation(id=f"op{number}", after=after, kind="draw", puts=tuple(puts), drops=drops)
        )
        after = f"op{number}"
    return tuple(made)


def scenario(**stated):
    return Scenario(**({"id": "s", "name": "情景"} | stated))
