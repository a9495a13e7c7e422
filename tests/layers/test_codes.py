"""Land-use codes: the tables, the collisions, and what a use in words does and does not say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from layers.codes import SCHEMES, code_table, codes_for_use, look_up, meanings_of, read_scheme
from layers.plan import table2_rows

CASES = Path(__file__).parents[1] / "cases" / "layers" / "uses.toml"
USES = tomllib.loads(CASES.read_text(encoding="utf-8"))["use"]


@pytest.mark.parametrize("case", USES, ids=lambda case: case["text"])
def test_a_use_reads_as_its_case_says(case: dict) -> None:
    readings = {reading.scheme: reading for reading in codes_for_use(case["text"]).readings}
    assert tuple(readings) == SCHEMES
    for scheme, reading in readings.items():
        got = {
            "code": reading.code.code if reading.code else "",
            "assumed": reading.assumed,
            "note": reading.note or "",
            "options": [option.code for option in reading.options],
        }
        assert got == case[scheme]


# Classes as counted in the standards: 12 + 73 in GB/T 21010-2017.
@pytest.mark.parametrize(("scheme", "count"), [("gb50137", 87), ("mnr2023", 144), ("gbt21010", 85)])
def test_each_table_is_complete_and_forms_a_tree(scheme: str, count: int) -> None:
    table = code_table(scheme)
    assert len(table) == count
    for entry in table.values():
        assert entry.parent == "" or entry.parent in table
        assert entry.code.startswith(entry.parent)
        assert entry.name


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("0601", {"mnr2023": "农村道路", "gbt21010": "工业用地"}),
        ("1001", {"mnr2023": "工业用地", "gbt21010": "铁路用地"}),
        ("1101", {"mnr2023": "物流仓储用地", "gbt21010": "河流水面"}),
        ("0901", {"mnr2023": "商业用地", "gbt21010": "军事设施用地"}),
        ("0805", {"mnr2023": "体育用地", "gbt21010": "医疗卫生用地"}),
        ("0604", {"gbt21010": "仓储用地"}),
        ("0701", {"mnr2023": "城镇住宅用地", "gbt21010": "城镇住宅用地"}),
    ],
)
def test_one_code_means_different_things(code: str, names: dict[str, str]) -> None:
    assert {entry.scheme: entry.name for entry in meanings_of(code)} == names


@pytest.mark.parametrize("scheme", [None, ""])
def test_a_code_without_a_scheme_is_an_error_that_lists_its_meanings(scheme: str | None) -> None:
    with pytest.raises(PlannerError) as caught:
        look_up("1001", scheme)
    assert caught.value.code == "land_use_code_without_scheme"
    assert caught.value.values["meanings"] == {"mnr2023": "工业用地", "gbt21010": "铁路用地"}


@pytest.mark.parametrize(
    ("code", "scheme", "error"),
    [("M", "mnr2023", "land_use_code_unknown"), ("1001", "gb2000", "land_use_scheme_unknown")],
)
def test_a_wrong_code_or_scheme_is_named(code: str, scheme: str, error: str) -> None:
    with pytest.raises(PlannerError) as caught:
        look_up(code, scheme)
    assert caught.value.code == error


def test_a_class_that_a_city_added_is_no_option_of_the_national_class() -> None:
    assert not code_table("gb50137")["M0"].national
    industry = codes_for_use("工业").readings[0]
    assert "M0" not in {option.code for option in industry.options}


def test_every_use_of_the_plan_is_known_and_every_suggestion_is_one_of_its_options() -> None:
    for row in table2_rows():
        reading = codes_for_use(row.use_text)
        assert reading.known
        if row.suggested_code:
            assert row.suggested_code in {option.code for option in reading.readings[0].options}


@given(st.text())
def test_any_text_has_a_reading_and_keeps_its_words(text: str) -> None:
    reading = codes_for_use(text)
    assert reading.use_text == text
    assert all(r.code is not None or r.note == "use_not_in_table" for r in reading.readings)


@given(st.sampled_from([(s, c) for s in SCHEMES for c in code_table(s)]))
def test_every_code_is_found_in_its_own_scheme(pair: tuple[str, str]) -> None:
    scheme, code = pair
    assert (look_up(code, scheme).scheme, look_up(code, scheme).code) == (scheme, code)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        *((one, one) for one in SCHEMES),
        ("GB 50137-2011", "gb50137"),
        ("《城市用地分类与规划建设用地标准》", "gb50137"),
        ("ＧＢ／Ｔ 21010—2017", "gbt21010"),
        ("土地利用现状分类", "gbt21010"),
        ("国土空间调查、规划、用途管制用地用海分类指南", "mnr2023"),
        ("自然资发〔2023〕234号", "mnr2023"),
        ("用地用海分类指南（试行）", None),
        ("GB/T 21010-2007", None),
        ("国标", None),
        ("GB 50137 / GB/T 21010", None),
        ("", None),
    ],
)
def test_a_scheme_is_read_from_its_document_in_any_spelling(text: str, scheme: str | None) -> None:
    assert read_scheme(text) == scheme
