"""Scenarios side by side: every difference of a figure is led back to the steps that made it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING

from parcels.planning.line import apply, state_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from parcels.planning.line import Line
    from parcels.planning.model import Operation, State

    Values = Mapping[str, float | None]
    Measure = Callable[[State], Values]

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What one or several steps did to a figure.

    Attributes
    ----------
    scenario : str
        Id of the scenario on whose way the steps lie.
    operations : tuple of Operation
        One; several where the figure was not known between them.
    change : Fraction or None
        Their part of the difference, exactly: the parts of all causes add up to it. None: they
        made the figure unknown, or known.
    """

    scenario: str
    operations: tuple[Operation, ...]
    change: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One figure of one scenario against the first.

    Attributes
    ----------
    metric : str
    first, value : float or None
        None: not known.
    causes : tuple of Cause
        Steps of the first scenario before those of the other; none where nothing differs.
    """

    metric: str
    first: float | None
    value: float | None
    causes: tuple[Cause, ...]

    @property
    def change(self) -> Fraction | None:
        """The difference, exactly; None where one of the two is not known."""
        if self.first is None or self.value is None:
            return None
        return Fraction(self.value) - Fraction(self.first)


class Measured:
    """Figures after each operation, taken once.

    Parameters
    ----------
    measure : callable
        State to figures by id; a figure that a state does not have is 0 there.
    """

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._known: dict[str | None, Values] = {}

    def along(self, operations: Sequence[Operation], start: int) -> list[Values]:
        """Give the figures after ``operations[:start]`` and after each operation from there on."""
        state = state_after(operations[:start])
        figures = [self._after(operations[start - 1].id if start else None, state)]
        for operation in operations[start:]:
            apply(operation, state)
            figures.append(self._after(operation.id, state))
        return figures

    def _after(self, operation: str | None, state: State) -> Values:
        if operation not in self._known:
            self._known[operation] = dict(self._measure(dict(state)))
        return self._known[operation]


def compare(first: Line, other: Line, measured: Measured) -> tuple[Difference, ...]:
    """Compare two scenarios.

    A figure's difference is the sum of what each step changed between the last operation that both
    have and the head of either: steps of the other scenario count as they are, those of the first
    with the opposite sign.

    Parameters
    ----------
    first, other : Line
    measured : Measured
        Kept between comparisons: a state that was measured is not measured again.

    Returns
    -------
    tuple of Difference
        In the order in which the figures are measured.
    """
    shared = common(first, other)
    ways = [
        (line, measured.along(line.done, shared), sign) for line, sign in ((first, -1), (other, 1))
    ]
    named = dict.fromkeys(metric for _, figures, _ in ways for one in figures for metric in one)
    return tuple(_difference(metric, ways, shared) for metric in named)


def _difference(
    metric: str, ways: Sequence[tuple[Line, Sequence[Values], int]], shared: int
) -> Difference:
    values = [[one.get(metric, 0.0) for one in figures] for _, figures, _ in ways]
    return Difference(
        metric=metric,
        first=values[0][-1],
        value=values[1][-1],
        causes=tuple(
            cause
            for (line, _, sign), along in zip(ways, values, strict=True)
            for cause in _causes(line, shared, along, sign)
        ),
    )


def common(first: Line, other: Line) -> int:
    """Count the operations that two scenarios share from the beginning."""
    pairs = zip(first.done, other.done, strict=False)
    return next(
        (at for at, (one, two) in enumerate(pairs) if one.id != two.id),
        min(len(first.done), len(other.done)),
    )


def _causes(line: Line, shared: int, values: Sequence[float | None], sign: int) -> Iterator[Cause]:
    """Lead the way of one figure back to steps; a stretch on which it is not known is one cause."""
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return
    steps, name = line.done[shared:], line.scenario.id
    if known[0] > 0:
        made_known = steps[known[0] - 1 : known[0]]
        yield Cause(scenario=name, operations=made_known, change=None)
    for since, at in pairwise(known):
        change = sign * (Fraction(values[at] or 0) - Fraction(values[since] or 0))
        if change:
            yield Cause(scenario=name, operations=steps[since:at], change=change)
    if known[-1] < len(steps):
        made_unknown = steps[known[-1] : known[-1] + 1]
        yield Cause(scenario=name, operations=made_unknown, change=None)


def rounded_parts(parts: Sequence[Fraction], places: int) -> list[Fraction]:
    """Round parts so that what is printed adds up to the printed sum (largest remainders).

    Parameters
    ----------
    parts : sequence of Fraction
    places : int
        Decimals.

    Returns
    -------
    list of Fraction
        Multiples of 10 ** -places whose sum is the sum of ``parts``, rounded half up; each is
        one of the two multiples next to its part.
    """
    unit = Fraction(1, 10**places)
    low = [floor(part / unit) for part in parts]
    missing = floor(sum(parts, Fraction(0)) / unit + _HALF) - sum(low)
    by_remainder = sorted(range(len(parts)), key=lambda at: low[at] - parts[at] / unit)
    for at in by_remainder[:missing]:
        low[at] += 1
    return [whole * unit for whole in low]
