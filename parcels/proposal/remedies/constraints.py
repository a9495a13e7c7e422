"""What the rules ask of the free quantities: exact linear conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.proposal.functions import roles_of
from parcels.proposal.measuring.measures import SITE
from parcels.proposal.measuring.spans import CERTAIN, NO
from parcels.proposal.model import FLOOR, LAND
from parcels.proposal.ruling.fact_rules import concerned_for_certain, offending
from parcels.proposal.ruling.judging import STRICT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcels.proposal.measuring.measures import Ratio
    from parcels.proposal.measuring.spans import Form
    from parcels.proposal.model import Proposal
    from parcels.proposal.remedies.levers import Space
    from parcels.proposal.verdict import RuleResult

Key = tuple[str, str, str]
"""What names one result of a rule: its id, and in the mixing table what it is about."""
_ZERO, _ONE = Fraction(0), Fraction(1)
_FUNCTIONS = {"functions", "core_functions"}
_ON_SITE = ("footprint", "covered", "green", "footprint green", "covered green")
_ON_CONDITION = "proposal_mix_on_condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One condition: Σ terms × quantities + constant ≥ 0, or > 0 where it is strict.

    Attributes
    ----------
    rule : str
        Id of the rule that asks for it; "" for what no proposal can do without (no quantity is
        below 0, no building stands on more than the site).
    about : str
        In the mixing table the function or the group of functions; "" else.
    has_room : bool
        It is a limit: points lie inside of it. Else it asks for one value, or is of no rule.
    """

    rule: str
    about: str = ""
    terms: Mapping[str, Fraction]
    constant: Fraction
    strict: bool = False
    has_room: bool = False

    def value(self, point: Mapping[str, Fraction]) -> Fraction:
        """Return the left side at a point."""
        return self.constant + sum((a * point[one] for one, a in self.terms.items()), _ZERO)

    def holds(self, point: Mapping[str, Fraction]) -> bool:
        """Whether a point keeps the condition, exactly."""
        value = self.value(point)
        return value > 0 if self.strict else value >= 0

    @property
    def is_shut(self) -> bool:
        """Whether it asks for nothing of one quantity."""
        return len(self.terms) == 1 and not self.constant and max(self.terms.values()) < 0

    @property
    def margin(self) -> Fraction:
        """About the least step by which a free quantity moves the left side."""
        return min((abs(a) for a in self.terms.values()), default=_ONE) / 100


def key_of(result: RuleResult) -> Key:
    """Name a result so that it is found again in another verdict."""
    detail = ""
    if result.function and result.ratio is not None:
        detail = LAND if result.ratio.allotted or SITE in result.ratio.below else FLOOR
    elif not result.function and result.applied.rule.op == "matrix":
        detail = ",".join(result.finding.needs)
    return result.applied.id, result.function, detail


def is_judged(result: RuleResult) -> bool:
    """Whether a rule was kept or broken; a condition that people have to examine is neither."""
    finding = result.finding
    return finding.outcome in {"pass", "fail", "warning"} and not finding.reason.startswith(
        _ON_CONDITION
    )


def is_broken(result: RuleResult) -> bool:
    """Whether a rule was broken."""
    return is_judged(result) and result.outcome != "pass"


def rows_of(
    proposal: Proposal,
    space: Space,
    results: Iterable[RuleResult],
    filled: Iterable[RuleResult],
) -> tuple[Row, ...]:
    """Return what every rule with a verdict asks of the free quantities, in the order of rules.

    Parameters
    ----------
    results : iterable of RuleResult
        Of the proposal: they say which rules have a verdict.
    filled : iterable of RuleResult
        Of ``space.filled``: they also say what is asked of parts that are empty or not there.
    """
    before = {key_of(one): one for one in results}
    found: list[Row] = []
    for result in filled:
        given = before.get(key_of(result))
        if given is None:
            found.extend(_of_new(result, proposal, space))
        elif is_judged(given):
            found.extend(_of_result(given, result, proposal, space))
    return (*found, *_physical(proposal, space))


