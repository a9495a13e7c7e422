"""What a figure, or a span of figures, means beside the bands."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcels.expansion.judging import judged
from parcels.expansion.model import INDEX_IDS, KINDS, Measured
from parcels.rules.load import rule_book
from parcels.rules.model import Override
from tests.parcels.expansion.expansion_cases import BOOK, FOLDER

TABLE = tomllib.loads((FOLDER / "edges.toml").read_text(encoding="utf-8"))
DAY = date(2026, 11, 22)


def _sure(value: float) -> Measured:
    return Measured(value=value, low=value, high=value)


def _between(low: float, high: float) -> Measured:
    return Measured(
        value=low, low=low, high=high, cause="geometry_uncertain", needs=("layer:zone",)
    )


@pytest.mark.parametrize(("index", "value", "outcome", "grade"), TABLE["edges"])
def test_a_figure_at_the_end_of_a_band(index, value, outcome, grade) -> None:
    found = judged(index, _sure(value), BOOK, method={})
    assert (found.outcome, found.grade or "") == (outcome, grade)


@pytest.mark.parametrize(("index", "low", "high", "outcome", "grade"), TABLE["spans"])
def test_a_span_has_the_outcome_that_all_of_it_has(index, low, high, outcome, grade) -> None:
    found = judged(index, _between(low, high), BOOK, method={})
    assert (found.outcome, found.grade or "") == (outcome, grade)
    assert bool(found.cause) == (outcome == "unknown")


def test_every_rule_of_the_pack_is_at_one_of_its_ends_here() -> None:
    at_end = {(index, value) for index, value, *_ in TABLE["edges"]}
    for applied in BOOK.of("expansion"):
        index = next(one for one in INDEX_IDS if KINDS[one].metric == applied.rule.metric)
        ends = applied.limit if isinstance(applied.limit, tuple) else (applied.limit,)
        assert all(end is None or (index, end) in at_end for end in ends), applied.id


def test_units_are_those_of_the_rules() -> None:
    numbers = {"number": "ratio"}
    for applied in BOOK.of("expansion"):
        kind = next(one for one in KINDS.values() if one.metric == applied.rule.metric)
        assert numbers.get(kind.unit, kind.unit) == applied.rule.unit, applied.id


@pytest.mark.parametrize("index", INDEX_IDS)
def test_without_a_pack_a_figure_stands_alone_and_is_no_pass(index) -> None:
    bare = rule_book(DAY, packs=["mixing"])
    found = judged(index, _sure(0.5), bare, method={})
    assert (found.outcome, found.cause) == ("unknown", "rule_not_in_force")
    assert found.value == 0.5
    assert found.needs == ("pack:expansion",)
    assert found.bands == ()


@pytest.mark.parametrize("index", INDEX_IDS)
def test_nothing_measured_is_unknown(index) -> None:
    found = judged(index, Measured(cause="layer_missing", needs=("layer:zone",)), BOOK, method={})
    assert (found.outcome, found.grade) == ("unknown", None)
    assert all(band.verdict == "unknown" for band in found.bands)


def test_a_bureau_sets_its_own_band() -> None:
    own = Override(rule="E_SHARED", value=0.3, by="张三", day=DAY, reason="试")
    book = rule_book(DAY, packs=["expansion"], overrides=[own])
    found = judged("E_SHARED", _sure(0.2), book, method={})
    assert (found.outcome, found.grade) == ("warning", "acceptable")
    assert found.bands[0].applied.limit == 0.3
    assert found.bands[0].applied.rule.value == 0.15


def test_bands_come_from_a_pack_of_ones_own(tmp_path) -> None:
    text = """[pack]
id = "own"
title = { zh = "自定", en = "Own" }
version = "1"
place = "南阳高新区"
default = false
[[rule]]
id = "OWN_AREA"
title = { zh = "面积", en = "Area" }
check = "expansion"
metric = "expansion_area_km2"
op = "<="
value = 30.0
unit = "km2"
severity = "error"
status = "local"
confidence = "L"
source = { document = "自定" }
examples = [{ given = 30.0, expect = "pass" }, { given = 31.0, expect = "breach" }]
"""
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    book = rule_book(DAY, packs=[str(tmp_path / "own.toml")])
    assert judged("E_AREA", _sure(50.0), book, method={}).outcome == "fail"
    assert judged("E_SHARED", _sure(0.2), book, method={}).outcome == "unknown"
    both = rule_book(DAY, packs=["expansion", str(tmp_path / "own.toml")])
    found = judged("E_AREA", _sure(50.0), both, method={})
    assert [band.verdict for band in found.bands] == ["pass", "pass", "breach"]
    assert found.outcome == "fail"


@given(
    index=st.sampled_from([one for one in INDEX_IDS if one != "E_SOUTH"]),
    ends=st.tuples(st.floats(-10, 6000), st.floats(-10, 6000)),
    share=st.floats(0, 1),
)
def test_a_certain_outcome_of_a_span_holds_for_every_figure_in_it(index, ends, share) -> None:
    low, high = sorted(ends)
    found = judged(index, _between(low, high), BOOK, method={})
    inside = min(max(low + share * (high - low), low), high)
    one = judged(index, _sure(inside), BOOK, method={})
    if found.outcome != "unknown":
        assert one.outcome == found.outcome
        assert found.grade in {None, one.grade}
