"""The plan of a study: site, envelope, buildings with their storeys, measures, scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from parcels.messages import text
from parcels.proposal.massing.legend import Legend
from parcels.proposal.massing.model import Rect
from parcels.proposal.massing.sheet import (
    LIGHT,
    LINE,
    ON_USE,
    Sheet,
    fitted,
    isolated,
    label_space,
)
from parcels.proposal.massing.study import on_site
from parcels.proposal.massing.uses import kind_of, sign_of
from parcels.proposal.massing.wording import metres

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from parcels.proposal.massing.model import Box, Building, Site, Study
    from parcels.proposal.massing.sheet import Inks, Point

_LEFT, _TOP, _RIGHT, _BELOW = 30.0, 12.0, 20.0, 44.0
_HEIGHT = 320.0
_NORTH = 26.0
_TICK = 4.0
_LONGEST = 80  # letters


def plan_svg(study: Study, lang: str, *, width: float = 520, inks: Inks = LIGHT) -> str:
    """Draw the plan as SVG, north up where the outline of the parcel is known.

    Parameters
    ----------
    width : float
        px; the height follows from what stands below the drawing.
    """
    sheet = Sheet(width, inks)
    if study.site is None:
        return empty_svg(sheet, text(lang, "massing.drawing.no_site"))
    frame = _Frame(study.site.outline, width)
    _ground(sheet, frame, study.site)
    unnamed = _buildings(sheet, lang, frame, study)
    _measures(sheet, frame, study.site)
    legend = Legend(sheet, frame.bottom)
    legend.names(lang, unnamed)
    legend.uses(lang, drawn_boxes(study))
    legend.site_lines(lang, study.site)
    legend.no_height(lang, drawn_boxes(study))
    legend.caption(text(lang, "massing.drawing.caption"))
    return sheet.finish(legend.bottom)


def empty_svg(sheet: Sheet, words: str) -> str:
    """Say in a frame why there is nothing to see."""
    sheet.label(fitted(words, sheet.width - 20), (sheet.width / 2, 60), ink=sheet.inks.muted)
    return sheet.finish(120)


def drawn_boxes(study: Study) -> list[Box]:
    """Return the boxes above ground of the buildings that have a place."""
    return [box for one in placed(study) for box in one.boxes]


def placed(study: Study) -> list[Building]:
    """Return the buildings that have a place on the site."""
    return [one for one in study.buildings if one.number in study.layout.places]


def stacked(building: Building, place: Rect) -> list[Rect]:
    """Return the ground of each box of a building: each in the middle of the one below."""
    grounds = []
    for box in building.boxes:
        share = math.sqrt(float(box.footprint / building.footprint))
        wide, deep = place.width * share, place.depth * share
        x, y = place.x + (place.width - wide) / 2, place.y + (place.depth - deep) / 2
        grounds.append(Rect(x=x, y=y, width=wide, depth=deep))
    return grounds


class _Frame:
    """From metres of the site to px of the sheet, north up."""

    def __init__(self, outline: BaseGeometry, width: float) -> None:
        west, south, east, north = outline.bounds
        room = (width - _LEFT - _RIGHT - _NORTH, _HEIGHT - _TOP - _BELOW)
        self.scale = min(room[0] / (east - west), room[1] / (north - south))
        spare = room[0] - self.scale * (east - west)
        self.left, self.top = _LEFT + spare / 2, _TOP
        self._west, self._north = west, north
        self.right = self.left + self.scale * (east - west)
        self.low = self.top + self.scale * (north - south)
        self.bottom = self.low + _BELOW
        self.size = (east - west, north - south)

    def point(self, x: float, y: float) -> Point:
        return self.left + self.scale * (x - self._west), self.top + self.scale * (self._north - y)

    def rings(self, shape: BaseGeometry) -> Iterable[list[Point]]:
        for part in shapely.get_parts(shape):
            for ring in shapely.get_rings(part):
                yield [self.point(x, y) for x, y in shapely.get_coordinates(ring)[:-1].tolist()]


def _ground(sheet: Sheet, frame: _Frame, site: Site) -> None:
    inks = sheet.inks
    outline = {"fill": inks.ground, "stroke": inks.line, "stroke_width": "2"}
    sheet.polygon(frame.rings(site.outline), class_="site", **outline)
    if not site.envelope.is_empty:
        dashed = {"fill": "none", "stroke": inks.envelope, "stroke_width": "1.6"}
        rings = frame.rings(site.envelope)
        sheet.polygon(rings, class_="envelope", stroke_dasharray="9 5", **dashed)


def _buildings(sheet: Sheet, lang: str, frame: _Frame, study: Study) -> list[Building]:
    """Draw the buildings; return those whose name has no room inside them."""
    centres = []
    for one in placed(study):
        place = study.layout.places[one.number]
        for box, ground in zip(one.boxes, stacked(one, place), strict=True):
            shape = on_site(ground, study.layout.angle)
            sign = sign_of(kind_of(box.functions))
            look = {"fill": sign.tone, "stroke": sign.outline, "stroke_width": "1.2"}
            dash = {"stroke_dasharray": "4 3"} if box.height is None else {}
            sheet.polygon(frame.rings(shape), class_="box", **look, **dash)
        centres.append((one, on_site(place, study.layout.angle)))
    return [one for one, shape in centres if not _named(sheet, lang, frame, one, shape)]


def _named(sheet: Sheet, lang: str, frame: _Frame, building: Building, shape: BaseGeometry) -> bool:
    """Write number, name and storeys into a building; its number alone where that is too much."""
    x, y = frame.point(shape.centroid.x, shape.centroid.y)
    inside = shapely.MultiPolygon([shapely.Polygon(ring) for ring in frame.rings(shape)])
    number = str(building.number)
    name = f"{number} {isolated(building.name[:_LONGEST])}"
    storeys = text(lang, "massing.drawing.storeys", count=building.storeys)
    lines = [(name, (x, y - LINE / 2)), (storeys, (x, y + LINE / 2))]
    if all(inside.covers(shapely.box(*label_space(*line))) for line in lines):
        sheet.label(*lines[0], ink=ON_USE, weight="600")
        return sheet.label(*lines[1], ink=ON_USE)
    if inside.covers(shapely.box(*label_space(number, (x, y)))):
        sheet.label(number, (x, y), ink=ON_USE, weight="600")
        return False
    left, top, right, bottom = inside.bounds
    beside = [(right + 8, y), (left - 8, y), (x, top - 9), (x, bottom + 9)]
    any(sheet.label(number, at, halo=True) for at in beside)
    return False


def _measures(sheet: Sheet, frame: _Frame, site: Site) -> None:
    """Draw the width below, the depth at the right, the scale, and north where it is known."""
    ink = {"stroke": sheet.inks.muted, "stroke_width": "1"}
    wide, deep = (metres(round(one, 2)) for one in frame.size)
    y = frame.low + 9
    sheet.line((frame.left, y), (frame.right, y), **ink)
    for x in (frame.left, frame.right):
        sheet.line((x, y - _TICK), (x, y + _TICK), **ink)
    sheet.label(wide, ((frame.left + frame.right) / 2, y + 11), ink=sheet.inks.muted)
    x = frame.left - 9
    sheet.line((x, frame.top), (x, frame.low), **ink)
    for end in (frame.top, frame.low):
        sheet.line((x - _TICK, end), (x + _TICK, end), **ink)
    sheet.upright(deep, (x - 9, (frame.top + frame.low) / 2), ink=sheet.inks.muted)
    _scale_bar(sheet, frame)
    if site.kind == "outline":
        _north(sheet)


def _scale_bar(sheet: Sheet, frame: _Frame) -> None:
    """Draw a bar of a round length, at most a quarter of the sheet, at the lower right."""
    most = sheet.width / 4 / frame.scale
    step = 10.0 ** math.floor(math.log10(most))
    length = max(step * one for one in (1, 2, 5) if step * one <= most)
    right, y = sheet.width - 8, frame.bottom - 8
    left = right - length * frame.scale
    ink = {"stroke": sheet.inks.text, "stroke_width": "2"}
    sheet.line((left, y), (right, y), **ink)
    for x in (left, right):
        sheet.line((x, y - _TICK), (x, y + _TICK), **ink)
    sheet.label(metres(length), (left - 6, y), anchor="end")


def _north(sheet: Sheet) -> None:
    x, top = sheet.width - 16, 10.0
    arrow = [(x, top), (x + 6, top + 18), (x, top + 14), (x - 6, top + 18)]
    sheet.polygon([arrow], fill=sheet.inks.text)
    sheet.label("N", (x, top + 28))
