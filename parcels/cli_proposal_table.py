"""A judged proposal for people at a terminal: packs side by side, then what to do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from parcels.cli_files import console_of
from parcels.cli_table import printable
from parcels.finding_words import finding_text, source_text
from parcels.messages import text
from parcels.proposal.document.reading import fault_words
from parcels.proposal.mix.best_words import best_lines
from parcels.proposal.mix.words import goal_title
from parcels.proposal.remedies.advice_words import (
    exact_words,
    no_remedy_words,
    remedy_title,
    remedy_words,
    rules_words,
    step_words,
    withheld_words,
)
from parcels.proposal.reports.comparison import (
    cell_words,
    comparison,
    line_title,
    line_whole,
    own_words,
    worst_first,
)
from parcels.proposal.reports.memo_advice import missing_lines
from parcels.proposal.reports.report import is_verified
from parcels.rule_words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from parcels.proposal.remedies.advice import Advice, Remedy
    from parcels.proposal.reports.case import Case
    from parcels.proposal.reports.comparison import Line

_STYLES = {"fail": "red", "unknown": "magenta", "warning": "yellow"}
_TITLES, _CELL = 54, 22
_WIDTH = 120  # of what is no terminal: files and pipes
_MOST_NEEDS = 24


def print_case(console: Console, case: Case, lang: str) -> None:
    """Print faults, the table of packs, what is broken or missing, and the smallest changes."""
    title = case.proposal.title or text(lang, "proposal.untitled")
    day = case.book.as_of.isoformat()
    use = case.proposal.use or text(lang, "outcome.unknown")
    _line(console, text(lang, "cli.proposal.head", title=title, use=use, day=day), "bold")
    _print_faults(console, case, lang)
    for table in _tables(case, lang, console.width):
        console.print(table)
    _print_dormant(console, case, lang)
    _print_broken(console, case, lang)
    _print_missing(console, case, lang)
    for pack in case.book.packs:
        if pack.id in case.advice:
            lines = advice_lines(case, case.advice[pack.id], (pack.id,), lang)
            _print_advice(console, in_words(lang, pack.title), lines, lang)
    if case.together is not None:
        every = tuple(pack.id for pack in case.book.packs)
        lines = advice_lines(case, case.together, every, lang)
        _print_advice(console, text(lang, "cli.proposal.together"), lines, lang)
    if case.best_mix is not None:
        console.print()
        goal = goal_title(lang, case.best_mix.goal)
        _line(console, text(lang, "cli.proposal.best", goal=goal), "bold")
        for line in best_lines(case.best_mix, lang):
            _line(console, line)


def _print_faults(console: Console, case: Case, lang: str) -> None:
    if not case.told:
        return
    _line(console, text(lang, "cli.proposal.faults", count=len(case.told)), "yellow")
    for one in case.told:
        _line(console, f"  {fault_words(lang, one)}")


def _tables(case: Case, lang: str, width: int) -> Iterator[Table]:
    """Make one table, or several with fewer packs each where the terminal is narrow."""
    lines = comparison(case.verdicts)
    at_once = max(1, (width - _TITLES) // _CELL)
    for first in range(0, len(case.verdicts), at_once):
        shown = range(first, min(first + at_once, len(case.verdicts)))
        yield _table(
            case, lang, [one for one in lines if any(one.cells[at] for at in shown)], shown
        )


def _table(case: Case, lang: str, lines: Sequence[Line], packs: Sequence[int]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(text(lang, "cli.proposal.measure"), overflow="fold", min_width=12)
    table.add_column(text(lang, "cli.proposal.own"), justify="right", overflow="fold")
    for at in packs:
        table.add_column(Text(in_words(lang, case.verdicts[at].pack.title)), overflow="fold")
    overall = [_verdict(lang, case.verdicts[at].outcome) for at in packs]
    table.add_row(text(lang, "cli.proposal.overall"), "", *overall, style="bold")
    for line in lines:
        title, whole = line_title(lang, line), line_whole(lang, line)
        named = printable(text(lang, "proposal.compare.of", title=title, whole=whole))
        own = printable(own_words(lang, case.proposal, line))
        cells = [_cell(lang, line, at) for at in packs]
        table.add_row(Text(named if whole else printable(title)), Text(own), *cells)
    return table


def _cell(lang: str, line: Line, pack: int) -> Text:
    outcome = line.outcome(pack)
    if outcome is None:
        return Text("—", style="dim")
    said = (printable(cell_words(lang, one)) for one in line.cells[pack])
    return Text("\n".join(dict.fromkeys(said)), style=_STYLES.get(outcome, ""))


def _verdict(lang: str, outcome: str) -> Text:
    said = f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}"
    return Text(said, style=_STYLES.get(outcome, ""))


def _print_dormant(console: Console, case: Case, lang: str) -> None:
    """Say which packs have rules that nobody was asked about."""
    for one in case.verdicts:
        if one.dormant:
            pack, count = in_words(lang, one.pack.title), len(one.dormant)
            _line(console, text(lang, "cli.proposal.dormant", pack=pack, count=count))


def _print_broken(console: Console, case: Case, lang: str) -> None:
    """Say every breach as a sentence with its rule and where that is written."""
    results = worst_first([one for verdict in case.verdicts for one in verdict.results])
    broken = [one for one in results if one.outcome in {"fail", "warning"}]
    if not broken:
        return
    _line(console, text(lang, "cli.proposal.broken"), "bold")
    for one in broken:
        said = f"{finding_text(lang, one.finding)} [{one.applied.id}]"
        written = source_text(lang, one.applied)
        mark = text(lang, f"glyph.{one.outcome}")
        _line(console, f"  {mark} {said} {written}", _STYLES[one.outcome])


def _print_missing(console: Console, case: Case, lang: str) -> None:
    lines = list(missing_lines(case, lang))
    if lines:
        _line(console, text(lang, "cli.proposal.missing"), "bold")
    for line in lines[:_MOST_NEEDS]:
        _line(console, f"  ? {line}")
    if len(lines) > _MOST_NEEDS:
        _line(console, text(lang, "report.more", count=len(lines) - _MOST_NEEDS))


def _print_advice(console: Console, pack: str, lines: Iterator[str], lang: str) -> None:
    console.print()
    _line(console, text(lang, "cli.proposal.remedies", pack=pack), "bold")
    for line in lines:
        _line(console, line)


def advice_lines(case: Case, advice: Advice, packs: Sequence[str], lang: str) -> Iterator[str]:
    """Give what is said about making a proposal pass, a line each.

    Parameters
    ----------
    packs : sequence of str
        That the advice is for; how far each rule is alone is said for one pack only.
    """
    if advice.conflict:
        yield text(lang, "cli.proposal.infeasible")
        yield from (f"  · {one}" for one in rules_words(lang, advice.conflict, case.book))
    elif not advice.remedies:
        yield no_remedy_words(lang, advice, case.book)
    for number, remedy in enumerate(advice.remedies, start=1):
        yield from _remedy_lines(lang, number, remedy, advice, packs)
    if held_back := withheld_words(lang, advice, case.book):
        yield held_back
    if len(packs) == 1:
        yield from _distance_lines(case, advice, lang)
    if advice.unknown:
        yield text(lang, "cli.proposal.still_unknown", count=len(advice.unknown))


def _distance_lines(case: Case, advice: Advice, lang: str) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for one in advice.distances:
        found.setdefault(one.rule, []).append(step_words(lang, case.proposal, one.move))
    if found:
        yield text(lang, "cli.proposal.distances")
    for rule, steps in found.items():
        said = text(lang, "cli.proposal.or").join(steps)
        named = rules_words(lang, (rule,), case.book)[0]
        yield text(lang, "cli.proposal.distance", rule=named, steps=said)


def _remedy_lines(
    lang: str, number: int, remedy: Remedy, advice: Advice, packs: Sequence[str]
) -> Iterator[str]:
    yield text(
        lang,
        "cli.proposal.remedy",
        number=number,
        kind=remedy_title(lang, remedy),
        steps=remedy_words(lang, remedy),
        cost=exact_words(remedy.cost),
    )
    if not is_verified(remedy, advice):
        yield text(lang, "cli.proposal.remedy_unverified")
        return
    after = [
        f"{in_words(lang, one.pack.title)} {text(lang, f'outcome.{one.outcome}')}"
        for one in remedy.verdicts
        if one.pack.id in packs
    ]
    said = text(lang, "ui.list_mark").join(after)
    yield text(lang, "cli.proposal.remedy_state", packs=said)


def console_for_tables() -> Console:
    """Make a console as wide as the terminal; 120 characters where there is none."""
    return console_of(sys.stdout, at_least=0 if sys.stdout.isatty() else _WIDTH)


def _line(console: Console, line: str, style: str = "") -> None:
    console.print(Text(printable(line), style=style))
