"""A check report for people at a terminal: worst first, then what would settle most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.table import Table

from parcels.findings import OUTCOMES
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console


Entry = dict[str, Any]
_SHOWN = ("fail", "unknown", "warning")
_STYLES = {"fail": "red", "unknown": "magenta", "warning": "yellow", "pass": "green"}
_MOST_GAPS = 10
_MOST_PARCELS = 200


def print_check(console: Console, report: Entry, lang: str) -> None:
    """Write totals, every parcel with what is no pass, and the worklist.

    Of more than 200 parcels those with a fail or an unknown come first and the rest is counted.
    """
    packs = ", ".join(f"{pack['id']} {pack['version']}" for pack in report["packs"])
    console.print(text(lang, "cli.check.head", day=report["as_of"], packs=packs))
    by_parcel: dict[int, list[Entry]] = {}
    for one in report["findings"]:
        by_parcel.setdefault(one["parcel"], []).append(one)
    for found in list(by_parcel.values())[:_MOST_PARCELS]:
        _print_parcel(console, found, lang)
    if len(by_parcel) > _MOST_PARCELS:
        left = len(by_parcel) - _MOST_PARCELS
        console.print(text(lang, "cli.check.more_parcels", count=f"{left:,}"))
    _print_worklist(console, report, lang)
    console.print(_totals(lang, report["findings"]))
    if report["accepted"]:
        console.print(text(lang, "cli.check.accepted", count=report["accepted"]))


def _print_parcel(console: Console, found: list[Entry], lang: str) -> None:
    first = found[0]
    console.print()
    console.print(f"{first['parcel_id']} {first['name']}".strip(), style="bold")
    console.print(_totals(lang, found))
    table = Table(box=None, show_header=False, pad_edge=False)
    for column in ("", "", ""):
        table.add_column(column, overflow="fold")
    for outcome in _SHOWN:
        for one in (entry for entry in found if entry["outcome"] == outcome):
            mark = text(lang, "cli.check.accepted_mark") if one["accepted"] else ""
            verdict = f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')}{mark}"
            title = text(lang, f"check.{one['check']}.title")
            said = f"{one['message']} [{one['rule_id']}] {one['source']}".strip()
            table.add_row(verdict, title, said, style=_STYLES[outcome] if not mark else "dim")
    console.print(table)


def _print_worklist(console: Console, report: Entry, lang: str) -> None:
    if not report["worklist"]:
        return
    console.print()
    table = Table(title=text(lang, "ui.review.gaps_title"), title_justify="left", box=None)
    table.add_column(text(lang, "ui.review.gap_need"))
    for key in ("gap_alone", "gap_involved", "gap_parcels"):
        table.add_column(text(lang, f"ui.review.{key}"), justify="right")
    for gap in report["worklist"][:_MOST_GAPS]:
        figures = (f"{gap[key]:,}" for key in ("alone", "involved", "parcels"))
        table.add_row(gap["title"], *figures)
    console.print(table)
    console.print()


def _totals(lang: str, found: Iterable[Entry]) -> str:
    counted = Counter(one["outcome"] for one in found)
    return " · ".join(
        f"{text(lang, f'glyph.{outcome}')} {text(lang, f'outcome.{outcome}')} {counted[outcome]:,}"
        for outcome in OUTCOMES
    )
