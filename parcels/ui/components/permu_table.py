"""Firms by several schemes side by side: rank, score, class, tax per 亩 by every denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import text
from parcels.permu.figures import index_text, index_unit, score_text
from parcels.permu.indices import index_value
from parcels.permu.report import class_remarks
from parcels.permu.schemes import schemes, source_title
from parcels.permu.scoring import OUT_OF_SCOPE
from parcels.permu.sentences import fault_sentence, in_words, mark_text, note_sentence, role_title
from parcels.permu.terms import indicators
from parcels.ui.components.permu_bar import scheme_label
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.read.parsed import Fault
    from parcels.permu.model import Denominator, Firm, FirmTable
    from parcels.permu.scoring import Result, Scored

MOST_ROWS = 200
_TAX = "tax_mu"


def firm_table(lang: str, table: FirmTable, results: Sequence[Result]) -> None:
    """Draw the firms in the order of the first scheme, those without a rank below.

    Parameters
    ----------
    lang : str
        ``zh`` or ``en``.
    table : FirmTable
        What was rated.
    results : sequence of Result
        At least one; all of this table.
    """
    order = sorted(range(len(table.firms)), key=lambda at: _place(results[0].rows[at]))
    shown = order[:MOST_ROWS]
    areas = table.denominators
    rows = [_row(lang, table, results, at) for at in shown]
    head = _head(lang, results, areas)
    st.html(
        tag(
            "div",
            tag("table", head, tag("tbody", *rows)),
            cls="pl-extract pl-permu",
            tabindex="0",
        )
    )
    if len(order) > len(shown):
        more = text(lang, "ui.permu.shown_rows", shown=len(shown), total=f"{len(order):,}")
        st.html(tag("p", more, cls="pl-note pl-muted"))


def table_notes(lang: str, table: FirmTable, results: Sequence[Result]) -> None:
    """Draw what holds for the whole table and for each scheme, folded."""
    lines = [note_sentence(lang, note) for note in table.notes]
    lines += [fault_sentence(lang, fault) for fault in table.skipped]
    if table.unread:
        lines.append(text(lang, "permu.cli.unread", columns=list(table.unread)))
    for result in results:
        title = in_words(result.scheme.title, lang)
        said = [note_sentence(lang, note) for note in result.notes]
        said += [in_words(one, lang) for one in (*result.scheme.remarks, *class_remarks(result))]
        said.append(_source(lang, result))
        lines += [f"{text(lang, 'permu.cli.row', name=title)}{one}" for one in said]
    summary = tag("summary", text(lang, "ui.permu.table_notes", count=len(lines)))
    listed = tag("ul", *(tag("li", line) for line in lines))
    st.html(tag("div", tag("details", summary, listed), cls="pl-extract pl-permu-notes"))


def scheme_table(lang: str) -> None:
    """List the schemes, what each lacks and where it comes from."""
    names = ("scheme", "missing", "source")
    head = tag("tr", *(tag("th", text(lang, f"permu.head.{name}")) for name in names))
    rows = []
    for one in schemes().values():
        lacking = text(lang, "ui.list_mark").join(
            text(lang, f"permu.gap.{gap}") for gap in one.gaps
        )
        badge = (
            tag(
                "span",
                text(lang, "permu.cli.not_computable", missing=lacking),
                cls="pl-badge pl-unknown",
            )
            if lacking
            else tag("span", text(lang, "permu.cli.computable"), cls="pl-badge")
        )
        source = f"{source_title(one, lang)} · {mark_text(one, lang)}"
        rows.append(
            tag("tr", tag("td", in_words(one.title, lang)), tag("td", badge), tag("td", source))
        )
    st.html(
        tag("div", tag("table", tag("thead", head), tag("tbody", *rows)), cls="pl-extract pl-permu")
    )


def _head(lang: str, results: Sequence[Result], areas: Sequence[Denominator]) -> Markup:
    """Write two lines of headings: schemes above their columns, denominators above theirs."""
    first = [
        tag("th", text(lang, f"ui.permu.column_{name}"), rowspan="2") for name in ("firm", "status")
    ]
    second: list[Markup] = []
    for result in results:
        names = ("score", "rank", "class") if result.classes else ("score", "rank")
        title = scheme_label(result.scheme, lang)
        first.append(tag("th", title, colspan=str(len(names)), cls="pl-group"))
        for name in names:
            cls = "pl-num pl-group" if name == "score" else "pl-num"
            note = text(lang, "ui.permu.borrowed") if name == "class" and result.borrowed else ""
            below = tag("div", note, cls="pl-muted pl-permu-below") if note else None
            second.append(tag("th", text(lang, f"ui.permu.column_{name}"), below, cls=cls))
    if areas:
        title = f"{role_title(_TAX, lang)} {index_unit(_TAX)}"
        first.append(tag("th", title, colspan=str(len(areas)), cls="pl-group"))
        second += [
            tag(
                "th",
                text(lang, f"ui.permu.area_{one}"),
                cls="pl-num pl-group" if at == 0 else "pl-num",
            )
            for at, one in enumerate(areas)
        ]
    return tag("thead", tag("tr", *first), tag("tr", *second))


def _row(lang: str, table: FirmTable, results: Sequence[Result], at: int) -> Markup:
    """Write a firm, and below it what unfolds: every remark, every index with its points."""
    firm = table.firms[at]
    scored = [result.rows[at] for result in results]
    remarks = list(dict.fromkeys(fault_sentence(lang, fault) for fault in _faults(scored)))
    told = [*remarks, *(line for one in scored if (line := _points(lang, one)))]
    cells = [
        tag("td", _name(lang, firm, len(remarks)) if told else firm.name or firm.id),
        tag("td", _standing(lang, scored), cls="pl-permu-status"),
        *(
            cell
            for result, one in zip(results, scored, strict=True)
            for cell in _score_cells(lang, result, one)
        ),
        *_tax_cells(lang, table, firm),
    ]
    row = tag("tr", *cells, cls="pl-promised" if firm.status == "promised" else "")
    if not told:
        return row
    lines = tag("ul", *(tag("li", line) for line in told))
    return join(row, tag("tr", tag("td", lines, colspan=str(len(cells))), cls="pl-permu-more"))


def _name(lang: str, firm: Firm, remarks: int) -> Markup:
    """Write a name that unfolds the line below it."""
    count = tag("span", text(lang, "ui.permu.notes", count=remarks), cls="pl-muted pl-permu-count")
    return tag("details", tag("summary", firm.name or firm.id, count if remarks else None))


def _points(lang: str, row: Scored) -> str:
    """Write every index with its unit and the points that it gives; "" without any."""
    return text(lang, "ui.list_mark").join(
        text(
            lang,
            "ui.permu.points",
            index=role_title(name, lang),
            value=f"{index_text(name, row.values[name].value)} {index_unit(name)}".strip(),
            points=score_text(points),
        )
        for name, points in row.parts.items()
        if points is not None
    )


def _faults(scored: Sequence[Scored]) -> list[Fault]:
    return [fault for one in scored for fault in one.notes]


def _standing(lang: str, scored: Sequence[Scored]) -> Markup:
    """Write how the firm stands to all schemes; where they differ, only in which state it is."""
    row = scored[0]
    words = text(lang, f"permu.standing.{row.standing}")
    if row.firm.status == "promised":
        words = text(lang, "permu.standing.promised")
        return tag("span", words, cls="pl-badge pl-warning")
    if len({one.standing for one in scored}) > 1:
        words = text(lang, f"permu.status.{row.firm.status}")
        return tag("span", words)
    if row.is_unknown:
        return tag("span", join(tag("span", "?", cls="pl-icon"), words), cls="pl-badge pl-unknown")
    return tag("span", words)


def _score_cells(lang: str, result: Result, row: Scored) -> list[Markup]:
    if row.score is not None:
        score = tag("td", score_text(row.score), cls="pl-num pl-group")
    elif row.standing in OUT_OF_SCOPE:
        words = text(lang, f"permu.standing.{row.standing}")
        score = tag("td", tag("span", words, cls="pl-muted"), cls="pl-num pl-group pl-permu-status")
    else:
        unknown = tag("span", text(lang, "permu.cli.unknown"), cls="pl-text-unknown")
        score = tag("td", unknown, cls="pl-num pl-group")
    rank = tag("td", "—" if row.rank is None else f"{row.rank} / {result.ranked}", cls="pl-num")
    if result.classes is None:
        return [score, rank]
    letter = tag("td", row.letter or "—", cls="pl-num")
    return [score, rank, letter]


def _tax_cells(lang: str, table: FirmTable, firm: Firm) -> list[Markup]:
    """Write tax per 亩 by every area that the table gives."""
    cells = []
    for at, area in enumerate(table.denominators):
        value = index_value(table, firm, indicators()[_TAX], area).value
        shown = (
            tag("span", text(lang, "permu.cli.unknown"), cls="pl-text-unknown")
            if value is None
            else index_text(_TAX, value)
        )
        cells.append(tag("td", shown, cls="pl-num pl-group" if at == 0 else "pl-num"))
    return cells


def _place(row: Scored) -> tuple[bool, int, int]:
    return row.rank is None, row.rank or 0, row.firm.row


def _source(lang: str, result: Result) -> str:
    mark = mark_text(result.scheme, lang)
    head = text(lang, "permu.head.source")
    return f"{head}: {source_title(result.scheme, lang)} · {mark}"
