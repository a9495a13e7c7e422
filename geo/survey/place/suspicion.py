"""Whether a layer would fit its reference after an inverse web-map shift: then it is suspect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.read.parsed import Note
from geo.systems import BD09, GCJ02, web_map

if TYPE_CHECKING:
    from collections.abc import Iterable

_Geometries = npt.NDArray[np.object_]
_Floats = npt.NDArray[np.float64]
_MOST_PARCELS = 500
# The same parcels agree to more than 0.9 once they are moved back (the published formula is right
# to a metre); strangers that fall on a dense coverage by chance agree to about 0.4.
_AGREES = 0.6
_BETTER_BY = 0.3
_SOME = 0.05  # of the parcels must meet the reference: less is chance


def gcj02_suspect(
    lonlat: Iterable[shapely.Geometry | None], reference: Iterable[shapely.Geometry | None] | None
) -> Note | None:
    """Compare a layer with its reference as it is, and moved back from GCJ-02 and from BD-09.

    The agreement of a parcel is its intersection over union with the reference polygon that it
    meets best; that of the layer is the mean by area over all parcels that meet one before or
    after the shift. Neighbours that touch have agreement 0.

    Parameters
    ----------
    lonlat : array of geometry or None, shape (n,)
        The layer in EPSG:4490; at most 500 parcels, evenly spread, are compared.
    reference : array of geometry or None, shape (m,), optional
        Polygons in EPSG:4490 that are known to lie right; they may cover a part of the layer.

    Returns
    -------
    Note or None
        ``gcj02_suspect`` with ``crs``, ``as_is_percent`` and ``shifted_percent`` when the shift
        brings the agreement to 60 % at least and improves it by 30 points at least.
    """
    known = _usable(() if reference is None else reference)
    parcels = _usable(lonlat) if len(known) else known
    if not len(parcels):
        return None
    if len(parcels) > _MOST_PARCELS:
        parcels = parcels[np.linspace(0, len(parcels) - 1, _MOST_PARCELS).astype(int)]
    tree, size = shapely.STRtree(known), shapely.area(parcels)
    as_is = _agreement(parcels, tree)
    if np.average(as_is, weights=size) > 1 - _BETTER_BY:
        return None
    found: list[tuple[float, float, str]] = []
    for name in (GCJ02, BD09):
        moved = _agreement(np.asarray(web_map(name).to_lonlat(parcels)), tree)
        meets = (as_is > 0) | (moved > 0)
        if meets.mean() < _SOME:
            continue
        before, after = (
            float(np.average(one[meets], weights=size[meets])) for one in (as_is, moved)
        )
        if after >= _AGREES and after - before >= _BETTER_BY:
            found.append((after, before, name))
    if not found:
        return None
    after, before, name = max(found)
    return Note(
        code="gcj02_suspect",
        values={
            "crs": name,
            "as_is_percent": round(100 * before),
            "shifted_percent": round(100 * after),
        },
    )


def _usable(geometries: Iterable[shapely.Geometry | None]) -> _Geometries:
    """Keep valid polygons with an area."""
    given = np.asarray(geometries, dtype=object)
    area = np.nan_to_num(shapely.area(given))
    usable: _Geometries = given[shapely.is_valid(given) & (area > 0)]
    return usable


def _agreement(parcels: _Geometries, tree: shapely.STRtree) -> _Floats:
    """Return the best intersection over union of each parcel, shape (n,); 0: it meets none."""
    parcel, known = tree.query(parcels, predicate="intersects")
    shared = shapely.area(shapely.intersection(parcels[parcel], tree.geometries[known]))
    whole = shapely.area(parcels[parcel]) + shapely.area(tree.geometries[known]) - shared
    best = np.zeros(len(parcels))
    np.maximum.at(best, parcel, shared / whole)
    return best
