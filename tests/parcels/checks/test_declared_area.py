"""The check of declared areas."""

from __future__ import annotations

import numpy as np
import pytest

from geo.crs import meridian_tm, to_local
from parcels.checks.declared_area import CHECK
from parcels.finding_words import cell_text, finding_text
from tests.parcels.checks.parcel_samples import findings, parcels, square

MU = 2000 / 3


def one(shape, declared, text, **stated):
    subject = parcels([shape], declared_m2=[declared], declared_texts=(text,), **stated)
    (found,) = findings(CHECK, subject)[0]
    return found


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        (10_000.0, "1.0000公顷", "pass"),
        (10_004.0, "10004平方米", "pass"),  # 0.05 % of 10,000 m² are 5 m²
        (10_006.0, "10006.00平方米", "warning"),
        (9_994.0, "9994.00", "warning"),
        (15 * MU, "15亩", "pass"),  # half of the last digit are 333 m²
        (15.4 * MU, "15.4亩", "warning"),
        (15.0 * MU, "15.00亩", "pass"),
    ],
)
def test_the_tolerance_is_the_largest_of_three(declared, text, expected):
    same = np.array([10_000.0])
    assert one(square(0, 0), declared, text, plane_m2=same).outcome == expected


def test_small_parcels_have_one_square_metre():
    assert one(square(0, 0, 20), 400.9, "400.9").outcome == "pass"
    assert one(square(0, 0, 20), 401.2, "401.20").outcome == "warning"


def test_the_plane_of_the_zone_counts_too():
    shape = square(0, 0, 5000)
    in_zone = to_local(parcels([shape]).shapes[0], meridian_tm(114.0)).area
    assert in_zone / 25e6 - 1 == pytest.approx(0.00045, abs=0.0001)
    found = one(shape, in_zone, f"{in_zone:.2f}")
    assert found.outcome == "pass"
    assert "投影平面" in finding_text("zh", found)


def test_the_plane_area_of_the_file_is_used_where_it_is_known():
    found = one(square(0, 0), 10_060.0, "10060.00", plane_m2=np.array([10_059.0]))
    assert found.outcome == "pass"


def test_the_difference_is_told_in_words():
    found = one(square(0, 0), 10_100.0, "10100.00", plane_m2=np.array([10_000.0]))
    assert found.measured == pytest.approx(100.0, abs=0.1)
    assert found.limit == pytest.approx(5.0, rel=1e-3)
    text = finding_text("zh", found)
    assert "10,100.00 m²（15.15 亩）" in text
    assert "1.00 %" in text
    assert cell_text("zh", found).startswith("差 1.0")


@pytest.mark.parametrize("text", ["abc", "-3亩", "0", "NaN", "1e99公顷"])
def test_what_is_no_area_is_told_as_typed(text):
    found = one(square(0, 0), np.nan, text)
    assert (found.outcome, found.cause, found.measured) == ("unknown", "input_unusable", text)


@pytest.mark.parametrize("declared", [-5.0, 0.0, np.inf])
def test_impossible_numbers_are_no_areas(declared):
    assert one(square(0, 0), declared, str(declared)).cause == "input_unusable"


def test_nothing_declared_is_not_applicable_with_or_without_outline():
    assert one(square(0, 0), np.nan, "").outcome == "not_applicable"
    assert one(None, np.nan, "", accuracy_m=[np.nan]).outcome == "not_applicable"


def test_a_declared_area_without_any_place_is_unknown():
    found = one(None, 10_000.0, "15亩", accuracy_m=[np.nan])
    assert (found.outcome, found.cause, found.needs) == (
        "unknown",
        "geometry_missing",
        ("geometry",),
    )


def test_rough_outlines_prove_only_what_no_place_explains():
    rough = {"accuracy_m": [10.0]}
    assert one(square(0, 0), 12_000.0, "12000", **rough).cause == "geometry_uncertain"
    assert one(square(0, 0), 20_000.0, "20000", **rough).reason == "declared_too_large"
    assert one(square(0, 0), 5_000.0, "5000", **rough).reason == "declared_too_small"


def test_a_place_must_hold_the_declared_area():
    place = {
        "places": [square(0, 0, 300)],
        "accuracy_m": [50.0],
        "geometry_class": ("solved_from_text",),
    }
    assert one(None, 100_000.0, "10公顷", **place).cause == "geometry_uncertain"
    assert one(None, 1.0, "1平方米", **place).cause == "geometry_uncertain"
    assert one(None, 400_000.0, "40公顷", **place).reason == "declared_too_large"
