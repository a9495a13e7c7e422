"""One scenario being worked on by one person: commands become operations that are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.planning.editing import commands
from parcels.planning.editing.commands import derived_id, read_command
from parcels.planning.editing.edits import effect_of
from parcels.planning.editing.revert import Effect, pick, revert
from parcels.planning.line import Line
from parcels.planning.model import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.planning.model import Scenario, State
    from parcels.storage.access import Actor
    from parcels.storage.store import Store

_LENGTHY = {"geometry", "shapes"}


class Workbench:
    """Reads and changes a scenario in the name of somebody.

    Parameters
    ----------
    store : Store
    actor : Actor
    scenario : str
        Id.
    """

    def __init__(self, store: Store, actor: Actor, scenario: str) -> None:
        self.store = store
        self.actor = actor
        self.scenario = scenario

    def line(self) -> Line:
        """Read the scenario as it stands.

        Raises
        ------
        PlannerError
            ``scenario_unknown`` and what may befall a store.
        """
        return self.store.line(self.actor, self.scenario)

    def do(self, sent: Any, *, seen: int, key: str, at: str) -> Line:
        """Carry out a command and save it; it is on the disk when this returns.

        Parameters
        ----------
        sent : mapping
            A command as it was sent (`commands`).
        seen : int
            Version of the scenario that the person sees.
        key : str
            Names this request: sent again, it is carried out once.
        at : str
            UTC, ISO 8601.

        Returns
        -------
        Line
            After it.

        Raises
        ------
        PlannerError
            What is wrong with the command (`read_command`, `effect_of`, `revert`, `pick`);
            ``scenario_moved_on``, ``pick_clashes``, ``nothing_to_undo``, ``nothing_to_redo``; what
            may befall a store. Nothing is changed then.
        """
        command = read_command(sent)
        line = self.line()
        if self.store.saved(self.actor, self.scenario, key) is not None:
            return line
        if line.scenario.version != seen:
            raise moved_on(line.scenario)
        if isinstance(command, commands.Step):
            head = _step(line, command)
            moved = self.store.move(self.actor, self.scenario, head, seen=seen, key=key, at=at)
            return Line(scenario=moved, operations=line.operations)
        operation = self._operation(command, sent, line, key=key, at=at)
        added = self.store.add(self.actor, self.scenario, operation, seen=seen, key=key)
        return Line(scenario=added, operations=(*line.done, operation))

    def _operation(
        self, command: commands.Command, sent: Mapping[str, Any], line: Line, *, key: str, at: str
    ) -> Operation:
        number = derived_id(f"{self.scenario}:{key}", 0)
        effect = self._effect(command, line, number)
        return Operation(
            id=number,
            after=line.scenario.head,
            kind=command.do,  # type: ignore[arg-type]  # steps are no operations
            puts=effect.puts,
            drops=effect.drops,
            parameters={name: value for name, value in sent.items() if name not in _LENGTHY},
            by=self.actor.name,
            at=at,
        )

    def _effect(self, command: commands.Command, line: Line, operation: str) -> Effect:
        if isinstance(command, commands.Revert):
            return revert(line, command.element, command.to)
        if isinstance(command, commands.Pick):
            there = self.store.line(self.actor, command.scenario)
            picked = pick(command.operation, there, line.state)
            if picked.clashes and not command.replace:
                named = [_name(one, line.state) for one in picked.clashes]
                raise PlannerError("pick_clashes", elements=named)
            return picked.effect
        return effect_of(command, line.state, operation)


def moved_on(scenario: Scenario) -> PlannerError:
    """Say that somebody else saved since."""
    return PlannerError(
        "scenario_moved_on",
        by=scenario.saved_by,
        at=scenario.saved_at,
        version=scenario.version,
    )


def _name(element: str, state: State) -> str:
    """Name an element as people see it: by its name, else by the beginning of its id."""
    return (element in state and state[element].name) or element[:8]


def _step(line: Line, command: commands.Step) -> str | None:
    back = command.do == "undo"
    if not (line.own if back else line.undone):
        raise PlannerError("nothing_to_undo" if back else "nothing_to_redo")
    return line.before if back else line.next
