"""Reference features under a sketch that no rule judges: roads, water, parks, the zone.

The built-in layer is schematic. What is drawn across a sketch there may lie two kilometres away,
so it is told as unknown with its accuracy; a feature known to a metre is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_local, to_lonlat
from parcels.checks.subject import EXACT_M
from parcels.findings import Finding
from parcels.planning.conflicts_model import Conflict
from parcels.planning.conflicts_subject import accuracy_of, plane_for
from parcels.planning.ground_boxes import meets, near_box

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from parcels.checks.subject import Floats, Objects
    from parcels.planning.ground import Backdrop, Ground, Ints
    from parcels.planning.model import Element

CHECK_ID = "sketch_backdrop"
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
    possible: list[str] = []
    for one in ground.backdrops:
        if one.kind in _OWN[element.kind]:
            continue
        rows = np.flatnonzero(meets(one.boxes, near_box(land, own if np.isfinite(own) else 0.0)))
        if not len(rows):
            continue
        shapes = np.asarray(to_local(one.shapes[rows], plane))
        parts = shapely.intersection(here, shapes)
        crossing = _is_more_than_a_touch(parts, shapes)
        off = np.nan_to_num(one.accuracy_m[rows], nan=np.inf) + np.nan_to_num(own, nan=np.inf)
        for exact in (True, False):
            chosen = crossing & ((off <= EXACT_M) == exact)
            if chosen.any():
                drawn = to_lonlat(shapely.union_all(parts[chosen]), plane)
                yield _crossed(
                    element, one, rows[chosen], (parts[chosen], here), drawn, off[chosen]
                )
        maybe = ~crossing & (off > EXACT_M) & np.isfinite(off)
        maybe &= shapely.dwithin(here, shapes, np.where(maybe, off, 0.0))
        possible += [one.names[at] for at in rows[maybe].tolist()]
    if possible:
        yield _maybe(element, possible)


def _crossed(
    element: Element,
    layer: Backdrop,
    rows: Ints,
    met: tuple[Objects, BaseGeometry],
    drawn: BaseGeometry,
    off: Floats,
) -> Conflict:
    parts, here = met
    area = float(shapely.area(parts).sum())
    exact = bool((off <= EXACT_M).all())
    length = 0.0 if area > 0 else float(shapely.length(parts).sum())
    measured = area or length or None
    reason = "sketch_crosses" if measured else "sketch_holds"
    if not exact:
        reason += "_roughly" if np.isfinite(off).all() else "_unstated"
    names = [layer.names[at] for at in rows.tolist()]
    worst = off[np.isfinite(off)]
    finding = Finding(
        parcel=0,
        check=CHECK_ID,
        rule="",
        outcome="warning" if exact else "unknown",
        reason=reason,
        measured=measured,
        unit="m2" if area > 0 else "m" if measured else "",
        share=min(area / here.area, 1.0) if area > 0 else None,
        other="、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else ""),
        cause="" if exact else "geometry_uncertain",
        needs=() if exact else ("geometry",),
        values={
            "layer": dict(layer.title),
            "count": len(rows),
            "accuracy_m": float(worst.max()) if len(worst) else "—",
        },
    )
    return Conflict(
        element=element.id, layer=layer.id, finding=finding, title=layer.title, shape=drawn
    )


def _maybe(element: Element, names: list[str]) -> Conflict:
    finding = Finding(
        parcel=0,
        check=CHECK_ID,
        rule="",
        outcome="unknown",
        reason="sketch_may_cross",
        other="、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else ""),
        cause="geometry_uncertain",
        needs=("geometry",),
        values={"count": len(names)},
    )
    return Conflict(element=element.id, layer="", finding=finding)


def _is_more_than_a_touch(parts: Objects, shapes: Objects) -> npt.NDArray[np.bool_]:
    """Tell which parts are land of land, a stretch of a line, or a place inside, shape (k,)."""
    dimension = shapely.get_dimensions(shapes)
    land = (dimension == _LAND) & (shapely.area(parts) > _LEAST_M2)
    line = (dimension == _LINE) & (shapely.length(parts) > _LEAST_M)
    place = (dimension == 0) & ~shapely.is_empty(parts)
    told: npt.NDArray[np.bool_] = land | line | place
    return told
