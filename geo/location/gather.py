"""From the rows of a network file to one feature per road: clean, then merge by name."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.location.course import main_axis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.location.features import NamedFeature

LINEAR_KINDS = frozenset({"road", "expressway", "railway", "river", "canal", "highway", "street"})

_SAME_PLACE_M = 300.0
_CONTINUATION_M = {2_000.0: 35.0, 10_000.0: 12.0}
_MOST_PIECES = 60
_FAR_DEGREES = 6.0
_COLLECTION = 7
_AREA = 2
_LINES, _AREAS, _POINTS = (1, 2, 5), (3, 6), (0, 4)


def is_line(geometry: Any) -> bool:
    """Tell whether a geometry is made of lines."""
    return geometry is not None and shapely.get_type_id(geometry) in _LINES


def clean(features: Sequence[NamedFeature]) -> tuple[list[NamedFeature], Counter[str]]:
    """Keep what has a name and coordinates that can be drawn; count the rest by reason.

    Features that are known by name only (geometry None) are kept.
    """
    dropped: Counter[str] = Counter()
    named = [feature for feature in features if feature.name.strip()]
    dropped["feature_without_name"] = len(features) - len(named)
    shapes = _drawable([feature.geometry for feature in named])
    kept = [
        replace(feature, geometry=shape)
        for feature, shape in zip(named, shapes, strict=True)
        if shape is not None or feature.geometry is None
    ]
    dropped["feature_without_usable_geometry"] = len(named) - len(kept)
    near = _near_the_middle(kept)
    dropped["feature_far_away"] = len(kept) - len(near)
    return near, +dropped


def merge(
    features: Sequence[NamedFeature], shapes: Sequence[Any]
) -> list[tuple[NamedFeature, Any]]:
    """Make one feature of the pieces of one road, and keep far namesakes apart.

    Parameters
    ----------
    features : sequence of NamedFeature
        EPSG:4490.
    shapes : sequence of geometry or None
        The same geometries in metres.

    Returns
    -------
    list of (NamedFeature, geometry or None)
        In the order of each feature's first piece.
    """
    groups: dict[tuple[str, bool], list[int]] = {}
    for position, feature in enumerate(features):
        linear = feature.kind in LINEAR_KINDS or is_line(feature.geometry)
        groups.setdefault((_key(feature.name), linear), []).append(position)
    pieces = [piece for group in groups.values() for piece in _pieces(group, shapes)]
    drawn = {_key(features[piece[0]].name) for piece in pieces if shapes[piece[0]] is not None}
    return [
        _merged(piece, features, shapes)
        for piece in sorted(pieces)
        if shapes[piece[0]] is not None or _key(features[piece[0]].name) not in drawn
    ]


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _drawable(geometries: list[Any]) -> list[Any]:
    """Pass what is sound as it is, mend the rest; None for what cannot be drawn."""
    flat = shapely.force_2d(np.array(geometries, dtype=object))
    west, south, east, north = shapely.bounds(flat).reshape(-1, 4).T
    in_degrees = (west >= -180) & (south >= -90) & (east <= 180) & (north <= 90)  # noqa: PLR2004
    sound = in_degrees & shapely.is_valid(flat) & (shapely.get_type_id(flat) < _COLLECTION)
    return [
        shape if fine or shape is None else _mended(shape)
        for shape, fine in zip(flat, sound, strict=True)
    ]


def _mended(flat: Any) -> Any:
    """Take the lines of a geometry, else its areas, else its points; None if it has none."""
    coordinates = shapely.get_coordinates(flat)
    if not (np.isfinite(coordinates).all() and (np.abs(coordinates) <= (180, 90)).all()):
        return None
    if shapely.get_type_id(flat) in _AREAS:
        mended = shapely.get_parts(shapely.make_valid(flat, method="structure"))
        flat = shapely.geometrycollections(mended[shapely.get_dimensions(mended) == _AREA])
    parts = shapely.get_parts(shapely.get_parts(flat))
    types = shapely.get_type_id(parts)
    lines = parts[np.isin(types, _LINES) & (shapely.length(parts) > 0)]
    if lines.size:
        return lines[0] if lines.size == 1 else shapely.multilinestrings(lines)
    areas = parts[np.isin(types, _AREAS) & (shapely.area(parts) > 0)]
    if areas.size:
        return shapely.union_all(areas)
    points = parts[np.isin(types, _POINTS) & ~shapely.is_empty(parts)]
    return (points[0] if points.size == 1 else shapely.multipoints(points)) if points.size else None


def _near_the_middle(features: list[NamedFeature]) -> list[NamedFeature]:
    drawn = [feature.geometry for feature in features if feature.geometry is not None]
    if not drawn:
        return features
    bounds = shapely.bounds(drawn)
    middle = np.median((bounds[:, :2] + bounds[:, 2:]) / 2, axis=0)
    reach = iter(np.abs(bounds.reshape(-1, 2, 2) - middle).max(axis=(1, 2)) <= _FAR_DEGREES)
    return [feature for feature in features if feature.geometry is None or next(reach)]


def _pieces(group: list[int], shapes: Sequence[Any]) -> list[list[int]]:
    """Split the rows of one name into roads: pieces that are near or continue each other."""
    drawn = [position for position in group if shapes[position] is not None]
    if len(drawn) <= 1:
        return [drawn or group[:1]]
    places = np.array([shapes[position] for position in drawn], dtype=object)
    near = shapely.STRtree(places).query(places, predicate="dwithin", distance=_SAME_PLACE_M)
    labels = _components(near.T, len(drawn))
    count = labels.max() + 1
    if 1 < count <= _MOST_PIECES:
        joined = [shapely.union_all(places[labels == label]) for label in range(count)]
        labels = _components(_continuing_pairs(joined), count)[labels]
    pieces: dict[int, list[int]] = {}
    for position, label in zip(drawn, labels, strict=True):
        pieces.setdefault(int(label), []).append(position)
    return list(pieces.values())


def _components(pairs: Any, count: int) -> Any:
    pairs = np.asarray(pairs, dtype=int).reshape(-1, 2)
    if not len(pairs):
        return np.arange(count)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return connected_components(links, directed=False)[1]


def _continuing_pairs(lines: list[Any]) -> list[tuple[int, int]]:
    ways = [main_axis(line).direction if is_line(line) else None for line in lines]
    return [
        (first, second)
        for first, second in combinations(range(len(lines)), 2)
        if _continues(lines[first], lines[second], (ways[first], ways[second]))
    ]


def _continues(first: Any, second: Any, ways: tuple[Any, Any]) -> bool:
    """Tell whether one line goes on where the other ends; ``ways`` are their directions."""
    if ways[0] is None or ways[1] is None:
        return False
    gap = shapely.get_coordinates(shapely.shortest_line(first, second))
    step = gap[1] - gap[0]
    metres = float(np.hypot(*step))
    bends = [np.degrees(np.arccos(min(1.0, abs(way @ step) / metres))) for way in ways]
    return any(metres <= reach and max(bends) <= most for reach, most in _CONTINUATION_M.items())


def _merged(
    piece: list[int], features: Sequence[NamedFeature], shapes: Sequence[Any]
) -> tuple[NamedFeature, Any]:
    rows = [features[position] for position in piece]
    if len(rows) == 1:
        return rows[0], shapes[piece[0]]
    accuracies = [row.accuracy_m for row in rows]
    districts = {row.district for row in rows}
    feature = replace(
        rows[0],
        geometry=_one_shape([row.geometry for row in rows]),
        aliases=_distinct(name for row in rows for name in row.aliases),
        former=_distinct(name for row in rows for name in row.former),
        district=rows[0].district if len(districts) == 1 else None,
        accuracy_m=None if None in accuracies else max(a for a in accuracies if a is not None),
    )
    return feature, _one_shape([shapes[position] for position in piece])


def _one_shape(geometries: list[Any]) -> Any:
    """All lines together; without lines the areas, without areas the points."""
    parts = shapely.get_parts(geometries)
    types = shapely.get_type_id(parts)
    if np.isin(types, _LINES).any():
        return shapely.multilinestrings(parts[np.isin(types, _LINES)])
    areas = parts[np.isin(types, _AREAS)]
    return shapely.union_all(areas) if areas.size else shapely.multipoints(parts)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
