"""One changed value is named by its path; nothing else is."""

from __future__ import annotations

import copy
import json

import pytest

from parcels.snapshot import marks
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.marks import changed_places, marks_of
from tests.parcels.snapshot.samples import table_two, two_parcels


@pytest.fixture(scope="module")
def survey_content():
    return json.loads(canonical_bytes(two_parcels().content))


def _leaves(value, path=()):
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        yield path
        return
    for step, one in pairs:
        yield from _leaves(one, (*path, step))


def _put(content, path, value):
    """Change one value; of the rest nothing is copied."""
    if not path:
        return value
    changed = copy.copy(content)
    changed[path[0]] = _put(changed[path[0]], path[1:], value)
    return changed


def test_a_content_fits_its_own_marks():
    assert changed_places(table_two().content) == []
    assert changed_places(json.loads(canonical_bytes(table_two().content))) == []
    assert changed_places({"title": "without marks"}) == []


def test_every_changed_value_is_named(survey_content):
    kept = {name: part for name, part in survey_content.items() if name not in {"answers", "marks"}}
    every = list(_leaves(kept))
    for path in every[:: len(every) // 25]:
        changed = _put(survey_content, path, "another")
        assert changed_places(changed) == [path], path


@pytest.mark.parametrize("value", [0.3, True, None, -0.1, "0.1", [0.1], {"a": 0.1}, 10])
def test_another_value_of_any_type_is_named(survey_content, value):
    places = changed_places(_put(survey_content, ("parcels", 0, "accuracy_m"), value))
    assert places
    assert {place[:2] for place in places} == {("parcels", 0)}


def test_records_that_came_or_went_are_named(survey_content):
    gone = copy.deepcopy(survey_content)
    gone["parcels"].pop()
    assert ("parcels", "1") in changed_places(gone)
    more = copy.deepcopy(survey_content)
    more["parcels"].append({"at": 2})
    assert ("parcels", 2) in changed_places(more)


def test_large_contents_have_a_mark_a_record(survey_content, monkeypatch):
    monkeypatch.setattr(marks, "MOST_LEAVES", 10)
    content = {**survey_content, "marks": marks_of(survey_content)}
    assert {len(one) for one in content["marks"].values()} == {8}
    assert changed_places(_put(content, ("parcels", 1, "name"), "x")) == [("parcels", 1)]
