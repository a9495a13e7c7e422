"""Declared areas: 5.5833 公顷 and 83.75 亩 are the published example of the exchange format."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from geo.survey.declared import declared_areas
from geo.survey.fields import find_fields, unit_in_name

COMPUTED = np.array([55_833.20, 16_649.94])


@pytest.mark.parametrize(
    ("texts", "stated", "unit", "how"),
    [
        (["5.5833", "1.6650"], ("ha", "format"), "ha", "format"),
        (["55833.20", "16649.94"], ("ha", "format"), "m2", "size"),
        (["83.75", "24.97"], None, "mu", "size"),
        (["83.75", "24.97"], ("mu", "header"), "mu", "header"),
        (["0.05583", "0.01665"], None, "km2", "size"),
        (["6.2", "1.9"], ("ha", "format"), "ha", "format"),  # wrong by a tenth, still 公顷
        (["7", "900"], None, None, None),
    ],
)
def test_the_unit_is_stated_or_told_by_size(texts, stated, unit, how) -> None:
    found = declared_areas(pa.array(texts), COMPUTED, stated=stated, chosen=None)
    assert (found.unit, found.how) == (unit, how)
    assert found.doubted == (stated[0] if stated and how == "size" else None)
    assert np.isfinite(found.square_metres).all() == (unit is not None)


def test_a_unit_beside_the_number_wins() -> None:
    texts = pa.array(["5.5833公顷", "24.97亩"])
    found = declared_areas(texts, COMPUTED, stated=("m2", "header"), chosen=None)
    assert found.square_metres == pytest.approx([55_833.0, 24.97 * 2000 / 3])
    assert found.rounding_m2 == pytest.approx([0.5, 0.005 * 2000 / 3])


def test_numbers_are_read_too_and_the_choice_of_the_user_wins() -> None:
    found = declared_areas(pa.array([83.75, None]), COMPUTED, stated=("ha", "header"), chosen="mu")
    assert found.how == "chosen"
    assert found.square_metres[0] == pytest.approx(83.75 * 2000 / 3)
    assert np.isnan(found.square_metres[1])


@pytest.mark.parametrize(
    ("text", "code"),
    [("-3", "area_not_positive"), ("0", "area_not_positive"), ("五亩多?", "area_unreadable")],
)
def test_what_is_no_area_is_named(text: str, code: str) -> None:
    found = declared_areas(
        pa.array([text, "1.665"]), COMPUTED, stated=("ha", "format"), chosen=None
    )
    assert dict(found.faults) == {0: (code, text)}
    assert np.isnan(found.square_metres[0])


@pytest.mark.parametrize(
    ("column", "unit"),
    [
        ("面积(亩)", "mu"),
        ("面积（公顷）", "ha"),
        ("MJ_M2", "m2"),
        ("area_mu", "mu"),
        ("用地面积/㎡", "m2"),
        ("面积_平方公里", "km2"),
        ("MJ", None),
        ("Shape_Area", None),
    ],
)
def test_a_column_may_state_its_unit(column: str, unit: str | None) -> None:
    assert unit_in_name(column) == unit


def test_columns_are_found_by_their_usual_names() -> None:
    names = ["OBJECTID", "DKBH", "DKMC", "面积(亩)", "DLBM", "备注"]
    assert find_fields(names, {}, {}) == {
        "id": "DKBH",
        "name": "DKMC",
        "area": "面积(亩)",
        "code": "DLBM",
    }
    assert find_fields(names, {"id": "OBJECTID"}, {"name": "备注"})["name"] == "备注"
