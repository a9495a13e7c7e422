"""The template of an M0 proposal: massing, mix of functions, verdicts, smallest changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from layers.sheet.legend import draw_legend
from layers.sheet.paper import Box
from layers.sheet.table import flow
from parcels.messages import text
from parcels.sheets.furniture import (
    draw_foot,
    draw_title,
    draw_watermark,
    layout_of,
    new_page,
)
from parcels.sheets.m0_plan import draw_elevation, draw_plan, is_drawn
from parcels.sheets.m0_tables import (
    change_lines,
    changes_height,
    draw_changes,
    draw_figures,
    draw_packs,
    figures_height,
    finding_columns,
    finding_rows,
    mix_columns,
    mix_rows,
    packs_height,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheet.page import Page
    from layers.sheet.paper import Layout
    from layers.sheet.signs import Look
    from parcels.sheets.options import SheetOptions
    from parcels.snapshot.model import Snapshot

Entry = dict[str, Any]
_GAP = 3.0


def pages(snapshot: Snapshot, options: SheetOptions) -> Sequence[Page]:
    """Draw the sheet of a proposal; every finding stands on the pages that follow.

    Raises
    ------
    PlannerError
        ``sheet_kind_refused``: the snapshot is no proposal.
    """
    content = snapshot.content
    if content["kind"] != "proposal":
        raise PlannerError("sheet_kind_refused", template="m0", kind=content["kind"])
    lang, answers = content["lang"], content.get("answers") or {}
    on, page = layout_of(options), new_page(layout_of(options))
    title = text(lang, "m0_sheet.title", title=str(content["title"]))
    draw_title(page, on, title, str((answers.get("memo") or {}).get("summary") or ""))
    scale, legend, rest = _draw_left(page, on.map, answers, lang)
    _draw_right(page, on, answers, lang, legend)
    draw_watermark(page, on.map, content)
    system = text(lang, "m0_sheet.system")
    draw_foot(page, on, snapshot, options, scale=scale, system=system, sources=_sources(answers))
    return [page, *_following(on, answers, lang, title, mix_is_left=rest)]


def _sources(answers: Entry) -> list[str]:
    return [str(one.get("title") or "") for one in answers.get("packs") or ()]


def _draw_left(
    page: Page, box: Box, answers: Entry, lang: str
) -> tuple[int | None, dict[str, Look], bool]:
    """Draw plan, table of functions and elevation; return scale, signs, whether the table is left.

    A table that is longer than its box goes to the next page as a whole.
    """
    volumes: Entry = answers.get("volumes") or {}
    rows = mix_rows(answers, lang)
    needed = 5.2 * (len(rows) + 1) + 1
    low = min(max(needed, 32.0), box.height * 0.45)
    upper, lower = box.rows(box.height - low - _GAP, gap=_GAP)
    scale: int | None = None
    legend: dict[str, Look] = {}
    if is_drawn(volumes):
        frame, legend = draw_plan(page, upper, volumes, lang)
        scale = frame.scale
        lower, beside = lower.columns(lower.width * 0.64, gap=_GAP)
        draw_elevation(page, beside, volumes, lang)
    else:
        page.box(upper)
        words = _why_not_drawn(volumes, lang)
        page.paragraph(words, upper.x + 4, upper.top - 4, room=upper.width - 8, size=3.0)
    is_left = needed > low
    if is_left or not rows:
        page.box(lower)
        key = "m0_sheet.mix_later" if rows else "m0_sheet.mix_none"
        page.paragraph(text(lang, key), lower.x + 3, lower.top - 3, room=lower.width - 6, size=3.0)
    else:
        flow(mix_columns(lang), rows, iter([(page, lower)]), size=2.5)
    return scale, legend, is_left


def _why_not_drawn(volumes: Entry, lang: str) -> str:
    said = [str(one) for one in volumes.get("remarks") or ()]
    return " ".join(said) or text(lang, "m0_sheet.no_volumes")


def _draw_right(page: Page, on: Layout, answers: Entry, lang: str, legend: dict[str, Look]) -> None:
    """Draw figures, verdicts, changes and legend beside the map, or below it on upright paper."""
    boxes = _right_boxes(on, answers, lang, len(legend))
    draw_figures(page, boxes[0], answers, lang)
    draw_packs(page, boxes[1], answers, lang)
    draw_changes(page, boxes[2], answers, lang, full=2)
    if legend:
        draw_legend(page, boxes[3], text(lang, "map.legend"), [*legend.items()])


def _right_boxes(on: Layout, answers: Entry, lang: str, signs: int) -> tuple[Box, Box, Box, Box]:
    """Give the boxes of figures, verdicts, changes and legend: each the height that it needs.

    Where that is too much figures and verdicts shrink; they say what they leave out.
    """
    legend = 9.2 + 4.8 * -(-signs // 2) if signs else 0.0
    packs = packs_height(answers)
    if on.facts.x != on.checks.x:
        left = Box(on.facts.x, on.legend.y, on.facts.width, on.facts.top - on.legend.y)
        upper, signed = left.rows(left.height - max(legend, 1.0) - _GAP, gap=_GAP)
        verdicts, changed = on.checks.rows(min(packs, on.checks.height * 0.6), gap=_GAP)
        return upper, verdicts, changed, signed
    column = Box(on.checks.x, on.legend.y, on.checks.width, on.facts.top - on.legend.y)
    changes = min(changes_height(answers, lang, column.width), column.height * 0.25)
    room = column.height - legend - changes - _GAP * (3 if signs else 2)
    figures = figures_height(answers)
    if figures + packs > room:
        packs = min(packs, max(room * 0.5, room - figures))
        figures = room - packs
    changes = column.height - figures - packs - legend - 3 * _GAP
    boxes = column.rows(figures, packs, changes, gap=_GAP)
    return boxes[0], boxes[1], boxes[2], boxes[3]


def _following(
    on: Layout, answers: Entry, lang: str, title: str, *, mix_is_left: bool
) -> list[Page]:
    """Write the changes in full and all findings, page after page."""
    pages: list[Page] = []

    def rooms() -> Iterator[tuple[Page, Box]]:
        while True:
            page = new_page(on)
            draw_title(page, on, title, text(lang, "m0_sheet.continued"))
            box = on.body.inset(1.0)
            if not pages:
                box = _begin(page, box, answers, lang, mix_is_left=mix_is_left)
            pages.append(page)
            yield page, box

    flow(finding_columns(lang), finding_rows(answers, lang), rooms(), size=2.5)
    return pages


def _begin(page: Page, box: Box, answers: Entry, lang: str, *, mix_is_left: bool) -> Box:
    """Write what the first page had no room for; return what is left of the box."""
    top = box.top - 1.0
    page.text(text(lang, "m0_sheet.changes"), box.x, top - 3.2, size=2.8, bold=True)
    top -= 5.0
    for words in change_lines(answers, lang):
        top = page.paragraph(words, box.x, top, room=box.width, size=2.5) - 0.6
    if mix_is_left:
        rows = mix_rows(answers, lang)
        needed = 5.2 * (len(rows) + 1) + 2
        flow(
            mix_columns(lang),
            rows,
            iter([(page, Box(box.x, top - needed, box.width, needed))]),
            size=2.5,
        )
        top -= needed + 2
    return Box(box.x, box.y, box.width, top - 2 - box.y)
