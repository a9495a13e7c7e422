"""What a source says of an indicator: numbers of all parcels, or why there is none.

A second column, or the quotient of the parts, is a second witness: where it says otherwise both
values are kept, and a verdict stands only if both lead to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.units import M2_PER_MU
from parcels.checks.indicators_cells import PROBLEMS, read_cell
from parcels.checks.indicators_columns import columns_of
from parcels.checks.indicators_facts import Facts, facts
from parcels.rules.indicators import indicators
from parcels.rules.tables import table

if TYPE_CHECKING:
    import numpy.typing as npt

    from parcels.checks.indicators_cells import Cell
    from parcels.checks.indicators_columns import Column
    from parcels.checks.subject import Floats, Objects, Parcels

Words = dict[str, str]
_NONE, _MISSING = PROBLEMS.index(""), PROBLEMS.index("missing")
_ZERO = PROBLEMS.index("zero_denominator")
_COMPUTED_AGREES = 0.01
_SITE_MU = "site_area_mu"


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
    other : float array, shape (n,)
        What a second witness says instead; NaN where none differs.
    other_typed, other_origin : object array, shape (n,)
        Of a second witness that differs or cannot be used; "" where there is none.
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
    other: Floats
    other_typed: Objects
    other_origin: Objects
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
        missing: npt.NDArray[np.bool_] = self.problem == _MISSING
        return missing


@dataclass(kw_only=True, eq=False)
class Source:
    """The indicators of some parcels, each read once."""

    parcels: Parcels
    _read: dict[str, Values] = field(default_factory=dict)
    _facts: dict[str, Facts] = field(default_factory=dict)

    def facts(self, metric: str) -> Facts:
        """Return an indicator that is no number."""
        if metric not in self._facts:
            self._facts[metric] = facts(self.parcels, metric)
        return self._facts[metric]

    def values(self, metric: str) -> Values:
        """Return a number indicator: its columns, else the quotient of its parts."""
        if metric not in self._read:
            stated = self._stated(metric)
            self._read[metric] = _witnessed(stated, self._computed(metric))
        return self._read[metric]

    def _stated(self, metric: str) -> Values:
        found = _nothing(len(self.parcels))
        for column in columns_of(self.parcels, metric):
            found = _joined(found, _of_column(column, metric))
        return found

    def _computed(self, metric: str) -> Values | None:
        parts = indicators()[metric].parts
        if parts is None:
            return None
        above = self._stated(parts[0])
        if above.missing.all():
            return None
        is_site = parts[1] in {_SITE_MU, "site_area_m2"}
        below = self.site_area() if is_site else self._stated(parts[1])
        per_mu = float(M2_PER_MU) if parts[1] == _SITE_MU else 1.0
        return _quotient(metric, above, below, per_mu)

    def site_area(self) -> Values:
        """Return the site area in m²: as a column states it, else the outline's, else declared."""
        stated = _joined(self._stated("site_area_m2"), self._in_m2(self._stated("area_mu")))
        parcels = self.parcels
        outlined = np.where(parcels.exact & parcels.sound, parcels.area_m2, np.nan)
        declared = np.where(parcels.declared_m2 > 0, parcels.declared_m2, np.nan)
        # The reading of the file settles the unit of a column of areas by their size.
        unclear = stated.problem == PROBLEMS.index("unit_not_stated")
        stated = _filled(stated, np.where(unclear, declared, np.nan), words("site_declared"))
        for area, word in ((outlined, "site_by_outline"), (declared, "site_declared")):
            stated = _filled(stated, np.where(stated.missing, area, np.nan), words(word))
        return stated

    @staticmethod
    def _in_m2(area: Values) -> Values:
        factor = float(M2_PER_MU)
        return replace(area, value=area.value * factor, rounding=area.rounding * factor)


def words(word_id: str) -> Words:
    """Return a phrase of ``indicator_words.csv`` by language; an unknown id as it is."""
    for row in table("indicator_words.csv"):
        if row["id"] == word_id:
            return {"zh": row["zh"], "en": row["en"]}
    return {"zh": word_id, "en": word_id}


def _nothing(count: int) -> Values:
    blank = np.full(count, "", dtype=object)
    return Values(
        value=np.full(count, np.nan),
        rounding=np.zeros(count),
        problem=np.full(count, _MISSING, dtype=np.int8),
        typed=blank,
        origin=blank,
        other=np.full(count, np.nan),
        other_typed=blank,
        other_origin=blank,
        whole=blank,
        assumed=np.zeros(count, dtype=bool),
        slight=np.zeros(count, dtype=bool),
        promised=np.zeros(count, dtype=bool),
    )


