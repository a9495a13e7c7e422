"""The JSON of a judged proposal: shape, exact numbers, places, changes; nothing that is no JSON."""

from __future__ import annotations

import json
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from parcels.proposal.draft import Draft
from parcels.proposal.field_paths import field_path, quantity_at
from parcels.proposal.model import Amount, Proposal
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.remedies.advice_words import exact_words
from parcels.proposal.reports.case import judge_case, with_best_mix
from parcels.proposal.reports.report import case_entry, missing_data, number
from tests.parcels.proposal.reports.case_samples import (
    HOSTILE,
    book,
    case,
    proposal,
    typed,
    typed_case,
)

FINDING_KEYS = {
    "rule_id", "check", "outcome", "metric", "measured", "limit", "op", "unit", "denominator",
    "margin", "low", "high", "reason", "needs", "source", "confidence", "message",
}  # fmt: skip
SHARES = Freedom(
    levers=frozenset({"convert"}),
    locked=frozenset({"floor:1", "floor:2", "floor:3", "floor:5"}),
)


def entry(*packs: str, lang: str = "zh", **more: Any) -> dict[str, Any]:
    made = case_entry(case(*packs, **more), lang)
    return json.loads(json.dumps(made, ensure_ascii=False, allow_nan=False))


def found(made: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(one for pack in made["packs"] for one in pack["findings"] if one["rule_id"] == rule)


def test_the_shape_is_that_of_the_design() -> None:
    made = entry()
    assert made["as_of"] == "2026-11-22"
    assert made["outcome"] == "fail"
    assert {"proposal", "faults", "remarks", "packs", "remedies_all"} <= made.keys()
    assert [pack["id"] for pack in made["packs"]] == [
        "m0_nanyang_plan",
        "m0_nanyang_pilot",
        "m0_guangzhou_2019",
    ]
    for pack in made["packs"]:
        assert {"id", "version", "outcome", "findings", "remedies", "distances"} <= pack.keys()
        assert pack["remedies"] == []
        assert pack["infeasible"] is None
        assert all(one.keys() >= FINDING_KEYS for one in pack["findings"])


@pytest.mark.parametrize(
    ("rule", "measured", "limit", "margin", "denominator", "outcome"),
    [
        # 54,000 / 80,000 and 26,000 / 80,000; FAR 80,000 / 40,000; 36,000 万元 / 60 亩.
        ("M0_CORE_SHARE", 0.675, 0.7, -0.025, "gfa_above_ground", "fail"),
        ("M0_SUPPORT_SHARE", 0.325, 0.3, -0.025, "gfa_above_ground", "fail"),
        ("M0_FAR_BAND", 2, [2, 4], 0, "site_area", "pass"),
        ("M0_INV", 600, 576, 24, "site_area", "pass"),
        ("M0_TAX", 36, 36, 0, "site_area", "pass"),
        ("M0_GZ19_FAR", 2, [3, 5], -1, "site_area", "fail"),
        ("M0_GZ19_SUPPORT", 0.325, 0.3, -0.025, "gfa_counted", "fail"),
    ],
)
def test_numbers_are_those_of_the_hand(
    rule: str, measured: Any, limit: Any, margin: float, denominator: str, outcome: str
) -> None:
    one = found(entry(), rule)
    assert one["measured"] == one["low"] == one["high"] == measured
    assert one["limit"] == limit
    assert one["margin"] == margin
    assert one["denominator"] == denominator
    assert one["outcome"] == outcome
    assert one["source"]


def test_facts_are_told_as_they_are() -> None:
    made = entry()
    assert found(made, "M0_PLAN_CLASS")["measured"] == "M1"
    assert found(made, "M0_SPLIT_SUPPORT")["measured"] is False
    assert found(made, "M0_CORE_FUNCTIONS")["measured"] == ["研发", "中试", "无污染生产"]
    assert found(made, "M0_CONVERT_FORBIDDEN")["measured"] is None


def test_what_is_unknown_has_no_number_and_names_what_is_missing() -> None:
    one = found(entry(), "M0_DENSITY")
    assert (one["outcome"], one["measured"], one["low"], one["high"]) == ("unknown", *[None] * 3)
    assert one["margin"] is None
    assert one["needs"] == ["field:footprint"]
    assert one["needs_text"]
    assert one["cause"] == "input_missing"


def test_a_range_has_ends_and_no_value() -> None:
    at_least = MappingProxyType(
        dict(proposal().amounts) | {"site_area": Amount(low=Fraction(40_000), high=None)}
    )
    known = proposal()
    ranged = Proposal(parts=known.parts, amounts=at_least, answers=known.answers)
    made = case_entry(judge_case(ranged, book()), "zh")
    one = found(made, "M0_INV")
    assert one["measured"] is None
    assert (one["low"], one["high"]) == (0, 600)
    assert made["proposal"]["amounts"]["site_area"]["high"] is None


def test_a_missing_rule_is_dormant_and_said_to_be() -> None:
    made = entry("m0_dongguan_2018")
    assert made["packs"][0]["outcome"] == "unknown"
    assert made["packs"][0]["dormant"]


def test_the_smallest_change_has_fields_units_and_both_ends() -> None:
    made = entry("m0_nanyang_pilot", freedom=SHARES)
    remedies = made["packs"][0]["remedies"]
    assert len(remedies) == 1
    changes = {one["field"]: one for one in remedies[0]["changes"]}
    assert changes.keys() == {"floors[0].area", "floors[4].area"}
    assert (changes["floors[0].area"]["from"], changes["floors[0].area"]["to"]) == (30_000, 32_000)
    assert (changes["floors[4].area"]["from"], changes["floors[4].area"]["to"]) == (16_000, 14_000)
    assert {one["unit"] for one in changes.values()} == {"m²"}
    assert remedies[0]["cost"] == 2_000
    assert remedies[0]["verified"] is True
    assert remedies[0]["outcome_after"] == "unknown"  # what is unknown stays so
    [move] = remedies[0]["moves"]
    assert (move["source"], move["target"], move["amount"]) == (
        "floors[4].area",
        "floors[0].area",
        2_000,
    )
    assert move["text"] == "宿舍 → 研发 2,000.00 m²"
    assert made["remedies_all"] == []


def test_a_change_is_verified_beside_what_stays_unknown() -> None:
    """厂房 may be a function that is not allowed: its cell stays open, the rest is mended."""
    rows = (("研发", 30_000), ("厂房", 8_000), ("宿舍", 20_000), ("宾馆", 2_000))
    floors = tuple(
        MappingProxyType({"function": name, "area": f"{area} m²"}) for name, area in rows
    )
    given = typed_case(Draft(floors=floors), "mixing", freedom=Freedom())
    made = case_entry(given, "zh")["packs"][0]
    assert made["still_unknown"]
    assert made["remedies"]
    assert all(one["verified"] for one in made["remedies"])
    assert {one["outcome_after"] for one in made["remedies"]} == {"unknown"}


def test_with_several_packs_there_is_a_change_for_all_of_them() -> None:
    made = entry("m0_nanyang_pilot", "m0_guangzhou_2019", freedom=Freedom())
    assert made["remedies_all"]
    assert all(one["verified"] for one in made["remedies_all"])
    for pack in made["packs"]:
        for one in pack["remedies"]:
            assert one["outcome_after"] in {"unknown", "pass"}


def test_the_outcome_after_a_change_for_one_pack_is_that_of_the_pack() -> None:
    """FAR 3 to 5 stays broken in Guangzhou when only the shares of Nanyang are mended."""
    made = entry("m0_nanyang_pilot", "m0_guangzhou_2019", freedom=SHARES)
    pilot = made["packs"][0]
    assert pilot["remedies"][0]["outcome_after"] == "unknown"
    assert made["packs"][1]["remedies"] == []
    assert made["packs"][1]["infeasible"] == {"rules": ["M0_GZ19_FAR"]}
    assert made["infeasible_all"] == {"rules": ["M0_GZ19_FAR"]}


def test_places_are_those_of_the_document() -> None:
    """A blank row in the document is no part: the fifth part stands in the sixth row."""
    made = case_entry(typed_case(typed(), "m0_nanyang_pilot", freedom=SHARES), "zh")
    fields = {one["field"] for one in made["packs"][0]["remedies"][0]["changes"]}
    assert fields == {"floors[0].area", "floors[5].area"}


def test_faults_stand_with_place_code_and_value() -> None:
    made = case_entry(typed_case(typed(tax="-5万元")), "zh")
    [fault] = made["faults"]
    assert fault["where"] == "tax"
    assert fault["value"] == "-5万元"
    assert "-5万元" in fault["message"]
    assert found(made, "M0_TAX")["outcome"] == "unknown"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_words_stay_as_typed(lang: str) -> None:
    made = entry(lang=lang, title=HOSTILE, name=HOSTILE)
    assert made["proposal"]["title"] == HOSTILE
    assert made["proposal"]["floors"][0]["name"] == HOSTILE


def test_the_best_mix_is_there_when_it_is_asked_for() -> None:
    made = case_entry(with_best_mix(case("m0_nanyang_pilot"), "core"), "zh")
    best = made["best_mix"]
    assert best["status"] == "found"
    assert (best["own"], best["best"]) == (0.675, 1)
    lacking = case_entry(with_best_mix(case("m0_nanyang_pilot"), "tax"), "zh")["best_mix"]
    assert lacking["status"] == "lacking"
    assert "floors[0].tax_rate" in lacking["lacks"]
    assert lacking["best"] is None
    json.dumps(made | {"again": lacking}, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(40_000), "40000"),
        (Fraction(13, 40), "0.325"),
        (Fraction(20_000, 3), "6666.666666666667"),
        (None, "null"),
        (Fraction(0), "0"),
    ],
)
def test_numbers_are_exact_decimals_where_they_are_finite(
    value: Fraction | None, written: str
) -> None:
    assert json.dumps(number(value)) == written


