"""The network face at the corner of the bounding features: the most likely block."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.location.blocks import polygonal
from geo.location.frontage import along, fronting_faces
from geo.location.gather import is_line
from geo.location.reading import SIDES

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.location.anchors import Anchors
    from geo.location.blocks import Faces
    from geo.location.envelope import Land
    from geo.location.halves import Half
    from geo.location.reading import Bound, Part, Side

_OPPOSITE: dict[Side, Side] = {"N": "S", "S": "N", "E": "W", "W": "E"}
_PROBE_M = 40.0
_TOUCH_M = 1.0
_LEAST_SHARE = 0.2
_LEAST_M2 = 100.0
_MARGINS_M = (1_000.0, 4_000.0, 16_000.0)


def block_of(part: Part, land: Land, anchors: Anchors) -> Any:
    """Find the network face at the corner that the words name.

    Parameters
    ----------
    part : Part
    land : Land
        With a region that is not empty.
    anchors : Anchors

    Returns
    -------
    Polygon, MultiPolygon or None
        Metres, inside the land. With all sides given: the land itself. None when there is no
        corner, or the face there is not closed by the network's own lines.
    """
    if land.enclosure is not None or len(land.sides) == len(SIDES):
        return None if land.open_ else land.region
    free = unpaired_bounds(land)
    if part.straddles:
        return _blocks_on_both_sides(part, land, anchors)
    if len({side for side, _, _ in free}) == 1 and len(land.sides) > 1:
        return _fronting_block(free[0][1], land, anchors)
    corner = _corner(free, land, anchors)
    return None if corner is None else _faces_at(corner, land, anchors, most=1)


def near_lines(part: Part, land: Land, anchors: Anchors) -> list[tuple[Any, float]]:
    """Name the lines that a piece of the land keeps close to, with their weights.

    The lines of sides whose opposite side is open; for land on both sides of a road the road,
    with twice the width along the other lines.
    """
    shapes = [anchors.network.shapes[anchors.place(name)] for name in part.straddles]
    roads = [(shape, 1.0) for shape in shapes if is_line(shape)]
    weight = 2.0 if roads else 1.0
    edges = {id(half): (half.edge, weight) for _, _, half in unpaired_bounds(land)}
    return [*roads, *edges.values()]


def unpaired_bounds(land: Land) -> list[tuple[Side, Bound, Half]]:
    """Bounds of the sides whose opposite side is open."""
    return [
        (side, bound, half)
        for bound, half in land.halves
        for side in bound.sides
        if _OPPOSITE[side] not in land.sides
    ]


def _corner(free: list[tuple[Side, Bound, Half]], land: Land, anchors: Anchors) -> Any:
    """Point where two bounding lines meet at the land, the nearest to the features themselves."""
    corners = []
    upright = [(bound, half) for side, bound, half in free if side in "NS"]
    level = [(bound, half) for side, bound, half in free if side in "EW"]
    for (first, half), (second, other) in product(upright, level):
        if half is other:
            meeting = shapely.intersection(*_two_lines(half.edge))
        else:
            meeting = shapely.intersection(half.edge, other.edge)
        points = shapely.points(shapely.get_coordinates(meeting))
        points = points[shapely.distance(points, land.region) < _TOUCH_M]
        corners += [(point, (first, second)) for point in points]
    if len(corners) > 1:
        shapes = anchors.network.shapes
        corners.sort(
            key=lambda found: sum(
                shapely.distance(found[0], shapes[anchors.place(bound.name)]) for bound in found[1]
            )
        )
    return corners[0][0] if corners else None


def _two_lines(edge: Any) -> tuple[Any, Any]:
    """Meridian and parallel of a landmark's corner; a single line has no corner."""
    lines = shapely.get_parts(edge)
    return (lines[0], lines[1]) if len(lines) > 1 else (lines[0], shapely.Point())


def _faces_at(corner: Any, land: Land, anchors: Anchors, *, most: int) -> Any:
    """Unite the faces that hold most of the land right at a corner; None if one is open."""
    blocks = anchors.network.blocks
    x, y = shapely.get_coordinates(corner)[0]
    around = x - _PROBE_M, y - _PROBE_M, x + _PROBE_M, y + _PROBE_M
    probe = shapely.clip_by_rect(land.region, *around)
    size = shapely.area(probe)
    for margin in _MARGINS_M[: 1 if blocks.complete else None]:
        faces = blocks.near(probe, margin)
        chosen = _holding_most(faces, probe, most, size)
        if chosen.size:
            whole = chosen[0] if chosen.size == 1 else shapely.union_all(chosen)
            block = shapely.intersection(whole, land.region)
            return _large_enough(_touching(probe, block))
    return None


def _holding_most(faces: Faces, probe: Any, most: int, size: float) -> npt.NDArray[np.object_]:
    """Choose the faces with the largest shares of a probe; none when an open face has more."""
    inner = faces.at(shapely.point_on_surface(probe))
    if most == inner.size == 1 and shapely.area(shapely.intersection(inner[0], probe)) > size / 2:
        return inner
    met = faces.at(probe)
    share = shapely.area(shapely.intersection(met, probe)) / size
    order = np.argsort(-share, kind="stable")[:most]
    chosen = order[share[order] > _LEAST_SHARE]
    return met[chosen] if chosen.size and 1 - share.sum() < share[chosen[-1]] else met[:0]


def _blocks_on_both_sides(part: Part, land: Land, anchors: Anchors) -> Any:
    roads = [anchors.network.shapes[anchors.place(name)] for name in part.straddles]
    for road, (_, _, half) in product(roads, unpaired_bounds(land)):
        meeting = shapely.intersection(road, half.edge)
        if not shapely.is_empty(meeting):
            return _faces_at(shapely.point_on_surface(meeting), land, anchors, most=2)
    return None


def _fronting_block(bound: Bound, land: Land, anchors: Anchors) -> Any:
    """Unite the closed faces along the middle one of three bounds."""
    position = anchors.place(bound.name)
    if not is_line(anchors.network.shapes[position]):
        return None
    closed, _ = fronting_faces(position, anchors.network, land.region)
    fronting = shapely.intersection(shapely.union_all(closed), land.region)
    return _large_enough(along(position, anchors.network, fronting))


def _touching(probe: Any, block: Any) -> Any:
    """Keep the parts of a block that are at the corner, not those that come round elsewhere."""
    if shapely.get_type_id(block) == 3:  # noqa: PLR2004
        return block
    parts = shapely.get_parts(polygonal(block))
    return shapely.union_all(parts[shapely.intersects(parts, probe)])


def _large_enough(block: Any) -> Any:
    return block if shapely.area(block) >= _LEAST_M2 else None
