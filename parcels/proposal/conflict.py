"""The fewest rules that cannot be kept together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from parcels.proposal.solving import feasible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcels.proposal.solving import Marks, Numbers, Programme

_KEPT = 1e-7


def smallest_conflict(programme: Programme, columns: Marks) -> tuple[str, ...]:
    """Find the smallest set of rules that no allowed steps keep together.

    Parameters
    ----------
    columns : bool array, shape (n,)
        Steps that may be taken.

    Returns
    -------
    tuple of str
        Of several sets of that size the first in the order of the rules; empty where all rules
        can be kept.

    Notes
    -----
    Implicit hitting sets: every set of rules whose absence would leave the rest satisfiable must
    meet the conflict, so the smallest set that meets all those found so far is a lower bound, and
    the answer once it cannot be kept itself.
    """
    order = list(dict.fromkeys(row.rule for row in programme.rows if row.rule))
    to_meet: list[frozenset[str]] = []
    while True:
        guess = _smallest_meeting(to_meet, order)
        point = _kept(programme, columns, guess)
        if point is None:
            return guess
        rest = _unkept(programme, columns, guess, point)
        if not rest:
            return ()
        to_meet.append(rest)


def _smallest_meeting(to_meet: Sequence[frozenset[str]], order: Sequence[str]) -> tuple[str, ...]:
    """Return the smallest set that shares something with every given one, the first in order."""
    concerned = [one for one in order if any(one in group for group in to_meet)]
    sizes = range(len(concerned) + 1)
    tried = (guess for size in sizes for guess in combinations(concerned, size))
    return next(guess for guess in tried if all(group & set(guess) for group in to_meet))


def _kept(programme: Programme, columns: Marks, rules: Iterable[str]) -> Numbers | None:
    wanted = {"", *rules}
    rows = np.array([row.rule in wanted for row in programme.rows], dtype=bool)
    return feasible(programme, columns, rows)


def _unkept(
    programme: Programme, columns: Marks, kept: Sequence[str], point: Numbers
) -> frozenset[str]:
    """Add rules as long as all can be kept; return those that could not be added."""
    order = list(dict.fromkeys(row.rule for row in programme.rows if row.rule))
    together = list(kept)
    for rule in order:
        if rule in together:
            continue
        if _holds(programme, rule, point):
            together.append(rule)
            continue
        found = _kept(programme, columns, (*together, rule))
        if found is not None:
            together.append(rule)
            point = found
    return frozenset(order) - frozenset(together)


def _holds(programme: Programme, rule: str, point: Numbers) -> bool:
    lines = [at for at, row in enumerate(programme.rows) if row.rule == rule]
    return bool((programme.matrix[lines] @ point >= programme.least[lines] - _KEPT).all())
