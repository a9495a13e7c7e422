"""Documents read into proposals: case files anyone can add to, and any draft whatever."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.messages import LANGUAGES, messages
from parcels.proposal.document.documents import read_document
from parcels.proposal.document.reading import fault_words, read_draft
from parcels.proposal.draft import Draft
from parcels.proposal.fields import fields, floor_columns
from parcels.proposal.model import Amount

CASES = Path(__file__).parents[3] / "cases" / "proposals" / "readings.toml"


def cases():
    return tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


def amount_of(text: str) -> Amount:
    low, dots, high = text.partition("..")
    if not dots:
        return Amount(low=Fraction(low), high=Fraction(low))
    return Amount(low=Fraction(low), high=Fraction(high) if high else None)


def told(faults) -> list[str]:
    return [f"{fault.where} {fault.code}" for fault in faults]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_a_document_is_read_as_its_case_says(case) -> None:
    reading = read_draft(read_document(case["document"].encode(), "case.toml"))
    proposal = reading.proposal
    assert told(reading.faults) == case.get("faults", [])
    assert told(reading.remarks) == case.get("remarks", [])
    for quantity, expected in case.get("amounts", {}).items():
        assert proposal.amounts[quantity] == amount_of(expected), quantity
    assert set(case.get("missing", [])) & set(proposal.amounts) == set()
    for name, expected in case.get("facts", {}).items():
        assert getattr(proposal, name) == expected, name
    parts = proposal.parts
    got = {
        "functions": [list(part.functions) for part in parts],
        "roles": [part.role for part in parts],
        "below": [part.below_ground for part in parts],
        "counted": [part.counted for part in parts],
        "rows": list(reading.rows),
        "answers": dict(proposal.answers),
        "yields": [{name: str(rate) for name, rate in part.yields.items()} for part in parts],
    }
    expected = {name: case[name] for name in got if name in case}
    if "yields" in expected:
        expected["yields"] = [
            {name: str(Fraction(rate)) for name, rate in row.items()} for row in expected["yields"]
        ]
    assert {name: got[name] for name in expected} == expected


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_every_fault_is_said_with_its_place_and_value(case, lang) -> None:
    reading = read_draft(read_document(case["document"].encode(), "case.toml"), lang)
    for fault in (*reading.faults, *reading.remarks):
        said = fault_words(lang, fault)
        assert f"fault.{fault.code}.text" in messages(lang)
        assert "—" not in said.replace("“—”", "")
        assert "{" not in said
        value = fault.values.get("value")
        assert value is None or str(value) in said


def test_amounts_are_echoed_in_the_units_people_use() -> None:
    echoes = read_draft(
        Draft(
            fields=MappingProxyType(
                {"site_area": "60亩", "investment": "3.6亿", "tax": "1900万/年", "green": "20%"}
            ),
            floors=(MappingProxyType({"function": "研发", "area": "4.5万㎡", "land": "50-60亩"}),),
        )
    ).echoes
    assert echoes["site_area"] == "40,000.00 m² · 60.00 亩"
    assert echoes["investment"] == "36,000.00 万元"
    assert echoes["tax"] == "1,900.00 万元/年"
    assert echoes["green"] == "8,000.00 m² · 12.00 亩 · 20.00 %"
    assert echoes["floors[0].area"] == "45,000.00 m²"
    assert echoes["floors[0].land"] == "33,333.33–40,000.00 m² · 50.00–60.00 亩"
    assert echoes["floors[0].function"] == "研发用房"


def test_halves_are_rounded_up_once() -> None:
    draft = Draft(fields=MappingProxyType({"investment": "123450元", "jobs": "350"}))
    assert read_draft(draft).echoes["investment"] == "12.35 万元"
    assert read_draft(draft).echoes["jobs"] == "350 人"


TEXTS = st.text(max_size=20) | st.sampled_from(
    [
        "45亩",
        "40%",
        "-5",
        "3万",
        "1.2亿",
        "研发",
        "厂房",
        "是",
        "否",
        "合计",
        "地下",
        "M1",
        "0",
        "nan",
    ]
)
ROWS = st.dictionaries(st.sampled_from([*floor_columns(), "odd"]), TEXTS, max_size=8)
DRAFTS = st.builds(
    Draft,
    fields=st.dictionaries(st.sampled_from([*fields(), "odd"]), TEXTS, max_size=15),
    floors=st.lists(ROWS, max_size=4).map(tuple),
    note=st.text(max_size=5),
)


@settings(max_examples=100, deadline=None)
@given(DRAFTS)
def test_any_draft_is_read_without_losing_what_it_says(draft) -> None:
    reading = read_draft(draft)
    assert read_draft(draft) == reading
    places = {fault.where for fault in (*reading.faults, *reading.remarks)} | set(reading.echoes)
    for name, typed in draft.fields.items():
        if name in fields() and fields()[name].kind != "text" and typed.strip():
            assert name in places, (name, typed)
    for amount in reading.proposal.amounts.values():
        assert amount.low >= 0
        assert amount.high is None or amount.high >= amount.low
    for lang in LANGUAGES:
        for fault in (*reading.faults, *reading.remarks):
            fault_words(lang, fault)
