"""The fewest rules that cannot be kept together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Keeping = Callable[[frozenset[str]], frozenset[str] | None]


def smallest_conflict(order: Sequence[str], keeping: Keeping) -> tuple[str, ...]:
    """Find the smallest set of rules that cannot be kept together.

    Parameters
    ----------
    order : sequence of str
        All rules.
    keeping : callable
        Given some rules, the rules that some point keeps, with those among them; None: no point
        keeps them.

    Returns
    -------
    tuple of str
        Of several sets of that size the first in the order of the rules; empty where all rules
        can be kept.

    Notes
    -----
    Implicit hitting sets: of rules whose absence makes the rest satisfiable every conflict has at
    least one. So the smallest set that has one of each such group is never larger than the
    smallest conflict, and is the answer once it cannot be kept itself.
    """
    groups: list[frozenset[str]] = []
    while True:
        guess = _smallest_of_each(groups, order)
        kept = keeping(frozenset(guess))
        if kept is None:
            return guess
        absent = frozenset(order) - _most(kept, order, keeping)
        if not absent:
            return ()
        groups.append(absent)


def _most(kept: frozenset[str], order: Iterable[str], keeping: Keeping) -> frozenset[str]:
    """Add rules as long as all of them can be kept."""
    for rule in order:
        if rule not in kept:
            kept = keeping(kept | {rule}) or kept
    return kept


def _smallest_of_each(groups: Sequence[frozenset[str]], order: Sequence[str]) -> tuple[str, ...]:
    """Return the smallest set with a rule of every group, of several the first in order."""
    size = 0
    while (found := _of_each(groups, order, size)) is None:
        size += 1
    return found


def _of_each(
    groups: Sequence[frozenset[str]], order: Sequence[str], size: int
) -> tuple[str, ...] | None:
    """Return the first set of at most a size with a rule of every group; None: there is none."""
    if not groups:
        return ()
    if _apart(groups) > size:
        return None
    for at, rule in enumerate(order):
        rest = [group for group in groups if rule not in group]
        found = _of_each(rest, order[at + 1 :], size - 1) if len(rest) < len(groups) else None
        if found is not None:
            return (rule, *found)
    return None


def _apart(groups: Iterable[frozenset[str]]) -> int:
    """Count groups that share no rule: each of them asks for one of its own."""
    count, met = 0, frozenset[str]()
    for group in groups:
        if not group & met:
            count, met = count + 1, met | group
    return count
