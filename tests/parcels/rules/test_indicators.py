"""What rules measure: units that convert exactly, headings that name one thing each."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from parcels.rules.indicators import fold_heading, indicator_of_heading, indicators
from parcels.rules.tables import table

ALL = list(indicators().values())


@pytest.mark.parametrize(
    ("metric", "unit", "value", "expected"),
    [
        ("inv_intensity", "万元/公顷", 4500, 300),
        ("inv_intensity", "万元/亩", 300, 300),
        ("inv_intensity", "元/㎡", 4500, 300),
        ("inv_intensity", "亿元/平方公里", 45, 300),
        ("tax_mu", "万元/公顷", 165, 11),
        ("adm_land_share", "%", 7, Fraction(7, 100)),
        ("adm_land_share", "‰", 70, Fraction(7, 100)),
        ("site_area_m2", "亩", 3, 2000),
        ("site_area_m2", "公顷", Fraction(2, 10), 2000),
        ("gfa_total_m2", "万㎡", 1, 10000),
        ("investment_wan", "亿元", 2, 20000),
        ("investment_wan", "元", 20000, 2),
        ("lab_prod", "元/人", 181400, Fraction(1814, 100)),
        ("area_mu", "m2", 2000, 3),
    ],
)
def test_units_convert_exactly(
    metric: str, unit: str, value: float | Fraction, expected: float | Fraction
) -> None:
    assert value * indicators()[metric].units[unit] == expected


def test_a_heading_names_one_indicator() -> None:
    spelt = Counter(fold_heading(alias) for one in ALL for alias in one.aliases)
    assert [heading for heading, count in spelt.items() if count > 1] == []


@pytest.mark.parametrize(
    ("heading", "metric"),
    [
        ("容积率", "far"),
        ("FAR", "far"),
        (" 容 积 率 ", "far"),
        ("建筑系数", "bldg_coef"),
        ("建筑密度", "density"),
        ("绿地率", "green_ratio"),
        ("配套用地占比", "adm_land_share"),
        ("行政办公及生活服务设施用地所占比重", "adm_land_share"),
        ("投资强度", "inv_intensity"),
        ("亩均税收", "tax_mu"),
        ("R&D经费支出占主营业务收入比重", "rd_ratio"),
        ("行业代码", "industry_code"),
        ("单位能耗增加值", "va_energy"),
        ("单位增加值综合能耗", "energy_per_va"),
    ],
)
def test_headings_as_people_write_them(heading: str, metric: str) -> None:
    assert indicator_of_heading()[fold_heading(heading)] == metric


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_an_indicator_is_whole(one: object) -> None:
    assert one.title.zh in one.aliases
    assert all(factor > 0 for factor in one.units.values())
    if one.plausible:
        assert one.plausible[0] < one.plausible[1]
    if one.unit == "ratio":
        assert one.denominator
        assert "%" in one.units
    for part in one.parts or ():
        assert part in indicators() or part == "site_area_mu"


def test_functions_are_those_of_the_mixing_table() -> None:
    assert set(indicators()["functions"].options) == {
        row["function"] for row in table("mixing.csv")
    }
