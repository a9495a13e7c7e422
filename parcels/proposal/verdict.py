"""A proposal under the rules of some packs: what is kept, broken, not known, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.checks.use_groups import group_ids
from parcels.findings import worst
from parcels.proposal.measuring.measures import Measured, measure, ratio_of
from parcels.proposal.ruling.fact_rules import judge_fact
from parcels.proposal.ruling.judging import exact_limit, judge
from parcels.proposal.ruling.limits import limits_of
from parcels.proposal.ruling.mixing_rules import judge_mixing
from parcels.proposal.ruling.telling import (
    no_limit,
    no_measure,
    not_known,
    not_of_use,
    numbers_told,
)
from parcels.rules.indicators import indicators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from parcels.findings import Finding, Outcome
    from parcels.proposal.measuring.measures import Ratio
    from parcels.proposal.model import Proposal
    from parcels.proposal.ruling.judging import Limit
    from parcels.rules.load import AppliedRule, RuleBook
    from parcels.rules.model import Pack

CHECKS = ("m0", "control_index", "standard_land", "per_mu", "mixing")
"""Checks whose rules are about a project and not about its place, in report order."""
_STOREY = "storey_height_m"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What one rule says of a proposal.

    Attributes
    ----------
    applied : AppliedRule
    finding : Finding
        Its ``values`` hold for numbers ``whole`` (what a share refers to, by language) and, once
        judged, ``margin``: by how much the limit is kept, below 0 by how much it is broken, and
        ``margin_told``: the same in words by language.
    measured : Measured or None
        None where the rule asks for no number.
    ratio : Ratio or None
        How the number is made.
    limits : tuple of Limit
        What ``measured`` is judged by; several while an industry is open, none where no number
        is known.
    function : str
        The function, or the group of functions, that a cell of the mixing table is about; "" for
        other rules.
    parts : tuple of int
        Positions of the parts whose function breaks the rule.
    """

    applied: AppliedRule
    finding: Finding
    measured: Measured | None = None
    ratio: Ratio | None = None
    limits: tuple[Limit, ...] = ()
    function: str = ""
    parts: tuple[int, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What the finding says."""
        return self.finding.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVerdict:
    """A proposal under one pack.

    Attributes
    ----------
    outcome : Outcome
        The worst of the results; ``unknown`` where no rule of the pack is about a proposal,
        ``not_applicable`` where all of them are about other uses.
    results : tuple of RuleResult
        In the order of the pack.
    dormant : tuple of AppliedRule
        Rules of the pack about proposals that are not in force on the day.
    """

    pack: Pack
    outcome: Outcome
    results: tuple[RuleResult, ...]
    dormant: tuple[AppliedRule, ...] = ()


def verdicts(proposal: Proposal, book: RuleBook) -> tuple[PackVerdict, ...]:
    """Judge a proposal under every pack of a book, in the order of the packs."""
    return tuple(verdict_of(proposal, book, pack) for pack in book.packs)


def results_of(proposal: Proposal, book: RuleBook, packs: Iterable[Pack]) -> tuple[RuleResult, ...]:
    """Return what the rules of some packs of a book say, in the order of the packs."""
    return tuple(one for pack in packs for one in verdict_of(proposal, book, pack).results)


def verdict_of(proposal: Proposal, book: RuleBook, pack: Pack) -> PackVerdict:
    """Judge a proposal under one pack of a book."""
    awake = [one for one in book.rules.values() if one.pack is pack and one.rule.check in CHECKS]
    asleep = [one for one in book.dormant if one.pack is pack and one.rule.check in CHECKS]
    double = _double_above(proposal, awake)
    results = tuple(one for rule in awake for one in _results(proposal, rule, double))
    return PackVerdict(
        pack=pack,
        outcome=worst(one.outcome for one in results),
        results=results,
        dormant=tuple(asleep),
    )


def applies(applied: AppliedRule, use: str) -> bool | None:
    """Whether a rule is about a use of land; None: no class is known, or too coarse a one."""
    uses = applied.rule.uses
    if not uses or any(use.startswith(one) for one in uses):
        return True
    if not use:
        return None
    finer = {one for one in group_ids() if one.startswith(use) and one[len(use) :].isdigit()}
    if not finer & set(uses):
        return False
    return True if finer <= set(uses) else None


def _results(
    proposal: Proposal, applied: AppliedRule, double: Fraction | None
) -> Iterator[RuleResult]:
    rule = applied.rule
    if rule.op == "calculation":
        return
    concerned = applies(applied, proposal.use)
    if not concerned:
        yield RuleResult(applied=applied, finding=not_of_use(applied, proposal.use, concerned))
    elif rule.op == "matrix":
        for cell in judge_mixing(proposal, applied):
            yield RuleResult(
                applied=applied,
                finding=cell.finding,
                measured=cell.measured,
                ratio=cell.ratio,
                limits=cell.limits,
                function=cell.function,
                parts=_broken_parts(cell.finding),
            )
    elif rule.metric in indicators() and indicators()[rule.metric].kind == "number":
        yield _of_number(proposal, applied, double)
    else:
        finding = judge_fact(proposal, applied)
        yield RuleResult(applied=applied, finding=finding, parts=_broken_parts(finding))


def _of_number(proposal: Proposal, applied: AppliedRule, double: Fraction | None) -> RuleResult:
    rule = applied.rule
    ratio = ratio_of(proposal, rule.metric, rule.denominator, double_above_m=double)
    if ratio is None:
        return RuleResult(applied=applied, finding=no_measure(applied))
    measured = measure(ratio, proposal.amounts)
    limits = limits_of(applied, proposal)
    if not limits:
        finding = no_limit(applied, measured, ratio, proposal)
    elif measured.low is None:
        finding = not_known(applied, measured, ratio, limits)
    else:
        verdict = judge(rule.op, limits, measured)
        finding = numbers_told(applied, verdict, measured, ratio, limits)
    return RuleResult(
        applied=applied, finding=finding, measured=measured, ratio=ratio, limits=limits
    )


def _broken_parts(finding: Finding) -> tuple[int, ...]:
    is_broken = finding.outcome in {"fail", "warning"}
    return tuple(finding.values.get("parts", ())) if is_broken else ()


def _double_above(proposal: Proposal, rules: list[AppliedRule]) -> Fraction | None:
    """Return from which storey height floor area counts twice under the rules of a pack."""
    heights = [
        exact_limit(one.limit)
        for one in rules
        if one.rule.metric == _STOREY
        and isinstance(one.limit, float)
        and applies(one, proposal.use)
    ]
    return min(heights, default=None)
