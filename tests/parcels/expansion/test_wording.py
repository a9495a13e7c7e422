"""Indices in words of both languages."""

from __future__ import annotations

import re

import pytest

from parcels.expansion import wording
from parcels.expansion.judging import judged
from parcels.expansion.model import INDEX_IDS, Measured
from parcels.messages import LANGUAGES, messages
from tests.parcels.expansion.expansion_cases import ALL, BOOK, measured


def _sure(index: str, value: float):
    return judged(index, Measured(value=value, low=value, high=value), BOOK, method={})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"])
def test_every_index_of_every_case_is_worded(lang, case) -> None:
    found = measured(case["name"])
    for index in found:
        said = [
            wording.index_name(lang, index),
            wording.principle_name(lang, index),
            wording.value_text(lang, index),
            wording.method_text(lang, index),
            wording.reason_text(lang, index),
            wording.missing_text(lang, index, BOOK),
            *(wording.band_text(lang, band) for band in index.bands),
            *(wording.band_title(lang, band) for band in index.bands),
            *(wording.band_level(lang, band) for band in index.bands),
            *(wording.detail_text(lang, detail) for detail in index.details),
        ]
        assert not any(re.search(r"[{}]|(?<!“)\bnan\b|\bNone\b(?! of)", one) for one in said), said
        assert bool(said[4]) >= (index.outcome == "unknown")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_index_has_a_name_and_a_method(lang) -> None:
    known = messages(lang)
    assert all(
        f"expansion.{kind}.{one}" in known for kind in ("name", "method") for one in INDEX_IDS
    )


@pytest.mark.parametrize(
    ("index", "value", "said"),
    [
        ("E_AREA", 50.0, "50.00 km²（75,000.00 亩）"),
        ("E_AREA", 47.499_999_6, "47.4999996 km²（71,250.00 亩）"),
        ("E_SHARED", 0.1734, "17.34 %"),
        ("E_SHARED", 0.149_999, "14.9999 %"),
        ("E_SHARED", 0.15, "15.00 %"),
        ("E_GAP", 0.0, "0 m"),
        ("E_GAP", 0.2, "0.2 m"),
        ("E_GAP", 1234.5, "1,235 m"),
        ("E_PP", 0.3996, "0.3996"),
        ("E_PP", 0.785398, "0.785"),
        ("E_SOUTH", 175.28, "175.3°"),
        ("E_UNION_PARTS", 1.0, "1"),
        ("E_CHUNK", 499.999, "499.999 亩"),
    ],
)
def test_a_figure_never_looks_like_a_limit_that_it_does_not_equal(index, value, said) -> None:
    assert wording.value_text("zh", _sure(index, value)) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.2, 0.7, "20.00 % 至 70.00 %"),
        (0.0, 0.7, "≤ 70.00 %"),
        (None, None, "—"),
    ],
)
def test_a_figure_that_is_not_known_shows_its_ends(low, high, said) -> None:
    open_figure = Measured(low=low, high=high, cause="layer_missing", needs=("layer:farmland",))
    assert wording.value_text("zh", judged("E_USABLE", open_figure, BOOK, method={})) == said


def test_bands_are_short() -> None:
    shown = {
        band.applied.id: wording.band_text("zh", band)
        for one in INDEX_IDS
        for band in _sure(one, 0.5).bands
    }
    assert shown["E_AREA"] == "47.5–52.5 km²"
    assert shown["E_SHARED"] == "≥ 15 %"
    assert shown["E_CONNECTED"] == "> 0 %"
    assert shown["E_GAP_FLOOR"] == "≤ 500 m"
    assert shown["E_SOUTH"] == "135–225°"
    assert shown["E_FUNCTION"] == "≤ 5,000 m"
    assert shown["E_CHUNK"] == "≥ 500 亩"
    assert shown["E_PBF"] == ""


def test_missing_data_of_one_kind_stand_together() -> None:
    found = measured("farmland alone: an upper bound, which decides nothing")
    usable = next(one for one in found if one.id == "E_USABLE")
    said = wording.missing_text("zh", usable, BOOK)
    assert said.startswith("缺：图层：生态保护红线、南水北调总干渠一级水源保护区、")
    assert said.count("图层：") == 1
    assert wording.reason_text("zh", usable) == ("限制建设的图层只有 1/6 类能用，只能给出上限。")
