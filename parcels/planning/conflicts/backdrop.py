"""Reference features under a sketch that no rule judges: roads, water, parks, the zone.

The built-in layer is schematic. What is drawn across a sketch there may lie two kilometres away,
so it is told as unknown with its accuracy; a feature known to a metre is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local, to_lonlat
from parcels.checks.subject import EXACT_M
from parcels.findings import Finding
from parcels.planning.conflicts.model import Conflict
from parcels.planning.conflicts.subject import accuracy_of, plane_for
from parcels.planning.ground.boxes import meets, near_box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from parcels.checks.over_layers.uncertain import Bools
    from parcels.checks.subject import Floats, Objects
    from parcels.planning.ground.prepared import Backdrop, Ground, Ints
    from parcels.planning.model import Element

CHECK_ID = "sketch_backdrop"
_ANY = "reference"
_MOST_NAMED = 8
_LAND, _LINE = 2, 1
_LEAST_M2 = 1.0
_LEAST_M = 1.0
_OWN = {
    "extension": (),
    "parcel": ("zone", "park"),
    "road": ("zone", "park", "road"),
    "green": ("zone", "park", "water"),
}
"""Kinds of features that an element of a kind is drawn along or inside on purpose."""


def backdrop_conflicts(element: Element, land: BaseGeometry, ground: Ground) -> Iterator[Conflict]:
    """Tell for each layer what is drawn across a sketch, and once what may reach it.

    A touch is not told. Of a layer whose accuracy is not stated nothing certain is said.
    """
    own = accuracy_of(element)
    plane = plane_for(land, ground)
    here = to_local(land, plane)
    area = float(ellipsoidal_area(here, plane))
    possible: list[str] = []
    for layer in ground.backdrops:
        if layer.kind in _OWN[element.kind]:
            continue
        rows = np.flatnonzero(meets(layer.boxes, near_box(land, own if np.isfinite(own) else 0.0)))
        if not len(rows):
            continue
        shapes = np.asarray(to_local(layer.shapes[rows], plane))
        parts = shapely.intersection(here, shapes)
        crossing = _is_more_than_a_touch(parts, shapes)
        off = np.nan_to_num(layer.accuracy_m[rows], nan=np.inf) + np.nan_to_num(own, nan=np.inf)
        for chosen in _alike(crossing, off <= EXACT_M, shapely.get_dimensions(shapes)):
            met = shapely.union_all(parts[chosen])
            crossed = _Crossed(layer, rows[chosen], off[chosen], met, plane)
            yield _told(element, crossed, area, own)
        maybe = ~crossing & (off > EXACT_M) & np.isfinite(off)
        maybe &= shapely.dwithin(here, shapes, np.where(maybe, off, 0.0))
        possible += [layer.names[at] for at in rows[maybe].tolist()]
    if possible:
        yield _maybe(element, possible, own)


class _Crossed(NamedTuple):
    """Features of a layer that a sketch meets, and what it meets of them, in the plane."""

    layer: Backdrop
    rows: Ints
    off: Floats
    met: BaseGeometry
    plane: CRS

    @property
    def amount(self) -> tuple[float | None, str]:
        """Area on the ellipsoid or length, each counted once, with its unit; of places none."""
        parts = shapely.get_parts(self.met)
        area = float(ellipsoidal_area(parts, self.plane).sum())
        if area > 0:
            return area, "m2"
        length = float(shapely.length(parts).sum())
        return (length, "m") if length > 0 else (None, "")


def _alike(crossing: Bools, exact: Bools, dimension: Ints) -> Iterator[Bools]:
    """Give what crosses in groups: known to a metre or not; land, lines, places."""
    for sure in (True, False):
        for one in (_LAND, _LINE, 0):
            chosen = crossing & (exact == sure) & (dimension == one)
            if chosen.any():
                yield chosen


def _told(element: Element, crossed: _Crossed, area_m2: float, own: float) -> Conflict:
    layer, off = crossed.layer, crossed.off
    exact = bool((off <= EXACT_M).all())
    measured, unit = crossed.amount
    reason = "sketch_crosses" if measured else "sketch_holds"
    if not exact:
        reason += "_roughly" if np.isfinite(off).all() else "_unstated"
    worst = off[np.isfinite(off)]
    finding = Finding(
        parcel=0,
        check=CHECK_ID,
        rule="",
        outcome="warning" if exact else "unknown",
        reason=reason,
        measured=measured,
        unit=unit,
        share=min(measured / area_m2, 1.0) if measured and unit == "m2" else None,
        other=_named([layer.names[at] for at in crossed.rows.tolist()]),
        cause="" if exact else "geometry_uncertain",
        needs=() if exact else _needs(own),
        values={
            "layer": dict(layer.title),
            "count": len(crossed.rows),
            "accuracy_m": float(worst.max()) if len(worst) else "—",
        },
    )
    drawn = to_lonlat(crossed.met, crossed.plane)
    return Conflict(
        element=element.id, layer=layer.id, finding=finding, title=layer.title, shape=drawn
    )


def _maybe(element: Element, names: list[str], own: float) -> Conflict:
    finding = Finding(
        parcel=0,
        check=CHECK_ID,
        rule="",
        outcome="unknown",
        reason="sketch_may_cross",
        other=_named(names),
        cause="geometry_uncertain",
        needs=_needs(own),
        values={"count": len(names)},
    )
    return Conflict(element=element.id, layer=_ANY, finding=finding)


def _needs(own: float) -> tuple[str, ...]:
    """Name what would settle it: an accurate layer, and an accurate outline of a rough sketch."""
    return ("reference",) if own <= EXACT_M else ("reference", "geometry")


def _named(names: list[str]) -> str:
    return "、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")


def _is_more_than_a_touch(parts: Objects, shapes: Objects) -> Bools:
    """Tell which parts are land of land, a stretch of a line, or a place inside, shape (k,)."""
    dimension = shapely.get_dimensions(shapes)
    land = (dimension == _LAND) & (shapely.area(parts) > _LEAST_M2)
    line = (dimension == _LINE) & (shapely.length(parts) > _LEAST_M)
    place = (dimension == 0) & ~shapely.is_empty(parts)
    told: Bools = land | line | place
    return told
