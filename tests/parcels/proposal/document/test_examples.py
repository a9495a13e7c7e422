"""The worked examples: their figures by hand, what they pass and what is missing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from parcels.proposal.document.examples import examples
from parcels.proposal.document.reading import read_draft
from parcels.proposal.verdict import verdicts
from parcels.rules.load import rule_book

MU = Fraction(2000, 3)
DAY = date(2026, 11, 22)


def results(name: str, pack: str, use: str = "M0"):
    book = rule_book(DAY, packs=[pack])
    proposal = read_draft(examples()[name].draft.put("use", use)).proposal
    return {one.applied.id: one for one in verdicts(proposal, book)[0].results}


def test_the_examples_in_their_order() -> None:
    assert list(examples()) == ["demo", "huawei", "semiconductor", "cdmo"]


@pytest.mark.parametrize("name", ["demo", "huawei", "semiconductor", "cdmo"])
def test_no_example_has_a_fault_and_each_says_where_it_is_from(name) -> None:
    example = examples()[name]
    assert read_draft(example.draft).faults == ()
    assert example.draft.note
    assert example.source.zh
    assert example.source.en


def test_the_demonstration_says_that_its_figures_are_made_up() -> None:
    example = examples()["demo"]
    assert "示例" in example.draft.fields["title"]
    assert "不是规划纲要" in example.draft.note
    assert "假设" in example.draft.note


def test_the_demonstration_by_hand() -> None:
    proposal = read_draft(examples()["demo"].draft).proposal
    areas = [proposal.exact(f"floor:{at}") for at in range(6)]
    assert areas == [30_000, 14_000, 10_000, 6_000, 16_000, 4_000]
    assert proposal.exact("site_area") == 60 * MU == 40_000
    assert proposal.exact("investment") == 36_000
    assert proposal.exact("tax") == 1_900
    found = results("demo", "m0_nanyang_pilot")
    assert found["M0_SUPPORT_SHARE"].measured.exact == Fraction(26, 80)
    assert found["M0_CORE_SHARE"].outcome == found["M0_SUPPORT_SHARE"].outcome == "fail"
    assert found["M0_FAR_MIN"].measured.exact == 2
    assert found["M0_INV"].measured.exact == 600
    assert found["M0_TAX"].measured.exact == Fraction(1_900, 60)


def test_the_works_of_500_mu_add_up() -> None:
    proposal = read_draft(examples()["huawei"].draft).proposal
    lands = [proposal.exact(f"land:{at}") / MU for at in range(len(proposal.parts))]
    assert lands == [300, 40, 20, 20, 20, 60, 20, 20]
    assert proposal.exact("site_area") == 500 * MU == sum(lands) * MU
    assert not any(name.startswith("floor:") for name in proposal.amounts)


def test_as_ordinary_industry_the_living_area_takes_a_fifth_of_the_land() -> None:
    found = results("huawei", "control_index_2023", "M1")["CI23_ADM_LAND"]
    assert found.outcome == "fail"
    assert found.measured.exact == Fraction(100, 500)
    assert found.finding.limit == 0.07


def test_as_new_industry_the_shares_are_unknown_and_the_floor_areas_are_named() -> None:
    found = results("huawei", "m0_nanyang_pilot")
    for rule in ("M0_SUPPORT_SHARE", "M0_CORE_SHARE", "M0_FAR_MIN"):
        assert found[rule].outcome == "unknown"
        needs = {f"field:floor:{at}" for at in range(8)}
        assert needs <= set(found[rule].finding.needs)
    assert {one.outcome for one in found.values()} <= {"unknown", "not_applicable"}


def test_of_280_mu_nothing_else_is_known() -> None:
    proposal = read_draft(examples()["semiconductor"].draft).proposal
    assert dict(proposal.amounts).keys() == {"site_area"}
    assert proposal.exact("site_area") == 280 * MU
    found = results("semiconductor", "m0_nanyang_pilot")
    assert {one.outcome for one in found.values()} == {"unknown"}


def test_the_medicine_works_stand_on_at_least_50_mu() -> None:
    proposal = read_draft(examples()["cdmo"].draft).proposal
    assert [proposal.exact(f"floor:{at}") for at in range(3)] == [34_500, 3_000, 620]
    site = proposal.amounts["site_area"]
    assert (site.low, site.high) == (50 * MU, None)
    assert all(len(part.functions) != 1 for part in proposal.parts)
    found = results("cdmo", "m0_nanyang_pilot")
    assert found["M0_NO_HOUSING"].outcome == "unknown"
    assert found["M0_FAR_MIN"].measured.high == Fraction(38_120) / (50 * MU)
