"""The table of boundary points: north before east, side by side, over as many pages as it takes."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from layers.sheet.table import Column, Row, flow
from parcels.messages import text
from parcels.sheets.areas import area_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheet.page import Page
    from layers.sheet.paper import Box
    from parcels.sheets.ground import Ground, Plot
    from parcels.sheets.rings import Ring

_SHARES = (("point", 16, "left"), ("x", 26, "right"), ("y", 27, "right"), ("side", 18, "right"))


def decimals(value: float, places: int) -> str:
    """Write a number with a fixed number of decimals, half up."""
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP)}"


def write_points(ground: Ground, plots: Sequence[Plot], rooms: Iterator[tuple[Page, Box]]) -> None:
    """Write the boundary points of parcels; each ring closes with its first point."""
    columns = [
        Column(
            title=text(ground.lang, f"sheet.column_{name}"),
            share=share,
            across="left" if across == "left" else "right",
        )
        for name, share, across in _SHARES
    ]
    flow(columns, _rows(ground, plots), rooms, size=2.5)


def _rows(ground: Ground, plots: Sequence[Plot]) -> Iterator[Row]:
    lang = ground.lang
    for plot in plots:
        yield Row(cells=(plot.title,), heading=True)
        if not plot.rings:
            yield Row(cells=(text(lang, "sheet.no_points"), "—", "—", "—"))
            continue
        for number, ring in enumerate(plot.rings, start=1):
            kind = "hole" if ring.is_hole else "outer"
            yield Row(cells=(text(lang, f"sheet.ring_{kind}", number=number),), heading=True)
            yield from _ring_rows(ring)
        yield Row(cells=(area_line(lang, plot.entry),), heading=True, closing=True)


def _ring_rows(ring: Ring) -> Iterator[Row]:
    for at, name in enumerate((*ring.names, ring.names[0])):
        east, north = ring.points[at % len(ring.names)]
        side = decimals(ring.lengths[at], 2) if at < len(ring.names) else ""
        yield Row(cells=(name, decimals(north, 3), decimals(east, 3), side))
