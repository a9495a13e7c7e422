"""Writers who meet: nobody's save is lost, and a save that is asked for twice is one save."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_model import Model, perform
from tests.parcels.storage.torture_writers import SAVES, SHARED, WRITERS, Writer, run_writers

SCENARIO = "5ce0" * 8


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Give the address of an empty store, on each engine."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return str(tmp_path / "planner.sqlite")


@pytest.fixture
def made(address):
    """Make a scenario and give its model."""
    model = Model(SCENARIO)
    create = model.next(0)
    perform(open_store(address), SINGLE_DESK, model, create)
    return model.after(create)


def test_four_writers_lose_nothing(address, made):
    told = run_writers(address, SCENARIO)

    assert {writer["shared"] for writer in told} == {2}
    saved = [tuple(one) for writer in told for one in writer["saved"]]
    nothing_is_lost(address, made.after(made.next(SHARED)), saved)
    assert sum(writer["moved_on"] for writer in told) > 0
    assert sum(writer["repeated"] for writer in told) > 0


def test_four_sessions_of_one_program_lose_nothing(address, made):
    store = open_store(address)
    writers = [Writer(store, SCENARIO, place) for place in range(1, WRITERS + 1)]

    with ThreadPoolExecutor(WRITERS) as threads:
        for done in [threads.submit(writer.work) for writer in writers]:
            done.result()

    nothing_is_lost(address, made, [one for writer in writers for one in writer.saved])


def test_the_second_of_two_is_told_who_was_first(address, made):
    store = open_store(address)
    first, second = made.next(1), made.next(3)
    perform(store, SINGLE_DESK, made, first)

    with pytest.raises(PlannerError) as refused:
        perform(open_store(address), SINGLE_DESK, made, second)

    assert refused.value.code == "scenario_moved_on"
    assert refused.value.values["version"] == 2
    assert refused.value.values["at"] == first.at
    assert made.after(first).faults(store.line(SINGLE_DESK, SCENARIO)) == []


def test_the_same_key_is_the_same_save_even_later(address, made):
    store, model = open_store(address), made
    first = model.next(1)
    for number in range(1, 6):
        save = model.next(number)
        perform(store, SINGLE_DESK, model, save)
        model = model.after(save)

    again = perform(open_store(address), SINGLE_DESK, made, first)

    assert again == made.after(first).version
    assert model.faults(store.line(SINGLE_DESK, SCENARIO)) == []


def nothing_is_lost(address, model, saved):
    """Repeat in the order of versions what was acknowledged: each saw what the one before left."""
    assert len(saved) == WRITERS * SAVES
    for version, number in sorted(saved):
        model = model.after(model.next(number))
        assert version == model.version
    store = open_store(address)
    assert model.faults(store.line(SINGLE_DESK, SCENARIO)) == []
    assert store.verify().sound
