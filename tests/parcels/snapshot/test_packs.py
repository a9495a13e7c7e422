"""Packs inside a snapshot come back as the same book."""

from __future__ import annotations

import json
from datetime import date

import pytest

from geo.errors import PlannerError
from parcels.rules.load import all_packs, rule_book
from parcels.rules.model import Override
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.packs import book_from_plain, book_to_plain

DAY = date(2026, 11, 22)


def _through_a_file(book):
    return json.loads(canonical_bytes(book_to_plain(book)))


@pytest.mark.parametrize("day", [DAY, date(1990, 1, 1)])
def test_every_pack_of_the_product_comes_back(day):
    book = rule_book(day, packs=list(all_packs()))
    again = book_from_plain(_through_a_file(book))
    assert again.packs == book.packs
    assert list(again.rules) == list(book.rules)
    assert [one.id for one in again.dormant] == [one.id for one in book.dormant]
    assert (again.digest, again.as_of) == (book.digest, day)
    for pack, old in zip(again.packs, book.packs, strict=True):
        assert pack.model_dump_json() == old.model_dump_json()


def test_local_limits_come_back_and_those_of_other_packs_are_left():
    rules = {one.id: one.rule for one in rule_book(DAY).rules.values()}
    numbered = [one for one in rules.values() if isinstance(one.value, float)][:2]
    said = [
        Override(rule=one.id, value=one.value, by="{{7*7}}\u2028", day=DAY, reason="=1+1")
        for one in numbered
    ]
    book = rule_book(DAY, overrides=said)
    again = book_from_plain(_through_a_file(book))
    assert again.digest == book.digest
    assert {one.id: one.override for one in again.rules.values() if one.override} == {
        one.rule: one for one in said
    }


def _at(plain, *steps):
    for step in steps:
        plain = plain[step]
    return plain


@pytest.mark.parametrize(
    ("steps", "value", "path"),
    [
        (("as_of",), "22.11.2026", "inputs.book.as_of"),
        (("packs",), {}, "inputs.book.packs"),
        (("packs", 0), [], "inputs.book.packs.0"),
        (("packs", 0, "rule", 0, "op"), "≈", "inputs.book.packs.0.rule.0.op"),
        (
            ("packs", 0, "rule", 0, "examples", 0, "given"),
            "{",
            "inputs.book.packs.0.rule.examples.given",
        ),
        (("packs", 0, "version"), None, "inputs.book.packs.0.version"),
    ],
)
def test_what_is_no_pack_is_named(steps, value, path):
    plain = _through_a_file(rule_book(DAY))
    _at(plain, *steps[:-1])[steps[-1]] = value
    with pytest.raises(PlannerError) as caught:
        book_from_plain(plain)
    assert caught.value.code == "snapshot_input_unusable"
    assert caught.value.values["where"] == path
