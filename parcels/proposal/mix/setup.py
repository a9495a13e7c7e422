"""Setting up the search for the best mix: every rule comes from the verdict of the proposal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.proposal.functions import roles_of
from parcels.proposal.measuring.measures import measure
from parcels.proposal.mix.goals import aim_of, has_yield, lacks_of
from parcels.proposal.mix.problem import MixProblem
from parcels.proposal.mix.terms import GOALS, MixLimit
from parcels.proposal.model import FLOOR, exactly
from parcels.proposal.ruling.fact_rules import concerned_for_certain, offending
from parcels.proposal.ruling.judging import STRICT, judge
from parcels.proposal.verdict import results_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcels.proposal.mix.problem import Total
    from parcels.proposal.mix.terms import Goal, Hold
    from parcels.proposal.model import Proposal
    from parcels.proposal.verdict import RuleResult
    from parcels.rules.load import AppliedRule, RuleBook
    from parcels.rules.model import Op

_ZERO = Fraction(0)
_POINT, _TENTH = Fraction(1, 100), Fraction(1, 10)
_NOTHING = (_ZERO, _ZERO)
_OF_FUNCTIONS = {"functions", "core_functions"}


def problem_of(
    proposal: Proposal,
    book: RuleBook,
    *,
    packs: Sequence[str] | None,
    goal: Goal,
    hold: Hold,
    keep: Iterable[int] | None,
) -> MixProblem:
    """Set up the search for a mix."""
    chosen = tuple(pack for pack in book.packs if packs is None or pack.id in packs)
    still = _still(proposal, keep)
    empty = [at for at in _empty(proposal, goal) if at not in still]
    results = results_of(_with_floor(proposal, empty), book, chosen)
    forbidden = _forbidden(results)
    rows = tuple(
        at for at in _known(proposal) if _may_change(proposal, at, still, empty, forbidden)
    )
    present = tuple(_area(proposal, at) for at in rows)
    limits, idle, unknown = _by_part_played(proposal, results, rows)
    lacks = {one: lacks_of(proposal, one, results, rows) for one in GOALS}
    aims = {one: aim_of(proposal, one, results, rows) for one in GOALS if not lacks[one]}
    return MixProblem(
        proposal=proposal,
        goal=goal,
        hold=hold,
        book=book,
        packs=chosen,
        rows=rows,
        present=present,
        forbidden=MappingProxyType(forbidden),
        kept=tuple(at for at in _known(proposal) if at not in rows and _area(proposal, at)),
        totals=_totals(proposal, rows, hold),
        aims=MappingProxyType(aims),
        lacks=MappingProxyType(lacks),
        limits=limits,
        idle=idle,
        unknown=unknown,
    )


def _area(proposal: Proposal, at: int) -> Fraction:
    return proposal.exact(f"{FLOOR}:{at}") or _ZERO


def _known(proposal: Proposal) -> list[int]:
    return [at for at in range(len(proposal.parts)) if proposal.exact(f"{FLOOR}:{at}") is not None]


def _still(proposal: Proposal, keep: Iterable[int] | None) -> frozenset[int]:
    """Return the parts that stay as they are."""
    asked = frozenset(keep or ())
    return asked | {
        at
        for at, part in enumerate(proposal.parts)
        if len(part.functions) != 1 or (keep is None and roles_of(part) == {"other"})
    }


def _empty(proposal: Proposal, goal: Goal) -> list[int]:
    """Return the parts of 0 m² that say what they would yield."""
    return [
        at
        for at in _known(proposal)
        if not _area(proposal, at) and has_yield(proposal.parts[at], goal)
    ]


def _may_change(
    proposal: Proposal,
    at: int,
    still: frozenset[int],
    empty: Sequence[int],
    forbidden: Mapping[int, AppliedRule],
) -> bool:
    if not _area(proposal, at):
        return at in empty and at not in forbidden
    return at in forbidden or at not in still


def _with_floor(proposal: Proposal, empty: Sequence[int]) -> Proposal:
    """Give empty parts floor area, so that the rules say what they think of their functions."""
    amounts = {**proposal.amounts, **{f"{FLOOR}:{at}": exactly(1) for at in empty}}
    return replace(proposal, amounts=MappingProxyType(amounts)) if empty else proposal


def _forbidden(results: Iterable[RuleResult]) -> dict[int, AppliedRule]:
    """Return the parts whose function breaks a rule."""
    found: dict[int, AppliedRule] = {}
    for one in results:
        for at in one.parts:
            found.setdefault(at, one.applied)
    return found


def _by_part_played(
    proposal: Proposal, results: Sequence[RuleResult], rows: Sequence[int]
) -> tuple[tuple[MixLimit, ...], tuple[RuleResult, ...], tuple[RuleResult, ...]]:
    """Sort what rules say: limits on the mix, rules that it does not touch, rules not known."""
    limits: list[MixLimit] = []
    idle, unknown = [], []
    for one in results:
        if one.outcome == "not_applicable":
            continue
        if _is_unknown(proposal, one, rows):
            unknown.append(one)
        elif touches(one, rows):
            limits += limits_of_result(one, rows)
        elif one.ratio is not None or not _is_of_functions(one):
            idle.append(one)
    return tuple(limits), tuple(idle), tuple(unknown)


def _is_unknown(proposal: Proposal, result: RuleResult, rows: Sequence[int]) -> bool:
    """Whether a rule has no verdict; one over a sum of 0 gets one once a row of that sum grows."""
    if result.ratio is None and result.applied.rule.metric in _OF_FUNCTIONS:
        found = offending(proposal, result.applied)
        is_asked = not found or concerned_for_certain(proposal, result.applied, found)
        return "unknown" in found.values() or not is_asked
    if result.outcome != "unknown" or result.ratio is None or not result.limits:
        return result.outcome == "unknown"
    measured = measure(result.ratio, proposal.amounts)
    if measured.is_void:
        below = result.ratio.below
        return not any(below.get(f"{FLOOR}:{at}", _NOTHING)[1] > 0 for at in rows)
    return judge(_op(result), result.limits, measured) == "unknown"


def _is_of_functions(result: RuleResult) -> bool:
    return bool(result.function) or result.applied.rule.metric in _OF_FUNCTIONS


def _op(result: RuleResult) -> Op:
    return "<=" if result.function else result.applied.rule.op


def touches(result: RuleResult, rows: Sequence[int]) -> bool:
    """Whether what a rule measures is made of floor areas that may change."""
    if result.ratio is None:
        return False
    quantities = result.ratio.above | result.ratio.below
    return any(f"{FLOOR}:{at}" in quantities for at in rows)


def limits_of_result(result: RuleResult, rows: Sequence[int]) -> Iterator[MixLimit]:
    """Give the hardest of each end that a value must keep; nothing where rows do not touch it."""
    if not touches(result, rows):
        return
    least = max((one for one, _ in result.limits if one is not None), default=None)
    most = min((one for _, one in result.limits if one is not None), default=None)
    for value, is_upper in ((least, False), (most, True)):
        if value is None or result.ratio is None:
            continue
        unit = "ratio" if result.function else result.applied.rule.unit
        yield MixLimit(
            applied=result.applied,
            function=result.function,
            ratio=result.ratio,
            value=value,
            is_upper=is_upper,
            is_strict=_op(result) in STRICT,
            unit=unit,
            step=_step(result.applied.rule.metric, unit, value),
        )


def _step(metric: str, unit: str, value: Fraction) -> Fraction:
    """Return by how much people say that a limit moves."""
    if unit == "ratio":
        return _POINT
    return _TENTH if metric == "far" else abs(value) * _POINT or _POINT


def _totals(proposal: Proposal, rows: Sequence[int], hold: Hold) -> tuple[Total, ...]:
    """Return what stays as it is in sum: above and below ground, or what is not counted."""
    groups: dict[bool, list[int]] = {}
    for place, at in enumerate(rows):
        part = proposal.parts[at]
        if hold == "total" or not part.is_counted:
            groups.setdefault(hold == "total" and part.below_ground, []).append(place)
    return tuple(
        (tuple(places), sum((_area(proposal, rows[at]) for at in places), start=_ZERO))
        for places in groups.values()
    )
