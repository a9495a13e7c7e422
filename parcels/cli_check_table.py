"""A check report for people at a terminal: worst first, then what would settle most."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.table import Table

from parcels.cli_table import printable
from parcels.findings import OUTCOMES
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import Console

    from parcels.check_report import CheckReport


Entry = dict[str, Any]
_STYLES = {"fail": "red", "unknown": "magenta", "warning": "yellow"}
WIDTH = 120
_MOST_GAPS = 10
_MOST_PARCELS = 200
_MOST_REJECTED = 20


def print_check(console: Console, report: CheckReport) -> None:
    """Write every parcel with what is no pass, the worklist, and totals.

    Of more than 200 parcels those with the worst outcomes are listed and the rest is counted.
    """
    lang, head, foot = report.lang, report.head(), report.foot()
    packs = ", ".join(f"{pack['id']} {pack['version']}" for pack in head["packs"])
    console.print(text(lang, "cli.check.head", day=head["as_of"], packs=packs))
    _print_rejected(console, head["rejected"], lang)
    titles = {gap["need"]: gap["title"] for gap in foot["worklist"]}
    for found in _listed(report):
        _print_parcel(console, found, titles, lang)
    if head["parcels"] > _MOST_PARCELS:
        left = head["parcels"] - _MOST_PARCELS
        console.print(text(lang, "cli.check.more_parcels", count=f"{left:,}"))
    _print_worklist(console, foot["worklist"], lang)
    console.print(_totals(lang, foot["summary"]))
    if foot["accepted"]:
        console.print(text(lang, "cli.check.accepted", count=foot["accepted"]))


def _print_rejected(console: Console, rejected: list[Entry], lang: str) -> None:
    """Name what was not checked because the reading refused it."""
    if not rejected:
        return
    console.print(text(lang, "cli.check.rejected", count=f"{len(rejected):,}"), style="red")
    for one in rejected[:_MOST_REJECTED]:
        console.print(printable(f"  {one['where']}: {one['message']}"))
    if len(rejected) > _MOST_REJECTED:
        console.print(text(lang, "report.more", count=len(rejected) - _MOST_REJECTED))


def _listed(report: CheckReport) -> Iterator[list[Entry]]:
    """Give the findings of the parcels that are listed: all, or the worst of very many."""
    assessment = report.review.assessment
    if assessment.count > _MOST_PARCELS:
        matrix = np.sort(assessment.matrix(), axis=1)
        worst = np.lexsort(matrix.T[::-1])[:_MOST_PARCELS]
        assessment = assessment.of_parcels(np.sort(worst))
    for _, found in groupby(report.entries(assessment), lambda one: one["parcel"]):
        yield list(found)


def _print_parcel(console: Console, found: list[Entry], titles: dict[str, str], lang: str) -> None:
    first = found[0]
    console.print()
    console.print(f"{first['parcel_id']} {first['name']}".strip(), style="bold")
    console.print(_totals(lang, Counter(one["outcome"] for one in found)))
    table = Table(box=None, show_header=False, pad_edge=False)
    for column in ("", "", ""):
        table.add_column(column, overflow="fold")
    for outcome in ("fail", "warning"):
        for one in (entry for entry in found if entry["outcome"] == outcome):
            said = f"{one['message']} [{one['rule_id']}] {one['source']}".strip()
            style = "dim" if one["accepted"] else _STYLES[outcome]
            table.add_row(_verdict(lang, one), _title(lang, one), said, style=style)
    for one, causes in _unknowns(found, titles, lang):
        table.add_row(_verdict(lang, one), _title(lang, one), causes, style=_STYLES["unknown"])
    console.print(table)


def _unknowns(
    found: Iterable[Entry], titles: dict[str, str], lang: str
) -> Iterable[tuple[Entry, str]]:
    """Gather what is unknown by check: the causes, then every datum that is missing."""
    by_check: dict[tuple[str, bool], list[Entry]] = {}
    for one in found:
        if one["outcome"] == "unknown":
            by_check.setdefault((one["check"], one["accepted"]), []).append(one)
    for entries in by_check.values():
        causes = dict.fromkeys(text(lang, f"cause.{one['cause']}.text") for one in entries)
        needs = dict.fromkeys(titles[need] for one in entries for need in one["needs"])
        missing = text(lang, "cli.check.missing", needs=text(lang, "ui.list_mark").join(needs))
        yield entries[0], " ".join([*causes, *([missing] if needs else [])])


def _verdict(lang: str, one: Entry) -> str:
    mark = text(lang, "cli.check.accepted_mark") if one["accepted"] else ""
    outcome = one["outcome"]
    return f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}{mark}"


def _title(lang: str, one: Entry) -> str:
    return text(lang, f"check.{one['check']}.short")


def _print_worklist(console: Console, worklist: list[Entry], lang: str) -> None:
    if not worklist:
        return
    console.print()
    table = Table(title=text(lang, "ui.review.gaps_title"), title_justify="left", box=None)
    table.add_column(text(lang, "ui.review.gap_need"))
    for key in ("gap_alone", "gap_involved", "gap_parcels"):
        table.add_column(text(lang, f"ui.review.{key}"), justify="right")
    for gap in worklist[:_MOST_GAPS]:
        figures = (f"{gap[key]:,}" for key in ("alone", "involved", "parcels"))
        table.add_row(gap["title"], *figures)
    console.print(table)
    console.print()


def _totals(lang: str, counted: Mapping[str, int]) -> str:
    return " · ".join(
        f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')} {counted[outcome]:,}"
        for outcome in OUTCOMES
    )
