import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import units
from geo.errors import PlannerError

MU = 2000 / 3


@pytest.mark.parametrize(
    ("text", "square_metres"),
    [
        ("280亩", 280 * MU),
        ("280 mu", 280 * MU),
        ("２８０亩", 280 * MU),
        ("约280余亩", 280 * MU),
        ("二百八十亩", 280 * MU),
        ("二八〇亩", 280 * MU),
        ("一亿二千万平方米", 120_000_000),
        ("一千零五十万平方米", 10_500_000),
        ("十亩", 10 * MU),
        ("一百零五亩", 105 * MU),
        ("5百亩", 500 * MU),
        ("1，200亩", 1200 * MU),
        ("35000平方米", 35000),
        ("35,000㎡", 35000),
        ("4.5万㎡", 45000),
        ("两万平米", 20000),
        ("1.2公顷", 12000),
        ("3ＨＡ", 30000),
        ("3平方公里", 3_000_000),
        ("14.56km²", 14_560_000),
        ("总面积：60 公顷左右", 600_000),
    ],
)
def test_reads_areas_as_people_write_them(text, square_metres):
    assert units.parse_area(text) == pytest.approx(square_metres, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "280",
        "亩",
        "280亩地块",
        "280公亩",
        "100-200亩",
        "1e5亩",
        "m2",
        "9" * 6000 + "亩",
        "<b>亩",
    ],
)
def test_refuses_what_is_no_area(text):
    with pytest.raises(PlannerError) as error:
        units.parse_area(text)
    assert error.value.code == "area_unreadable"
    assert error.value.values == {"value": text}


@pytest.mark.parametrize("text", ["0亩", "-5亩", "零亩", "0.000平方米"])
def test_refuses_areas_that_are_not_positive(text):
    with pytest.raises(PlannerError, match="area_not_positive"):
        units.parse_area(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("信臣路以南，约280亩", "280亩"),
        ("城南大道两侧，280亩", "280亩"),
        ("城南大道两侧,280亩", "280亩"),
        ("S103，280亩", "280亩"),
        ("用地1,280亩", "1,280亩"),
        ("建筑面积35000平方米，用地1.2公顷", "1.2公顷"),
        ("面积２８０亩（约18.7公顷）", "２８０亩"),
        ("总面积300-400亩", None),
        ("距热电厂500米", None),
        ("十二里河以东", None),
        ("0亩，其后20亩", "20亩"),
    ],
)
def test_finds_the_land_area_inside_a_phrase(text, found):
    result = units.find_area(text)
    assert (text[slice(*result[1])] if result else None) == found


def test_factors_are_exact():
    assert units.M2_PER_HECTARE / units.M2_PER_MU == 15
    assert units.M2_PER_KM2 / units.M2_PER_MU == 1500
    assert Fraction(2000, 3) == units.M2_PER_MU


@given(st.floats(1e-3, 1e9))
def test_mu_and_back(square_metres):
    there_and_back = units.mu_to_square_metres(units.square_metres_to_mu(square_metres))
    assert there_and_back == pytest.approx(square_metres, rel=1e-14)


@pytest.mark.parametrize(
    ("square_metres", "mu"),
    [
        (55833.20, "83.7498"),
        (16649.94, "24.9749"),  # 24.97491
        (666.6666666666666, "1.0000"),
        (
            0.1,
            "0.0002",
        ),  # 0.00015: a half goes up
        (0.7, "0.0011"),  # 0.00105: a half that binary rounding loses
        (72483.13, "108.7247"),  # 108.724695
        (0.0, "0.0000"),
    ],
)
def test_mu_to_four_decimals_are_exact(square_metres, mu):
    assert str(units.decimal_mu(square_metres)) == mu


@given(st.integers(0, 10**15), st.integers(0, 6))
def test_mu_round_half_up_as_on_paper(tenths_of_mm2, places):
    square_metres = tenths_of_mm2 / 1000
    exact = Fraction(repr(square_metres)) * 3 / 2000
    rounded = Fraction(units.decimal_mu(square_metres, places))
    assert rounded == Fraction(int(exact * 10**places + Fraction(1, 2)), 10**places)


@given(st.text(max_size=60))
def test_any_text_gives_an_area_or_a_planner_error(text):
    units.find_area(text)
    with contextlib.suppress(PlannerError):
        assert units.parse_area(text) > 0
