"""Writers who meet: nobody's save is lost, and a save that is asked for twice is one save."""

from __future__ import annotations

import pytest

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_model import Model, perform
from tests.parcels.storage.torture_writers import SAVES, SHARED, WRITERS, run_writers

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
    saved = sorted(tuple(one) for writer in told for one in writer["saved"])
    assert len(saved) == WRITERS * SAVES
    assert [version for version, _ in saved] == list(range(3, len(saved) + 3))
    model = made.after(made.next(SHARED))
    for _, number in saved:  # in the order of versions every writer saw what the one before left
        model = model.after(model.next(number))
    store = open_store(address)
    assert model.faults(store.line(SINGLE_DESK, SCENARIO)) == []
    assert store.verify().sound
    assert sum(writer["moved_on"] for writer in told) > 0
    assert sum(writer["repeated"] for writer in told) > 0


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
