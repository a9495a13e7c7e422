"""Two tables of uses: side by side, and functions inside one planned class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from geo.errors import PlannerError
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = Literal["Y", "C", "N"]
"""Free, on conditions, not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjacency:
    """What two use groups may do side by side.

    Attributes
    ----------
    touch : {"Y", "C", "N"}
    gap_m : float
        Screening gap, edge to edge; 0 where none is asked for.
    condition : mapping of language to str
        "" where there is none.
    basis : str
    mark : str
    """

    touch: Answer
    gap_m: float
    condition: Mapping[str, str]
    basis: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """What a function may do inside a planned class.

    Attributes
    ----------
    verdict : {"Y", "C", "N"}
    land_cap, gfa_cap : float or None
        Greatest share of the site area and of the floor area; None: no cap is known.
    gfa_basis : str
        Which floor area; "" without a cap.
    group : str
        Functions of one group share their caps; "" for a cap of its own.
    """

    function: str
    title: str
    verdict: Answer
    land_cap: float | None
    gfa_cap: float | None
    gfa_basis: str
    group: str
    condition: Mapping[str, str]
    basis: str
    mark: str


def adjacency(first: str, second: str) -> Adjacency:
    """Look up two use groups in either order.

    Raises
    ------
    PlannerError
        ``use_group_unknown``.
    """
    found = _pairs().get(frozenset((first, second)))
    if found is None:
        known = sorted({group for pair in _pairs() for group in pair})
        unknown = next((one for one in (first, second) if one not in known), first)
        raise PlannerError("use_group_unknown", group=unknown, known=known)
    return found


def mixing(primary: str, function: str) -> Mixing:
    """Look up a function in a planned class.

    Raises
    ------
    PlannerError
        ``mixing_unknown``.
    """
    found = _cells().get((primary, function))
    if found is None:
        raise PlannerError("mixing_unknown", group=primary, function=function)
    return found


@cache
def _pairs() -> Mapping[frozenset[str], Adjacency]:
    return MappingProxyType(
        {
            frozenset((row["a"], row["b"])): Adjacency(
                touch=cast("Answer", row["touch"]),
                gap_m=float(row["gap_m"]),
                condition=_both(row),
                basis=row["basis"],
                mark=row["mark"],
            )
            for row in table("adjacency.csv")
        }
    )


@cache
def _cells() -> Mapping[tuple[str, str], Mixing]:
    return MappingProxyType(
        {
            (row["primary"], row["function"]): Mixing(
                function=row["function"],
                title=row["function_zh"],
                verdict=cast("Answer", row["verdict"]),
                land_cap=_number(row["land_cap"]),
                gfa_cap=_number(row["gfa_cap"]),
                gfa_basis=row["gfa_basis"],
                group=row["cap_group"],
                condition=_both(row),
                basis=row["basis"],
                mark=row["mark"],
            )
            for row in table("mixing.csv")
        }
    )


def _both(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({"zh": row["condition_zh"], "en": row["condition_en"]})


def _number(cell: str) -> float | None:
    return float(cell) if cell else None