def _of_column(column: Column, metric: str) -> Values:
    """Read a column; equal cells are read once."""
    indicator = indicators()[metric]
    known: dict[tuple[type, Any], Cell] = {}
    cells = []
    for raw in column.cells:
        key = (type(raw), raw if isinstance(raw, (str, int, float)) else str(raw))
        if key not in known:
            known[key] = read_cell(raw, column, indicator)
        cells.append(known[key])
    count = len(cells)
    blank = np.full(count, "", dtype=object)
    heading = {"zh": column.heading, "en": column.heading}
    return Values(
        value=np.array([cell.value for cell in cells], dtype=float),
        rounding=np.array([cell.rounding for cell in cells], dtype=float),
        problem=np.array([PROBLEMS.index(cell.problem) for cell in cells], dtype=np.int8),
        typed=np.array([cell.typed for cell in cells], dtype=object),
        origin=np.full(count, heading, dtype=object),
        other=np.full(count, np.nan),
        other_typed=blank,
        other_origin=blank,
        whole=np.full(count, column.whole, dtype=object),
        assumed=np.array([cell.assumed for cell in cells], dtype=bool),
        slight=np.array([cell.slight for cell in cells], dtype=bool),
        promised=np.full(count, column.promised),
    )


def _joined(first: Values, second: Values) -> Values:
    """Let a second column fill what the first leaves empty, and contradict what it says."""
    taken = (first.missing & ~second.missing) | (~first.usable & second.usable)
    left = np.where(taken, first.problem, second.problem)
    gap = np.abs(first.value - second.value)
    allowed = first.rounding + second.rounding + 1e-9 * np.abs(first.value)
    differs = first.usable & second.usable & (gap > allowed)
    spoilt = (first.usable | second.usable) & (left > _MISSING)
    told = differs | spoilt

    def chosen(name: str) -> Any:
        return np.where(taken, getattr(second, name), getattr(first, name))

    def beside(name: str, kept: Objects) -> Objects:
        lost = np.where(taken, getattr(first, name), getattr(second, name))
        return np.where(told, lost, kept)

    return Values(
        **{name: chosen(name) for name in _OWN},
        other=np.where(differs, second.value, first.other),
        other_typed=beside("typed", first.other_typed),
        other_origin=beside("origin", first.other_origin),
    )


_OWN = ("value", "rounding", "problem", "typed", "origin", "whole", "assumed", "slight", "promised")


def _filled(stated: Values, area: Floats, origin: Words) -> Values:
    """Use an area wherever one is given."""
    fills = np.isfinite(area)
    return replace(
        stated,
        value=np.where(fills, area, stated.value),
        problem=np.where(fills, _NONE, stated.problem).astype(np.int8),
        origin=np.where(fills, np.array(origin, dtype=object), stated.origin),
    )


def _quotient(metric: str, above: Values, below: Values, per_unit: float) -> Values:
    """Divide; a part that is written but cannot be used makes the quotient unusable."""
    low, high = indicators()[metric].plausible or (-np.inf, np.inf)
    both = above.usable & below.usable
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(both, above.value / below.value * per_unit, np.nan)
    value = _without_noise(value)
    worst = np.maximum(above.problem, below.problem)
    problem = np.where(above.missing | below.missing, _MISSING, worst).astype(np.int8)
    problem[both & (below.value == 0)] = _ZERO
    finite = np.isfinite(value)
    problem[finite & ((value < low) | (value > high))] = PROBLEMS.index("implausible")
    typed = np.where(above.problem > _MISSING, above.typed, below.typed)
    shown = np.array([f"{one:.6g}" for one in value], dtype=object)
    return replace(
        above,
        value=np.where(problem == _NONE, value, np.nan),
        problem=problem,
        typed=np.where(finite, shown, typed),
        origin=_ratios(above.origin, below.origin, both),
        rounding=np.zeros(len(value)),
        assumed=above.assumed | below.assumed,
    )


def _without_noise(values: Floats) -> Floats:
    """Keep twelve digits: 35 of 500 亩 are 7 %, also in m²."""
    shown = [float(f"{one:.12g}") for one in values.tolist()]
    return np.array(shown, dtype=float)


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


def _witnessed(stated: Values, computed: Values | None) -> Values:
    """Use the quotient where nothing is stated; where both are there it is a witness."""
    if computed is None:
        return stated
    joined = _joined(stated, computed)
    gap = np.abs(stated.value - computed.value)
    near = gap <= _COMPUTED_AGREES * np.abs(stated.value) + stated.rounding
    agree = stated.usable & computed.usable & near
    return replace(
        joined,
        other=np.where(agree, stated.other, joined.other),
        other_typed=np.where(agree, stated.other_typed, joined.other_typed),
        other_origin=np.where(agree, stated.other_origin, joined.other_origin),
    )
