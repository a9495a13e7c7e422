"""Ranks and classes: exact scores, ties share the better rank, ends of classes included."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.permu.schemes import ClassTable


def ranks(scores: Sequence[Fraction]) -> list[int]:
    """Rank scores, the greatest first.

    Parameters
    ----------
    scores : sequence of Fraction
        In any order.

    Returns
    -------
    list of int
        From 1, in the order given: one more than the number of greater scores, so that equal
        scores have equal ranks (1, 2, 2, 4).
    """
    first: dict[Fraction, int] = {}
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        first.setdefault(score, place)
    return [first[score] for score in scores]


def letter(table: ClassTable, rank: int, count: int) -> str:
    """Return the class of a rank.

    Parameters
    ----------
    table : ClassTable
        Where each class ends.
    rank : int
        From 1.
    count : int
        Number of ranked firms.

    Returns
    -------
    str
        The first class whose end is not less than rank / count, compared exactly.
    """
    place = Fraction(rank, count)
    return next(name for name, end in table.ends.items() if place <= Fraction(end))
