"""Checks of indicators: cases that anyone can add to, cells, witnesses, sentences."""

from __future__ import annotations

import math
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from parcels.checks import control_index, m0, per_mu, standard_land
from parcels.checks.indicators.cells import PROBLEMS, read_cell
from parcels.checks.indicators.columns import Column, columns_of, metric_of
from parcels.checks.indicators.values import Source
from parcels.checks.use_groups import use_of
from parcels.finding_words import cell_text, finding_text, need_text
from parcels.rules.indicators import indicators
from parcels.rules.load import rule_book
from parcels.rules.model import Override
from tests.parcels.checks.parcel_samples import DAY, findings, parcels, square

CASES = Path(__file__).parents[2] / "cases" / "checks"
CHECKS = {one.CHECK.id: one.CHECK for one in (control_index, standard_land, per_mu, m0)}


def case_list():
    for path in sorted(CASES.glob("indicators*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield pytest.param(case, id=case["name"])


def use(text):
    """Read a use in words, or a class of GB 50137."""
    return use_of(text, "gb50137", "") if text.isascii() and text else use_of("", None, text)


def subject(case):
    columns = {heading: [cell] for heading, cell in case.get("columns", {}).items()}
    return parcels([square(0, 0)], uses=(use(case["use"]),), attributes=columns)


def overrides(case):
    return [
        Override(rule=rule, value=value, by="测试", day=date(2025, 1, 1), reason="本地规定")
        for rule, value in case.get("overrides", {}).items()
    ]


@pytest.mark.parametrize("case", list(case_list()))
def test_cases(case):
    (found,) = findings(
        CHECKS[case["check"]],
        subject(case),
        as_of=case.get("as_of", DAY),
        packs=case.get("packs"),
        overrides=overrides(case),
    )
    expect = case["expect"]
    told = [one for one in found if one.rule == expect["rule"]]
    assert told, [one.rule for one in found]
    one = told[0]
    assert one.outcome == expect["outcome"]
    assert one.reason == expect.get("reason", one.reason)
    assert one.cause == expect.get("cause", one.cause)
    assert list(one.needs) == expect.get("needs", list(one.needs))
    if isinstance(expect.get("measured"), str):
        assert one.measured == expect["measured"]
    elif "measured" in expect:
        within = expect.get("tolerance", 1e-9)
        assert one.measured == pytest.approx(expect["measured"], abs=within)
    assert expect.get("text", "") in finding_text("zh", one)
    book = rule_book(case.get("as_of", DAY), packs=case.get("packs"))
    for lang in ("zh", "en"):
        assert finding_text(lang, one)
        assert cell_text(lang, one)
        assert all(need_text(lang, need, book) for need in one.needs)


def column(factor=None, **stated):
    exact = None if factor is None else Fraction(str(factor))
    return Column(heading="列", cells=(), factor=exact, **stated)


@pytest.mark.parametrize(
    ("raw", "metric", "factor", "value", "problem"),
    [
        ("7", "adm_land_share", 0.01, 0.07, ""),
        ("７％", "adm_land_share", None, 0.07, ""),
        ("0.07", "adm_land_share", None, None, "unit_not_stated"),
        ("1", "adm_land_share", None, None, "unit_not_stated"),
        ("0", "adm_land_share", None, 0.0, ""),
        ("101", "adm_land_share", None, None, "implausible"),
        ("7‰", "adm_land_share", None, 0.007, ""),
        ("1,200.5", "inv_intensity", 1.0, 1200.5, ""),
        ("1,20", "inv_intensity", 1.0, None, "text"),
        ("300万元/亩", "inv_intensity", None, 300.0, ""),
        ("4500 万元/公顷", "inv_intensity", 1.0, 300.0, ""),
        ("300万美元/亩", "inv_intensity", 1.0, None, "unit_unknown"),
        ("1.2-1.5", "far", 1.0, None, "text"),
        ("≥1.2", "far", 1.0, None, "text"),
        ("1.2.3", "far", 1.0, None, "text"),
        ("1e3", "far", 1.0, None, "text"),
        ("-0.5", "far", 1.0, None, "negative"),
        ("999", "far", 1.0, None, "implausible"),
        ("NaN", "far", 1.0, None, "not_finite"),
        ("-inf", "far", 1.0, None, "not_finite"),
        ("—", "far", 1.0, None, "missing"),
        ("", "far", 1.0, None, "missing"),
        (None, "far", 1.0, None, "missing"),
        (True, "far", 1.0, None, "text"),
        (float("inf"), "far", 1.0, None, "not_finite"),
        (10**400, "far", 1.0, None, "not_finite"),
        (1e-7, "far", 1.0, 1e-7, ""),
        (1.25, "far", 1.0, 1.25, ""),
        ("<script>1</script>", "far", 1.0, None, "text"),
        ("{far}", "far", 1.0, None, "text"),
        ("9" * 400, "far", 1.0, None, "not_finite"),
    ],
)
def test_cells(raw, metric, factor, value, problem):
    cell = read_cell(raw, column(factor), indicators()[metric])
    assert cell.problem == problem
    assert cell.problem in PROBLEMS
    assert cell.value == pytest.approx(value) if value is not None else math.isnan(cell.value)


@pytest.mark.parametrize("percent", range(101))
def test_percents_are_exact(percent):
    cell = read_cell(str(percent), column(0.01), indicators()["density"])
    assert cell.value == float(f"{percent / 100:.2f}")


@pytest.mark.parametrize("mu", [35, 28.7, 3.5])
def test_a_quotient_of_areas_is_no_bit_above_its_limit(mu):
    columns = {"配套用地面积(亩)": mu, "项目总用地面积(亩)": mu * 1000 / 70}
    found = told(columns, "control_index", ["control_index_2023"], accuracy_m=[50.0])
    (one,) = [one for one in found if one.rule == "CI23_ADM_LAND"]
    assert (one.outcome, one.measured) == ("pass", 0.07)


@pytest.mark.parametrize(
    ("heading", "metric"),
    [
        ("容积率", "far"),
        (" 容积率（计容） ", "far"),
        ("FAR", "far"),
        ("投资强度(万元/亩)", "inv_intensity"),
        ("承诺投资强度（万元/亩）", "inv_intensity"),
        ("建筑密度", "density"),
        ("面积", ""),
        ("容积率上限", ""),
    ],
)
def test_headings(heading, metric):
    assert metric_of(heading) == metric


def test_a_heading_with_an_odd_unit_is_not_read_in_the_usual_one():
    given = parcels([square(0, 0)], attributes={"投资强度（美元/平方英尺）": [30]})
    (found,) = columns_of(given, "inv_intensity")
    assert found.odd_unit


def told(columns, check="standard_land", packs=("standard_land_henan_average_2020",), **stated):
    attributes = {k: [v] for k, v in columns.items()}
    given = parcels([square(0, 0)], uses=(use("工业"),), attributes=attributes, **stated)
    return findings(CHECKS[check], given, packs=list(packs))[0]


def test_two_columns_that_agree_within_their_digits_are_one():
    found = told({"投资强度(万元/亩)": "310.2", "亩均投资(万元/公顷)": "4653"})
    assert [(one.outcome, one.reason) for one in found if one.rule == "SL_AVG20_INV"] == [
        ("pass", "indicator_keeps")
    ]


def test_two_columns_that_differ_are_told_and_decide_only_together():
    both_keep = told({"投资强度(万元/亩)": "320", "亩均投资(万元/亩)": "400"})
    assert [(one.outcome, one.reason) for one in both_keep if one.rule == "SL_AVG20_INV"] == [
        ("pass", "indicator_keeps"),
        ("warning", "input_two_values"),
    ]
    (open_one, warned) = [
        one
        for one in told({"投资强度(万元/亩)": "320", "亩均投资(万元/亩)": "200"})
        if one.rule == "SL_AVG20_INV"
    ]
    assert (open_one.outcome, open_one.reason, open_one.cause) == (
        "unknown",
        "indicator_contradicted",
        "input_unusable",
    )
    assert warned.outcome == "warning"
    assert "“200”" in finding_text("zh", open_one)


def test_a_second_column_that_cannot_be_used_is_told():
    found = told({"投资强度(万元/亩)": "abc", "亩均投资(万元/亩)": "400"})
    assert [(one.outcome, one.reason) for one in found if one.rule == "SL_AVG20_INV"] == [
        ("pass", "indicator_keeps"),
        ("warning", "input_second_unusable"),
    ]


def test_a_stated_value_that_its_parts_deny_is_a_contradiction():
    found = told({"投资强度(万元/亩)": "400", "固定资产投资(万元)": "3000"})
    (first, *_) = [one for one in found if one.rule == "SL_AVG20_INV"]
    assert first.reason == "indicator_contradicted"
    assert "图形面积" in finding_text("zh", first)


def test_the_site_area_of_a_column_goes_before_outline_and_declared():
    def origin(**stated):
        attributes = {"固定资产投资(万元)": ["6000"], **stated.pop("attributes", {})}
        source = Source(parcels=parcels([square(0, 0)], attributes=attributes, **stated))
        values = source.values("inv_intensity")
        return values.origin[0]["zh"] if values.usable[0] else None, values.value[0]

    assert origin()[0] == "固定资产投资(万元) ÷ 图形面积"
    stated = origin(attributes={"用地面积（亩）": ["20"]})
    assert stated == ("固定资产投资(万元) ÷ 用地面积（亩）", pytest.approx(300.0))
    declared = origin(accuracy_m=[50.0], declared_m2=[20_000 / 3])
    assert declared == ("固定资产投资(万元) ÷ 申报面积", pytest.approx(600.0))
    assert origin(accuracy_m=[50.0])[0] is None
    unclear = {"用地面积": ["20"]}
    assert origin(attributes=unclear)[0] is None
    settled = origin(attributes=unclear, declared_m2=[40_000 / 3], declared_texts=("20",))
    assert settled == ("固定资产投资(万元) ÷ 申报面积", pytest.approx(300.0))


def test_a_percent_below_one_is_doubted():
    found = told({"配套用地占比(%)": "0.2"}, "control_index", ["control_index_2023"])
    reasons = {one.reason: one.outcome for one in found if one.rule == "CI23_ADM_LAND"}
    assert reasons == {"indicator_keeps": "pass", "input_maybe_ratio": "warning"}
    found = told({"配套用地占比(%)": "0.2%"}, "control_index", ["control_index_2023"])
    assert [one.outcome for one in found if one.rule == "CI23_ADM_LAND"] == ["pass"]


def test_a_bad_part_is_told_as_typed_and_zero_is_no_denominator():
    found = told({"固定资产投资(万元)": "很多"})
    (first, *_) = [one for one in found if one.rule == "SL_AVG20_INV"]
    assert (first.reason, first.measured) == ("input_text", "很多")
    found = told({"固定资产投资(万元)": "100", "项目总用地面积(亩)": "0"})
    (first, *_) = [one for one in found if one.rule == "SL_AVG20_INV"]
    assert first.reason == "input_zero_denominator"


def test_every_problem_has_its_sentence():
    from parcels.messages import messages

    for problem in PROBLEMS[2:]:
        assert f"finding.input_{problem}.text" in messages("zh")


def test_every_denominator_of_an_indicator_rule_has_words():
    from parcels.checks.indicators.values import words
    from parcels.rules.load import all_packs

    asked = {
        rule.denominator
        for pack in all_packs().values()
        for rule in pack.rule
        if rule.check in CHECKS and rule.denominator
    } | {one.denominator for one in indicators().values() if one.denominator}
    assert {one for one in asked if words(one)["zh"] == one} == set()


def test_a_hundred_thousand_equal_cells_are_one_reading():
    count = 2000
    given = parcels([square(0, 0)] * count, attributes={"容积率": ["1.2"] * count})
    values = Source(parcels=given).values("far")
    assert np.all(values.value == 1.2)
