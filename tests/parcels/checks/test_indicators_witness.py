"""Several witnesses of one number: a verdict stands only if every one of them leads to it."""

from __future__ import annotations

from itertools import permutations

import pytest

from parcels.checks import control_index, m0, standard_land
from parcels.checks.use_groups import use_of
from parcels.finding_words import finding_text
from tests.parcels.checks.parcel_samples import findings, parcels, square

AVERAGE = "standard_land_henan_average_2020"
MU_OF_A_HECTARE = 15


def told(columns, rule, check=standard_land, pack=AVERAGE, use="工业", **stated):
    attributes = {heading: [cell] for heading, cell in columns.items()}
    given = parcels([square(0, 0)], uses=(use_of("", None, use),), attributes=attributes, **stated)
    (found,) = findings(check.CHECK, given, packs=[pack])
    return [one for one in found if one.rule == rule]


HEADINGS = ("投资强度(万元/亩)", "亩均投资(万元/亩)", "亩均固定资产投资(万元/亩)")


@pytest.mark.parametrize("numbers", list(permutations(("320", "200", "400"))))
def test_a_third_column_does_not_hide_the_second(numbers):
    first, warned = told(dict(zip(HEADINGS, numbers, strict=True)), "SL_AVG20_INV")
    assert (first.outcome, first.reason) == ("unknown", "indicator_contradicted")
    assert warned.reason == "input_two_values"
    for number in numbers:
        assert f"“{number}”" in finding_text("zh", warned) or number in finding_text("zh", warned)


@pytest.mark.parametrize("numbers", list(permutations(("2.5", "3.5", "6"))))
def test_a_witness_inside_a_range_counts_beside_two_outside(numbers):
    headings = ("容积率", "综合容积率", "计容容积率")
    columns = dict(zip(headings, numbers, strict=True))
    found = told(columns, "M0_GZ19_FAR", m0, "m0_guangzhou_2019", "新型产业用地")
    assert found[0].outcome == "unknown"


def test_a_second_column_of_a_part_is_a_second_quotient():
    columns = {"固定资产投资(万元)": "12000", "固定资产投资总额(万元)": "600"}
    first, _ = told(columns, "SL_AVG20_INV")
    assert first.reason == "indicator_contradicted"  # 800 and 40 万元/亩 against 308
    columns = {"固定资产投资(万元)": "12000", "固定资产投资总额(万元)": "9000"}
    first, warned = told(columns, "SL_AVG20_INV")
    assert first.outcome == "pass"  # 800 and 600
    assert warned.reason == "input_two_values"


def test_a_site_area_that_the_outline_denies_is_a_contradiction():
    columns = {"固定资产投资(万元)": "3080", "项目总用地面积(亩)": "10"}
    first, warned = told(columns, "SL_AVG20_INV")  # 308 by the column, 205 by 15 亩
    assert (first.outcome, first.reason) == ("unknown", "indicator_contradicted")
    assert "“205.333”（取自：固定资产投资(万元) ÷ 图形面积）" in finding_text("zh", warned)
    (alone,) = told(columns, "SL_AVG20_INV", accuracy_m=[50.0])
    assert (alone.outcome, alone.measured) == ("pass", 308.0)


def test_a_site_area_in_mu_keeps_its_second_witness_in_square_metres():
    columns = {"用地面积（亩）": "15", "亩数": "150", "固定资产投资(万元)": "6000"}
    first, _ = told(columns, "SL_AVG20_INV")
    assert first.reason == "indicator_contradicted"  # 400 and 40


def test_a_site_area_near_the_outline_is_not_doubted():
    columns = {"配套用地面积(亩)": "1.05", "项目总用地面积(亩)": "15"}
    found = told(columns, "CI23_ADM_LAND", control_index, "control_index_2023")
    assert [(one.outcome, one.measured) for one in found] == [("pass", 0.07)]


def test_a_site_area_alone_is_no_value_of_an_index():
    columns = {"投资强度(万元/亩)": "308", "固定资产投资(万元)": "—", "项目总用地面积(亩)": "10"}
    found = told(columns, "SL_AVG20_INV")
    assert [one.reason for one in found] == ["indicator_keeps"]


def test_the_second_of_two_columns_with_one_heading_counts():
    columns = {"投资强度(万元/亩)": "320", "投资强度(万元/亩)_2": "200"}
    first, warned = told(columns, "SL_AVG20_INV")
    assert first.reason == "indicator_contradicted"
    assert "投资强度(万元/亩)_2" in finding_text("zh", warned)


def test_a_part_that_cannot_be_used_is_named_with_its_column():
    (only,) = told({"固定资产投资(万元)": "很多"}, "SL_AVG20_INV")
    assert "“很多”（取自：固定资产投资(万元)）" in finding_text("zh", only)
