"""Witnesses of one number: columns, quotients of parts, areas; none of them is lost.

A second column, or the quotient of the parts, is a second witness: where it says otherwise all
values are kept, and a verdict stands only if every one of them leads to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.indicators.cells import PROBLEMS
from parcels.rules.indicators import indicators

if TYPE_CHECKING:
    import numpy.typing as npt

    from parcels.checks.subject import Floats, Objects

Words = dict[str, str]
NONE, MISSING = PROBLEMS.index(""), PROBLEMS.index("missing")
_ZERO = PROBLEMS.index("zero_denominator")
_IMPLAUSIBLE = PROBLEMS.index("implausible")
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Witness:
    """What a further witness says instead, shape (n,) each; NaN and "" where nothing else."""

    value: Floats
    typed: Objects
    origin: Objects


@dataclass(frozen=True, kw_only=True, eq=False)
class Values:
    """One indicator of n parcels.

    Attributes
    ----------
    value : float array, shape (n,)
        In the unit of the indicator; NaN where there is no usable number.
    rounding : float array, shape (n,)
        Half of the last digit.
    problem : int array, shape (n,)
        Position in `PROBLEMS`.
    typed : object array of str, shape (n,)
        As written.
    origin : object array, shape (n,)
        Words by language: the heading, or what was divided by what.
    others : tuple of Witness
        Further witnesses that differ, in the same unit.
    spoilt_typed, spoilt_origin : object array, shape (n,)
        Of the witnesses that cannot be used; "" where there is none.
    whole : object array of str, shape (n,)
        Denominator that the heading names; "" where none.
    assumed, slight, promised : bool array, shape (n,)
        See `Cell` and `Column`.
    """

    value: Floats
    rounding: Floats
    problem: npt.NDArray[np.int8]
    typed: Objects
    origin: Objects
    others: tuple[Witness, ...]
    spoilt_typed: Objects
    spoilt_origin: Objects
    whole: Objects
    assumed: npt.NDArray[np.bool_]
    slight: npt.NDArray[np.bool_]
    promised: npt.NDArray[np.bool_]

    @cached_property
    def usable(self) -> npt.NDArray[np.bool_]:
        """Where there is a number, shape (n,)."""
        usable: npt.NDArray[np.bool_] = np.isfinite(self.value)
        return usable

    @cached_property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Where nothing is written, shape (n,)."""
        missing: npt.NDArray[np.bool_] = self.problem == MISSING
        return missing

    @cached_property
    def differs(self) -> npt.NDArray[np.bool_]:
        """Where a further witness says another number, shape (n,)."""
        differs = np.zeros(len(self.value), dtype=bool)
        for one in self.others:
            differs |= np.isfinite(one.value)
        return differs

    def only(self, rows: npt.NDArray[np.bool_]) -> Values:
        """Keep what is said of some rows; of the others nothing."""
        empty = nothing(len(self.value))
        kept = {
            name: np.where(rows, getattr(self, name), getattr(empty, name))
            for name in (*_OWN, "spoilt_typed", "spoilt_origin")
        }
        others = tuple(replace(one, value=np.where(rows, one.value, np.nan)) for one in self.others)
        return Values(**kept, others=others)

    def told_beside(self, chosen: npt.NDArray[np.bool_]) -> tuple[Objects, Objects]:
        """Write what else is said, and where; only of the rows that are chosen."""
        typed, origin = self.spoilt_typed.copy(), self.spoilt_origin.copy()
        for at in np.flatnonzero(chosen & (self.differs | (typed != ""))).tolist():
            said = [one for one in self.others if np.isfinite(one.value[at])]
            parts = [(one.typed[at], one.origin[at]) for one in said]
            parts += [(typed[at], origin[at])] if typed[at] else []
            parts = list({str(part): part for part in parts}.values())
            typed[at] = " / ".join(one for one, _ in parts)
            origin[at] = _listed([one for _, one in parts])
        return typed, origin


def nothing(count: int) -> Values:
    """Give the values of a source that says nothing of n parcels."""
    blank = np.full(count, "", dtype=object)
    return Values(
        value=np.full(count, np.nan),
        rounding=np.zeros(count),
        problem=np.full(count, MISSING, dtype=np.int8),
        typed=blank,
        origin=blank,
        others=(),
        spoilt_typed=blank,
        spoilt_origin=blank,
        whole=blank,
        assumed=np.zeros(count, dtype=bool),
        slight=np.zeros(count, dtype=bool),
        promised=np.zeros(count, dtype=bool),
    )


def areas(square_metres: Floats, origin: Words) -> Values:
    """Give areas that no column states as values; NaN where there is none."""
    known = np.isfinite(square_metres)
    written = ["" if np.isnan(one) else f"{one:,.2f} m²" for one in square_metres.tolist()]
    return replace(
        nothing(len(square_metres)),
        value=square_metres,
        problem=np.where(known, NONE, MISSING).astype(np.int8),
        typed=np.array(written, dtype=object),
        origin=np.where(known, np.array(origin, dtype=object), ""),
    )


