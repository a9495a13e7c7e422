"""Programs that begin at the same moment, on what the release before left or on nothing: each can save, none undoes another's."""

from __future__ import annotations

import pytest

from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_beginners import begin_at_once, scenario_of
from tests.parcels.storage.torture_desk import Desk
from tests.parcels.storage.torture_disk import room
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
    assert no_copy_is_left(tmp_path)


def test_programs_that_begin_at_once_on_a_server(postgres_url):
    assert begin_at_once(postgres_url, PROGRAMS) == 0

    all_scenarios_are_there(postgres_url)


@pytest.mark.parametrize("former", ["reviews.sqlite", "planner.sqlite"])
@pytest.mark.parametrize("free", [0, 4, 16, 40])
def test_a_former_store_is_not_taken_over_without_room(small_disk, former, free):
    make_former(small_disk / former)
    before = (small_disk / former).read_bytes()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(room(small_disk) - free * 1024))
    desk = Desk(str(small_disk / "planner.sqlite"), saves=0)

    assert desk.refused().code == "store_full"
    assert (small_disk / former).read_bytes() == before
    ballast.unlink()

    desk.save()
    assert desk.is_whole()
    assert former_is_kept(desk.store)
    assert no_copy_is_left(small_disk)


def all_scenarios_are_there(address):
    """Open the store and look for what every program made."""
    store = open_store(address)
    for place in range(PROGRAMS):
        before = scenario_of(place)
        after = before.after(before.next(place))
        assert after.faults(store.line(SINGLE_DESK, after.scenario)) == []
    assert store.verify().sound
    return store


def no_copy_is_left(folder):
    """Tell whether a folder holds stores only; ``-wal`` and ``-shm`` are SQLite's own."""
    return all(path.name.endswith((".sqlite", "-wal", "-shm")) for path in folder.iterdir())