def _of_result(
    given: RuleResult, result: RuleResult, proposal: Proposal, space: Space
) -> Iterator[Row]:
    """Ask what a rule with a verdict asks; where nothing free moves it, its verdict stands."""
    rule = given.applied.rule
    if result.ratio is not None and given.ratio is not None:
        if not _measures_alike(given, result):
            yield from _no_growth(rule.id, _parts_of(result) - _parts_of(given), space)
            result = given
        yield from _of_ratio(result, proposal, space)
    elif rule.metric in _FUNCTIONS and rule.op != "matrix":
        yield from _of_functions(given, proposal, space)
    elif rule.metric in space.values and isinstance(given.applied.limit, bool):
        yield _answer(rule.id, rule.metric, wanted=given.applied.limit)
    elif result.parts:
        for at in result.parts:
            yield _empty(rule.id, at, proposal, space)
    elif is_broken(given):
        yield _never(rule.id)


def _measures_alike(given: RuleResult, result: RuleResult) -> bool:
    """Whether parts that are added leave how a rule measures: none needs land of its own."""
    if given.ratio is None or result.ratio is None or result.measured is None:
        return True
    return given.ratio.allotted == result.ratio.allotted and not result.measured.missing


def _parts_of(result: RuleResult) -> set[str]:
    """Name the floor areas of the parts that a measure is about, by floor area or by land."""
    above = result.ratio.above if result.ratio else {}
    return {one.replace(LAND, FLOOR) for one in above if one.partition(":")[2]}


def _of_functions(given: RuleResult, proposal: Proposal, space: Space) -> Iterator[Row]:
    """Ask that nothing be there that must not be, and that something be there that may."""
    rule, found = given.applied.id, offending(space.filled, given.applied)
    for at, verdict in found.items():
        if verdict != "pass":
            yield _empty(rule, at, proposal, space)
    passing = (at for at, verdict in found.items() if verdict == "pass")
    sure = concerned_for_certain(space.filled, given.applied, passing)
    kept = [f"{FLOOR}:{at}" for at in sure]
    if all(one in space.values for one in kept):
        yield Row(rule=rule, terms=dict.fromkeys(kept, _ONE), constant=_ZERO, strict=True)


def _of_new(result: RuleResult, proposal: Proposal, space: Space) -> Iterator[Row]:
    """Ask what only parts bring with them that are empty or not there yet."""
    if result.ratio is not None and is_judged(result):
        yield from _of_ratio(result, proposal, space)
    elif result.ratio is not None:
        yield from _no_growth(result.applied.id, _parts_of(result), space)
    elif is_broken(result):
        for at in result.parts:
            yield _empty(result.applied.id, at, proposal, space)


def _of_ratio(result: RuleResult, proposal: Proposal, space: Space) -> Iterator[Row]:
    """Multiply every limit by the sum below, which has to stay above 0."""
    ratio, rule = result.ratio, result.applied.rule
    if ratio is None:
        return
    strict = rule.op in STRICT and not result.function
    ends = [
        (end, sign) for limit in result.limits for end, sign in zip(limit, (1, -1), strict=True)
    ]
    asked = [
        (_spread(ratio, end, sign), _ZERO if ratio.below else -sign * end, strict)
        for end, sign in ends
        if end is not None
    ]
    if ratio.below:
        asked.append((ratio.below, _ZERO, True))
    for spread, constant, is_strict in asked:
        row = _row(rule.id, spread, constant, proposal, space)
        yield replace(row, about=result.function, strict=is_strict, has_room=True)


