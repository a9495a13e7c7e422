"""What each save does to a scenario and its operations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.planning.line import Line, path_to
from parcels.planning.plain import operation_to_plain
from parcels.storage.access import require
from parcels.storage.audit import note
from parcels.storage.rows import (
    ids_to,
    operations_to,
    put_operations,
    read_scenario,
    scenario_values,
)
from parcels.storage.saving import answered, find, object_of, remember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.planning.model import Operation, Scenario
    from parcels.storage.database import Link
    from parcels.storage.saving import Request


def every(link: Link) -> tuple[Scenario, ...]:
    """Read all scenarios in the order in which they were made."""
    from sqlalchemy import select

    table = link.tables.scenario
    rows = link.connection.execute(select(table).order_by(table.c.number))
    return tuple(map(read_scenario, rows))


def line_of(link: Link, scenario: Scenario) -> Line:
    """Read the operations that lead to a scenario's tip."""
    operations = path_to(scenario.tip, operations_to(link, scenario.tip))
    return Line(scenario=scenario, operations=operations)


def made(scenario: Scenario, operations: Sequence[Operation], by: str) -> Scenario:
    """Give a new scenario as it begins: at the last of its first operations, somebody's own.

    Raises
    ------
    PlannerError
        See `require_text`.
    """
    require_text(scenario.name)
    tip = operations[-1].id if operations else scenario.base
    return replace(
        scenario,
        head=tip,
        tip=tip,
        version=1,
        owner=by,
        saved_by=by,
        saved_at=scenario.saved_at or scenario.made_at,
    )


def create(
    link: Link, request: Request, scenario: Scenario, operations: Sequence[Operation]
) -> Scenario:
    """Put a new scenario and its first operations into the store, once for a key."""
    require(request.actor, request.action, "scenario")
    earlier = answered(link, request)
    if earlier is not None:
        return earlier
    if _holds(link, "scenario", scenario.id):
        raise PlannerError("scenario_repeated", value=scenario.id)
    if scenario.parent is not None:
        parent = find(link, scenario.parent)
        require(request.actor, "read", object_of(parent, request.actor))
    if (scenario.parent is None and scenario.base is not None) or not (
        scenario.base is None or _holds(link, "operation", scenario.base)
    ):
        raise PlannerError("operation_out_of_line", value=scenario.base)
    _require_chain(link, scenario.base, operations)
    link.connection.execute(link.tables.scenario.insert().values(scenario_values(scenario)))
    put_operations(link, scenario.id, operations)
    remember(link, request, scenario)
    note(link, request, "scenario", version=scenario.version)
    return scenario


def add(link: Link, scenario: Scenario, operation: Operation) -> Scenario:
    """Let an operation follow the head."""
    _require_chain(link, scenario.head, [operation])
    put_operations(link, scenario.id, [operation])
    return replace(scenario, head=operation.id, tip=operation.id)


def move(link: Link, scenario: Scenario, head: str | None) -> Scenario:
    """Let a scenario stand after another operation between its base and its tip."""
    ids = [None, *ids_to(link, scenario.tip)]
    if head not in ids[ids.index(scenario.base) :]:
        raise PlannerError("operation_out_of_line", value=head or "")
    return replace(scenario, head=head)


def require_text(name: str | None) -> None:
    """Refuse a name that not every engine can hold.

    Raises
    ------
    PlannerError
        ``text_unfit``: half a character, or NUL. Values: ``value``.
    """
    shown = (name or "").encode(errors="replace").decode()
    if "\0" in shown or shown != (name or ""):
        raise PlannerError("text_unfit", value=shown.replace("\0", "�"))


def asked(operation: Operation) -> dict[str, Any]:
    """Give what a request for an operation asks, wherever in the line and whenever it is made."""
    plain = operation_to_plain(operation)
    return {name: value for name, value in plain.items() if name not in {"after", "by", "at"}}


def _require_chain(link: Link, start: str | None, operations: Sequence[Operation]) -> None:
    """Let operations be new, and follow ``start`` and each other."""
    last = start
    for one in operations:
        if one.after != last or _holds(link, "operation", one.id):
            raise PlannerError("operation_out_of_line", value=one.id)
        last = one.id


def _holds(link: Link, what: str, name: str) -> bool:
    from sqlalchemy import select

    table = link.tables.metadata.tables[what]
    return link.connection.execute(select(table.c.id).where(table.c.id == name)).first() is not None
