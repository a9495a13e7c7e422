"""Scores per 亩 as tables for people: firms, schemes, the zone's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from geo.read.parsed import Note
from parcels.cli_table import printable
from parcels.messages import text
from parcels.permu.figures import area_text, index_text, index_unit, rounded, score_text
from parcels.permu.indices import index_value
from parcels.permu.report import class_remarks
from parcels.permu.schemes import class_tables, schemes, source_title
from parcels.permu.scoring import OUT_OF_SCOPE
from parcels.permu.sentences import fault_sentence, in_words, mark_text, note_sentence, role_title
from parcels.permu.terms import indicators, origins
from parcels.permu.zone import YEARS, zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from parcels.permu.model import Denominator, FirmTable
    from parcels.permu.schemes import Scheme
    from parcels.permu.scoring import Result, Scored
    from parcels.permu.zone import ZoneFigure

WIDTH = 150
_MOST_ROWS = 200
_PLACES = 2
_TAX = "tax_mu"
_NAME_WIDTH = 12


def print_result(console: Console, table: FirmTable, result: Result, lang: str) -> None:
    """Print the firms of a table by one scheme, the best first, then every note.

    Parameters
    ----------
    console : Console
        Without markup: names are shown exactly as in the file.
    table : FirmTable
        What was rated.
    result : Result
        By one scheme.
    lang : str
        ``zh`` or ``en``.
    """
    scheme = result.scheme
    denominator = role_title(result.denominator, lang)
    values = {
        "title": in_words(scheme.title, lang),
        "denominator": denominator,
        "ranked": result.ranked,
    }
    _line(console, text(lang, "permu.cli.title", **values))
    source = f"{source_title(scheme, lang)} · {mark_text(scheme, lang)}"
    _line(console, f"  {text(lang, 'permu.head.source')}: {source}")
    rows = sorted(result.rows, key=_place)
    console.print(_firms(table, result, rows[:_MOST_ROWS], lang))
    if len(rows) > _MOST_ROWS:
        _line(console, f"  … {len(rows) - _MOST_ROWS}")
    for line in _notes(table, result, lang):
        _line(console, f"  · {line}")
    for row in rows[:_MOST_ROWS]:
        for fault in row.notes:
            _line(console, f"  {row.firm.name or row.firm.id}: {fault_sentence(lang, fault)}")


def print_schemes(console: Console, lang: str) -> None:
    """Print every published scheme with what it lacks, and the tables of classes."""
    names = ("scheme", "size", "missing", "mark", "source")
    table = _table(["id", *(text(lang, f"permu.head.{name}") for name in names)])
    for one in schemes().values():
        table.add_row(
            one.id,
            in_words(one.title, lang),
            text(lang, f"permu.size.{one.size}"),
            _missing(one, lang),
            mark_text(one, lang),
            Text(source_title(one, lang)),
        )
    console.print(table)
    _line(console, text(lang, "permu.cli.classes"))
    for classes in class_tables().values():
        ends = ", ".join(
            text(lang, "permu.cli.ends", letter=letter, end=f"{end * 100:.0f}")
            for letter, end in classes.ends.items()
        )
        title = in_words(classes.title, lang)
        _line(console, f"  {classes.id}  {title}: {ends} · {source_title(classes, lang)}")


def print_zone(console: Console, lang: str) -> None:
    """Print the zone's own figures of 表1 per 亩."""
    found = zone()
    land = {"land": found.land_text, "mu": area_text(found.land_mu)}
    _line(console, text(lang, "permu.cli.zone", **land))
    expanded = area_text(found.land_mu + found.expansion_mu)
    table = _table(
        [
            text(lang, "permu.head.figure"),
            *YEARS,
            text(lang, "permu.cli.with_expansion", mu=expanded),
            text(lang, "permu.head.growth"),
            text(lang, "permu.head.wanted"),
        ],
        numbers=True,
    )
    for figure in found.figures:
        table.add_row(in_words(figure.title, lang), *_zone_cells(figure, lang))
    console.print(table)
    for line in _zone_notes(lang):
        _line(console, f"  · {line}")
    _line(console, f"  {text(lang, 'permu.head.source')}: {_zone_source(lang)}")


