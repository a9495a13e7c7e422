from __future__ import annotations

import pytest

from parcels.finding_words import amount, cell_text, finding_text
from parcels.findings import Finding


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


def breach(measured: float, limit: float | tuple[float, float], unit: str) -> Finding:
    return Finding(
        parcel=0,
        check="control_index",
        rule="CI23_ADM_LAND",
        outcome="fail",
        reason="indicator_breaks_plain",
        measured=measured,
        limit=limit,
        op="between" if isinstance(limit, tuple) else "<=",
        unit=unit,
        values={"metric": "比重", "origin": "列", "note": ""},
    )


@pytest.mark.parametrize(
    ("measured", "limit", "unit", "sentence", "cell"),
    [
        (0.07004, 0.07, "ratio", "比重 7.004 %（", "7.004 %"),
        (0.0701, 0.07, "ratio", "比重 7.01 %（", "7.01 %"),
        (0.2, 0.07, "ratio", "比重 20.00 %（", "20.0 %"),
        (0.07, 0.07, "ratio", "比重 7.00 %（", "7.0 %"),
        (0.07000000000000002, 0.07, "ratio", "比重 7.000000000000002 %（", "7.000000000000002 %"),
        (35.99996, 36.0, "万元/亩", "比重 35.99996 万元/亩（", "35.99996 万元/亩"),
        (249.6, 250.0, "m", "比重 249.6 m（", "249.6 m"),
        (1.0004, 1.0, "m2", "比重 1.0004 m²（", "1.0004 m²"),
        (5.00001, (3.0, 5.0), "", "比重 5.00001（", "5.00001"),
    ],
)
def test_rounding_never_makes_a_breach_look_like_its_limit(
    measured: float, limit: float | tuple[float, float], unit: str, sentence: str, cell: str
) -> None:
    found = breach(measured, limit, unit)
    assert sentence in finding_text("zh", found)
    assert cell_text("zh", found) == cell
