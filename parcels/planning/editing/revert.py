"""One element back to what it was, and one operation of another scenario taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.planning.line import state_after

if TYPE_CHECKING:
    from parcels.planning.line import Line
    from parcels.planning.model import Element, Operation, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an operation leaves.

    Attributes
    ----------
    puts : tuple of Element
    drops : tuple of str
        Ids of elements that it takes away.
    """

    puts: tuple[Element, ...] = ()
    drops: tuple[str, ...] = ()


def revert(line: Line, element: str, to: str | None) -> Effect:
    """Bring one element back to what it was after an operation of its line; others stay.

    Parameters
    ----------
    line : Line
    element : str
        One that stands, or one that was deleted.
    to : str or None
        Operation of the line; None: what the parent handed over.

    Raises
    ------
    PlannerError
        ``operation_unknown``; ``element_unknown``: there was no such element, then or now;
        ``revert_changes_nothing``.
    """
    then = line.inherited if to is None else state_after(_until(line, to))
    if element not in then and element not in line.state:
        raise PlannerError("element_unknown", element=element)
    if then.get(element) == line.state.get(element):
        raise PlannerError("revert_changes_nothing", element=line.state[element].name)
    return Effect(puts=(then[element],)) if element in then else Effect(drops=(element,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """An operation as it would be taken over.

    Attributes
    ----------
    effect : Effect
    clashes : tuple of str
        Ids of elements that look different here from what the operation started from there.
    """

    effect: Effect
    clashes: tuple[str, ...] = ()


def pick(operation: str, there: Line, here: State) -> Picked:
    """Work out what an operation of another scenario does here.

    Raises
    ------
    PlannerError
        ``operation_unknown``: it is not done in that scenario; ``pick_changes_nothing``.
    """
    until = _until(there, operation)
    before, picked = state_after(until[:-1]), until[-1]
    touched = [*(one.id for one in picked.puts), *picked.drops]
    drops = tuple(one for one in picked.drops if one in here)
    puts = tuple(one for one in picked.puts if here.get(one.id) != one)
    if not puts and not drops:
        raise PlannerError("pick_changes_nothing")
    clashes = tuple(one for one in touched if here.get(one) != before.get(one))
    return Picked(effect=Effect(puts=puts, drops=drops), clashes=clashes)


def _until(line: Line, operation: str) -> tuple[Operation, ...]:
    """Operations of a line up to and with one."""
    for at, one in enumerate(line.done, 1):
        if one.id == operation:
            return line.done[:at]
    raise PlannerError("operation_unknown", operation=operation)
