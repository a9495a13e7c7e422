"""Limits set on the page: typed, kept, written as a file, and read again."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.local_limits import (
    RULES,
    can_be_set,
    local_limits,
    of_rules,
    overrides_toml,
    read_limit,
)
from parcels.reviews.model import Event
from parcels.reviews.store import ReviewStore
from parcels.rules.load import all_packs, rule_book
from parcels.rules.model import Override, fits
from parcels.rules.reading import read_overrides

TODAY = date(2026, 11, 22)
BY_ID = {rule.id: rule for pack in all_packs().values() for rule in pack.rule}
ROOT = Path(__file__).parents[1]


def cases() -> list[dict[str, str]]:
    with (ROOT / "cases/local_limits/typed.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['rule']} {case['typed']}")
def test_a_limit_is_read_as_people_type_it(case: dict[str, str]) -> None:
    rule = BY_ID[case["rule"]]
    if case["value"].startswith("limit_"):
        with pytest.raises(PlannerError) as caught:
            read_limit(rule, case["typed"])
        assert caught.value.code == case["value"]
        assert caught.value.values.get("value", case["typed"]) in case["typed"]
        return
    found = read_limit(rule, case["typed"])
    expected = json.loads(case["value"])
    assert found == (tuple(expected) if isinstance(expected, list) else expected)
    assert type(found) is type(tuple(expected) if isinstance(expected, list) else expected)
    assert fits(rule.op, found)


@given(rule=st.sampled_from([one for one in BY_ID.values() if can_be_set(one)]), typed=st.text())
def test_whatever_is_typed_is_refused_or_fits(rule, typed: str) -> None:
    try:
        value = read_limit(rule, typed)
    except PlannerError as error:
        refused = error.code
    else:
        refused = "" if fits(rule.op, value) else "taken unfit"
    assert refused == "" or refused.startswith("limit_")


def said(rule: str, value: object, kind: str = "limit", by: str = "张三", **more: str) -> Event:
    content = {"value": value, "day": "2026-11-22", "reason": "会议纪要", "original": None} | more
    return Event(
        batch=RULES,
        parcel=rule,
        kind=kind,
        by=by,
        at="2026-11-22T08:00:00+00:00",
        content=content if kind == "limit" else {},
    )


def test_the_last_word_counts_and_an_end_brings_the_original_back() -> None:
    events = {
        "SL_TAX": [said("SL_TAX", 20), said("SL_TAX", 25, by="李四", document="〔2026〕1号")],
        "SL_INV": [said("SL_INV", 300), said("SL_INV", None, "limit_end")],
    }
    (held,) = local_limits(events)
    assert held == Override(
        rule="SL_TAX",
        value=25.0,
        by="李四",
        day=TODAY,
        reason="会议纪要",
        document="〔2026〕1号",
    )
    book = rule_book(TODAY, overrides=[held])
    assert (book.rules["SL_TAX"].limit, book.rules["SL_TAX"].rule.value) == (25.0, None)
    assert book.rules["SL_INV"].override is None


def test_a_limit_changes_what_a_signature_rests_on() -> None:
    first, second = (local_limits({"SL_TAX": [said("SL_TAX", value)]}) for value in (20, 25))
    marks = {rule_book(TODAY, overrides=held).digest for held in ((), first, second)}
    assert len(marks) == 3


def test_an_event_that_no_file_could_hold_is_refused() -> None:
    with pytest.raises(PlannerError) as caught:
        local_limits({"SL_TAX": [said("SL_TAX", 20, by="")]})
    assert (caught.value.code, caught.value.values["rule"]) == ("pack_invalid", "SL_TAX")
    unfit = local_limits({"SL_TAX": [said("SL_TAX", "二十")]})
    with pytest.raises(PlannerError, match="override_value_unfit"):
        rule_book(TODAY, overrides=unfit)


def test_events_are_kept_on_the_disk(tmp_path: Path) -> None:
    ReviewStore(tmp_path / "a.sqlite").add(said("M0_DG18_FAR", [3.0, 4.5]))
    (held,) = local_limits(ReviewStore(tmp_path / "a.sqlite").of(RULES))
    assert held.value == (3.0, 4.5)


def test_limits_of_rules_that_no_pack_has_are_set_apart() -> None:
    held = local_limits({"GONE": [said("GONE", 1)], "SL_TAX": [said("SL_TAX", 20)]})
    kept, orphans = of_rules(held, BY_ID)
    assert [one.rule for one in kept] == ["SL_TAX"]
    assert [one.rule for one in orphans] == ["GONE"]


def test_what_only_layers_and_tables_answer_cannot_be_set() -> None:
    assert not any(can_be_set(BY_ID[one]) for one in ("ADJ_MATRIX", "CI08_FAR", "OV_PBF"))
    assert can_be_set(BY_ID["CI23_FAR"])
    assert all(can_be_set(rule) for rule in BY_ID.values() if rule.set_locally)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(FINITE, st.booleans(), TEXTS, st.lists(FINITE | TEXTS).map(tuple))


@given(
    st.lists(
        st.builds(
            Override,
            rule=st.from_regex(r"\A[A-Z][A-Z0-9_]*\Z"),
            value=VALUES,
            by=TEXTS,
            day=st.dates(),
            reason=TEXTS,
            document=TEXTS | st.just(""),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_what_is_written_is_read_again(tmp_path_factory, limits: list[Override]) -> None:
    path = tmp_path_factory.getbasetemp() / "limits.toml"
    path.write_bytes(overrides_toml(limits).encode())
    assert read_overrides(path) == tuple(limits)
