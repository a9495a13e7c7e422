"""Changes on their way into the store: done, or kept with what stood against them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from geo.errors import PlannerError
from parcels.clock import utc_now
from parcels.planning.editing.workbench import Workbench
from parcels.planning.model import Scenario
from parcels.ui import cache, state
from parcels.ui.components.sketch_now import known_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.planning.line import Line

_TROUBLE = "sketch_trouble"


class Action(Protocol):
    """What is done to a scenario; a repeated key does it once."""

    def __call__(self, scenario: str, /, *, seen: int, key: str, at: str) -> Scenario:
        """Save it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that somebody asked for.

    Attributes
    ----------
    said : str
        What it does, in words.
    scenario : Scenario
        As it was on the page.
    leads_to : tuple of (str or None), length 0 or 1
        Of a way back or forth in the history: the operation at its end.
    key : str
        Names this change: sent again after a failure it is saved once.
    """

    action: Action
    said: str
    scenario: Scenario
    leads_to: tuple[str | None, ...] = ()
    key: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A change that could not be saved, why, and the scenario as the page showed it."""

    change: Change
    error: PlannerError
    seen: Line | None = None


def change_of(
    scenario: Scenario, said: str, action: Action, *, leads_to: tuple[str | None, ...] = ()
) -> Change:
    """Give a change of a scenario as the page shows it."""
    return Change(action=action, said=said, scenario=scenario, leads_to=leads_to)


def new_id() -> str:
    """Return an id that nothing has yet."""
    return uuid4().hex


def command(sent: Mapping[str, Any]) -> Action:
    """Give a command as an action."""
    return partial(_do, dict(sent))


def setting(**changes: Any) -> Action:
    """Give a change of a scenario's name, settings or place in the archive as an action."""
    return partial(_set, changes)


def save(change: Change) -> Scenario | None:
    """Save a change; what stands against it is kept and shown, and nothing is lost.

    For callbacks of widgets.
    """
    state.hold_params()
    asked = change.scenario
    try:
        saved = change.action(asked.id, seen=asked.version, key=change.key, at=utc_now())
    except PlannerError as error:
        state.remember(_TROUBLE, Trouble(change=change, error=error, seen=known_line(asked)))
        return None
    state.remember(_TROUBLE, None)
    return saved


def send(change: Change) -> None:
    """Save a change, as the callback of a button."""
    save(change)


def trouble() -> Trouble | None:
    """Return what could not be saved last."""
    found: Trouble | None = state.recall(_TROUBLE)
    return found


def forget_trouble() -> None:
    """Let the change go that could not be saved."""
    state.hold_params()
    state.remember(_TROUBLE, None)


def again() -> None:
    """Send the same change once more."""
    kept = trouble()
    if kept is not None:
        save(kept.change)


def upon_theirs(now: Scenario) -> None:
    """Do the same thing to what somebody else saved meanwhile."""
    kept = trouble()
    if kept is not None:
        save(replace(kept.change, scenario=now, key=new_id()))


def as_copy(name: str) -> None:
    """Put the change into a new scenario that begins where the page knew the old one."""
    kept = trouble()
    if kept is None:
        return
    seen, leads_to = kept.change.scenario, kept.change.leads_to
    made = create(name, parent=seen.id, base=leads_to[0] if leads_to else seen.head)
    if made is not None and not leads_to:
        save(replace(kept.change, scenario=made, key=new_id()))


def create(name: str, *, parent: str | None = None, base: str | None = None) -> Scenario | None:
    """Make a scenario, empty or from where another one stands, and show it."""
    at = utc_now()
    made = Scenario(
        id=new_id(),
        name=name,
        parent=parent,
        base=base,
        head=base,
        tip=base,
        made_at=at,
        saved_at=at,
    )
    saved = save(Change(action=partial(_create, made), said=name, scenario=made, key=made.id))
    if saved is not None:
        show(saved.id)
    return saved


def show(scenario: str) -> None:
    """Show a scenario from now on."""
    state.set_params(scenario=scenario, element=None)


def _do(sent: Mapping[str, Any], scenario: str, /, *, seen: int, key: str, at: str) -> Scenario:
    bench = Workbench(cache.store(), state.actor(), scenario)
    return bench.do(sent, seen=seen, key=key, at=at).scenario


def _set(changes: Mapping[str, Any], scenario: str, /, *, seen: int, key: str, at: str) -> Scenario:
    return cache.store().change(state.actor(), scenario, seen=seen, key=key, at=at, **changes)


def _create(made: Scenario, _scenario: str, /, *, seen: int, key: str, at: str) -> Scenario:
    del seen, at
    return cache.store().create(state.actor(), made, key=key)
