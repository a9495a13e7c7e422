"""Rings turned clockwise for a file, every point keeping its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt

Labels = tuple[str, ...]


def clockwise(geometries: Any) -> npt.NDArray[np.object_]:
    """Turn outer rings clockwise and inner ones counter-clockwise; starts stay where they are."""
    turned: npt.NDArray[np.object_] = shapely.orient_polygons(geometries, exterior_cw=True)
    return turned


def kept_labels(geometries: Any, labels: Iterable[Any]) -> tuple[Labels | None, ...]:
    """Give the names of the points in the order that `clockwise` gives them.

    Parameters
    ----------
    geometries : array of Polygon or MultiPolygon, shape (n,)
        Before they are turned.
    labels : iterable of (list of str, Arrow list, or None), length n
        Names, ring after ring, with the closing points or without.

    Returns
    -------
    tuple of (tuple of str, or None), length n
        With the closing points; None where there are no names, or not one for each point.
    """
    named = [_plain(names) for names in labels]
    if not any(named):
        return (None,) * len(named)
    turned = clockwise(geometries)
    return tuple(
        None if names is None else _labels(before, after, names)
        for before, after, names in zip(geometries, turned, named, strict=True)
    )


def _plain(names: Any) -> list[str] | None:
    found = names.as_py() if hasattr(names, "as_py") else names
    return list(found) if found and all(name is not None for name in found) else None


def _labels(before: Any, after: Any, names: Sequence[str]) -> Labels | None:
    rings = shapely.get_rings(shapely.get_parts(before))
    sizes = shapely.get_num_coordinates(rings)
    is_closed = len(names) == sizes.sum()
    if not is_closed and len(names) != sizes.sum() - len(rings):
        return None
    turned = shapely.get_rings(shapely.get_parts(after))
    found: list[str] = []
    start = 0
    for ring, other, size in zip(rings, turned, sizes, strict=True):
        end = start + int(size) - (0 if is_closed else 1)
        own = list(names[start:end])
        closed = own if is_closed else [*own, own[0]]
        same = shapely.equals_exact(ring, other, tolerance=0)
        found += closed if same else closed[::-1]
        start = end
    return tuple(found)
