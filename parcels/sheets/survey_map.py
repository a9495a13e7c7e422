"""勘测定界图: all parcels of a batch with their points, areas, classes and coordinates."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from layers.sheet.legend import draw_legend
from layers.sheet.table import Column, Row, flow
from parcels.messages import text
from parcels.report.figures import MOVED
from parcels.sheets.areas import area_columns
from parcels.sheets.cadastral import (
    further,
    legend_entries,
    notice_of,
    plan_frame,
    sources_of,
    subtitle,
    use_words,
)
from parcels.sheets.furniture import draw_foot, draw_title, layout_of, new_page, system_line
from parcels.sheets.ground import ground_of
from parcels.sheets.mapping import draw_map
from parcels.sheets.point_pages import write_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.sheet.page import Page
    from layers.sheet.paper import Box
    from parcels.sheets.ground import Ground
    from parcels.sheets.options import SheetOptions
    from parcels.snapshot.model import Snapshot

MOST_PLOTS, MOST_POINTS = 2_000, 20_000
"""To be listed on the sheet; more of them stand in the data alone, and the sheet says so."""


def pages(snapshot: Snapshot, options: SheetOptions) -> list[Page]:
    """Draw the map with the areas of its parcels, then their points."""
    ground = ground_of(snapshot, options)
    on = layout_of(options)
    page = new_page(on)
    lang, located = ground.lang, any(one.is_located for one in ground.plots)
    name = "survey_map" if located else "survey_map_loose"
    title = text(lang, f"sheet.{name}", title=ground.content["title"])
    draw_title(page, on, title, subtitle(ground))
    frame = plan_frame(ground, on.map, options.scale)
    drawn = draw_map(page, frame, ground, notice=notice_of(ground))
    more: list[Page] = []
    areas = chain([(page, on.facts)], further(on, title, subtitle(ground), more, panels=2))
    _write_areas(ground, areas)
    _points(ground, page, on.checks, drawn.left, on_pages=more, options=options)
    draw_legend(page, on.legend, text(lang, "map.legend"), legend_entries(lang, drawn.looks))
    draw_foot(
        page,
        on,
        snapshot,
        options,
        scale=frame.scale,
        system=system_line(lang, ground.system, near_seam=ground.near_seam),
        sources=sources_of(ground, drawn.sources),
    )
    return [page, *more]


def _points(
    ground: Ground, page: Page, box: Box, left: int, *, on_pages: list[Page], options: SheetOptions
) -> None:
    """Write the table of points beside the map and on further pages, or why there is none."""
    lang, plots = ground.lang, [one for one in ground.plots if one.rings]
    why = _no_table(ground)
    if why:
        page.box(box)
        page.paragraph(why, box.x + 2, box.top - 2, room=box.width - 4, size=2.8)
        return
    on = layout_of(options)
    title = text(lang, "sheet.points_of", parcel=ground.content["title"])
    table, foot = _above(box, 5.0 if left else 0.0)
    rooms = chain([(page, table)], further(on, title, subtitle(ground), on_pages, panels=3))
    write_points(ground, plots, rooms)
    if left:
        words = text(lang, "sheet.labels_left", left=left)
        page.text(words, foot.x + 1, foot.y + 1.2, size=2.4, room=foot.width - 2)


def _no_table(ground: Ground) -> str:
    """Say why no points are listed; "" where they are."""
    points = sum(len(ring.names) for plot in ground.plots for ring in plot.rings)
    if points > MOST_POINTS:
        return text(
            ground.lang, "sheet.too_many_points", points=f"{points:,}", most=f"{MOST_POINTS:,}"
        )
    if points:
        return ""
    return text(ground.lang, f"sheet.{'points_hidden' if ground.is_local else 'no_points_at_all'}")


def _above(box: Box, height: float) -> tuple[Box, Box]:
    table, foot = box.rows(box.height - height, gap=0.0)
    return table, foot


def _write_areas(ground: Ground, rooms: Iterator[tuple[Page, Box]]) -> None:
    lang = ground.lang
    shares = (
        ("parcel", 26, False),
        ("use", 24, False),
        ("m2", 24, True),
        ("hectares", 16, True),
        ("mu", 16, True),
    )
    columns = [
        Column(
            title=text(lang, f"sheet.column_{name}"),
            share=share,
            across="right" if right else "left",
        )
        for name, share, right in shares
    ]
    flow(columns, _area_rows(ground), rooms, size=2.4)


def _area_rows(ground: Ground) -> Iterator[Row]:
    """Give a row a parcel and their sum; parts add up to it in each unit."""
    lang = ground.lang
    rows, whole = area_columns(lang, [plot.entry.get("area_m2") for plot in ground.plots])
    listed = ground.plots if len(ground.plots) <= MOST_PLOTS else ()
    if not listed:
        yield Row(
            cells=(text(lang, "sheet.too_many_parcels", most=f"{MOST_PLOTS:,}"),), heading=True
        )
    for plot, cells in zip(listed, rows, strict=False):
        yield Row(cells=(plot.title, use_words(lang, plot.entry), *cells))
    if len(ground.plots) > 1:
        count = text(lang, "sheet.total", parcels=len(ground.plots))
        yield Row(cells=(count, text(lang, "sheet.ellipsoid"), *whole))
    if listed and any(MOVED in cell for cells in rows for cell in cells):
        yield Row(cells=(text(lang, "sheet.moved", mark=MOVED),), heading=True, closing=True)
