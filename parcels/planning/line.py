"""A scenario's operations in order: what is done, what can be undone, what stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcels.planning.model import Operation, Scenario, State


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """The operations that lead to a scenario's tip, those of its parents first.

    Attributes
    ----------
    scenario : Scenario
    operations : tuple of Operation
        From the first of all parents to the tip: each follows the one before it.
    """

    scenario: Scenario
    operations: tuple[Operation, ...]

    @cached_property
    def done(self) -> tuple[Operation, ...]:
        """Operations up to the head."""
        return self.operations[: self._position(self.scenario.head)]

    @cached_property
    def undone(self) -> tuple[Operation, ...]:
        """Operations after the head, the next to redo first."""
        return self.operations[self._position(self.scenario.head) :]

    @cached_property
    def own(self) -> tuple[Operation, ...]:
        """Those of `done` that the parent does not have."""
        return self.done[self._position(self.scenario.base) :]

    @cached_property
    def state(self) -> State:
        """What stands at the head."""
        return state_after(self.done)

    @cached_property
    def inherited(self) -> State:
        """What the parent handed over."""
        return state_after(self.operations[: self._position(self.scenario.base)])

    @property
    def before(self) -> str | None:
        """Where undo leads; the head itself where there is nothing of its own to undo."""
        return self.done[-1].after if self.own else self.scenario.head

    @property
    def next(self) -> str | None:
        """Where redo leads; the head itself where there is nothing to redo."""
        return self.undone[0].id if self.undone else self.scenario.head

    def _position(self, operation: str | None) -> int:
        """Count the operations up to and with one; 0 for the beginning."""
        if operation is None:
            return 0
        return next(at for at, one in enumerate(self.operations, 1) if one.id == operation)


def state_after(operations: Iterable[Operation]) -> State:
    """Replay operations from nothing."""
    state: State = {}
    for one in operations:
        apply(one, state)
    return state


def apply(operation: Operation, state: State) -> None:
    """Change a state as an operation does; an element that stays keeps its place in the order."""
    for dropped in operation.drops:
        state.pop(dropped, None)
    state.update({element.id: element for element in operation.puts})


def path_to(tip: str | None, operations: dict[str, Operation]) -> tuple[Operation, ...]:
    """Order operations from the first to ``tip`` by what each follows.

    Raises
    ------
    KeyError
        An operation on the way is missing.
    """
    found: list[Operation] = []
    at = tip
    while at is not None:
        found.append(operations[at])
        at = operations[at].after
    return tuple(reversed(found))
