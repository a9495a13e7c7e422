from __future__ import annotations

import pytest

from parcels.finding_words import amount


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (2480.0, "m2", "2,480.00 m²（3.72 亩）"),
        (0.005, "m2", "0.01 m²（0.00 亩）"),
        (0.07, "ratio", "7.00 %"),
        (0.09305, "ratio", "9.31 %"),  # half up, as printed on paper
        (250.0, "m", "250 m"),
        (2.5, "m", "2.50 m"),
        (1.6, "", "1.60"),
        (0.98765, "", "0.9877"),
        (576.0, "万元/亩", "576 万元/亩"),
        (-1.5, "", "−1.50"),
        ((2.0, 4.0), "", "2–4"),
        (None, "m2", "—"),
        (True, "", "是"),
        ("M1", "", "M1"),
    ],
)
def test_amounts_carry_their_unit_and_are_rounded_half_up(
    value: object, unit: str, written: str
) -> None:
    assert amount("zh", value, unit) == written


def test_amounts_in_english() -> None:
    assert amount("en", 2480.0, "m2") == "2,480.00 m² (3.72 mu)"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_no_number_breaks_a_sentence(value: float) -> None:
    for unit in ("m2", "ratio", "m", "", "万元/亩"):
        assert amount("zh", value, unit)
