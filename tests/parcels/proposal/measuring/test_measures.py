"""What is measured of a proposal: each indicator once by hand, ranges, and what proposals lack."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parcels.messages import LANGUAGES
from parcels.proposal.fields import quantity_words
from parcels.proposal.measuring.measures import Measured, floor_form, measure, ratio_of
from parcels.proposal.measuring.spans import CERTAIN, ONCE_OR_TWICE, TWICE, quotient_ends
from parcels.proposal.model import Amount, Part, Proposal, exactly
from parcels.rules.indicators import indicators
from parcels.rules.load import all_packs

AMOUNTS = {
    "site_area": 20_000,  # 30 亩
    "footprint": 8_000,
    "covered": 9_000,
    "green": 3_000,
    "core_split": 2_500,
    "min_split_unit": 500,
    "investment": 18_000,
    "output": 24_000,
    "revenue": 21_000,
    "value_added": 6_000,
    "tax": 1_200,
    "profit": 1_500,
    "research": 630,
    "energy": 1_500,
    "emission": 12,
    "electricity": 6_000_000,
    "jobs": 400,
    "zone_industrial": 1_000_000,
    "zone_m0": 30_000,
    "block_area": 400_000,
    "block_m0": 0,
    "block_industrial": 300_000,
    "city_new_m0": 40_000,
    "ordinary_supply": 200_000,
    "industrial_supply": 500_000,
}
PARTS = (
    (Part(functions=("F_RD",)), 10_000),
    (Part(functions=("F_PROD_CLEAN",), storey_height_m=Fraction(9)), 20_000),
    (Part(functions=("F_OFFICE",)), 4_000),
    (Part(functions=("F_RETAIL",), below_ground=True), 1_000),
    (Part(functions=("F_DORM",)), 3_000),
    (Part(functions=("F_APT",)), 2_000),
    (Part(functions=("F_PARK",), below_ground=True, counted=True), 5_000),
)
FULL = Proposal(
    parts=tuple(part for part, _ in PARTS),
    amounts={
        **{name: exactly(value) for name, value in AMOUNTS.items()},
        **{f"floor:{at}": exactly(area) for at, (_, area) in enumerate(PARTS)},
    },
)


@pytest.mark.parametrize(
    ("metric", "whole", "expected"),
    [
        ("density", "", "2/5"),
        ("bldg_coef", "", "9/20"),
        ("green_ratio", "", "3/20"),
        ("inv_intensity", "", "600"),
        ("out_mu", "", "800"),
        ("rev_mu", "", "700"),
        ("va_mu", "", "200"),
        ("tax_mu", "", "40"),
        ("profit_mu", "", "50"),
        ("energy_per_va", "", "1/4"),
        ("va_energy", "", "4"),
        ("va_emis", "", "500"),
        ("lab_prod", "", "15"),
        ("rd_ratio", "", "3/100"),
        ("tax_kwh", "", "2"),
        ("area_mu", "", "30"),
        ("min_split_unit_m2", "", "500"),
        ("new_land_quota_mu", "", "90"),
        ("m0_area_share", "planned_industrial_area", "1/20"),
        ("m0_area_share", "block_area", "1/20"),
        ("block_industrial_share", "", "3/4"),
        ("ordinary_supply_share", "", "2/5"),
        ("core_gfa_share", "gfa_total", "2/3"),
        ("core_gfa_share", "gfa_above_ground", "10/13"),
        ("core_gfa_share", "gfa_counted", "15/22"),
        ("support_gfa_share", "gfa_total", "2/9"),
        ("support_gfa_share", "gfa_above_ground", "3/13"),
        ("support_gfa_share", "gfa_counted", "9/44"),
        ("retail_gfa_share", "gfa_total", "1/45"),
        ("retail_gfa_share", "gfa_above_ground", "0"),
        ("dorm_apt_gfa_share", "", "1/9"),
        ("rd_gfa_share", "", "2/9"),
        ("rd_gfa_share", "gfa_core", "1/3"),
        ("core_split_share", "gfa_core", "1/12"),
        ("adm_gfa_share", "", "2/9"),
        ("adm_land_share", "", "2/9"),
        ("mixed_gfa_share", "", "2/9"),
        ("far", "", "11/5"),
        ("gfa_total_m2", "", "45000"),
        ("gfa_above_ground_m2", "", "39000"),
        ("gfa_counted_m2", "", "44000"),
        ("core_gfa_m2", "", "30000"),
        ("support_gfa_m2", "", "10000"),
        ("rd_gfa_m2", "", "10000"),
        ("retail_gfa_m2", "", "1000"),
        ("site_area_m2", "", "20000"),
        ("investment_wan", "", "18000"),
        ("jobs", "", "400"),
    ],
)
def test_an_indicator_by_hand(metric: str, whole: str, expected: str) -> None:
    ratio = ratio_of(FULL, metric, whole)
    assert ratio is not None
    assert measure(ratio, FULL.amounts).exact == Fraction(expected)


def test_a_hall_above_the_height_counts_twice_above_and_below() -> None:
    """Counted 44,000 + 20,000 = 64,000; core 30,000 + 20,000 = 50,000; the FAR is 3.2."""
    eight = Fraction(8)
    known = (Part(functions=one.functions, below_ground=one.below_ground, counted=one.counted,
                  storey_height_m=one.storey_height_m or Fraction(4)) for one, _ in PARTS)  # fmt: skip
    whole = Proposal(parts=tuple(known), amounts=FULL.amounts)
    core = ratio_of(whole, "core_gfa_share", "gfa_counted", double_above_m=eight)
    assert measure(core, whole.amounts).exact == Fraction(50, 64)
    assert measure(ratio_of(whole, "far", double_above_m=eight), whole.amounts).exact == Fraction(
        16, 5
    )
    assert floor_form(whole, "gfa_counted", double_above_m=eight)["floor:1"] == TWICE
    assert floor_form(FULL, "gfa_counted", double_above_m=eight)["floor:0"] == ONCE_OR_TWICE
    assert floor_form(FULL, "gfa_total", double_above_m=eight)["floor:1"] == CERTAIN


def test_every_number_that_a_pack_asks_for_can_be_measured() -> None:
    lacking = {
        (rule.metric, rule.denominator)
        for pack in all_packs().values()
        for rule in pack.rule
        if rule.check in {"m0", "control_index", "standard_land", "per_mu"}
        and rule.op != "calculation"
        and indicators()[rule.metric].kind == "number"
        and ratio_of(FULL, rule.metric, rule.denominator) is None
    }
    assert lacking == set()


@pytest.mark.parametrize(
    ("metric", "whole"),
    [
        ("support_gfa_share", "site_area"),
        ("density", "gfa_total"),
        ("far", "gfa_total"),
        ("m0_area_share", "site_area"),
        ("storey_height_m", ""),
    ],
)
def test_what_proposals_do_not_hold_is_no_measure(metric: str, whole: str) -> None:
    assert ratio_of(FULL, metric, whole) is None


def test_what_is_missing_is_named_and_every_name_has_words() -> None:
    nothing = Proposal()
    for metric, found in indicators().items():
        if found.kind != "number":
            continue
        for whole in ("", "gfa_counted", "block_area"):
            ratio = ratio_of(nothing, metric, whole)
            measured = Measured() if ratio is None else measure(ratio, nothing.amounts)
            assert measured.low is None
            for name in measured.missing:
                assert all(quantity_words(lang, name) for lang in LANGUAGES)


def test_what_leaves_a_range_is_named() -> None:
    proposal = Proposal(
        parts=(Part(functions=("F_RD",)), Part(functions=("F_RD", "F_OFFICE")), Part()),
        amounts={
            "floor:0": Amount(low=Fraction(10), high=Fraction(20)),
            "floor:1": exactly(10),
            "floor:2": exactly(0),
        },
    )
    found = measure(ratio_of(proposal, "support_gfa_share", "gfa_total"), proposal.amounts)
    assert (found.low, found.high) == (0, Fraction(1, 2))
    assert set(found.open) >= {"function:1", "floor:0"}
    for name in found.open:
        assert all(quantity_words(lang, name) for lang in LANGUAGES)


def between(low: int, high: int | None) -> Amount:
    return Amount(low=Fraction(low), high=None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("above", "below", "amounts", "ends"),
    [
        ("a", "b", {"a": (1, 2), "b": (4, 8)}, ("1/8", "1/2")),
        ("a", "ab", {"a": (1, 2), "b": (2, 4)}, ("1/5", "1/2")),
        ("a", "ab", {"a": (1, None), "b": (2, 2)}, ("1/3", "1")),
        ("a", "ab", {"a": (1, 1), "b": (1, None)}, ("0", "1/2")),
        ("a", "b", {"a": (1, None), "b": (2, 4)}, ("1/4", None)),
        ("a", "b", {"a": (1, 1), "b": (2, None)}, ("0", "1/2")),
        ("a", "b", {"a": (1, None), "b": (2, None)}, ("0", None)),
    ],
)
def test_the_ends_of_a_quotient(above, below, amounts, ends) -> None:
    held = {name: between(*pair) for name, pair in amounts.items()}
    found = quotient_ends(dict.fromkeys(above, CERTAIN), dict.fromkeys(below, CERTAIN), held)
    assert found == tuple(None if one is None else Fraction(one) for one in ends)
