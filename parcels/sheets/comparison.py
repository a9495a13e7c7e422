"""The template of scenarios side by side: maps of one extent and scale, figures, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import PlannerError
from layers.sheet.fonts import printable, width, wrapped
from layers.sheet.frame import MapFrame, draw_north, draw_ticks, frame_for
from layers.sheet.labels import Label, Placing, Spot, spots_around
from layers.sheet.legend import draw_sample
from layers.sheet.page import LINE_HEIGHT, SMALLEST
from layers.sheet.paper import Box
from layers.sheet.signs import VIOLET
from layers.sheet.table import flow
from layers.sheet.verdicts import draw_verdict
from parcels.messages import text
from parcels.sheets.comparison_tables import (
    difference_columns,
    difference_rows,
    figure_columns,
    figure_rows,
)
from parcels.sheets.furniture import (
    draw_foot,
    draw_title,
    draw_watermark,
    layout_of,
    new_page,
    system_line,
)
from parcels.sheets.location_map import draw_layers
from parcels.sheets.scenario_ground import compared_of, draw_elements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheet.page import Page
    from layers.sheet.paper import Layout
    from layers.sheet.signs import Look
    from parcels.sheets.options import SheetOptions
    from parcels.sheets.scenario_ground import Compared, Drawn
    from parcels.snapshot.model import Snapshot

_GAP, _MARGIN, _SIDE = 3.0, 2.5, 5.0
_NAME = 5.0
_SIGN_ROW = 4.8
_MAP_SHARE, _ALONE_SHARE = 0.5, 0.6


def pages(snapshot: Snapshot, options: SheetOptions) -> Sequence[Page]:
    """Draw two to four scenarios, or one alone: maps, ledger, indices, then every difference.

    As many maps stand side by side as the scale allows; the others follow on pages of their own
    with the same extent and scale.

    Raises
    ------
    PlannerError
        ``sheet_kind_refused``, ``sheet_no_elements``, ``sheet_too_wide``, those of `frame_for`.
    """
    content = snapshot.content
    if content["kind"] != "scenarios":
        raise PlannerError("sheet_kind_refused", template="comparison", kind=content["kind"])
    compared, on = compared_of(content, options.system), layout_of(options)
    title = text(content["lang"], "comparison.title", title=str(content["title"]))
    frames = _frames(compared, on, options.scale)
    made: list[Page] = []
    for start in range(0, len(compared.scenarios), len(frames)):
        shown = compared.scenarios[start : start + len(frames)]
        made += _map_pages(compared, shown, frames, on, snapshot, options, title)
    return [*made, *_difference_pages(compared, on, title)]


def _room(on: Layout) -> Box:
    """Give the box between title and foot."""
    top, low = on.title.y + _SIDE, on.scale.top + _GAP
    return Box(on.title.x + _SIDE, low, on.title.width - _SIDE, top - low - _SIDE + 2.0)


def _frames(compared: Compared, on: Layout, scale: int | None) -> list[MapFrame]:
    """Give equal frames for as many maps as fit beside each other at one scale of the series."""
    room, count = _room(on), len(compared.scenarios)
    for across in range(count, 0, -1):
        width = (room.width - _GAP * (across - 1)) / across
        height = min(room.height * (_MAP_SHARE if across > 1 else _ALONE_SHARE), width)
        top = room.top - _NAME
        boxes = [
            Box(room.x + at * (width + _GAP), top - height, width, height) for at in range(across)
        ]
        try:
            return [frame_for(compared.bounds, box, scale=scale, margin=_MARGIN) for box in boxes]
        except PlannerError as error:
            if across == 1 or error.code not in {"sheet_too_wide", "sheet_scale_too_large"}:
                raise
    raise AssertionError(count)


def _map_pages(
    compared: Compared,
    shown: Sequence[Drawn],
    frames: Sequence[MapFrame],
    on: Layout,
    snapshot: Snapshot,
    options: SheetOptions,
    title: str,
) -> list[Page]:
    """Draw some scenarios on a page, with their figures below; long tables go on."""
    lang = snapshot.content["lang"]
    page, room = new_page(on), _room(on)
    names = text(lang, "comparison.mark").join(one.name for one in shown)
    draw_title(page, on, title, names)
    legend: dict[str, Look] = {}
    for drawn, frame in zip(shown, frames, strict=False):
        legend |= _draw_map(page, frame, compared, drawn)
    low = frames[0].box.y - _GAP
    low = _draw_signs(page, Box(room.x, room.y, room.width, low - room.y), legend)
    sources = [layer.source for layer in compared.layers]
    system = system_line(lang, compared.system)
    draw_foot(page, on, snapshot, options, scale=frames[0].scale, system=system, sources=sources)
    made = [page]

    def rooms() -> Iterator[tuple[Page, Box]]:
        box = Box(room.x, room.y, room.width, low - room.y)
        yield from ((page, one) for one in box.columns((box.width - _GAP) / 2, gap=_GAP))
        while True:
            more = new_page(on)
            draw_title(more, on, title, names)
            made.append(more)
            body = on.body.inset(1.0)
            yield from ((more, one) for one in body.columns((body.width - _GAP) / 2, gap=_GAP))

    flow(figure_columns(shown, lang), figure_rows(shown, lang), rooms(), size=SMALLEST)
    return made


def _draw_map(page: Page, frame: MapFrame, compared: Compared, drawn: Drawn) -> dict[str, Look]:
    """Draw one scenario, its name above the frame."""
    content, box = compared.content, frame.box
    lang = content["lang"]
    outcome = str(drawn.answer.get("outcome") or "unknown")
    used = page.text(
        text(lang, f"outcome.{outcome}"), box.right, box.top + 1.6, size=2.6, across="right"
    )
    draw_verdict(page, Box(box.right - used - 7.0, box.top + 0.8, 5.5, 3.4), outcome)
    page.text(drawn.name, box.x, box.top + 1.6, size=3.0, bold=True, room=box.width - used - 9)
    page.box(box, fill="#F6F6F4", edge=None)
    below = draw_layers(page, frame, compared.layers, lang)
    legend = draw_elements(page, frame, drawn, lang)
    draw_watermark(page, box, content)
    notice = _draw_notice(page, box, (content.get("drawn") or {}).get("notice") or "")
    arrow = draw_north(page, frame, text(lang, "location.north"))
    taken = [shapely.box(one.x, one.y, one.right, one.top) for one in (notice, arrow)]
    _draw_names(page, frame, drawn, taken)
    draw_ticks(page, frame, labelled=False)
    return {**legend, **below}


def _draw_notice(page: Page, box: Box, words: str) -> Box:
    """Write how uncertain the places are into the lower left of a small frame."""
    room = box.width - 6
    lines = wrapped(words, SMALLEST, room) if words else []
    height = 2.0 + SMALLEST * LINE_HEIGHT * len(lines)
    wide = max((width(line, SMALLEST) for line in lines), default=0.0) + 4
    taken = Box(box.x, box.y, wide if lines else 0.0, height if lines else 0.0)
    if lines:
        page.box(taken, fill="#FFFFFF", edge=VIOLET, dash=(1.2, 0.8))
        top = taken.top - 0.8
        page.paragraph(words, box.x + 2, top, room=room, size=SMALLEST, colour=VIOLET)
    return taken


def _draw_names(page: Page, frame: MapFrame, drawn: Drawn, taken: Sequence[Any]) -> None:
    """Write the titles of elements where there is room."""
    placing = Placing(frame=frame.box.inset(0.8), blocked=[*taken])
    window = frame.box.x, frame.box.y, frame.box.right, frame.box.top
    for element, shape in zip(
        drawn.entry.get("elements") or (), frame.shapes(drawn.shapes), strict=True
    ):
        words = str(element.get("title") or element.get("name") or "")
        if shape is None or not words or element.get("kind") == "road":
            continue
        inside = shapely.clip_by_rect(shape, *window)
        if inside.is_empty:
            continue
        point = inside.representative_point()
        at = float(point.x), float(point.y)
        spots = (Spot(*at), *spots_around(at, words, SMALLEST, gap=2.0))
        placing.place([Label(words=words, spots=spots, size=SMALLEST)])
    placing.draw(page)


def _draw_signs(page: Page, box: Box, legend: dict[str, Look]) -> float:
    """Draw the legend in lines under the maps; return the height below which it is free."""
    x, y = box.x, box.top
    for words, look in legend.items():
        wide = 9.5 + width(printable(words), SMALLEST) + 4.0
        if x + wide > box.right and x > box.x:
            x, y = box.x, y - _SIGN_ROW
        draw_sample(page, Box(x, y - 3.6, 8.0, 3.2), look)
        page.text(words, x + 9.5, y - 2.0, size=SMALLEST, up="center")
        x += wide
    return y - _SIGN_ROW - 1.0


def _difference_pages(compared: Compared, on: Layout, title: str) -> list[Page]:
    """Write every figure with its differences from the first scenario and their causes."""
    comparison = (compared.content.get("answers") or {}).get("comparison") or {}
    if not comparison.get("rows"):
        return []
    lang, made = compared.content["lang"], []

    def rooms() -> Iterator[tuple[Page, Box]]:
        while True:
            page = new_page(on)
            draw_title(page, on, title, text(lang, "comparison.differences"))
            made.append(page)
            body = on.body.inset(1.0)
            note = str(comparison.get("note") or "")
            low = page.paragraph(note, body.x, body.top, room=body.width, size=SMALLEST) - 1.0
            yield page, Box(body.x, body.y, body.width, low - body.y)

    rows = difference_rows(comparison, compared.scenarios, lang)
    flow(difference_columns(compared.scenarios, lang), rows, rooms(), size=SMALLEST)
    return made
