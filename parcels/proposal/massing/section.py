"""The section of a study: buildings side by side with their levels, above and below ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.proposal.massing.legend import Legend
from parcels.proposal.massing.plan import empty_svg
from parcels.proposal.massing.sheet import LIGHT, LINE, ON_USE, Sheet, isolated, label_space, meet
from parcels.proposal.massing.uses import kind_of, sign_of
from parcels.proposal.massing.wording import metres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.massing.model import Box, Building, Study
    from parcels.proposal.massing.sheet import Inks, Space

_LEFT, _RIGHT, _TOP = 62.0, 14.0, 24.0
_HEIGHT = 250.0
_WANTED = 120.0  # px, for what is built
_FACTORS = (1, 2, 5, 10, 20, 50)
_NO_HEIGHT = 18.0  # px, for a box whose height is not known
_PROPORTION = 1.5  # of a building without a place on the site
_GAP, _WIDEST_GAP = 8.0, 60.0
_FINEST = 3.0  # px between the lines of storeys
_TICKS = 5
_LONGEST = 60  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A building and what it takes from left to right, px."""

    building: Building
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """px a metre along the ground and upwards, and where the ground is."""

    across: float
    upwards: float
    factor: int
    ground: float
    top: float


def section_svg(study: Study, lang: str, *, width: float = 520, inks: Inks = LIGHT) -> str:
    """Draw every building from the side as SVG, one beside the other, to one scale.

    Parameters
    ----------
    width : float
        px; the height follows from what stands below the drawing.
    """
    sheet = Sheet(width, inks)
    if not study.buildings:
        return empty_svg(sheet, text(lang, "massing.drawing.no_boxes"))
    scale = _scale(study, width)
    columns = _columns(study, scale, width)
    _levels(sheet, scale)
    _stated(sheet, lang, study, scale)
    bodies = [_column(sheet, lang, scale, study, one) for one in columns]
    _tops(sheet, scale, columns, bodies)
    low = max(bottom for _, _, _, bottom in bodies) + LINE
    ground = {"stroke": inks.text, "stroke_width": "2"}
    sheet.line((_LEFT - 8, scale.ground), (width - 4, scale.ground), **ground)
    unnamed = [one.building for one in columns if not _named(sheet, one, low)]
    return _finish(sheet, lang, scale, study, low, unnamed)


def _finish(
    sheet: Sheet, lang: str, scale: _Scale, study: Study, low: float, unnamed: list[Building]
) -> str:
    legend = Legend(sheet, low + LINE / 2)
    legend.names(lang, unnamed)
    boxes = _boxes(study)
    legend.uses(lang, boxes)
    legend.no_height(lang, boxes)
    words = text(lang, "massing.drawing.caption_section")
    if scale.factor > 1:
        scaled = text(lang, "massing.drawing.scale", factor=scale.factor)
        words = text(lang, "massing.drawing.and", first=words, second=scaled)
    legend.caption(words)
    return sheet.finish(legend.bottom)


def _boxes(study: Study) -> list[Box]:
    return [box for one in study.buildings for box in (*one.boxes, *one.basements)]


def _width(study: Study, box: Box, building: Building) -> float:
    """Return how wide a box is, m: as placed on the site, else by its footprint alone."""
    place = study.layout.places.get(building.number)
    if place is None:
        return math.sqrt(float(box.footprint) * _PROPORTION)
    return place.width * math.sqrt(float(box.footprint / building.footprint))


def _widest(study: Study, building: Building) -> float:
    boxes = (*building.boxes, *building.basements)
    return max(_width(study, box, building) for box in boxes)


def _heights(boxes: tuple[Box, ...]) -> tuple[float, int]:
    """Return what is known of the height of a stack, m, and how many boxes have none."""
    known = [float(box.height) for box in boxes if box.height is not None]
    return sum(known), len(boxes) - len(known)


def _scale(study: Study, width: float) -> _Scale:
    """Choose one scale for both directions; heights are enlarged where they would be too low."""
    above = [_heights(one.boxes) for one in study.buildings]
    below = [_heights(one.basements) for one in study.buildings]
    flat = _NO_HEIGHT * (max(n for _, n in above) + max(n for _, n in below))
    highest = max(*(h for h, _ in above), float(study.stated_height or 0))
    deepest = max(h for h, _ in below)
    total = highest + deepest
    room = width - _LEFT - _RIGHT - _gap(study) * len(study.buildings)
    across = max(room, 1.0) / sum(_widest(study, one) for one in study.buildings)
    most = max(_HEIGHT - flat, _WANTED) / total if total else across
    across = min(across, most)
    fitting = [one for one in _FACTORS if across * one <= most * (1 + 1e-9)] or [1]
    factor = next((one for one in fitting if across * one * total >= _WANTED), fitting[-1])
    upwards = across * factor
    flat_above = _NO_HEIGHT * max(n for _, n in above)
    ground = _TOP + LINE + flat_above + upwards * highest
    return _Scale(across=across, upwards=upwards, factor=factor, ground=ground, top=highest)


def _gap(study: Study) -> float:
    return _GAP if len(study.buildings) <= 30 else 2.0  # noqa: PLR2004 -- many columns stand close


