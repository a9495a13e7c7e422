"""The parcels of a location plan as a list: number, name, use, area, words of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.sheet.page import SMALLEST
from layers.sheet.paper import Box
from layers.sheet.verdicts import draw_verdict
from parcels.finding_words import amount
from parcels.messages import text
from parcels.sheets.furniture import draw_title, new_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheet.page import Page
    from layers.sheet.paper import Layout
    from parcels.sheets.ground import Plot

_ROW, _HEAD = 8.6, 7.0
_GREY = "#51606D"
_MOST_PAGES = 6


def rows_in(box: Box) -> int:
    """Count the parcels that a box has room for."""
    return max(0, int((box.height - _HEAD) / _ROW))


def draw_list(page: Page, box: Box, plots: Sequence[Plot], lang: str, *, head: str) -> None:
    """Write parcels one below the other; the caller gives no more than `rows_in`."""
    page.box(box)
    page.text(head, box.x + 2, box.top - 4.8, size=3.0, bold=True, room=box.width - 4)
    for at, plot in enumerate(plots):
        _draw_row(page, box, box.top - _HEAD - at * _ROW, plot, lang)


def _draw_row(page: Page, box: Box, top: float, plot: Plot, lang: str) -> None:
    left, right = box.x + 2, box.right - 2
    page.lines([[(left, top), (right, top)]], width=0.25, colour="#CBD5DD")
    entry = plot.entry
    outcome = entry.get("outcome")
    used = 0.0
    if outcome:
        said = text(lang, f"outcome.{outcome}")
        used = page.text(said, right, top - 3.4, size=2.6, across="right") + 7.0
        draw_verdict(page, Box(right - used + 0.5, top - 4.2, 5.2, 3.3), str(outcome))
    page.text(plot.title, left, top - 3.4, size=2.8, bold=True, room=right - left - used - 2)
    page.text(_about(plot, lang), left, top - 7.0, size=SMALLEST, colour=_GREY, room=right - left)


def _about(plot: Plot, lang: str) -> str:
    """Say use, area and place of a parcel in a line; what is not known is said to be so."""
    entry = plot.entry
    use = entry.get("use") or {}
    area, accuracy = entry.get("area_m2"), entry.get("accuracy_m")
    parts = [
        str(use.get("text") or use.get("code") or text(lang, "map.use_unknown")),
        text(lang, "location.no_area") if area is None else amount(lang, area, "m2"),
        "" if accuracy is None else f"±{amount(lang, accuracy, 'm')}",
        str(entry.get("location_text") or ""),
    ]
    return " · ".join(one for one in parts if one)


def list_pages(
    plots: Sequence[Plot], on: Layout, lang: str, *, title: str, first: int
) -> list[Page]:
    """Write the parcels that had no room beside the map on pages of their own, in two columns.

    Parameters
    ----------
    first : int
        Parcels that stand beside the map already.
    """
    rest = plots[first:]
    left, right = on.body.inset(1.0).columns((on.body.width - 6) / 2, gap=4)
    each = rows_in(left)
    pages: list[Page] = []
    for start in range(0, min(len(rest), _MOST_PAGES * 2 * each), 2 * each):
        page = new_page(on)
        draw_title(page, on, title, text(lang, "location.continued"))
        for at, box in enumerate((left, right)):
            shown = rest[start + at * each : start + (at + 1) * each]
            if shown:
                low = first + start + at * each
                head = text(
                    lang, "location.part", low=low + 1, high=low + len(shown), of=len(plots)
                )
                draw_list(page, box, shown, lang, head=head)
        pages.append(page)
    return pages


def unlisted(count: int, first: int, on: Layout) -> int:
    """Count the parcels that no page lists: a thousand of them are read elsewhere."""
    each = rows_in(on.body.inset(1.0))
    return max(0, count - first - _MOST_PAGES * 2 * each)
