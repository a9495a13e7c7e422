"""Massing of a proposal on paper: plan and elevation, each at a true scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from layers.sheet.drawing import draw_areas
from layers.sheet.frame import SCALES, MapFrame, draw_north, frame_for
from layers.sheet.labels import Label, Placing, Spot, spots_around
from layers.sheet.page import FRAME, SMALLEST
from layers.sheet.paper import Box
from layers.sheet.signs import AreaLook
from parcels.finding_words import amount
from parcels.messages import text
from parcels.proposal.massing.uses import kind_of, sign_of
from parcels.sheets.furniture import draw_notice
from parcels.sheets.ground import geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheet.page import Page
    from layers.sheet.signs import Look

Entry = dict[str, Any]
_SITE = AreaLook(edge="#C00000", width=0.3, fill="#FFFFFF")
_ENVELOPE = AreaLook(edge="#53378C", width=0.25, dash=(2.0, 1.2))
_GROUND = "#17222D"


def is_drawn(volumes: Entry | None) -> bool:
    """Whether the content has a site with its outline."""
    return bool(volumes and (volumes.get("site") or {}).get("outline"))


def draw_plan(page: Page, box: Box, volumes: Entry, lang: str) -> tuple[MapFrame, dict[str, Look]]:
    """Draw site, land that may be built on and buildings; return frame and signs of the legend."""
    site = volumes["site"]
    outline, envelope = geometry(site["outline"]), geometry(site.get("envelope"))
    frame = frame_for(shapely.bounds(outline).tolist(), box, margin=3.5)
    page.box(box, fill="#F6F6F4", edge=None)
    legend: dict[str, Look] = {text(lang, "m0_sheet.site"): _SITE}
    draw_areas(page, frame, [frame.shapes(outline)], _SITE)
    if envelope is not None and not envelope.is_empty:
        draw_areas(page, frame, [frame.shapes(envelope)], _ENVELOPE)
        legend[text(lang, "m0_sheet.envelope")] = _ENVELOPE
    buildings = [one for one in volumes.get("buildings") or () if one.get("ground")]
    grounds = [frame.shapes(geometry(one["ground"])) for one in buildings]
    for building, ground in zip(buildings, grounds, strict=True):
        kind = _kind(building)
        look = _look(kind)
        draw_areas(page, frame, [ground], look)
        legend[text(lang, f"massing.kind.{kind}")] = look
    taken = [draw_notice(page, box, " ".join(map(str, volumes.get("remarks") or ())))]
    if site.get("kind") == "outline":
        taken.append(draw_north(page, frame, text(lang, "location.north")))
    _label(page, box, buildings, grounds, taken, lang)
    page.box(box, width=FRAME)
    return frame, legend


def _kind(building: Entry) -> str:
    """Give the kind of use that has most of a building's floors."""
    floors: dict[str, float] = {}
    for one in building.get("boxes") or ():
        kind = kind_of(tuple(one.get("functions") or ())) if one.get("functions") else "unknown"
        floors[kind] = floors.get(kind, 0.0) + float(one.get("floor_area_m2") or 0)
    return max(floors, key=lambda one: (floors[one], one)) if floors else "unknown"


def _look(kind: str) -> AreaLook:
    sign = sign_of(kind)
    pattern = "" if sign.pattern == "none" else sign.pattern
    return AreaLook(
        fill=sign.tone, edge=_GROUND, pattern=pattern, pattern_colour=sign.outline, opacity=0.8
    )


def _label(
    page: Page,
    box: Box,
    buildings: Sequence[Entry],
    grounds: Sequence[Any],
    taken: Sequence[Box],
    lang: str,
) -> None:
    """Write number, name, storeys and height at each building."""
    blocked = [shapely.box(one.x, one.y, one.right, one.top) for one in taken if one.width]
    placing = Placing(frame=box.inset(0.8), blocked=blocked)
    for building, ground in zip(buildings, grounds, strict=True):
        point = ground.representative_point()
        at = float(point.x), float(point.y)
        words = f"{building.get('number', '')} {building.get('name', '')} {_tall(building, lang)}"
        spots = (Spot(*at), *spots_around(at, words, SMALLEST, gap=3.0))
        placing.place([Label(words=words, spots=spots, size=SMALLEST, anchor=at)])
    placing.draw(page)


def _tall(building: Entry, lang: str) -> str:
    """Write storeys and height; what is not known is said to be so."""
    storeys, height = building.get("storeys"), building.get("height_m")
    floors = text(lang, "m0_sheet.storeys", count="?" if storeys is None else storeys)
    tall = text(lang, "outcome.unknown") if height is None else amount(lang, float(height), "m")
    return f"{floors} {tall}"


def draw_elevation(page: Page, box: Box, volumes: Entry, lang: str) -> None:
    """Draw the buildings as seen from the south edge of the plan, heights at the same scale."""
    page.box(box)
    page.text(text(lang, "m0_sheet.elevation"), box.x + 2, box.top - 4.4, size=2.8, bold=True)
    outline = geometry(volumes["site"]["outline"])
    west, _, east, _ = shapely.bounds(outline).tolist()
    fronts = [one for one in map(_front, volumes.get("buildings") or ()) if one is not None]
    top = max((front[3] for front in fronts), default=0.0)
    deep = max((front[4] for front in fronts), default=0.0)
    inner = Box(box.x + 3, box.y + 7, box.width - 6, box.height - 14)
    wanted = 1000 * max((east - west) / inner.width, (top + deep) / max(inner.height, 1.0))
    scale = next((one for one in SCALES if one >= wanted), SCALES[-1])
    ratio = 1000 / scale
    left = inner.centre[0] - (east - west) / 2 * ratio
    ground = inner.y + deep * ratio
    for start, end, _, height, below, kind in sorted(fronts, key=lambda one: -one[2]):
        x, wide = left + (start - west) * ratio, (end - start) * ratio
        look = _look(kind)
        front = shapely.box(x, ground - below * ratio, x + wide, ground + height * ratio)
        page.areas(
            [front],
            fill=look.fill,
            edge=_GROUND,
            pattern=look.pattern,
            pattern_colour=look.pattern_colour,
        )
    page.lines([[(inner.x, ground), (inner.right, ground)]], width=FRAME)
    said = text(lang, "m0_sheet.highest", height=amount(lang, top, "m"), scale=f"{scale:,}")
    page.text(said, box.x + 2, box.y + 2.2, size=SMALLEST, room=box.width - 4)


def _front(building: Entry) -> tuple[float, float, float, float, float, str] | None:
    """Give west and east end, south edge, height above and below ground, kind; None: not known."""
    shape, height = geometry(building.get("ground")), building.get("height_m")
    if shape is None or height is None:
        return None
    west, south, east, _ = shapely.bounds(shape).tolist()
    below = sum(
        float(one.get("storeys") or 0) * float(one.get("storey_height_m") or 0)
        for one in building.get("boxes") or ()
        if one.get("below_ground")
    )
    return west, east, south, float(height), below, _kind(building)