def scaled(values: Values, factor: float) -> Values:
    """Give the same values in another unit."""
    return replace(
        values,
        value=values.value * factor,
        rounding=values.rounding * factor,
        others=tuple(replace(one, value=one.value * factor) for one in values.others),
    )


def joined(first: Values, second: Values, *, within: float = _SAME) -> Values:
    """Let a second witness fill what the first leaves empty, and contradict what it says.

    Parameters
    ----------
    within : float
        Share of the first number by which the second may differ beside the last digits of both.
    """
    taken = (first.missing & ~second.missing) | (~first.usable & second.usable)
    left = np.where(taken, first.problem, second.problem)
    gap = np.abs(first.value - second.value)
    allowed = first.rounding + second.rounding + within * np.abs(first.value)
    differs = first.usable & second.usable & (gap > allowed)
    spoilt = (first.usable | second.usable) & (left > MISSING)
    further = Witness(
        value=np.where(differs, second.value, np.nan), typed=second.typed, origin=second.origin
    )
    own: dict[str, Any] = {
        name: np.where(taken, getattr(second, name), getattr(first, name)) for name in _OWN
    }
    typed, origin = _spoilt(first, second, taken, spoilt)
    return Values(
        **own,
        others=(*first.others, *second.others, *((further,) if differs.any() else ())),
        spoilt_typed=typed,
        spoilt_origin=origin,
    )


_OWN = ("value", "rounding", "problem", "typed", "origin", "whole", "assumed", "slight", "promised")


def _spoilt(
    first: Values, second: Values, taken: npt.NDArray[np.bool_], spoilt: npt.NDArray[np.bool_]
) -> tuple[Objects, Objects]:
    """Keep what both tell of witnesses that cannot be used, and add the one that is not taken."""
    typed, origin = first.spoilt_typed.copy(), first.spoilt_origin.copy()
    for at in np.flatnonzero(spoilt | (second.spoilt_typed != "")).tolist():
        lost = first if taken[at] else second
        parts = [(one.spoilt_typed[at], one.spoilt_origin[at]) for one in (first, second)]
        parts += [(lost.typed[at], lost.origin[at])] if spoilt[at] else []
        parts = [one for one in parts if one[0]]
        typed[at] = " / ".join(one for one, _ in parts)
        origin[at] = _listed([one for _, one in parts])
    return typed, origin


def _listed(origins: list[Words]) -> Words:
    return {lang: " / ".join(one[lang] for one in origins) for lang in ("zh", "en")}


def quotient(metric: str, above: Values, below: Values, per_unit: float) -> Values:
    """Divide; a part that is written but cannot be used makes the quotient unusable.

    Every further witness of a part makes a further quotient.
    """
    low, high = indicators()[metric].plausible or (-np.inf, np.inf)
    both = above.usable & below.usable
    first, *others = [
        _divided(one, other, per_unit)
        for one in (_own(above), *above.others)
        for other in (_own(below), *below.others)
    ]
    value = first.value
    worst = np.maximum(above.problem, below.problem)
    problem = np.where(above.missing | below.missing, MISSING, worst).astype(np.int8)
    problem[both & (below.value == 0)] = _ZERO
    finite = np.isfinite(value)
    problem[finite & ((value < low) | (value > high))] = _IMPLAUSIBLE
    bad = np.where(above.problem > MISSING, 0, 1)
    typed = np.where(bad == 0, above.typed, below.typed)
    origin = np.where(bad == 0, above.origin, below.origin)
    return replace(
        above,
        value=np.where(problem == NONE, value, np.nan),
        problem=problem,
        typed=np.where(finite, first.typed, typed),
        origin=np.where(both, first.origin, origin),
        rounding=np.zeros(len(value)),
        others=tuple(others),
        assumed=above.assumed | below.assumed,
    )


def _own(values: Values) -> Witness:
    return Witness(value=values.value, typed=values.typed, origin=values.origin)


def _divided(above: Witness, below: Witness, per_unit: float) -> Witness:
    """Divide and keep twelve digits: 35 of 500 亩 are 7 %, also in m²."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = above.value / below.value * per_unit
    value = np.array([float(f"{one:.12g}") for one in ratio.tolist()], dtype=float)
    both = np.isfinite(above.value) & np.isfinite(below.value)
    return Witness(
        value=value,
        typed=np.array([f"{one:.6g}" for one in value], dtype=object),
        origin=_ratios(above.origin, below.origin, both),
    )


def _ratios(above: Objects, below: Objects, both: npt.NDArray[np.bool_]) -> Objects:
    """Name what was divided by what; equal pairs share one mapping."""
    known: dict[tuple[str, str, str], Words] = {}
    named = np.full(len(above), "", dtype=object)
    for at in np.flatnonzero(both).tolist():
        one, other = above[at], below[at]
        key = (one["zh"], other["zh"], other["en"])
        if key not in known:
            known[key] = {lang: f"{one[lang]} ÷ {other[lang]}" for lang in ("zh", "en")}
        named[at] = known[key]
    return named
