"""What holds for verdicts of proposals whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parcels.findings import worst
from parcels.proposal.measuring.measures import Measured, measure, ratio_of
from parcels.proposal.model import exactly
from parcels.proposal.ruling.judging import judge, limit_ends
from parcels.proposal.verdict import verdicts
from parcels.rules.load import rule_book
from tests.parcels.proposal.random_proposals import (
    BELONGS,
    FUNCTIONS,
    open_functions,
    plainly,
    proposals,
)

PACKS = (
    "m0_nanyang_pilot",
    "m0_zhengzhou_htz_2018",
    "m0_zhengzhou_htz_2020",
    "m0_guangzhou_2019",
    "m0_guangzhou_huangpu",
    "m0_dongguan_2022",
    "m0_zhengzhou_m1a_2019",
    "control_index_2008",
    "mixing",
)
BOOK = rule_book(date(2023, 6, 1), packs=PACKS)
SHARES = ("core_gfa_share", "support_gfa_share", "rd_gfa_share", "retail_gfa_share",
          "dorm_apt_gfa_share", "adm_gfa_share")  # fmt: skip
WHOLES = ("gfa_total", "gfa_above_ground", "gfa_counted")
MANY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def outcomes(proposal):
    """Return the worst outcome of every rule."""
    found = {}
    for verdict in verdicts(proposal, BOOK):
        for one in verdict.results:
            found.setdefault(one.applied.id, []).append(one.outcome)
    return {rule: worst(said) for rule, said in found.items()}


@MANY
@given(proposals(), st.sampled_from(sorted(BELONGS)), st.sampled_from(WHOLES), st.booleans())
def test_shares_are_those_of_a_second_plain_computation(proposal, metric, whole, double) -> None:
    ratio = ratio_of(proposal, metric, whole, double_above_m=Fraction(8) if double else None)
    found = measure(ratio, proposal.amounts)
    expected = plainly(proposal, metric, whole, double)
    if expected is None:
        assert found.is_void
        assert found.low is None
    else:
        assert float(found.exact) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@MANY
@given(proposals(), st.booleans())
def test_the_far_is_that_of_a_second_plain_computation(proposal, double) -> None:
    ratio = ratio_of(proposal, "far", double_above_m=Fraction(8) if double else None)
    expected = plainly(proposal, "far", "gfa_counted", double)
    assert float(measure(ratio, proposal.amounts).exact) == pytest.approx(expected, rel=1e-9)


@MANY
@given(
    proposals(), st.sampled_from(("inv_intensity", "tax_mu", "out_mu", "va_mu", "m0_area_share"))
)
def test_quotients_are_those_of_a_second_plain_computation(proposal, metric) -> None:
    found = measure(ratio_of(proposal, metric), proposal.amounts)
    if found.missing:
        assert not set(found.missing) & set(proposal.amounts)
    elif found.is_void:
        assert proposal.amounts["zone_industrial"].low == 0
    else:
        expected = plainly(proposal, metric, "gfa_total", double=False)
        assert float(found.exact) == pytest.approx(expected, rel=1e-9)


@MANY
@given(proposals(), st.fractions(Fraction(1, 50), 50))
def test_a_larger_campus_of_the_same_mix_has_the_same_shares(proposal, factor) -> None:
    """Floor areas, the site and what stands on it grow alike; money and the zone stay."""
    grown = {
        name: exactly(one.low * factor)
        if name.startswith(("floor:", "land:"))
        or name in {"site_area", "footprint", "covered", "green", "core_split"}
        else one
        for name, one in proposal.amounts.items()
    }
    alike = {one.id for one in BOOK.rules.values() if one.rule.unit in {"ratio", ""}}
    alike -= {one.id for one in BOOK.rules.values() if one.rule.metric == "m0_area_share"}
    before, after = outcomes(proposal), outcomes(replace(proposal, amounts=grown))
    assert {rule: before[rule] for rule in alike & set(before)} == {
        rule: after[rule] for rule in alike & set(after)
    }


@MANY
@given(proposals(), st.data(), st.sampled_from(WHOLES))
def test_support_that_becomes_core_never_lowers_the_core_share(proposal, data, whole) -> None:
    at = data.draw(st.integers(0, len(proposal.parts) - 1))
    parts = list(proposal.parts)
    parts[at] = replace(parts[at], functions=("F_RD",))
    changed = replace(proposal, parts=tuple(parts))
    ratios = [ratio_of(one, "core_gfa_share", whole) for one in (proposal, changed)]
    before, after = (measure(one, proposal.amounts) for one in ratios)
    if before.low is not None:
        assert after.low >= before.low


@MANY
@given(proposals(open_functions, ranges=True), st.data())
def test_what_is_taken_away_never_makes_a_rule_pass(proposal, data) -> None:
    """Rows of 0 m² are left aside: a function is judged whether or not its area is stated."""
    assume(not any(one.low == 0 for name, one in proposal.amounts.items() if "floor" in name))
    before = outcomes(proposal)
    for poorer in _poorer(proposal, data):
        gained = [
            rule
            for rule, outcome in outcomes(poorer).items()
            if outcome == "pass" and before[rule] != "pass"
        ]
        assert gained == []


def _poorer(proposal, data):
    """Take one amount, one answer, one code, one function and one storey height away.

    Land of its own that a row loses is none: by the rule it is then allotted by floor area.
    """
    stated = [name for name in proposal.amounts if not name.startswith("land:")]
    name = data.draw(st.sampled_from(sorted(stated)))
    yield replace(
        proposal, amounts={key: one for key, one in proposal.amounts.items() if key != name}
    )
    yield replace(proposal, answers={})
    for code in ("planned_class", "converted_from", "industry_code", "industry_edition"):
        yield replace(proposal, **{code: None})
    at = data.draw(st.integers(0, len(proposal.parts) - 1))
    for change in ({"functions": ()}, {"storey_height_m": None}):
        parts = list(proposal.parts)
        parts[at] = replace(parts[at], **change)
        yield replace(proposal, parts=tuple(parts))


@MANY
@given(proposals(open_functions, ranges=True), st.data())
def test_a_verdict_on_ranges_holds_for_every_point_inside(proposal, data) -> None:
    point = _point(proposal, data)
    inside, whole = outcomes(point), outcomes(proposal)
    for rule, outcome in whole.items():
        if outcome in {"pass", "fail"} and rule in inside and inside[rule] != "unknown":
            assert inside[rule] == outcome, rule


def _point(proposal, data):
    """Choose one value of every range, one function of every part, one storey height."""
    amounts = {}
    for name, one in proposal.amounts.items():
        most = one.low * 3 + 1 if one.high is None else one.high
        share = data.draw(st.fractions(0, 1, max_denominator=8))
        amounts[name] = exactly(one.low + (most - one.low) * share)
    parts = [
        replace(
            part,
            functions=(data.draw(st.sampled_from(part.functions or FUNCTIONS)),),
            storey_height_m=part.storey_height_m
            or data.draw(st.sampled_from((Fraction(4), Fraction(9)))),
        )
        for part in proposal.parts
    ]
    return replace(proposal, parts=tuple(parts), amounts=amounts)


@MANY
@given(proposals(open_functions, ranges=True), st.sampled_from((*SHARES, "far")), st.data())
def test_the_ends_of_a_range_hold_every_point_inside(proposal, metric, data) -> None:
    whole = "site_area" if metric == "far" else data.draw(st.sampled_from(WHOLES))
    found, inside = (
        measure(ratio_of(one, metric, whole, double_above_m=Fraction(8)), one.amounts)
        for one in (proposal, _point(proposal, data))
    )
    if found.low is not None and inside.low is not None:
        assert found.low <= inside.low
        assert found.high is None or inside.high <= found.high


@MANY
@given(proposals(open_functions, ranges=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(proposal, random) -> None:
    order = list(range(len(proposal.parts)))
    random.shuffle(order)
    amounts = {_turned(name, order): one for name, one in proposal.amounts.items()}
    turned = replace(proposal, parts=tuple(proposal.parts[at] for at in order), amounts=amounts)
    assert outcomes(turned) == outcomes(proposal)


def _turned(name, order):
    kind, colon, place = name.partition(":")
    return f"{kind}:{order.index(int(place))}" if colon else name


@given(
    st.integers(-(10**6), 10**6).map(lambda one: Fraction(one, 10_000)),
    st.sampled_from(("<=", "<", ">=", ">", "between", "==")),
)
def test_equality_counts_as_the_operator_says(value, op) -> None:
    limit = float(value)
    ends = limit_ends(op, (limit, limit) if op == "between" else limit)
    at, above = (Measured(low=one, high=one) for one in (value, value + Fraction(1, 10**9)))
    assert judge(op, [ends], at) == ("breach" if op in {"<", ">"} else "pass")
    assert judge(op, [ends], above) == ("pass" if op in {">", ">="} else "breach")
