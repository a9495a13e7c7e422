"""Phrases that say the same."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from geo.location.reading import Name, Part, Reading


def twins(readings: Sequence[Reading]) -> tuple[tuple[int, ...], ...]:
    """Group the readings that name the same land, whatever the order of their clauses.

    Parameters
    ----------
    readings : sequence of Reading

    Returns
    -------
    tuple of tuple of int
        Positions of equal readings, two or more each, in order of their first member.
        Phrases of which nothing was read are nobody's twin.
    """
    groups: dict[Hashable, list[int]] = {}
    for position, reading in enumerate(readings):
        if reading.parts:
            groups.setdefault(frozenset(map(_said, reading.parts)), []).append(position)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _said(part: Part) -> Hashable:
    return (
        frozenset((_plain(bound.name), bound.direction, bound.distance) for bound in part.bounds),
        frozenset(
            (frozenset(map(_plain, crossing.names)), crossing.direction, crossing.distance)
            for crossing in part.crossings
        ),
        frozenset(frozenset(map(_plain, pair)) for pair in part.between),
        frozenset(map(_plain, part.enclosed)),
        frozenset(map(_plain, part.straddles)),
        frozenset(map(_plain, part.within)),
        frozenset((_plain(name), distance) for name, distance in part.near),
    )


def _plain(name: Name) -> str:
    return "".join(unicodedata.normalize("NFKC", name.text).split())
