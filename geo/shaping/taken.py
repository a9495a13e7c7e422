"""Shapes that a browser or a paste sends: taken as they are, or refused with the place."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import to_local
from geo.errors import PlannerError
from geo.shaping.plane import drawing_plane
from geo.shaping.soundness import different_points, refuse_unsound
from geo.survey.place.axes import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

POLYGONS = ("Polygon", "MultiPolygon")
MOST_POINTS = 200_000
MOST_RINGS = 2_000

# How deep lists of positions lie: a ring is a list of positions, a line is one.
_DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
_SHOWN = 40
_LARGEST = 1e9
_NO_WIDTH_DEGREES = 1e-9  # a tenth of a millimetre


def shape_of(geojson: Mapping[str, Any], *, kinds: tuple[str, ...] = POLYGONS) -> BaseGeometry:
    """Take a shape as GeoJSON has it.

    Points that repeat the one before are left out, heights are left out, a ring is closed; the
    order and direction of the points stay. Nothing else is changed: a shape that crosses itself
    is refused. Edges are straight in the plane of `drawing_plane`.

    Parameters
    ----------
    geojson : mapping
        A geometry, or a Feature with one, in EPSG:4490; longitude before latitude.
    kinds : tuple of str
        Types that are wanted, of Polygon, MultiPolygon, LineString, MultiLineString.

    Returns
    -------
    geometry
        EPSG:4490, valid, two-dimensional.

    Raises
    ------
    PlannerError
        ``shape_not_geojson`` (``value``), ``shape_wrong_kind`` (``value``, ``wanted``),
        ``shape_too_many_points`` and ``shape_too_many_rings`` (``count``, ``most``),
        ``shape_coordinate_unreadable`` (``ring``, ``point``, ``value``), ``shape_outside_china``
        (``ring``, ``point``, ``x``, ``y``), and those of `geo.shaping.soundness.problems_of` with
        ``lon`` and ``lat``.
    """
    kind, coordinates = _opened(geojson, kinds)
    paths = _paths(coordinates, _DEPTH[kind])
    count = sum(len(path) for path in paths)
    if count > MOST_POINTS:
        raise PlannerError("shape_too_many_points", count=count, most=MOST_POINTS)
    fewest = 2 if "Line" in kind else 3
    read = iter([_positions(path, ring, fewest) for ring, path in enumerate(paths, 1)])
    shape = _built(kind, coordinates, read)
    plane = drawing_plane(shape)
    refuse_unsound(to_local(shape, plane), plane)
    _refuse_flat(shape)
    return shape


def _opened(geojson: Any, kinds: tuple[str, ...]) -> tuple[str, Any]:
    if isinstance(geojson, dict) and geojson.get("type") == "Feature":
        geojson = geojson.get("geometry")
    if not isinstance(geojson, dict) or not isinstance(geojson.get("type"), str):
        raise PlannerError("shape_not_geojson", value=_shown(geojson))
    kind = geojson["type"]
    if kind not in kinds or kind not in _DEPTH:
        raise PlannerError("shape_wrong_kind", value=_shown(kind), wanted=list(kinds))
    return kind, geojson.get("coordinates")


def _paths(coordinates: Any, depth: int) -> list[Any]:
    """Give every list of positions, without a look at the positions."""
    level = [coordinates]
    for deeper in range(depth + 1):
        for one in level:
            if not isinstance(one, (list, tuple)):
                raise PlannerError("shape_not_geojson", value=_shown(one))
        if deeper < depth:
            count = sum(len(one) for one in level)
            if count > MOST_RINGS:
                raise PlannerError("shape_too_many_rings", count=count, most=MOST_RINGS)
            level = [inner for one in level for inner in one]
    return level


def _positions(path: list[Any], ring: int, fewest: int) -> npt.NDArray[np.float64]:
    """Read the positions of a ring or line; those that repeat the one before are left out."""
    for point, position in enumerate(path, 1):
        if not _is_position(position):
            value = _shown(position)
            raise PlannerError("shape_coordinate_unreadable", ring=ring, point=point, value=value)
    xy = np.array([position[:2] for position in path], dtype=np.float64).reshape(-1, 2)
    west, south, east, north = CHINA
    inside = (xy >= (west, south)).all(axis=1) & (xy <= (east, north)).all(axis=1)
    for at in np.flatnonzero(~inside)[:1].tolist():
        x, y = xy[at].tolist()
        raise PlannerError("shape_outside_china", ring=ring, point=at + 1, x=x, y=y)
    new = np.concatenate([[True], (np.diff(xy, axis=0) != 0).any(axis=1)])
    kept: npt.NDArray[np.float64] = xy[new[: len(xy)]]
    count = different_points(kept)
    if count < fewest:
        raise PlannerError("shape_too_few_points", ring=ring, count=count)
    return kept


def _is_position(position: Any) -> bool:
    """Tell a list of numbers that begins with two finite ones; true and false are none."""
    return (
        isinstance(position, (list, tuple))
        and len(position) > 1
        and all(type(one) in {int, float} for one in position)
        and all(-_LARGEST < one < _LARGEST for one in position[:2])
    )


def _built(kind: str, coordinates: Any, read: Iterator[npt.NDArray[np.float64]]) -> BaseGeometry:
    if kind == "LineString":
        return shapely.LineString(next(read))
    if kind == "MultiLineString":
        return shapely.MultiLineString([next(read) for _ in coordinates])
    if kind == "Polygon":
        return _polygon([next(read) for _ in coordinates])
    return shapely.MultiPolygon([_polygon([next(read) for _ in part]) for part in coordinates])


def _polygon(rings: list[npt.NDArray[np.float64]]) -> shapely.Polygon:
    closed = [
        ring if (ring[0] == ring[-1]).all() else np.vstack([ring, ring[:1]]) for ring in rings
    ]
    return shapely.Polygon(closed[0], closed[1:]) if closed else shapely.Polygon()


def _refuse_flat(shape: BaseGeometry) -> None:
    """Refuse points on a parallel, a line on the web map but a bow in the plane."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    widths = 2 * shapely.area(shapely.polygons(rings)) / shapely.length(rings)
    for at in np.flatnonzero(widths < _NO_WIDTH_DEGREES)[:1].tolist():
        lon, lat = shapely.get_coordinates(rings[at])[0].tolist()
        raise PlannerError("shape_no_area", ring=at + 1, lon=lon, lat=lat)


def _shown(value: Any) -> str:
    """Write what was sent, shortened: text as typed, anything else as its beginning."""
    text = value if isinstance(value, str) else reprlib.repr(value)
    return text[:_SHOWN]
