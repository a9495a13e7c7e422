"""The best mix as a linear problem over floor areas: every coefficient an exact number."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.proposal.measuring.measures import SITE, measure
from parcels.proposal.model import FLOOR, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcels.proposal.mix.goals import Aim
    from parcels.proposal.mix.terms import Goal, Hold, Lack, MixLimit
    from parcels.proposal.model import Proposal
    from parcels.proposal.verdict import RuleResult
    from parcels.rules.load import AppliedRule, RuleBook
    from parcels.rules.model import Pack

_ZERO, _ONE = Fraction(0), Fraction(1)
GRID = Fraction(1, 100)
"""Floor areas of an answer are multiples of this, m²."""

Row = tuple[tuple[Fraction, ...], Fraction]
"""Coefficients of floor areas, and what their sum may be at most."""
Total = tuple[tuple[int, ...], Fraction]
"""Positions among the rows whose floor areas add up to an amount."""
_Span = tuple[Fraction, Fraction]
_NO: _Span = (_ZERO, _ZERO)


@dataclass(frozen=True, kw_only=True, eq=False)
class MixProblem:
    """Everything that the search for a mix knows.

    Attributes
    ----------
    rows : tuple of int
        Positions of the parts whose floor area may change.
    present : tuple of Fraction
        Their floor areas, m².
    forbidden : mapping of int to AppliedRule
        Parts that must be 0, and the first rule that says so.
    kept : tuple of int
        Parts with floor area that stay as they are: neither core nor support, of an open
        function, or asked to stay.
    totals : tuple of Total
    aims : mapping of Goal to Aim
        Goals that have a value.
    lacks : mapping of Goal to tuple of Lack
        What the others lack.
    limits : tuple of MixLimit
        Every limit that the search keeps, in the order of the packs.
    idle : tuple of RuleResult
        Rules with a verdict about what floor areas do not touch.
    unknown : tuple of RuleResult
        Rules without a verdict: they play no part and stay unknown.
    """

    proposal: Proposal
    goal: Goal
    hold: Hold
    book: RuleBook
    packs: tuple[Pack, ...] = ()
    rows: tuple[int, ...] = ()
    present: tuple[Fraction, ...] = ()
    forbidden: Mapping[int, AppliedRule] = field(default_factory=lambda: MappingProxyType({}))
    kept: tuple[int, ...] = ()
    totals: tuple[Total, ...] = ()
    aims: Mapping[Goal, Aim] = field(default_factory=lambda: MappingProxyType({}))
    lacks: Mapping[Goal, tuple[Lack, ...]] = field(default_factory=lambda: MappingProxyType({}))
    limits: tuple[MixLimit, ...] = ()
    idle: tuple[RuleResult, ...] = ()
    unknown: tuple[RuleResult, ...] = ()

    def row_of(self, limit: MixLimit, value: Fraction | None = None) -> Row:
        """Write a limit, or the same with another value, as a sum of floor areas that is capped.

        A quotient of two sums keeps a limit where the sum above less the limit times the sum
        below is at most 0; of an uncertain coefficient or amount the worst end counts, as in
        `parcels.proposal.measuring.measures.measure`.
        """
        bound = limit.value if value is None else max(value, _ZERO)
        sign = 1 if limit.is_upper else -1
        above, below = limit.ratio.above, limit.ratio.below
        factor = limit.ratio.factor
        found, known = {}, {}
        for quantity in above | below:
            n, d = above.get(quantity, _NO), below.get(quantity, _NO)
            same = tuple(end.as_integer_ratio() for end in (*n, *d))  # few spans serve all parts
            if same not in known:
                known[same] = _worst(n, d, factor=factor, bound=bound, sign=sign)
            found[quantity] = known[same]
        return self._split(found, _ZERO if below else sign * bound)

    @cached_property
    def limit_rows(self) -> Mapping[MixLimit, Row]:
        """Every limit as a row."""
        return {one: self.row_of(one) for one in self.limits}

    @cached_property
    def search_rows(self) -> Mapping[MixLimit, Row]:
        """Every limit as the search keeps it: where equality breaks it, by a step less."""
        return {one: self.search_row(one) for one in self.limits}

    def search_row(self, limit: MixLimit, value: Fraction | None = None) -> Row:
        """Write a limit so that floor areas on the grid that keep it are the same, and closed."""
        row = self.row_of(limit, value)
        if not limit.is_strict or not any(self.rest_of(row)[0]):
            return row
        return row[0], _next_below(*row)

    @cached_property
    def plain_rows(self) -> Mapping[MixLimit, Row]:
        """Every limit as `rest_of` writes its row."""
        return {one: self.rest_of(row) for one, row in self.limit_rows.items()}

    def below_rows(self, limits: Iterable[MixLimit]) -> list[Row]:
        """Ask that what stands below a quotient is at least one step of the grid in all."""
        sums = dict.fromkeys(
            tuple(quantity for quantity, (least, _) in one.ratio.below.items() if least)
            for one in limits
        )
        return [self._split(dict.fromkeys(one, (-_ONE, -_ONE)), -GRID) for one in sums if one]

    def exact_rows(self) -> list[tuple[Row, bool]]:
        """Return every row that a mix must keep, and whether equality breaks it."""
        rows = [(self.limit_rows[one], one.is_strict) for one in self.limits]
        return rows + [(one, False) for one in self.below_rows(self.limits)]

    def searched(self, limits: Iterable[MixLimit]) -> list[Row]:
        """Return the rows of limits as the search keeps them."""
        asked = tuple(limits)
        return [*(self.search_rows[one] for one in asked), *self.below_rows(asked)]

    def constants_kept(self, limits: Iterable[MixLimit] | None = None) -> bool:
        """Whether the limits whose value no mix changes are kept, exactly."""
        for one in self.limits if limits is None else limits:
            coefficients, most = self.plain_rows[one]
            if not any(coefficients) and (most < 0 or (one.is_strict and most == 0)):
                return False
        return True

    @cached_property
    def size(self) -> float:
        """What floor areas are shares of in floating point, m²."""
        site = self.proposal.exact(SITE) or _ZERO
        return float(max(sum(self.present), site, 1))

    def value_of(self, limit: MixLimit, areas: Sequence[Fraction]) -> Fraction | None:
        """Return what a limit is compared with, for other floor areas; None where it is open."""
        own = {f"{FLOOR}:{at}": exactly(x) for at, x in zip(self.rows, areas, strict=True)}
        return measure(limit.ratio, {**self.proposal.amounts, **own}).exact

    def keeps(self, row: Row, areas: Sequence[Fraction], *, is_strict: bool) -> bool:
        """Whether floor areas keep a row, exactly."""
        used = sum((c * x for c, x in zip(row[0], areas, strict=True)), start=_ZERO)
        return used < row[1] if is_strict else used <= row[1]

    def rest_of(self, row: Row) -> Row:
        """Write a row so that two that say the same of these totals are equal.

        What a total fixes is taken out, and the greatest coefficient becomes 1.
        """
        coefficients, most = list(row[0]), row[1]
        for members, amount in self.totals:
            least = min(coefficients[at] for at in members)
            most -= least * amount
            for at in members:
                coefficients[at] -= least
        scale = max(map(abs, coefficients), default=_ZERO)
        if scale == 0:
            return tuple(coefficients), most
        return tuple(one / scale for one in coefficients), most / scale

    def _split(self, found: Mapping[str, _Span], most: Fraction) -> Row:
        """Take what does not change to the other side, at its worst end."""
        places = [f"{FLOOR}:{at}" for at in self.rows]
        for quantity, ends in found.items():
            if quantity in places or not any(ends):
                continue
            amount = self.proposal.amounts[quantity]
            if max(ends) > 0 and amount.high is None:  # without an end nothing keeps it
                return tuple(_ZERO for _ in places), -_ONE
            values = (
                (amount.low, amount.high or _ZERO) if amount.high is not None else (amount.low,)
            )
            most -= max(c * x for c in ends for x in values)
        return tuple(max(found.get(one, (_ZERO,))) for one in places), most


def _next_below(coefficients: Sequence[Fraction], most: Fraction) -> Fraction:
    """Return the greatest sum below a limit that floor areas on the grid may give.

    Sums of multiples of the grid are multiples of what the coefficients have in common.
    """
    bottom = math.lcm(*(one.denominator for one in coefficients))
    common = math.gcd(*(int(one * bottom) for one in coefficients))
    if not common:
        return most
    step = Fraction(common, bottom) * GRID
    return step * (math.ceil(most / step) - 1)


def _worst(n: _Span, d: _Span, *, factor: Fraction, bound: Fraction, sign: int) -> _Span:
    """Return between which ends the coefficient of a quantity lies in a row.

    What counts once or twice counts so in both sums, in the same share.
    """
    if not d[1]:
        return sign * factor * n[0], sign * factor * n[1]
    end = 1 if sign > 0 else 0
    share = n[end] / d[end] if d[end] else _ZERO
    slope = sign * (factor * share - bound)
    return slope * d[0], slope * d[1]
