"""The boxes of a study in space: seen from above, edges of one direction stay parallel."""

from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import permutations
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from parcels.messages import text
from parcels.proposal.massing.legend import Legend
from parcels.proposal.massing.plan import drawn_boxes, empty_svg, placed, stacked
from parcels.proposal.massing.sheet import LIGHT, ON_USE, Sheet
from parcels.proposal.massing.uses import kind_of, sign_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from parcels.proposal.massing.model import Building, Rect, Site, Study
    from parcels.proposal.massing.sheet import Inks, Point

_COS, _SIN = 3**0.5 / 2, 0.5
_EDGE = 14.0
_MOST_HEIGHT = 330.0
_SHADES = (1.0, 0.86, 0.70)
"""Of the tone of a use: top, the face at the right, the face at the left."""
_FINEST = 3.0  # px between the lines of storeys


def axonometric_svg(study: Study, lang: str, *, width: float = 520, inks: Inks = LIGHT) -> str:
    """Draw the boxes in space as SVG, to one scale in all directions.

    Parameters
    ----------
    width : float
        px; the height follows from what stands below the drawing.
    """
    sheet = Sheet(width, inks)
    if study.site is None:
        return empty_svg(sheet, text(lang, "massing.drawing.no_site"))
    view = _View(study, width)
    _ground(sheet, view, study.site, study.layout.angle)
    for number in behind_first(study.layout.places):
        building = next(one for one in study.buildings if one.number == number)
        _building(sheet, view, building, study.layout.places[number])
    for one in placed(study):
        _number(sheet, view, one, study.layout.places[one.number])
    legend = Legend(sheet, view.bottom)
    legend.names(lang, placed(study))
    legend.uses(lang, drawn_boxes(study))
    legend.site_lines(lang, study.site)
    legend.no_height(lang, drawn_boxes(study))
    legend.caption(text(lang, "massing.drawing.caption"))
    return sheet.finish(legend.bottom)


def behind_first(places: Mapping[int, Rect]) -> list[int]:
    """Order buildings so that none is drawn over one that stands before it.

    Seen from low x and low y; of two the farther one comes first. Rectangles along the axes that
    do not overlap can always be ordered so; those that the picture keeps apart need no order.
    """
    order: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(sorted(places), ()))
    for near, far in permutations(sorted(places), 2):
        if _is_behind(places[far], places[near]):
            order.add(near, far)
    return list(order.static_order())


def _is_behind(far: Rect, near: Rect) -> bool:
    """Whether one stands behind the other; touching within rounding is apart."""
    slack = 1e-6
    is_beyond = far.x >= near.right - slack or far.y >= near.top - slack
    is_before = near.x >= far.right - slack or near.y >= far.top - slack
    return is_beyond and not is_before


class _View:
    """From metres along the axes of the layout, and upwards, to px of the sheet."""

    def __init__(self, study: Study, width: float) -> None:
        self._scale, self._left, self._top = 1.0, 0.0, 0.0
        ground = _turned(study.site.outline, -study.layout.angle) if study.site else None
        corners = [(x, y, 0.0) for x, y in shapely.get_coordinates(ground).tolist()]
        for one in placed(study):
            place, high = study.layout.places[one.number], known_height(one)
            corners += [(x, y, high) for x in (place.x, place.right) for y in (place.y, place.top)]
        drawn = [self.point(*corner) for corner in corners]
        left, right = min(x for x, _ in drawn), max(x for x, _ in drawn)
        top, bottom = min(y for _, y in drawn), max(y for _, y in drawn)
        room = width - 2 * _EDGE
        self._scale = min(room / (right - left), _MOST_HEIGHT / (bottom - top))
        self._left = _EDGE + (room - self._scale * (right - left)) / 2 - self._scale * left
        self._top = _EDGE - self._scale * top
        self.bottom = 2 * _EDGE + self._scale * (bottom - top)

    def point(self, x: float, y: float, z: float) -> Point:
        across, down = (x - y) * _COS, -(x + y) * _SIN - z
        return self._left + self._scale * across, self._top + self._scale * down

    def px(self, length: float) -> float:
        return self._scale * length