def _firms(held: FirmTable, result: Result, rows: Sequence[Scored], lang: str) -> Table:
    listed = [one.id for one in result.scheme.indicator]
    others = [one for one in held.denominators if one != result.denominator]
    heads = ["rank", "name", "standing", "score", "class"]
    table = _table(
        [
            *(_head(result, name, lang) for name in heads),
            *(f"{role_title(one, lang)} {index_unit(one)}".strip() for one in listed),
            *(f"{role_title(_TAX, lang)} / {role_title(one, lang)}" for one in others),
        ],
        numbers=True,
    )
    for row in rows:
        unknown = text(lang, "permu.cli.unknown")
        score = "—" if row.standing in OUT_OF_SCOPE else unknown
        table.add_row(
            "—" if row.rank is None else str(row.rank),
            Text(printable(row.firm.name or row.firm.id)),
            text(lang, f"permu.standing.{row.standing}"),
            score if row.score is None else score_text(row.score),
            row.letter or "—",
            *(
                unknown if (value := row.values[one].value) is None else index_text(one, value)
                for one in listed
            ),
            *(_tax(held, row, one, unknown) for one in others),
        )
    return table


def _head(result: Result, name: str, lang: str) -> str:
    title = text(lang, f"permu.head.{name}")
    is_borrowed = name == "class" and result.borrowed
    return f"{title} {text(lang, 'ui.permu.borrowed')}" if is_borrowed else title


def _tax(held: FirmTable, row: Scored, area: Denominator, unknown: str) -> str:
    """Write tax per 亩 by another area, beside the one in use."""
    value = index_value(held, row.firm, indicators()[_TAX], area).value
    return unknown if value is None else index_text(_TAX, value)


def _place(row: Scored) -> tuple[bool, int, int]:
    """Put ranked firms first, the others in the order of the table."""
    return row.rank is None, row.rank or 0, row.firm.row


def _notes(table: FirmTable, result: Result, lang: str) -> Iterator[str]:
    for note in (*table.notes, *result.notes):
        yield note_sentence(lang, note)
    for remark in (*result.scheme.remarks, *class_remarks(result)):
        yield in_words(remark, lang)
    if table.unread:
        yield text(lang, "permu.cli.unread", columns=list(table.unread))
    for fault in table.skipped:
        yield fault_sentence(lang, fault)


def _missing(scheme: Scheme, lang: str) -> str:
    if not scheme.gaps:
        return text(lang, "permu.cli.computable")
    named = text(lang, "ui.list_mark").join(text(lang, f"permu.gap.{gap}") for gap in scheme.gaps)
    return text(lang, "permu.cli.not_computable", missing=named)


def _zone_cells(figure: ZoneFigure, lang: str) -> list[str]:
    unknown = text(lang, "permu.cli.unknown")
    per_mu = [figure.per_mu.get(year) for year in YEARS]
    cells = [*per_mu, figure.per_mu_expanded]
    growth = [figure.growth, figure.wanted]
    return [
        *(unknown if one is None else f"{rounded(one, _PLACES):,}" for one in cells),
        *("—" if one is None else f"× {rounded(one, _PLACES)}" for one in growth),
    ]


def _zone_notes(lang: str) -> Iterator[str]:
    """Say what the table of the zone must not be read without."""
    yield text(lang, "permu.cli.wanted_note")
    for figure in zone().figures:
        if not figure.written:
            yield text(lang, "ui.permu.zone_tax")
        for code in figure.remarks:
            yield note_sentence(lang, Note(code=code))
        for title, value in figure.levels:
            shown = f"{rounded(value)} 万元/亩"
            yield text(lang, "ui.permu.zone_level", title=in_words(title, lang), value=shown)


def _zone_source(lang: str) -> str:
    return in_words(origins()["plan_2021"].title, lang)


def _table(heads: Sequence[str], *, numbers: bool = False) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for at, head in enumerate(heads):
        right = numbers and at not in {0, 1, 2}
        least = _NAME_WIDTH if numbers and at == 1 else None
        table.add_column(
            Text(head), justify="right" if right else "left", overflow="fold", min_width=least
        )
    return table


def _line(console: Console, line: str) -> None:
    console.print(Text(printable(line)))
