"""Tables of firms in memory: found by their token, bounded, replaced in place."""

from __future__ import annotations

from parcels.firm_tables import KeptTable, shelf
from parcels.permu.model import Answers


def test_a_kept_table_is_found_by_its_token_alone() -> None:
    store = shelf()
    table = KeptTable(title="a.csv", content=b"x")
    token = store.keep(table)
    assert store.find(token) is table
    assert len(token) >= 20
    assert store.find(token[:-1]) is None


def test_answers_replace_the_table_of_the_same_token() -> None:
    store = shelf()
    token = store.keep(KeptTable(title="a.csv", content=b"x"))
    answered = KeptTable(title="a.csv", content=b"x", answers=Answers(units={"tax": "元"}))
    assert store.keep(answered, token) == token
    assert store.find(token) is answered


def test_the_one_that_was_asked_for_longest_ago_goes_first() -> None:
    store = shelf(most=2)
    first, second = (store.keep(KeptTable(title=name, content=b"x")) for name in "ab")
    store.find(first)
    third = store.keep(KeptTable(title="c", content=b"x"))
    assert [store.find(token) is None for token in (first, second, third)] == [False, True, False]


def test_bytes_are_bounded_and_the_newest_stays() -> None:
    store = shelf(most_bytes=10)
    first = store.keep(KeptTable(title="a", content=b"x" * 8))
    second = store.keep(KeptTable(title="b", content=b"x" * 20))
    assert store.find(first) is None
    assert store.find(second) is not None