def _turned(shape: BaseGeometry, angle: float) -> BaseGeometry:
    turned: BaseGeometry = affinity.rotate(shape, angle, origin=(0, 0)) if angle else shape
    return turned


def known_height(building: Building) -> float:
    """Return how high a building is drawn: up to the first box whose height is not known."""
    high = 0.0
    for box in building.boxes:
        if box.height is None:
            break
        high += float(box.height)
    return high


def _ground(sheet: Sheet, view: _View, site: Site, angle: float) -> None:
    inks = sheet.inks
    outline = {"fill": inks.ground, "stroke": inks.line, "stroke_width": "2"}
    sheet.polygon(_rings(view, _turned(site.outline, -angle)), class_="site", **outline)
    if not site.envelope.is_empty:
        look = {"fill": "none", "stroke": inks.envelope, "stroke_width": "1.6"}
        rings = _rings(view, _turned(site.envelope, -angle))
        sheet.polygon(rings, class_="envelope", stroke_dasharray="9 5", **look)


def _rings(view: _View, shape: BaseGeometry) -> list[list[Point]]:
    return [
        [view.point(x, y, 0.0) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]
        for part in shapely.get_parts(shape)
        for ring in shapely.get_rings(part)
    ]


def _building(sheet: Sheet, view: _View, building: Building, place: Rect) -> None:
    """Draw the boxes from the ground up; from the first without a height on only their ground."""
    base, is_known = 0.0, True
    for box, ground in zip(building.boxes, stacked(building, place), strict=True):
        sign = sign_of(kind_of(box.functions))
        look = {"stroke": sign.outline, "stroke_width": "1"}
        is_known = is_known and box.height is not None
        if box.height is None or not is_known:
            dashed = {"fill": sign.tone, "stroke_dasharray": "4 3"}
            sheet.polygon([_top(view, ground, base)], class_="flat", **look, **dashed)
            continue
        top = base + float(box.height)
        faces = _faces(view, ground, base, top)
        for face, shade in zip(faces, _SHADES, strict=True):
            sheet.polygon([face], class_="box", fill=_shaded(sign.tone, shade), **look)
        if view.px(top - base) / box.storeys >= _FINEST:
            for count in range(1, box.storeys):
                z = base + (top - base) * count / box.storeys
                corners = [(ground.x, ground.top), (ground.x, ground.y), (ground.right, ground.y)]
                left, near, right = (view.point(x, y, z) for x, y in corners)
                thin = {"stroke": sign.outline, "stroke_width": "0.5", "stroke_opacity": "0.6"}
                sheet.line(left, near, **thin)
                sheet.line(near, right, **thin)
        base = top


def _top(view: _View, ground: Rect, z: float) -> list[Point]:
    corners = [(ground.x, ground.y), (ground.right, ground.y)]
    corners += [(ground.right, ground.top), (ground.x, ground.top)]
    return [view.point(x, y, z) for x, y in corners]


def _faces(view: _View, ground: Rect, base: float, top: float) -> Sequence[list[Point]]:
    """Return the three faces that are seen: top, right, left."""
    near = (ground.x, ground.y)
    sides = [(near, (ground.right, ground.y)), (near, (ground.x, ground.top))]
    walls = [
        [view.point(*a, base), view.point(*b, base), view.point(*b, top), view.point(*a, top)]
        for a, b in sides
    ]
    return [_top(view, ground, top), *walls]


def _shaded(tone: str, shade: float) -> str:
    channels = (int(tone[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(shade * one):02X}" for one in channels)


def _number(sheet: Sheet, view: _View, building: Building, place: Rect) -> None:
    """Write the number of a building on its top."""
    ground = stacked(building, place)[-1]
    z = known_height(building)
    x, y = ground.x + ground.width / 2, ground.y + ground.depth / 2
    sheet.label(str(building.number), view.point(x, y, z), ink=ON_USE, weight="600")
