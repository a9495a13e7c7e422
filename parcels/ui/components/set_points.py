"""The table of boundary points of a parcel, ring by ring."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcels.point_table import RingPoints

_SHOWN_POINTS = 30
_MOST_POINTS = 1_000
_METRE_DECIMALS, _DEGREE_DECIMALS = 3, 8


def points_table(lang: str, rings: Sequence[RingPoints]) -> Markup:
    """List the points: the first 30 of a ring are open, in all no more than 1,000 are sent."""
    begun = accumulate((len(ring.names) for ring in rings), initial=0)
    return join(
        *(
            _ring(lang, number, ring, room=_MOST_POINTS - before)
            for number, (ring, before) in enumerate(zip(rings, begun, strict=False), start=1)
            if before < _MOST_POINTS
        ),
        _unsaid(lang, sum(len(ring.names) for ring in rings) - _MOST_POINTS),
    )


def _ring(lang: str, number: int, ring: RingPoints, *, room: int) -> Markup:
    kind = text(lang, "ui.set.hole" if ring.is_hole else "ui.set.outer")
    count = len(ring.names)
    head = text(lang, "ui.set.ring", number=number, kind=kind, count=f"{count:,}")
    shown = min(count, room)
    rows = list(_rows(ring, shown))
    first, rest = rows[:_SHOWN_POINTS], rows[_SHOWN_POINTS:]
    heads = _heads(lang, ring)
    folded = text(lang, "ui.set.more_points", first=_SHOWN_POINTS + 1, last=f"{shown:,}")
    return join(
        tag("p", head, cls="pl-note pl-muted"),
        tag("table", heads, *first),
        tag("details", tag("summary", folded, cls="pl-muted"), tag("table", heads, *rest))
        if rest
        else None,
    )


def _heads(lang: str, ring: RingPoints) -> Markup:
    names = ("latitude", "longitude") if ring.lengths is None else ("north", "east", "length")
    heads = (tag("th", text(lang, f"ui.set.column_{name}"), cls="pl-num") for name in names)
    return tag("thead", tag("tr", tag("th", text(lang, "ui.set.column_point")), *heads))


def _rows(ring: RingPoints, count: int) -> Iterable[Markup]:
    in_degrees = ring.lengths is None
    decimals = _DEGREE_DECIMALS if in_degrees else _METRE_DECIMALS
    lengths = () if ring.lengths is None else (ring.lengths,)
    columns = zip(
        *(values[:count].tolist() for values in (ring.north, ring.east, *lengths)), strict=True
    )
    for name, figures in zip(ring.names[:count], columns, strict=True):
        cells = (tag("td", f"{value:.{decimals}f}", cls="pl-num") for value in figures)
        yield tag("tr", tag("td", name), *cells)


def _unsaid(lang: str, count: int) -> Markup | None:
    if count <= 0:
        return None
    return tag("p", text(lang, "ui.set.unsaid_points", count=f"{count:,}"), cls="pl-note pl-muted")
