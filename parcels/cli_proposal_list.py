"""What ``proposal`` can be asked: packs, examples, what may be changed, goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from parcels.messages import text
from parcels.proposal.document.examples import examples
from parcels.proposal.mix.terms import GOALS
from parcels.proposal.mix.words import goal_title
from parcels.proposal.remedies.advice import LEVERS
from parcels.proposal.verdict import CHECKS
from parcels.rule_words import days_words, in_words
from parcels.rules.load import all_packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import Console

    from parcels.rules.model import Pack

Entry = dict[str, Any]


def list_entry(lang: str, folders: tuple[Path, ...]) -> Entry:
    """Return packs, examples, levers and goals as plain JSON values."""
    return {
        "packs": [
            {
                "id": pack.id,
                "version": pack.version,
                "title": in_words(lang, pack.title),
                "place": pack.place,
                "since": pack.in_force.since.isoformat() if pack.in_force.since else None,
                "until": pack.in_force.until.isoformat() if pack.in_force.until else None,
                "rules": sum(rule.check in CHECKS for rule in pack.rule),
            }
            for pack in _packs(folders)
        ],
        "examples": [
            {"id": key, "title": in_words(lang, one.title), "source": in_words(lang, one.source)}
            for key, one in examples().items()
        ],
        "levers": list(LEVERS),
        "goals": list(GOALS),
    }


def print_list(console: Console, lang: str, folders: tuple[Path, ...]) -> None:
    """Print packs, examples, levers and goals."""
    packs = [
        (one.id, in_words(lang, one.title), one.place, days_words(lang, one.in_force))
        for one in _packs(folders)
    ]
    _print(console, lang, "packs", ("title", "place", "days"), packs)
    shown = [(key, in_words(lang, one.title)) for key, one in examples().items()]
    _print(console, lang, "examples", ("title",), shown)
    levers = [(one, text(lang, f"proposal.lever.{one}")) for one in LEVERS]
    _print(console, lang, "levers", ("title",), levers)
    goals = [(one, goal_title(lang, one)) for one in GOALS]
    _print(console, lang, "goals", ("title",), goals)


def _packs(folders: tuple[Path, ...]) -> Iterator[Pack]:
    """Give the packs that have anything to say of a proposal."""
    for pack in all_packs(folders).values():
        if any(rule.check in CHECKS for rule in pack.rule):
            yield pack


def _print(
    console: Console, lang: str, title: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]]
) -> None:
    console.print(Text(text(lang, f"cli.proposal.{title}"), style="bold"))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("id", overflow="fold")
    for head in heads:
        table.add_column(text(lang, f"cli.proposal.{head}"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
