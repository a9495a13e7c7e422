"""Which checks judge which kind of element: the table ``data/sketch_checks.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from parcels.checks.order import CHECKS

if TYPE_CHECKING:
    from parcels.checks.model import Check
    from parcels.planning.model import ElementKind

TABLE = Path(__file__).parent / "data" / "sketch_checks.csv"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The checks of one kind of element, in report order.

    Attributes
    ----------
    alone : tuple of Check
        Judge the element by itself.
    beside : tuple of Check
        Judge it among its neighbours.
    without : frozenset of str
        Rules that are left out.
    """

    alone: tuple[Check, ...]
    beside: tuple[Check, ...]
    without: frozenset[str]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all of them, in report order."""
        chosen = {one.id for one in (*self.alone, *self.beside)}
        return tuple(one.id for one in CHECKS if one.id in chosen)


@cache
def checks_of(kind: ElementKind) -> Chosen:
    """Return what judges a kind of element."""
    rows = {row["check"]: row for row in _rows()}
    chosen = [one for one in CHECKS if rows[one.id][kind] == "yes"]
    left_out = " ".join(row["not_for_extension"] for row in rows.values())
    return Chosen(
        alone=tuple(one for one in chosen if rows[one.id]["beside"] == "no"),
        beside=tuple(one for one in chosen if rows[one.id]["beside"] == "yes"),
        without=frozenset(left_out.split()) if kind == "extension" else frozenset(),
    )


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
