"""Geometry without a place on Earth: metres from a corner of what is drawn, rounded."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import local_tm, to_local
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.sharing.pruning import slots

if TYPE_CHECKING:
    from parcels.snapshot.sharing.choosing import Withheld
    from parcels.snapshot.sharing.lists import Branch
    from parcels.snapshot.sharing.pruning import Slot

GRID_M = 1.0
"""Positions are rounded to this."""
_TAG_DIGITS = 16


def move_to_local(content: dict[str, Any], root: Branch, withheld: Withheld) -> None:
    """Move all geometries of a pruned content to a local plane, in place.

    The plane is a transverse Mercator about the middle of what is drawn, x to the east and y to
    the north; its origin is the south-west corner, so that no coordinate tells where on Earth it
    is. Common corners of neighbours are rounded alike; where a corner of one lies inside a side
    of the other, they may overlap or part by less than a metre.

    Parameters
    ----------
    content : dict
        Geometries in EPSG:4490.
    root : Branch
        Says where geometries and positions stand.
    withheld : Withheld
        Is told which outlines are lost, whole or in part, by the rounding.
    """
    places = [one for one in slots(content, root, "geometry") if one[0][one[1]] is not None]
    points = [one for one in slots(content, root, "points") if one[0][one[1]] is not None]
    read = [json.dumps(holder[key]) for holder, key in places]
    read += [json.dumps({"type": "Point", "coordinates": holder[key]}) for holder, key in points]
    moved = _moved(shapely.from_geojson(np.array(read, dtype=object)))
    bounds = shapely.total_bounds(moved) if len(moved) else np.array([np.nan])
    known = bool(np.isfinite(bounds).all())
    content["frame"] = {"local": True, "bounds": bounds.astype(int).tolist() if known else None}
    for (holder, key), shape in zip(places + points, moved, strict=True):
        holder[key] = _plain(shape)
    for holder, key in points:
        holder[key] = holder[key]["coordinates"] if holder[key] else None
    _tidy(content)
    _tell(places, read, moved, withheld)


def _moved(shapes: Any) -> Any:
    if not len(shapes):
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    if not np.isfinite([west, south, east, north]).all():
        return shapes
    metric = to_local(shapes, local_tm((west + east) / 2, (south + north) / 2))
    lost = ~np.isfinite(shapely.bounds(metric)).all(axis=1)  # empty, or nowhere on this plane
    metric[lost] = shapely.Polygon()
    corner = shapely.total_bounds(metric)[:2]
    near = shapely.transform(metric, lambda xy: xy - corner)
    broken = ~shapely.is_valid(near)
    near[broken] = shapely.make_valid(near[broken])
    return shapely.set_precision(near, GRID_M)


def _plain(shape: Any) -> dict[str, Any] | None:
    if shape.is_empty:
        return None
    whole = shapely.transform(shape, np.rint)
    plain: dict[str, Any] = json.loads(shapely.to_geojson(whole))
    return plain


def _tidy(content: dict[str, Any]) -> None:
    """Drop drawn features that are nothing any more, and name layers by what they hold now."""
    for group in content.get("drawn", {}).get("groups", ()):
        for layer in group["layers"]:
            features = layer.get("features")
            if features is not None:
                layer["features"] = [one for one in features if one["geometry"] is not None]
                layer["count"] = len(layer["features"])
                tag = sha256(canonical_bytes(layer["features"])).hexdigest()
                layer["digest"] = tag[:_TAG_DIGITS]


def _tell(places: list[Slot], read: list[str], moved: Any, withheld: Withheld) -> None:
    """Name the outlines that lost a part, a hole or everything."""
    before = shapely.from_geojson(np.array(read[: len(places)], dtype=object))
    lost = _pieces(before) > _pieces(moved[: len(places)])
    for at in np.flatnonzero(lost):
        holder = places[at][0]
        name = holder.get("name") or holder.get("key") or holder.get("properties", {}).get("label")
        if name and name not in withheld.collapsed:
            withheld.collapsed.append(str(name))


def _pieces(shapes: Any) -> Any:
    """Count parts and holes."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    holes = shapely.get_num_interior_rings(parts)
    count = np.bincount(owner, minlength=len(shapes)) + np.bincount(
        owner, weights=holes, minlength=len(shapes)
    )
    return np.where(shapely.is_empty(shapes), 0, count)
