"""宗地图: one parcel a sheet, with its points, sides, neighbours and what the checks say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import PlannerError
from layers.sheet.fonts import wrapped
from layers.sheet.frame import SCALES, MapFrame, frame_for
from layers.sheet.legend import draw_legend
from layers.sheet.page import INK, LINE_HEIGHT
from layers.sheet.paper import Box
from layers.sheet.signs import VIOLET
from parcels.messages import messages, text
from parcels.sheets.areas import area_line, declared_line, plane_line
from parcels.sheets.furniture import (
    draw_foot,
    draw_title,
    layout_of,
    new_page,
    system_line,
)
from parcels.sheets.ground import ground_of
from parcels.sheets.mapping import draw_map
from parcels.sheets.neighbours import sides_of
from parcels.sheets.point_pages import write_points
from parcels.sheets.verdict_box import draw_checks, write_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheet.page import Page
    from layers.sheet.paper import Layout
    from layers.sheet.signs import Look
    from parcels.sheets.ground import Bounds, Ground, Plot
    from parcels.sheets.options import SheetOptions
    from parcels.snapshot.model import Snapshot

MOST = 300
"""Parcels of one document."""
_SIDE_LINE = 3.6
_FACT_SIZES = ((2.8, 2.8), (2.8, 2.6), (2.6, 2.4))


def pages(snapshot: Snapshot, options: SheetOptions) -> list[Page]:
    """Draw a map, a table of points and the findings of each parcel.

    Raises
    ------
    PlannerError
        ``sheet_too_many``, ``sheet_no_place``; those of `ground_of` and `frame_for`.
    """
    ground = ground_of(snapshot, options)
    if len(ground.plots) > MOST:
        raise PlannerError("sheet_too_many", count=len(ground.plots), most=MOST)
    drawn: list[Page] = []
    for plot in ground.plots:
        others = tuple(one for one in ground.plots if one is not plot)
        alone = replace(ground, plots=(plot,), around=(*others, *ground.around))
        drawn.extend(_pages(snapshot, options, alone))
    return drawn


def _pages(snapshot: Snapshot, options: SheetOptions, ground: Ground) -> list[Page]:
    [plot] = ground.plots
    on = layout_of(options)
    page = new_page(on)
    name = "cadastral" if plot.is_located else "cadastral_loose"
    draw_title(page, on, text(ground.lang, f"sheet.{name}", parcel=plot.title), subtitle(ground))
    frame = plan_frame(ground, on.map, options.scale)
    drawn = draw_map(page, frame, ground, notice=notice_of(ground))
    _draw_facts(page, on.facts, ground, plot, left=drawn.left)
    draw_checks(page, on.checks, ground, plot)
    draw_legend(
        page, on.legend, text(ground.lang, "map.legend"), legend_entries(ground.lang, drawn.looks)
    )
    draw_foot(
        page,
        on,
        snapshot,
        options,
        scale=frame.scale,
        system=system_line(ground.lang, ground.system, near_seam=ground.near_seam),
        sources=sources_of(ground, drawn.sources),
    )
    more: list[Page] = []
    if plot.rings:
        title = text(ground.lang, "sheet.points_of", parcel=plot.title)
        write_points(ground, [plot], further(on, title, subtitle(ground), more, panels=3))
    title = text(ground.lang, "sheet.findings_title", parcel=plot.title)
    write_findings(ground, plot, further(on, title, subtitle(ground), more, panels=1))
    return [page, *more]


def further(
    on: Layout, title: str, subtitle: str, pages: list[Page], *, panels: int
) -> Iterator[tuple[Page, Box]]:
    """Give the boxes of as many further pages as are asked for; they are added to ``pages``.

    Parameters
    ----------
    panels : int
        Boxes side by side on a landscape page; upright ones have two thirds of them.
    """
    count = panels if on.width > on.height else max(1, round(panels * 2 / 3))
    body = on.body.inset(3.0)
    gap = 4.0
    width = (body.width - gap * (count - 1)) / count
    while True:
        page = new_page(on)
        draw_title(page, on, title, subtitle)
        pages.append(page)
        for box in body.columns(*[width] * (count - 1), gap=gap):
            yield page, box


def plan_frame(ground: Ground, box: Box, scale: int | None) -> MapFrame:
    """Choose the window of the map: all of the parcels; where they may lie, as far as it fits."""
    try:
        return frame_for(ground.bounds, box, scale=scale)
    except PlannerError:
        aids = [one.box for one in ground.plots if one.shape is None and one.box is not None]
        if len(aids) < len(ground.plots):
            raise
    west, south, east, north = (float(one) for one in shapely.union_all(aids).bounds)
    bounds: Bounds = (west, south, east, north)
    return frame_for(bounds, box, scale=scale or SCALES[-3])


def subtitle(ground: Ground) -> str:
    """Write the title of the snapshot and that this is a pre-check."""
    content = ground.content
    return text(
        ground.lang,
        "sheet.subtitle",
        title=content.get("title") or "",
        disclaimer=content.get("disclaimer") or "",
    )


def notice_of(ground: Ground) -> str:
    """Say how uncertain the outlines are; "" where all were surveyed and nothing else is drawn."""
    notice = str((ground.content.get("drawn") or {}).get("notice") or "")
    classes = {str(one.entry.get("geometry_class")) for one in ground.plots}
    if ground.is_local and any(one.is_located for one in ground.plots):
        return text(ground.lang, "sheet.notice_local")
    if classes == {"surveyed"}:
        return notice if ground.layers else ""
    worst = [one.entry.get("accuracy_m") for one in ground.plots]
    known = [one for one in worst if one is not None]
    if len(ground.plots) == 1 and known:
        kind = text(ground.lang, f"map.geometry_{classes.pop()}")
        return text(ground.lang, "sheet.notice", kind=kind, metres=f"{known[0]:,.10g}")
    return notice or text(ground.lang, "sheet.notice_unknown")


def sources_of(ground: Ground, drawn: Sequence[str]) -> list[str]:
    """Name the sources of what is drawn: the file or plan first."""
    return [str(ground.content.get("title") or ""), *drawn]


def legend_entries(lang: str, looks: dict[str, Look]) -> list[tuple[str, Look]]:
    """Name the looks for the legend."""
    words = messages(lang)
    named = []
    first = ("class_", "use_", "envelope", "box", "point", "neighbour")
    for key, look in sorted(looks.items(), key=lambda one: not one[0].startswith(first)):
        at_map = key.replace("class_", "geometry_")
        name = words.get(f"sheet.sign.{key}") or words.get(f"map.{at_map}") or key
        named.append((name, look))
    return named


def _draw_facts(page: Page, box: Box, ground: Ground, plot: Plot, *, left: int) -> None:
    """Write what is known of the parcel, and its four sides at the foot of the box."""
    page.box(box)
    x, room, low = box.x + 2, box.width - 4, box.y + 4 * _SIDE_LINE + 1.6
    _draw_sides(page, Box(x, box.y, room, low - box.y), ground, plot)
    y, lines = box.top - 1.0, [*_facts(ground, plot, left)]
    sizes = next((one for one in _FACT_SIZES if _height(lines, one, room) <= y - low), (2.4, 2.4))
    if len(wrapped(lines[0], sizes[0], room)) > 1:
        sizes = (min(sizes[0], 2.6), sizes[1])
    for at, line in enumerate(lines):
        size = sizes[min(at, 1)]
        fitting = max(1, int((y - low) / (size * LINE_HEIGHT)))
        y = page.paragraph(line, x, y, room=room, size=size, bold=at == 0, most=fitting)


def _height(lines: list[str], sizes: tuple[float, float], room: float) -> float:
    """Measure lines of text: the first of one size, the others of another."""
    return sum(
        len(wrapped(line, sizes[min(at, 1)], room)) * sizes[min(at, 1)] * LINE_HEIGHT
        for at, line in enumerate(lines)
    )


def _draw_sides(page: Page, box: Box, ground: Ground, plot: Plot) -> None:
    """Write the four sides; what is not known in violet."""
    page.lines([[(box.x, box.top), (box.right, box.top)]], colour="#B9C2C9")
    for at, (side, told) in enumerate(sides_of(ground, plot).items()):
        name = text(ground.lang, f"cli.side.{side}")
        page.text(
            text(ground.lang, "sheet.side", side=name, words=told.words),
            box.x,
            box.top - 3.4 - _SIDE_LINE * at,
            size=2.4,
            colour=INK if told.is_known else VIOLET,
            room=box.width,
        )


def _facts(ground: Ground, plot: Plot, left: int) -> Iterator[str]:
    lang, entry = ground.lang, plot.entry
    yield text(lang, "sheet.mark_of", mark=plot.mark, use=use_words(lang, entry))
    yield area_line(lang, entry)
    for line in (plane_line(lang, entry), declared_line(lang, entry)):
        if line:
            yield line
    yield _geometry_words(lang, entry)
    written = entry.get("location_text")
    if written:
        yield text(lang, "sheet.written", words=written)
    count = sum(len(ring.names) for ring in plot.rings)
    if count:
        told = "points_left" if left else "points_told"
        own = "" if plot.rings[0].from_file else text(lang, "sheet.points_own")
        yield text(lang, f"sheet.{told}", points=count, left=left) + own
    elif ground.is_local:
        yield text(lang, "sheet.points_hidden")


def use_words(lang: str, entry: dict[str, Any]) -> str:
    """Write use and code with its scheme; what is missing is said to be unknown."""
    use = entry.get("use") or {}
    words, code, scheme = (str(use.get(name) or "") for name in ("text", "code", "scheme"))
    named = messages(lang).get(f"ui.scheme.{scheme}", scheme)
    coded = text(lang, "sheet.code_of", code=code, scheme=named) if code else ""
    known = "　".join(one for one in (words, coded) if one)
    if not known:
        return text(lang, "sheet.use_unknown")
    return known + text(lang, "sheet.class_open") if use.get("problem") == "class_open" else known


def _geometry_words(lang: str, entry: dict[str, Any]) -> str:
    kind = text(lang, f"map.geometry_{entry.get('geometry_class')}")
    metres = entry.get("accuracy_m")
    if metres is None:
        return text(lang, "sheet.geometry_open", kind=kind)
    return text(lang, "sheet.geometry", kind=kind, metres=f"{metres:,.10g}")
