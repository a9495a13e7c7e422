"""The template 位置图: where parcels lie among roads, rivers, parks and the zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.sheet.frame import draw_north, draw_ticks, frame_for
from layers.sheet.legend import draw_legend
from layers.sheet.page import SMALLEST
from layers.sheet.paper import Box
from layers.sheet.signs import VIOLET
from parcels.messages import text
from parcels.sheets.furniture import (
    draw_foot,
    draw_notice,
    draw_title,
    draw_watermark,
    layout_of,
    new_page,
    system_line,
)
from parcels.sheets.ground import ground_of
from parcels.sheets.location_list import draw_list, list_pages, rows_in, unlisted
from parcels.sheets.location_map import draw_background, draw_names, draw_plots, plot_shape
from parcels.snapshot.model import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheet.frame import MapFrame
    from layers.sheet.page import Page
    from layers.sheet.paper import Layout
    from parcels.sheets.ground import Bounds, Ground
    from parcels.sheets.location_map import Legend
    from parcels.sheets.options import SheetOptions

_MARGIN = 6.0
_LEGEND_HEAD, _LEGEND_ROW = 9.2, 4.8


def pages(snapshot: Snapshot, options: SheetOptions) -> Sequence[Page]:
    """Draw the map with the list of parcels beside it; long lists go on on further pages.

    Raises
    ------
    PlannerError
        ``sheet_no_place`` where no parcel has a place; those of `frame_for` and `ground_of`.
    """
    ground, on = ground_of(_overview(snapshot), options), layout_of(options)
    lang = ground.lang
    frame = frame_for(_bounds(ground), on.map, scale=options.scale, margin=_MARGIN)
    page = new_page(on)
    title = text(lang, "location.title", title=str(snapshot.content["title"]))
    count = len(ground.plots)
    draw_title(page, on, title, text(lang, "location.subtitle", count=f"{count:,}"))
    legend = _draw_map(page, frame, ground)
    beside, signs = _boxes(on, len(legend))
    left = draw_legend(page, signs, text(lang, "map.legend"), [*legend.items()])
    if left:
        more = text(lang, "location.more_signs", count=left)
        page.text(more, signs.right - 2, signs.y + 1.2, size=SMALLEST, across="right")
    listed = _draw_lists(page, beside, on, ground)
    sources = [layer.source for layer in ground.layers]
    system = system_line(lang, ground.system, near_seam=ground.near_seam)
    draw_foot(page, on, snapshot, options, scale=frame.scale, system=system, sources=sources)
    return [page, *list_pages(ground.plots, on, lang, title=title, first=listed)]


def _overview(snapshot: Snapshot) -> Snapshot:
    """Leave out boundary points and findings: a hundred thousand parcels have millions of them."""
    content = snapshot.content
    parcels = [{**one, "rings": ()} for one in content.get("parcels") or ()]
    answers = {**(content.get("answers") or {}), "findings": []}
    return Snapshot(
        content={**content, "parcels": parcels, "answers": answers}, digest=snapshot.digest
    )


def _bounds(ground: Ground) -> Bounds:
    """Give what must be seen: outlines and drawing aids, extents where nothing else is known."""
    shapes = [shape for shape in map(plot_shape, ground.plots) if shape is not None]
    if not shapes:
        return ground.bounds
    if len(ground.plots) == 1:
        return ground.bounds
    west, south, east, north = shapely.total_bounds(np.asarray(shapes, dtype=object))
    return float(west), float(south), float(east), float(north)


def _draw_map(page: Page, frame: MapFrame, ground: Ground) -> Legend:
    """Draw all that stands in the frame, and the frame."""
    lang, content = ground.lang, ground.content
    page.box(frame.box, fill="#F6F6F4", edge=None)
    legend = draw_plots_over(page, frame, ground)
    draw_watermark(page, frame.box, content)
    notice = draw_notice(page, frame.box, (content.get("drawn") or {}).get("notice") or "")
    arrow = draw_north(page, frame, text(lang, "location.north"))
    blocked = [shapely.box(one.x, one.y, one.right, one.top) for one in (notice, arrow)]
    low = Box(frame.box.x, frame.box.y, frame.box.width, 4.0)
    missed = draw_names(
        page, frame, ground, [*blocked, shapely.box(low.x, low.y, low.right, low.top)]
    )
    said = _remarks(ground, missed)
    page.text(
        said, low.x + 2, low.y + 1.3, size=SMALLEST, colour=VIOLET, halo=True, room=low.width - 4
    )
    draw_ticks(page, frame, labelled=not ground.is_local)
    return legend


def draw_plots_over(page: Page, frame: MapFrame, ground: Ground) -> Legend:
    """Draw background and parcels; parcels stand first in the legend."""
    below = draw_background(page, frame, ground)
    return {**draw_plots(page, frame, ground), **below}


def _remarks(ground: Ground, missed: int) -> str:
    """Say what the map cannot show: rows without outline, parcels without place or number."""
    lang = ground.lang
    aided = sum(one.shape is None and one.box is not None for one in ground.plots)
    nowhere = [one.mark for one in ground.plots if plot_shape(one) is None]
    parts = [
        text(lang, "location.aided", count=aided) if aided else "",
        text(lang, "location.nowhere", parcels=nowhere) if nowhere else "",
        text(lang, "location.unnumbered", count=missed - len(nowhere))
        if missed > len(nowhere)
        else "",
    ]
    return " ".join(one for one in parts if one)


def _boxes(on: Layout, signs: int) -> tuple[list[Box], Box]:
    """Give the boxes of the list, and that of the legend: it gets the room that its signs need."""
    height = max(on.legend.height, _LEGEND_HEAD + _LEGEND_ROW * -(-signs // 2))
    column, low = on.legend, on.legend.y + height + 3
    legend = Box(column.x, column.y, column.width, height)
    above = Box(column.x, low, column.width, on.facts.top - low)
    lists = [above] if on.facts.x == on.checks.x else [above, on.checks]
    return [one for one in lists if rows_in(one)], legend


def _draw_lists(page: Page, boxes: Sequence[Box], on: Layout, ground: Ground) -> int:
    """Write the first parcels beside the map; return how many."""
    lang, plots = ground.lang, ground.plots
    room = sum(map(rows_in, boxes))
    lost = unlisted(len(plots), room, on)
    shown = 0
    for box in boxes:
        part = plots[shown : shown + rows_in(box)]
        low, shown = shown + 1, shown + len(part)
        whole = len(part) == len(plots)
        head = text(lang, "location.parcels", count=f"{len(plots):,}")
        if not whole:
            head = text(lang, "location.part", low=low, high=shown, of=f"{len(plots):,}")
        if lost:
            head += text(lang, "location.unlisted", count=f"{lost:,}")
        if part:
            draw_list(page, box, part, lang, head=head)
    return shown
