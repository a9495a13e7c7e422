"""Tables of an M0 sheet: mix of functions, figures, verdict of each pack, all findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.sheet.fonts import wrapped
from layers.sheet.page import LINE_HEIGHT, SMALLEST
from layers.sheet.paper import Box
from layers.sheet.table import Column, Row
from layers.sheet.verdicts import draw_verdict
from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.report.figures import exact, is_number, shares, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.sheet.page import Page
    from parcels.snapshot.model import Content

Entry = dict[str, Any]
_GREY = "#51606D"
_LINE, _TIGHT, _HEAD = 4.4, 3.8, 6.6
_PACK, _CHANGE = 8.4, 2.5


def mix_columns(lang: str) -> list[Column]:
    """Give the columns of the table of functions."""
    return [
        Column(title=text(lang, "m0_sheet.function"), share=34),
        Column(title=text(lang, "m0_sheet.role"), share=14),
        Column(title=text(lang, "m0_sheet.area"), share=26, across="right"),
        Column(title=text(lang, "m0_sheet.share"), share=16, across="right"),
        Column(title=text(lang, "m0_sheet.floors"), share=26, across="right"),
    ]


def mix_rows(answers: Entry, lang: str) -> list[Row]:
    """Give the functions with their areas as the proposal states them, and their sum.

    Shares are of the sum of all rows, rounded so that they add up to it; while an area is not
    known, or only a range, no share is.
    """
    floors: list[Entry] = (answers.get("proposal") or {}).get("floors") or []
    echoes = answers.get("echoes") or {}
    unknown = text(lang, "outcome.unknown")
    known = [_value(one) for one in floors]
    parts = _percent(known)
    rows = [
        Row(
            cells=(
                str(floor.get("name") or echoes.get(f"floors[{at}].function") or "—"),
                text(lang, f"m0_sheet.role_{floor.get('role') or 'other'}"),
                str(echoes.get(f"floors[{at}].area") or unknown).removesuffix(" m²"),
                parts[at] if parts else unknown,
                _floors(floor, lang),
            )
        )
        for at, floor in enumerate(floors)
    ]
    total = unknown
    if parts:
        whole = sum((exact(one) for one in known if one is not None), exact(0.0))
        total = written(round(whole, 2))
    last = (text(lang, "m0_sheet.total"), "", total, "100.00" if parts else "—", "")
    return [*rows, Row(cells=last)] if rows else rows


def _value(floor: Entry) -> float | None:
    value: Any = (floor.get("area") or {}).get("value")
    return float(value) if is_number(value) else None


def _percent(known: Sequence[float | None]) -> list[str]:
    """Write shares in percent; none at all where a part or the whole is not known."""
    given = [exact(one) for one in known if one is not None]
    whole = sum(given, exact(0.0))
    if len(given) < len(known) or not whole:
        return []
    return [
        written(one, moved=moved) for one, moved in shares([100 * one / whole for one in given], 2)
    ]


def _floors(floor: Entry, lang: str) -> str:
    """Write storeys and their height, and whether the floors lie below ground."""
    storeys, height = floor.get("storeys"), floor.get("storey_height")
    said = f"{_number(storeys)} × {_number(height)} m"
    return said + text(lang, "m0_sheet.below") if floor.get("below_ground") else said


def _number(value: Any) -> str:
    return f"{value:g}" if is_number(value) else "?"


def draw_figures(page: Page, box: Box, answers: Entry, lang: str) -> None:
    """Write the decisive figures, each with what it is a share of."""
    page.box(box)
    page.text(text(lang, "m0_sheet.figures"), box.x + 2, box.top - 4.6, size=2.8, bold=True)
    left, right = box.x + 2, box.right - 2
    figures, room = _figures(answers), box.height - _HEAD - 0.6
    line = max(_TIGHT, min(_LINE, room / max(len(figures), 1)))
    fitting = int(room / line + 0.01)
    if fitting < len(figures):
        fitting -= 1
        more = text(lang, "m0_sheet.more_figures", count=len(figures) - fitting)
        page.text(more, right, box.y + 1.2, size=SMALLEST, across="right")
    for at, one in enumerate(figures[:fitting]):
        y = box.top - _HEAD - 3.0 - at * line
        used = page.text(str(one["value"]), right, y, size=2.6, across="right")
        words = str(one["name"])
        if one.get("whole"):
            words += text(lang, "m0_sheet.of", whole=str(one["whole"]))
        page.text(words, left, y, size=SMALLEST, room=right - left - used - 1.5)


def figures_height(answers: Entry) -> float:
    """Give the height that all figures need."""
    return _HEAD + 1.0 + _LINE * len(_figures(answers))


def packs_height(answers: Entry) -> float:
    """Give the height that all packs need."""
    return _HEAD + 0.6 + _PACK * len(pack_lines(answers))


def _figures(answers: Entry) -> list[Entry]:
    return list((answers.get("memo") or {}).get("figures") or ())


def draw_packs(page: Page, box: Box, answers: Entry, lang: str) -> None:
    """Write the verdict of each pack with its counts; the box says how many it leaves out."""
    packs = pack_lines(answers)
    page.box(box)
    page.text(text(lang, "m0_sheet.verdicts"), box.x + 2, box.top - 4.6, size=2.8, bold=True)
    fitting = int((box.height - _HEAD) / _PACK)
    left, right = box.x + 2, box.right - 2
    for at, one in enumerate(packs[:fitting]):
        top = box.top - _HEAD - at * _PACK
        draw_verdict(page, Box(left, top - 4.6, 6.0, 3.8), str(one["outcome"]))
        x = left + 7.5
        word = text(lang, f"outcome.{one['outcome']}")
        used = page.text(word, right, top - 3.4, size=2.6, across="right", bold=True)
        page.text(str(one["title"]), x, top - 3.4, size=2.6, room=right - x - used - 1.5)
        page.text(_counts(one, lang), x, top - 6.9, size=SMALLEST, colour=_GREY, room=right - x)
    if len(packs) > fitting:
        more = text(lang, "m0_sheet.more_packs", count=len(packs) - fitting)
        page.text(more, right, box.y + 1.2, size=SMALLEST, across="right")


def pack_lines(answers: Entry) -> list[Entry]:
    """Give title, outcome and version of the packs and how many findings have which outcome."""
    return [
        {
            "title": pack.get("title") or pack.get("id") or "",
            "version": pack.get("version") or "",
            "outcome": pack.get("outcome") or "unknown",
            "findings": list(pack.get("findings") or ()),
        }
        for pack in answers.get("packs") or ()
    ]


def _counts(pack: Entry, lang: str) -> str:
    counted = {
        outcome: sum(one.get("outcome") == outcome for one in pack["findings"])
        for outcome in OUTCOMES
    }
    return "　".join(f"{text(lang, f'outcome.{one}')} {count}" for one, count in counted.items())


def draw_changes(page: Page, box: Box, content: Content, *, full: int) -> None:
    """Write the smallest changes that would make packs pass; say on which page the rest stands."""
    lang = content["lang"]
    page.box(box)
    page.text(text(lang, "m0_sheet.changes"), box.x + 2, box.top - 4.6, size=2.8, bold=True)
    lines, room = change_lines(content), box.width - 4
    heights = [len(wrapped(one, _CHANGE, room)) * _CHANGE * LINE_HEIGHT + 0.6 for one in lines]
    left = box.height - _HEAD - 1.0
    fitting = len(lines)
    if sum(heights) > left:
        left -= 3.4
        fitting = sum(sum(heights[: at + 1]) <= left for at in range(len(lines)))
        more = text(lang, "m0_sheet.more_changes", count=len(lines) - fitting, page=full)
        page.text(more, box.right - 2, box.y + 1.4, size=SMALLEST, across="right")
    top = box.top - _HEAD
    for words in lines[:fitting]:
        top = page.paragraph(words, box.x + 2, top, room=room, size=_CHANGE) - 0.6


def changes_height(content: Content, width: float) -> float:
    """Give the height that the changes need to be written in full."""
    lines = sum(len(wrapped(one, _CHANGE, width - 4)) for one in change_lines(content))
    return _HEAD + 2.0 + lines * (_CHANGE * LINE_HEIGHT + 0.6)


def change_lines(content: Content) -> list[str]:
    """Give the sentences on changes; why there is none is said too."""
    answers = content.get("answers") or {}
    said = [str(one) for one in (answers.get("memo") or {}).get("changes") or ()]
    if said:
        return said
    why = [str(pack.get("no_change_text") or "") for pack in answers.get("packs") or ()]
    known = list(dict.fromkeys(one for one in why if one))
    return known or [lacking(content, "no_change" if answers.get("advice_asked") else "not_asked")]


def lacking(content: Content, why: str) -> str:
    """Say why something is not on the sheet: by the sentence given, or that the level withholds it.

    Parameters
    ----------
    why : str
        Key below ``m0_sheet`` of what an internal snapshot says.
    """
    lang, level = content["lang"], content["level"]
    if level == "internal":
        return text(lang, f"m0_sheet.{why}")
    return text(lang, f"m0_sheet.withheld_{why}", level=text(lang, f"package.level.{level}"))


def finding_columns(lang: str) -> list[Column]:
    """Give the columns of the list of all findings."""
    return [
        Column(title=text(lang, "m0_sheet.rule"), share=58),
        Column(title=text(lang, "m0_sheet.finding"), share=106),
        Column(title=text(lang, "m0_sheet.source"), share=66),
        Column(title=text(lang, "m0_sheet.id"), share=12),
    ]


def finding_rows(answers: Entry, lang: str) -> Iterator[Row]:
    """Give all findings by pack, worst first, each with its id."""
    for pack in pack_lines(answers):
        title = text(lang, "m0_sheet.pack", title=str(pack["title"]), version=str(pack["version"]))
        yield Row(cells=(f"{title}　{_counts(pack, lang)}",), heading=True)
        yield from map(_finding_row, sorted(pack["findings"], key=_rank))
    around = answers.get("around") or {}
    found = [one for pack in around.get("packs") or () for one in pack.get("findings") or ()]
    if found:
        yield Row(cells=(text(lang, "m0_sheet.around"),), heading=True)
        yield from map(_finding_row, sorted(found, key=_rank))


def _rank(finding: Entry) -> int:
    return OUTCOMES.index(finding["outcome"])


def _finding_row(finding: Entry) -> Row:
    words = [finding.get(key) or "" for key in ("rule_title", "message", "source", "id")]
    return Row(cells=tuple(map(str, words)), verdict=str(finding["outcome"]))
