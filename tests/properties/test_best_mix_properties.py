"""The best mix of random proposals under random limits, against the checks and brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.proposal.mix.best_mix import best_mix
from parcels.proposal.mix.curves import frontier, sensitivity
from parcels.proposal.model import Change, changed
from parcels.proposal.verdict import verdict_of
from parcels.rules.load import AppliedRule, RuleBook
from parcels.rules.model import Example, Pack, Rule, Source, Words
from tests.parcels.proposal.mix.mix_samples import DAY, plan, row

FUNCTIONS = ("F_RD", "F_PILOT", "F_PROD_CLEAN", "F_OFFICE", "F_DORM", "F_RETAIL", "F_APT")
METRICS = ("core_gfa_share", "support_gfa_share", "retail_gfa_share", "dorm_apt_gfa_share")
WHOLES = ("gfa_total", "gfa_above_ground", "gfa_counted")
_SHOWN = tuple(Example(given=0.0, expect=one) for one in ("pass", "breach"))

shares = st.integers(0, 1000).map(lambda one: one / 1000)
rates = st.integers(0, 100).map(lambda one: str(Fraction(one, 1000)))
rows = st.builds(
    row,
    st.sampled_from(FUNCTIONS),
    st.one_of(st.just(0), st.integers(1, 4_000_000).map(lambda one: Fraction(one, 100))),
    tax=rates,
    output=rates,
    jobs=rates,
    below_ground=st.sampled_from((False, False, False, True)),
)
rules_of_shares = st.builds(
    lambda metric, op, value, whole: (metric, op, value, whole),
    st.sampled_from(METRICS),
    st.sampled_from(("<=", "<", ">=", ">", "<=")),
    shares,
    st.sampled_from(WHOLES),
)
fars = st.tuples(st.integers(0, 150), st.integers(150, 500)).map(
    lambda ends: ("far", "between", (ends[0] / 100, ends[1] / 100), "site_area")
)
limits = st.builds(
    lambda given, far: [*given, far], st.lists(rules_of_shares, min_size=1, max_size=4), fars
)
proposals = st.lists(rows, min_size=1, max_size=5).map(lambda given: plan(*given))
goals = st.sampled_from(("tax", "output", "jobs", "core"))
holds = st.sampled_from(("total", "ceiling"))


def book(rules) -> RuleBook:
    """Make a pack in memory of rules as (metric, operator, limit, denominator)."""
    made = tuple(
        Rule(
            id=f"R{at}",
            title=Words(zh=metric, en=metric),
            check="m0",
            metric=metric,
            op=op,
            value=value,
            unit="" if metric == "far" else "ratio",
            denominator=whole,
            severity="error",
            status="product",
            source=Source(document="示例"),
            confidence="P",
            examples=_SHOWN,
        )
        for at, (metric, op, value, whole) in enumerate(rules)
    )
    pack = Pack(
        id="random",
        title=Words(zh="随机", en="random"),
        version="1",
        place="示例",
        default=False,
        rule=made,
    )
    applied = {one.id: AppliedRule(rule=one, pack=pack) for one in made}
    return RuleBook(as_of=DAY, packs=(pack,), rules=MappingProxyType(applied), dormant=())


def outcomes(proposal, rules) -> list[str]:
    return [one.outcome for one in verdict_of(proposal, rules, rules.packs[0]).results]


@settings(max_examples=80, deadline=None)
@given(proposals, limits, goals, holds)
def test_an_answer_keeps_every_rule_on_the_grid(proposal, given_limits, goal, hold) -> None:
    rules = book(given_limits)
    mix = best_mix(proposal, rules, goal=goal, hold=hold)
    if mix.status != "found":
        assert mix.changes == ()
        return
    known = {one.applied.id for one in mix.problem.limits}
    after = verdict_of(mix.after, rules, rules.packs[0])
    assert all(one.outcome == "pass" for one in after.results if one.applied.id in known)
    for change in mix.changes:
        assert change.after >= 0
        assert (change.after * 100).denominator == 1
    for members, amount in mix.problem.totals:
        found = sum(mix.after.exact(f"floor:{mix.problem.rows[at]}") for at in members)
        assert 0 <= amount - found < Fraction(1, 100)


@settings(max_examples=60, deadline=None)
@given(proposals, limits, goals, holds, st.randoms(use_true_random=False))
def test_no_other_mix_is_better(proposal, given_limits, goal, hold, rolls) -> None:
    rules = book(given_limits)
    mix = best_mix(proposal, rules, goal=goal, hold=hold)
    if mix.status not in {"found", "infeasible"}:
        return
    aim = mix.problem.aims[goal]
    known = {one.applied.id for one in mix.problem.limits}
    for areas in [mix.problem.present, *_tries(mix, rolls)]:
        value = aim.value(areas)
        other = changed(
            proposal,
            [
                Change(quantity=f"floor:{at}", before=0, after=area)
                for at, area in zip(mix.problem.rows, areas, strict=True)
            ],
        )
        judged = verdict_of(other, rules, rules.packs[0])
        if value is None or any(
            one.outcome != "pass" for one in judged.results if one.applied.id in known
        ):
            continue
        assert mix.status == "found"
        assert value <= mix.best + max(abs(mix.best), 1) / 10**4  # 0.01 m² a row and their yields


def _tries(mix, rolls):
    """Give floor areas that keep the totals: random ones, and halfway to the answer."""
    problem = mix.problem
    answer = (
        [mix.after.exact(f"floor:{at}") for at in problem.rows]
        if mix.after
        else list(problem.present)
    )
    for _ in range(20):
        areas = [Fraction(rolls.randrange(2_000_000), 100) for _ in problem.rows]
        for members, amount in problem.totals:
            cuts = sorted(Fraction(rolls.randrange(1001), 1000) for _ in members[1:])
            ends = [Fraction(0), *cuts, Fraction(1)]
            for place, (low, high) in zip(members, pairwise(ends), strict=True):
                areas[place] = amount * (high - low)
        yield areas
        yield [(one + two * 9) / 10 for one, two in zip(areas, answer, strict=True)]


@settings(max_examples=60, deadline=None)
@given(proposals, limits, goals, holds)
def test_loosening_never_hurts(proposal, given_limits, goal, hold) -> None:
    mix = best_mix(proposal, book(given_limits), goal=goal, hold=hold)
    if mix.status not in {"found", "infeasible"}:
        return
    for price in mix.prices:
        assert price.gain >= 0
        assert price.loss is None or price.loss >= 0
    limit = mix.problem.limits[0] if mix.problem.limits else None
    if limit is None:
        return
    goals_found = [value for _, value in sensitivity(mix, limit).points]
    harder_first = goals_found if limit.is_upper else goals_found[::-1]
    known = [value for value in harder_first if value is not None]
    assert harder_first[: len(harder_first) - len(known)].count(None) == len(goals_found) - len(
        known
    )
    assert known == sorted(known) or known == pytest.approx(sorted(known), rel=1e-7, abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(proposals, limits, goals, goals, holds)
def test_a_frontier_falls(proposal, given_limits, goal, second, hold) -> None:
    mix = best_mix(proposal, book(given_limits), goal=goal, hold=hold)
    if mix.status != "found":
        return
    points = frontier(mix, second).points
    assert points
    assert [x for x, _ in points] == sorted({x for x, _ in points})
    assert [y for _, y in points] == sorted({y for _, y in points}, reverse=True)
    best = max(y for _, y in points)
    assert float(mix.best) == pytest.approx(best, rel=1e-4, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(proposals, limits, goals, holds)
def test_no_rule_of_a_conflict_could_be_left_out(proposal, given_limits, goal, hold) -> None:
    mix = best_mix(proposal, book(given_limits), goal=goal, hold=hold)
    if mix.status != "infeasible":
        assert mix.conflict == ()
        return
    of = {f"R{at}": one for at, one in enumerate(given_limits)}
    named = [of[one.id] for one in mix.conflict]
    assert named
    together = best_mix(proposal, book([*named, given_limits[-1]]), goal=goal, hold=hold)
    assert together.status == "infeasible"
    if hold == "ceiling":
        return  # without its ceiling nothing is searched
    for left in range(len(named)):
        rest = [one for at, one in enumerate(named) if at != left]
        assert best_mix(proposal, book(rest), goal=goal, hold=hold).status != "infeasible"
