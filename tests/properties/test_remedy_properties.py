"""Remedies of random proposals: every rule is kept, nothing cheaper does it, nothing unknown is."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parcels.proposal.model import Amount, Part, Proposal, changed, exactly
from parcels.proposal.remedies.advice import LEVERS, Freedom
from parcels.proposal.remedies.constraints import is_broken, is_judged
from parcels.proposal.remedies.remedy import advise
from parcels.proposal.verdict import verdicts
from tests.parcels.proposal.remedies.remedy_cases import book, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.proposal.remedies.advice import Advice
    from parcels.rules.load import RuleBook
    from parcels.rules.model import Rule

CODES = ("F_RD", "F_DORM", "F_OFFICE", "F_RETAIL", "F_PILOT", "F_HOUSE", "F_PARK")
SHARES = ("core_gfa_share", "support_gfa_share", "retail_gfa_share", "dorm_apt_gfa_share")
HUNDREDTH = Fraction(1, 100)
some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(round(low * 100), round(high * 100)).map(lambda one: one / 100)


def _limits(low: float, high: float) -> st.SearchStrategy[dict[str, Any]]:
    one = st.builds(
        lambda op, value: {"op": op, "value": value},
        st.sampled_from(("<=", "<", ">=", ">")),
        _numbers(low, high),
    )
    two = st.tuples(_numbers(low, high), _numbers(low, high)).map(
        lambda ends: {"op": "between", "value": [min(ends), max(ends) + 0.01]}
    )
    return one | two


@st.composite
def _rules(draw: st.DrawFn) -> list[Rule]:
    share = st.builds(
        lambda metric, whole, limit: {"metric": metric, "denominator": whole} | limit,
        st.sampled_from(SHARES),
        st.sampled_from(("gfa_total", "gfa_above_ground", "gfa_counted")),
        _limits(0.05, 0.95),
    )
    of_site = st.builds(
        lambda metric, limit: {"metric": metric} | limit, st.just("far"), _limits(0.5, 5)
    )
    money = st.builds(
        lambda metric, limit: {"metric": metric} | limit,
        st.sampled_from(("tax_mu", "energy_per_va", "lab_prod")),
        _limits(0.1, 60),
    )
    facts = st.sampled_from(
        (
            {"metric": "functions", "op": "none_of", "value": ["F_HOUSE"]},
            {"metric": "support_may_be_split", "op": "==", "value": False},
            {"metric": "mixing", "op": "matrix", "table": "mixing.csv", "check": "mixing"},
        )
    )
    drawn = draw(st.lists(share | of_site | money | facts, min_size=1, max_size=6))
    return [rule({"id": f"R{at}"} | one) for at, one in enumerate(drawn)]


@st.composite
def _proposals(draw: st.DrawFn) -> Proposal:
    areas = st.one_of(st.just(0), st.integers(1000, 6_000_000)).map(
        lambda one: exactly(one * HUNDREDTH)
    )
    ranges = st.integers(1, 60_000).map(
        lambda one: Amount(low=Fraction(one), high=Fraction(2 * one))
    )
    parts, amounts = [], {}
    for at in range(draw(st.integers(0, 5))):
        code = draw(st.sampled_from(CODES))
        codes = draw(st.sampled_from([(code,)] * 9 + [(code, "F_RD")]))
        parts.append(
            Part(functions=codes, below_ground=draw(st.sampled_from((False, False, True))))
        )
        amounts[f"floor:{at}"] = draw(areas | areas | areas | ranges)
    for name in ("site_area", "tax", "energy", "value_added"):
        if draw(st.sampled_from((True, True, True, False))):
            amounts[name] = draw(areas | ranges if name == "site_area" else areas)
    if draw(st.booleans()):
        amounts["jobs"] = exactly(draw(st.integers(1, 5000)))
    answers = {"support_may_be_split": True} if draw(st.booleans()) else {}
    return Proposal(parts=tuple(parts), amounts=amounts, answers=answers)


freedoms = st.builds(
    lambda levers, weights: Freedom(levers=frozenset(levers), weights=weights),
    st.lists(st.sampled_from(LEVERS), min_size=1, unique=True) | st.just(list(LEVERS)),
    st.dictionaries(st.sampled_from(LEVERS), st.integers(1, 9).map(Fraction), max_size=3),
)


def _outcomes(proposal: Proposal, rules: RuleBook) -> Iterator[tuple[str, str, bool, bool]]:
    for verdict in verdicts(proposal, rules):
        for one in verdict.results:
            yield one.applied.id, one.outcome, is_broken(one), is_judged(one)


@some
@given(given_proposal=_proposals(), rules=_rules(), freedom=freedoms)
def test_a_remedy_keeps_every_rule_and_settles_no_unknown_one(
    given_proposal: Proposal, rules: list[Rule], freedom: Freedom
) -> None:
    judged_by = book(rules)
    advice = advise(given_proposal, judged_by, freedom=freedom)
    before = list(_outcomes(given_proposal, judged_by))
    _has_an_answer(advice, is_any_broken=any(one[2] for one in before))
    unknown = {one for one, outcome, *_ in before if outcome == "unknown"}
    for remedy in advice.remedies:
        after = changed(given_proposal, remedy.changes)
        assert after == remedy.after
        results = list(_outcomes(after, judged_by))
        assert not any(is_failed for _, _, is_failed, _ in results)
        assert unknown <= {one for one, outcome, *_ in results if outcome == "unknown"}
        assert all(amount.low >= 0 for amount in after.amounts.values())
        assert {move.lever for move in remedy.moves} <= freedom.levers
        assert remedy.cost == sum(
            abs(move.amount) * freedom.weights.get(move.lever, Fraction(1)) for move in remedy.moves
        )


def _has_an_answer(advice: Advice, *, is_any_broken: bool) -> None:
    """Say one thing: changes, or why there are none; nothing where nothing is broken."""
    said = [bool(advice.remedies), bool(advice.conflict), bool(advice.withheld)]
    assert sum(said) == int(is_any_broken)


@some
@given(given_proposal=_proposals(), rules=_rules(), freedom=freedoms)
def test_the_rules_of_a_conflict_alone_have_no_remedy_and_any_fewer_have_one(
    given_proposal: Proposal, rules: list[Rule], freedom: Freedom
) -> None:
    conflict = advise(given_proposal, book(rules), freedom=freedom).conflict
    assume(conflict)
    clashing = [one for one in rules if one.id in conflict]
    assert advise(given_proposal, book(clashing), freedom=freedom).conflict == conflict
    for left_out in clashing:
        fewer = [one for one in clashing if one is not left_out]
        assert not advise(given_proposal, book(fewer), freedom=freedom).conflict


@some
@given(given_proposal=_proposals(), rules=_rules())
def test_the_same_question_has_the_same_answer(given_proposal: Proposal, rules: list[Rule]) -> None:
    first, second = (advise(given_proposal, book(rules)) for _ in range(2))
    assert [one.changes for one in first.remedies] == [one.changes for one in second.remedies]
    assert first.distances == second.distances


@st.composite
def _small(draw: st.DrawFn) -> tuple[list[tuple[str, int]], int]:
    codes = draw(st.lists(st.sampled_from(CODES[:5]), min_size=2, max_size=3))
    return [(code, draw(st.integers(0, 5))) for code in codes], draw(st.integers(1, 4))


@pytest.mark.parametrize("unit", [Fraction(1000), Fraction(1)])
@settings(some, max_examples=12)
@given(small=_small(), rules=_rules(), weights=st.tuples(*[st.integers(1, 4)] * 4))
def test_no_cheaper_change_keeps_every_rule(
    unit: Fraction, small: tuple[list[tuple[str, int]], int], rules: list[Rule], weights: Any
) -> None:
    """Every proposal on a coarse grid around the given one costs at least as much or breaks a rule."""
    rows, land = small
    weight = dict(zip(("convert", "add", "remove", "land"), map(Fraction, weights), strict=True))
    freedom = Freedom(levers=frozenset(weight), weights=weight, addable=())
    judged_by = book(rules)

    def of(areas: tuple[int, ...], site: int) -> Proposal:
        amounts = {f"floor:{at}": exactly(area * unit) for at, area in enumerate(areas)}
        parts = tuple(Part(functions=(code,)) for code, _ in rows)
        return Proposal(parts=parts, amounts=amounts | {"site_area": exactly(site * unit)})

    start = tuple(area for _, area in rows)
    asked = {one for one, _, _, is_known in _outcomes(of(start, land), judged_by) if is_known}
    advice = advise(of(start, land), judged_by, freedom=freedom)
    assume(advice.remedies or advice.conflict)
    moved = 0 if advice.conflict else len(advice.remedies[0].moves)
    cost = Fraction(10**9) if advice.conflict else advice.remedies[0].cost / unit
    cheaper = [
        (areas, site)
        for areas in product(range(6), repeat=len(rows))
        for site in range(1, 5)
        if _cost(start, areas, weight) + weight["land"] * abs(site - land)
        < cost - 4 * moved * HUNDREDTH / unit
    ]
    assert not [
        (areas, site) for areas, site in cheaper if _keeps(of(areas, site), judged_by, asked)
    ]


def _keeps(
    proposal: Proposal,
    judged_by: RuleBook,
    asked: set[str],
) -> bool:
    """Whether a point keeps what was asked, and breaks nothing else."""
    results = list(_outcomes(proposal, judged_by))
    if any(is_failed for *_, is_failed, _ in results):
        return False
    return not any(one in asked and outcome == "unknown" for one, outcome, *_ in results)


def _cost(start: tuple[int, ...], areas: tuple[int, ...], weight: dict[str, Fraction]) -> Fraction:
    """Return the least cost from some areas to others: what falls can become what rises."""
    rises = sum(max(0, b - a) for a, b in zip(start, areas, strict=True))
    falls = sum(max(0, a - b) for a, b in zip(start, areas, strict=True))
    both = min(rises, falls) if weight["convert"] <= weight["add"] + weight["remove"] else 0
    return (
        weight["convert"] * both
        + weight["add"] * (rises - both)
        + weight["remove"] * (falls - both)
    )
