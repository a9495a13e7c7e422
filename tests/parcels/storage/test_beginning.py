"""Programs that begin at the same moment, on what the release before left or on nothing: each can save, none undoes another's."""

from __future__ import annotations

import pytest

from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_beginners import begin_at_once, scenario_of
from tests.parcels.storage.torture_former import former_is_kept, make_former

PROGRAMS = 6


@pytest.mark.parametrize("former", ["", "reviews.sqlite", "planner.sqlite"])
def test_programs_that_begin_at_once(tmp_path, former):
    if former:
        make_former(tmp_path / former)
    address = str(tmp_path / "planner.sqlite")

    assert begin_at_once(address, PROGRAMS) == 0

    store = all_scenarios_are_there(address)
    assert not former or former_is_kept(store)
    copies = [path.name for path in tmp_path.iterdir() if "-" not in path.name]
    assert [name for name in copies if name.endswith((".part", ".tmp"))] == []


def test_programs_that_begin_at_once_on_a_server(postgres_url):
    assert begin_at_once(postgres_url, PROGRAMS) == 0

    all_scenarios_are_there(postgres_url)


def all_scenarios_are_there(address):
    """Open the store and look for what every program made."""
    store = open_store(address)
    for place in range(PROGRAMS):
        before = scenario_of(place)
        after = before.after(before.next(place))
        assert after.faults(store.line(SINGLE_DESK, after.scenario)) == []
    assert store.verify().sound
    return store