@pytest.mark.parametrize(
    ("quantity", "rows", "path"),
    [
        ("site_area", (), "site_area"),
        ("floor:4", (), "floors[4].area"),
        ("land:0", (0, 2), "floors[0].land"),
        ("floor:1", (0, 2), "floors[2].area"),
        ("floor:2", (0, 2), "floors[3].area"),
        ("support_may_be_split", (), "support_may_be_split"),
    ],
)
def test_a_quantity_has_one_place(quantity: str, rows: tuple[int, ...], path: str) -> None:
    assert field_path(quantity, rows) == path
    if not rows or quantity != "floor:2":
        assert quantity_at(path, rows) == quantity


@pytest.mark.parametrize(
    "path", ["", "nonsense", "floors[x].area", "floors[-1].area", "floors[1]", "floors[1].name"]
)
def test_what_is_no_quantity_has_no_place(path: str) -> None:
    assert quantity_at(path) is None


def test_a_blank_row_holds_no_quantity() -> None:
    assert quantity_at("floors[1].area", (0, 2)) is None


def test_what_most_rules_wait_for_comes_first() -> None:
    missing = missing_data(case().verdicts)
    waiting = [len(rules) for rules in missing.values()]
    assert waiting == sorted(waiting, reverse=True)
    assert missing["field:core_split"] == ["M0_SPLIT_CORE", "M0_GZ19_SPLIT_CORE"]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (Fraction(40_000), "m²", "40,000.00 m²"),
        (Fraction("6666.67"), "m²", "6,666.67 m²"),
        (Fraction("0.125"), "m", "0.125 m"),
        (Fraction(1_000_000, 3), "m²", "333,333.33 m²"),  # 500 亩
        (Fraction(1, 3_000), "吨", "0.000333 吨"),
        (Fraction(-5, 2), "万元", "−2.50 万元"),
        (Fraction(700), "人", "700 人"),
        (Fraction(0), "m²", "0.00 m²"),
    ],
)
def test_amounts_are_written_with_the_decimals_that_they_have(
    value: Fraction, unit: str, written: str
) -> None:
    assert exact_words(value, unit) == written
