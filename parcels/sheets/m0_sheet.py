"""The template of an M0 proposal: massing, mix of functions, verdicts, smallest changes."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    lacking,
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
    from parcels.snapshot.model import Content, Snapshot

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
    left = _draw_left(page, on.map, content)
    _draw_right(page, on, content, left.legend)
    draw_watermark(page, on.map, content)
    system = text(lang, "m0_sheet.system")
    sources = _sources(answers)
    draw_foot(page, on, snapshot, options, scale=left.scale, system=system, sources=sources)
    return [page, *_following(page, on, content, title, left)]


def _sources(answers: Entry) -> list[str]:
    return [str(one.get("title") or "") for one in answers.get("packs") or ()]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Left:
    """What came of the left side: scale and signs of the plan, what found no room or no content.

    Attributes
    ----------
    mix_later : bool
        The table of functions is longer than its box and stands on the next page as a whole.
    free : Box or None
        Room for findings where there is neither plan nor table.
    """

    scale: int | None = None
    legend: dict[str, Look] = field(default_factory=dict)
    mix_later: bool = False
    free: Box | None = None


def _draw_left(page: Page, box: Box, content: Content) -> _Left:
    """Draw plan, table of functions and elevation, or say why they are not there."""
    lang, answers = content["lang"], content.get("answers") or {}
    volumes: Entry = answers.get("volumes") or {}
    rows = mix_rows(answers, lang)
    if not is_drawn(volumes) and not rows:
        low = _say(page, box, _why_not_drawn(volumes, content), lacking(content, "mix_none"))
        return _Left(free=Box(box.x, box.y, box.width, low - _GAP - box.y))
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
        _say(page, upper, _why_not_drawn(volumes, content))
    if needed > low or not rows:
        page.box(lower)
        _say(
            page, lower, text(lang, "m0_sheet.mix_later") if rows else lacking(content, "mix_none")
        )
    else:
        flow(mix_columns(lang), rows, iter([(page, lower)]), size=2.5)
    return _Left(scale=scale, legend=legend, mix_later=needed > low)


def _say(page: Page, box: Box, *sentences: str) -> float:
    """Write sentences into a box; return the lower edge of the last."""
    low = box.top - 3.0
    for one in sentences:
        low = page.paragraph(one, box.x + 3, low, room=box.width - 6, size=3.0)
    return low


def _why_not_drawn(volumes: Entry, content: Content) -> str:
    said = [str(one) for one in volumes.get("remarks") or ()]
    return " ".join(said) or lacking(content, "no_volumes")


def _draw_right(page: Page, on: Layout, content: Content, legend: dict[str, Look]) -> None:
    """Draw figures, verdicts, changes and legend beside the map, or below it on upright paper."""
    lang, answers = content["lang"], content.get("answers") or {}
    boxes = _right_boxes(on, content, len(legend))
    draw_figures(page, boxes[0], answers, lang)
    draw_packs(page, boxes[1], answers, lang)
    draw_changes(page, boxes[2], content, full=2)
    if legend:
        draw_legend(page, boxes[3], text(lang, "map.legend"), [*legend.items()])


def _right_boxes(on: Layout, content: Content, signs: int) -> tuple[Box, Box, Box, Box]:
    """Give the boxes of figures, verdicts, changes and legend: each the height that it needs.

    Where that is too much figures and verdicts shrink; they say what they leave out.
    """
    answers = content.get("answers") or {}
    legend = 9.2 + 4.8 * -(-signs // 2) if signs else 0.0
    packs = packs_height(answers)
    if on.facts.x != on.checks.x:
        left = Box(on.facts.x, on.legend.y, on.facts.width, on.facts.top - on.legend.y)
        upper, signed = left.rows(left.height - max(legend, 1.0) - _GAP, gap=_GAP)
        verdicts, changed = on.checks.rows(min(packs, on.checks.height * 0.6), gap=_GAP)
        return upper, verdicts, changed, signed
    column = Box(on.checks.x, on.legend.y, on.checks.width, on.facts.top - on.legend.y)
    changes = min(changes_height(content, column.width), column.height * 0.25)
    room = column.height - legend - changes - _GAP * (3 if signs else 2)
    figures = figures_height(answers)
    if figures + packs > room:
        packs = min(packs, max(room * 0.5, room - figures))
        figures = room - packs
    changes = column.height - figures - packs - legend - 3 * _GAP
    boxes = column.rows(figures, packs, changes, gap=_GAP)
    return boxes[0], boxes[1], boxes[2], boxes[3]


def _following(first: Page, on: Layout, content: Content, title: str, left: _Left) -> list[Page]:
    """Write the changes in full and all findings, page after page."""
    lang, answers = content["lang"], content.get("answers") or {}
    pages: list[Page] = []

    def rooms() -> Iterator[tuple[Page, Box]]:
        if left.free is not None:
            yield first, left.free
        while True:
            page = new_page(on)
            draw_title(page, on, title, text(lang, "m0_sheet.continued"))
            box = on.body.inset(1.0)
            if not pages:
                box = _begin(page, box, content, mix_later=left.mix_later)
            pages.append(page)
            yield page, box

    flow(finding_columns(lang), finding_rows(answers, lang), rooms(), size=2.5)
    return pages


def _begin(page: Page, box: Box, content: Content, *, mix_later: bool) -> Box:
    """Write what the first page had no room for; return what is left of the box."""
    lang = content["lang"]
    top = box.top - 1.0
    page.text(text(lang, "m0_sheet.changes"), box.x, top - 3.2, size=2.8, bold=True)
    top -= 5.0
    for words in change_lines(content):
        top = page.paragraph(words, box.x, top, room=box.width, size=2.5) - 0.6
    if mix_later:
        rows = mix_rows(content.get("answers") or {}, lang)
        needed = 5.2 * (len(rows) + 1) + 2
        room = Box(box.x, top - needed, box.width, needed)
        flow(mix_columns(lang), rows, iter([(page, room)]), size=2.5)
        top -= needed + 2
    return Box(box.x, box.y, box.width, top - 2 - box.y)