def _spread(ratio: Ratio, end: Fraction, sign: int) -> Form:
    """Write an end of a limit as a sum that must not be negative.

    What counts below counts above by a share of the same, as `measuring.spans` measures.

    Returns
    -------
    mapping of str to (Fraction, Fraction)
        Coefficients at the least and at the greatest value of a quantity: one of them is worse.
    """
    is_most = sign < 0
    found = {}
    for quantity in ratio.above | ratio.below:
        upper, lower = ratio.above.get(quantity, NO), ratio.below.get(quantity, NO)
        counted = lower if lower[1] > 0 else upper
        if lower[1] == 0:
            slope = sign * ratio.factor
        else:
            share = upper[is_most] / lower[is_most] if lower[is_most] else _ZERO
            slope = sign * (ratio.factor * share - end)
        found[quantity] = (slope * counted[0], slope * counted[1])
    return found


def _row(rule: str, spread: Form, constant: Fraction, proposal: Proposal, space: Space) -> Row:
    """Put what is not free into the constant, all by its worse coefficient and end."""
    free: dict[str, Fraction] = {}
    for quantity, slopes in spread.items():
        slope = min(slopes)
        if not slope:
            continue
        if quantity in space.values:
            free[quantity] = slope
        else:
            amount = proposal.amounts.get(quantity)
            value = None if amount is None else amount.low if slope > 0 else amount.high
            if value is None:
                return _never(rule)
            constant += slope * value
    return Row(rule=rule, terms=free, constant=constant)


def _empty(rule: str, at: int, proposal: Proposal, space: Space) -> Row:
    """Ask for a part without floor area."""
    return _row(rule, {f"{FLOOR}:{at}": (-_ONE, -_ONE)}, _ZERO, proposal, space)


def _answer(rule: str, answer: str, *, wanted: bool) -> Row:
    """Ask for yes (1) or no (0)."""
    sign = _ONE if wanted else -_ONE
    return Row(rule=rule, terms={answer: sign}, constant=-_ONE if wanted else _ZERO)


def _no_growth(rule: str, quantities: set[str], space: Space) -> Iterator[Row]:
    """Leave empty what is empty: what a rule would say of it is not known."""
    for one in sorted(quantities & set(space.values)):
        if space.values[one] == 0:
            yield Row(rule=rule, terms={one: -_ONE}, constant=_ZERO)


def _never(rule: str) -> Row:
    return Row(rule=rule, terms={}, constant=-_ONE)


def _physical(proposal: Proposal, space: Space) -> Iterator[Row]:
    """Ask for what holds anyway: nothing below 0, no part above its whole."""
    for one, value in space.values.items():
        is_needed = one == SITE and value > 0
        yield Row(rule="", terms={one: _ONE}, constant=_ZERO, strict=is_needed)
    floors = {f"{FLOOR}:{at}": CERTAIN for at in range(len(space.filled.parts))}
    something = replace(_row("", floors, _ZERO, proposal, space), strict=True)
    if something.holds(space.values):
        yield something
    for inside in _ON_SITE:
        yield from _within({SITE}, tuple(inside.split()), proposal, space)
    yield from _within({"covered"}, ("footprint",), proposal, space)
    parts = enumerate(space.filled.parts)
    core = {f"{FLOOR}:{at}" for at, part in parts if roles_of(part) == {"core"}}
    yield from _within(core, ("core_split",), proposal, space)
    split = space.values.get("core_split")
    if split and space.values.get("core_may_be_split"):
        yield Row(rule="", terms={"core_may_be_split": split, "core_split": -_ONE}, constant=_ZERO)
    lands = tuple(one for one in proposal.amounts if one.startswith(f"{LAND}:"))
    yield from _within({SITE}, lands, proposal, space)


def _within(
    whole: set[str], inside: tuple[str, ...], proposal: Proposal, space: Space
) -> Iterator[Row]:
    """Keep a sum inside another one where it is inside it now."""
    there = (one for one in (*whole, *inside) if one not in space.new)
    if not inside or any(proposal.exact(one) is None for one in there):
        return
    spread = dict.fromkeys(sorted(whole), CERTAIN) | dict.fromkeys(inside, (-_ONE, -_ONE))
    row = _row("", spread, _ZERO, proposal, space)
    if row.terms and row.holds(space.values):
        yield row