def _columns(study: Study, scale: _Scale, width: float) -> list[_Column]:
    widths = [scale.across * _widest(study, one) for one in study.buildings]
    spare = width - _LEFT - _RIGHT - sum(widths)
    gap = min(spare / len(widths), _WIDEST_GAP)
    columns = []
    x = _LEFT + gap / 2
    for one, wide in zip(study.buildings, widths, strict=True):
        columns.append(_Column(building=one, left=x, right=x + wide))
        x += wide + gap
    return columns


def _levels(sheet: Sheet, scale: _Scale) -> None:
    """Draw levels in round steps, with their height at the left."""
    sheet.label("±0.00", (_LEFT - 12, scale.ground), anchor="end")
    if scale.top == 0:
        return
    least = scale.top / _TICKS
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= least)
    for count in range(1, int(scale.top / step + 1e-9) + 1):
        y = scale.ground - scale.upwards * step * count
        faint = {"stroke": sheet.inks.muted, "stroke_width": "0.6", "stroke_dasharray": "1 4"}
        sheet.line((_LEFT - 8, y), (sheet.width - 4, y), **faint)
        level = metres(round(step * count, 6))
        sheet.label(level, (_LEFT - 12, y), anchor="end", ink=sheet.inks.muted)


def _stated(sheet: Sheet, lang: str, study: Study, scale: _Scale) -> None:
    """Draw the height that the proposal states."""
    if study.stated_height is None:
        return
    y = scale.ground - scale.upwards * float(study.stated_height)
    ink = sheet.inks.limit
    ends = (_LEFT - 8, y), (sheet.width - 4, y)
    sheet.line(*ends, stroke=ink, stroke_width="1.6", stroke_dasharray="5 4")
    sheet.keep_free((_LEFT - 8, y - 1, sheet.width, y + 1))
    words = text(lang, "massing.drawing.stated_height", metres=metres(study.stated_height))
    sheet.label(words, (sheet.width - 6, y - 9), anchor="end", ink=ink)


def _column(sheet: Sheet, lang: str, scale: _Scale, study: Study, column: _Column) -> Space:
    """Draw a building from the ground up and down; return what it takes."""
    building = column.building
    y = scale.ground
    for box in building.boxes:
        wide = scale.across * _width(study, box, building)
        top = y - _tall(scale, box)
        _box(sheet, lang, box, (column.middle - wide / 2, top, column.middle + wide / 2, y))
        y = top
    highest, y = y, scale.ground
    for box in building.basements:
        wide = scale.across * _width(study, box, building)
        low = y + _tall(scale, box)
        _box(sheet, lang, box, (column.middle - wide / 2, y, column.middle + wide / 2, low))
        y = low
    return column.left, highest, column.right, y


def _tops(sheet: Sheet, scale: _Scale, columns: list[_Column], bodies: Sequence[Space]) -> None:
    """Write its height above every building of which it is known, else into its top."""
    for at, one in enumerate(columns):
        height = one.building.height
        if height is None or not one.building.boxes:
            continue
        words = metres(height)
        y = scale.ground - scale.upwards * float(height)
        above = label_space(words, (one.middle, y - 9))
        is_clear = not any(meet(above, body) for body in (*bodies[:at], *bodies[at + 1 :]))
        if is_clear and sheet.label(words, (one.middle, y - 9), halo=True):
            continue
        space = label_space(words, (one.middle, y + 9))
        if space[0] >= one.left and space[2] <= one.right:
            sheet.label(words, (one.middle, y + 9), ink=ON_USE)


def _tall(scale: _Scale, box: Box) -> float:
    return _NO_HEIGHT if box.height is None else scale.upwards * float(box.height)


def _box(sheet: Sheet, lang: str, box: Box, space: Space) -> None:
    left, top, right, bottom = space
    sign = sign_of(kind_of(box.functions))
    dash = {"stroke_dasharray": "4 3"} if box.height is None else {}
    look = {"fill": sign.tone, "stroke": sign.outline, "stroke_width": "1.2"}
    sheet.rectangle(space, class_="box", **look, **dash)
    storey = (bottom - top) / box.storeys
    if box.height is not None and storey >= _FINEST:
        for count in range(1, box.storeys):
            y = top + storey * count
            thin = {"stroke": sign.outline, "stroke_width": "0.5", "stroke_opacity": "0.6"}
            sheet.line((left, y), (right, y), **thin)
    key = "storeys_below" if box.below_ground else "storeys"
    words = text(lang, f"massing.drawing.{key}", count=box.storeys)
    middle = ((left + right) / 2, (top + bottom) / 2)
    needed = label_space(words, middle)
    if needed[0] >= left and needed[1] >= top - 1 and needed[3] <= bottom + 1:
        sheet.label(words, middle, ink=ON_USE, halo_ink=sign.tone)


def _named(sheet: Sheet, column: _Column, y: float) -> bool:
    """Write number and name under a building; its number alone where that is too wide."""
    building = column.building
    if sheet.label(f"{building.number} {isolated(building.name[:_LONGEST])}", (column.middle, y)):
        return True
    sheet.label(str(building.number), (column.middle, y))
    return False
