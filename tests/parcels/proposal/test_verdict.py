"""Verdicts of proposals by hand: case files that anyone can add to, and what holds for all."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from parcels.finding_words import cell_text, finding_text, need_text
from parcels.findings import worst
from parcels.messages import LANGUAGES
from parcels.proposal.model import Proposal, exactly
from parcels.proposal.verdict import CHECKS, applies, verdict_of, verdicts
from parcels.rules.load import all_packs, rule_book
from tests.parcels.proposal.verdict_cases import amount, cases

CASES = cases()
BY_NAME = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def of_rule(found, rule: str):
    matching = [one for verdict in found for one in verdict.results if one.applied.id == rule]
    assert len(matching) == 1, (rule, [one.applied.id for v in found for one in v.results])
    return matching[0]


def value_agrees(measured, told: str) -> bool:
    expected = amount(told)
    return (measured.low, measured.high) == (expected.low, expected.high)


@BY_NAME
def test_each_rule_says_what_was_computed_by_hand(case) -> None:
    found = verdicts(case.proposal, case.book())
    for rule, told in case.told.get("expect", {}).items():
        outcome, *rest = told.split()
        result = of_rule(found, rule)
        assert result.outcome == outcome, rule
        if rest:
            assert value_agrees(result.measured, rest[0]), (rule, result.measured)
        if len(rest) > 1:
            assert result.finding.values["margin"] == pytest.approx(float(Fraction(rest[1]))), rule
    for pack, outcome in case.told.get("outcomes", {}).items():
        assert {one.pack.id: one.outcome for one in found}[pack] == outcome
    for rule, needs in case.told.get("needs", {}).items():
        assert set(of_rule(found, rule).finding.needs) == set(needs), rule
    for pack, rules in case.told.get("dormant", {}).items():
        asleep = {one.pack.id: [rule.id for rule in one.dormant] for one in found}
        assert asleep[pack] == rules


@BY_NAME
def test_the_mixing_table_says_what_was_looked_up_by_hand(case) -> None:
    if "cells" not in case.told:
        return
    found = [
        one
        for verdict in verdicts(case.proposal, case.book())
        for one in verdict.results
        if one.applied.id == "MIX_MATRIX"
    ]
    assert len(found) == len(case.told["cells"])
    for result, told in zip(found, case.told["cells"], strict=True):
        function, outcome, *rest = told.split()
        assert (result.function or "?", result.outcome) == (function, outcome)
        if rest:
            assert value_agrees(result.measured, rest[0]), (told, result.measured)
            assert result.limits == ((None, Fraction(rest[1])),)


@BY_NAME
def test_every_finding_can_be_said_and_is_plain(case) -> None:
    book = case.book()
    for verdict in verdicts(case.proposal, book):
        assert verdict.outcome == worst(one.outcome for one in verdict.results)
        for one in verdict.results:
            finding = one.finding
            json.dumps([finding.measured, finding.limit, dict(finding.values)])
            assert (finding.outcome == "unknown") == bool(finding.cause) == bool(finding.needs)
            for lang in LANGUAGES:
                said = finding_text(lang, finding)
                assert "None" not in said
                assert "{" not in said
                assert "（）" not in said
                assert "()" not in said
                assert "F_" not in said
                assert cell_text(lang, finding)
                assert all(need_text(lang, need, book) for need in finding.needs)


def test_enough_was_computed_by_hand() -> None:
    packs = {pack for case in CASES for pack in case.told["packs"]}
    assert len(CASES) >= 30
    assert len(packs) >= 10


def test_names_of_cases_stand_once() -> None:
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


@pytest.mark.parametrize("pack", all_packs().values(), ids=lambda pack: pack.id)
@pytest.mark.parametrize("day", [date(2020, 6, 1), date(2026, 11, 22)])
def test_of_an_empty_proposal_nothing_passes(pack, day: date) -> None:
    """Every rule of every pack answers, and none of them in favour."""
    book = rule_book(day, packs=[pack.id])
    found = verdict_of(Proposal(), book, pack)
    assert {one.outcome for one in found.results} <= {"unknown", "not_applicable"}
    judging = [one for one in book.rules.values() if one.rule.check in CHECKS]
    judging = [one for one in judging if one.rule.op != "calculation"]
    assert {one.applied.id for one in found.results} == {one.id for one in judging}


def test_a_pack_without_rules_on_proposals_is_unknown() -> None:
    book = rule_book(date(2026, 11, 22), packs=["overlays"])
    (found,) = verdicts(Proposal(amounts={"site_area": exactly(1)}), book)
    assert (found.outcome, found.results) == ("unknown", ())


@pytest.mark.parametrize(
    ("rule", "use", "expected"),
    [
        ("M0_FAR_MIN", "M0", True),
        ("M0_FAR_MIN", "M1", False),
        ("M0_FAR_MIN", "M", None),
        ("M0_FAR_MIN", "", None),
        ("CI23_COEF", "M", True),
        ("CI23_ADM_LAND", "M", None),
        ("CI23_ADM_LAND", "M0", False),
        ("CI23_ADM_LAND", "M1A", True),
        ("MIX_TOTAL", "M", True),
    ],
)
def test_a_rule_is_about_the_uses_that_it_names(rule: str, use: str, expected: bool | None) -> None:
    packs = ["m0_nanyang_pilot", "control_index_2023", "mixing"]
    assert applies(rule_book(date(2026, 11, 22), packs=packs).rules[rule], use) is expected
