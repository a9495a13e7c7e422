"""The example that ships with the product, put into the store for somebody to edit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.clock import utc_now
from parcels.messages import text
from parcels.planning.demo import demo_scenarios
from parcels.ui import cache, state
from parcels.ui.components.sketch_saving import Change, new_id, save, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.planning.model import Operation, Scenario


def start_demo() -> Scenario | None:
    """Keep the scenarios of the example and show the first; once more they get a number.

    Returns
    -------
    Scenario or None
        The first; None: it could not be saved.
    """
    lang, first = state.lang(), None
    seed, person = new_id(), state.actor().name
    examples = demo_scenarios(lang, seed=seed, by=person, at=utc_now())
    number = _free_number(lang, [one.name for one, _ in examples])
    for scenario, steps in examples:
        made = replace(scenario, name=_name(lang, scenario.name, number))
        act = partial(_create, made, steps)
        if save(Change(action=act, said=made.name, scenario=made, key=made.id)) is None:
            break
        first = first or made
    if first is not None:
        show(first.id)
    return first


def begin() -> None:
    """Start the example, as the callback of a button."""
    start_demo()


def _create(
    made: Scenario,
    steps: Sequence[Operation],
    _scenario: str,
    /,
    *,
    seen: int,
    key: str,
    at: str,
) -> Scenario:
    del seen, at
    return cache.store().create(state.actor(), made, steps, key=key)


def _free_number(lang: str, names: Sequence[str]) -> int:
    """Count how often the example was begun, by the names that are taken."""
    try:
        known = {one.name for one in cache.store().scenarios(state.actor(), archived=True)}
    except PlannerError:  # told by the save that follows
        return 1
    number = 1
    while any(_name(lang, one, number) in known for one in names):
        number += 1
    return number


def _name(lang: str, name: str, number: int) -> str:
    return name if number == 1 else text(lang, "ui.sketch.numbered_name", name=name, number=number)
