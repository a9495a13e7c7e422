"""Separation distances: cases by hand, capacities as people write them, measured values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from parcels.checks.keeping_away.targets import capacity_of, hazard_of
from parcels.checks.separation import run
from parcels.finding_words import cell_text, finding_text, need_text
from parcels.rules.model import Override
from tests.parcels.checks.overlay_samples import findings, given, overlay, parcels
from tests.parcels.checks.uses_samples import about, cases, said

CASES = [{**case, "by_rule": True} for case in cases("separation*.toml")]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case) -> None:
    assert said(run, case) == [sorted(one) for one in case["expect"]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_finding_has_its_sentence_and_its_values_are_plain(case) -> None:
    asked = about(case)
    for one in findings(run, asked):
        json.dumps([one.measured, one.limit, *map(str, one.needs), dict(one.values)])
        for lang in ("zh", "en"):
            assert finding_text(lang, one)
            assert all(need_text(lang, need, asked.book) for need in one.needs)
            assert len(cell_text(lang, one)) <= (7 if lang == "zh" else 16)
        assert (one.outcome == "unknown") == bool(one.cause) == bool(one.needs)


@pytest.mark.parametrize(
    ("text", "cubic_metres"),
    [
        ("3万t/d", 30_000.0),
        ("8万m³/日", 80_000.0),
        ("10万吨/日", 100_000.0),
        ("4.5 万m3/d", 45_000.0),
        ("50,000", 50_000.0),
        ("50000 m³/d", 50_000.0),
        ("500 m³/d", 500.0),
        ("12", None),  # 12万 or 12?
        ("", None),
        ("大型", None),
        ("-3万", None),
        ("0", None),
        ("nan", None),
        ("3万/5万", None),
    ],
)
def test_capacities_as_people_write_them(text, cubic_metres) -> None:
    assert capacity_of(text) == cubic_metres


@pytest.mark.parametrize(
    ("text", "hazard"),
    [("甲类厂房", "workshop"), ("危化品仓库", "warehouse"), ("甲类厂房及仓库", ""), ("", "")],
)
def test_what_a_class_a_hazard_is(text, hazard) -> None:
    assert hazard_of(text) == hazard


def test_the_distance_is_measured_edge_to_edge_and_drawn() -> None:
    housing = parcels([(0, 0, 100, 100)], uses=[("R2", "gb50137", "")])
    works = overlay("sewage", [(200, 0, 300, 100)], codes=["3万t/d"], names=["厂"])
    batches = [one for one in run(given(housing, works)) if one.evidence and len(one)]
    found = batches[0].finding(0)
    assert found.measured == pytest.approx(100, abs=0.001)
    assert (found.limit, found.op, found.unit, found.other) == (150.0, ">=", "m", "厂")
    assert batches[0].evidence(0).length == pytest.approx(100 / 93_500, rel=0.02)


def test_a_distance_equal_to_the_limit_keeps_it() -> None:
    school = parcels([(0, 0, 100, 100)], uses=[("080403", "mnr2023", "")])
    road = overlay("main_road", ["LINESTRING (180 -500, 180 500)"])
    reasons = {
        one.rule: one.reason
        for one in findings(run, given(school, road))
        if one.outcome != "unknown"
    }
    assert reasons == {"SEP_ROAD_SCHOOL": "separation_kept"}


def test_a_local_number_is_applied_with_the_original_beside_it() -> None:
    local = Override(rule="SEP_GAS", value=35.0, by="规划股", day=date(2026, 1, 5), reason="二级站")
    station = parcels(
        [(0, 0, 50, 50), (80, 0, 180, 100)], uses=[("B41", "gb50137", ""), ("R2", "gb50137", "")]
    )
    found = [one for one in findings(run, given(station, overrides=[local])) if one.parcel == 0]
    near = next(one for one in found if one.reason == "separation_too_near")
    assert (near.rule, near.limit, near.other) == ("SEP_GAS", 35.0, "P2")


def test_no_parcels_at_all() -> None:
    assert findings(run, given(parcels([]))) == []


def test_the_sentence_names_the_works_that_are_meant_and_no_other_size() -> None:
    housing = parcels([(0, 0, 100, 100)], uses=[("R2", "gb50137", "")])
    works = overlay("sewage", [(240, 0, 340, 100)], codes=["3万t/d"], names=["小厂"])
    (near,) = [
        one for one in findings(run, given(housing, works)) if one.reason == "separation_too_near"
    ]
    assert finding_text("zh", near).startswith(
        "污水处理厂至敏感用地：与“小厂”相距 140 m，要求 ≥ 150 m"
    )
    assert finding_text("en", near).startswith("Sewage works to sensitive uses: 140 m from")
    works = overlay("sewage", [(260, 0, 360, 100)], codes=["3万t/d"], names=["小厂"])
    (kept,) = [
        one
        for one in findings(run, given(housing, works))
        if (one.rule, one.outcome) == ("SEP_SEW_L", "pass")
    ]
    assert "没有对象近于它所要求的距离" in finding_text("zh", kept)
