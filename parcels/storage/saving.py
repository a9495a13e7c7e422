"""One save: who may, whether it was asked before, whether somebody was faster, then all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.planning.plain import scenario_from_plain, scenario_to_plain
from parcels.storage.access import require
from parcels.storage.audit import note
from parcels.storage.rows import as_text, read_scenario, scenario_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.planning.model import Scenario
    from parcels.storage.access import Action, Actor, Object
    from parcels.storage.database import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks for what.

    Attributes
    ----------
    action : Action
        Of the table of roles.
    what : str
        The kind of the operation, or what else is done: for the audit log.
    target : str
        Id of the scenario; of a review batch and parcel.
    content : object
        What was asked, in JSON's values; with it a key that is used again for something else
        is found out. Neither the moment nor the version that was seen: a repeated request
        may differ in them.
    """

    actor: Actor
    action: Action
    what: str
    target: str
    at: str = ""
    key: str = ""
    content: object = field(default=None)

    @property
    def digest(self) -> str:
        """SHA-256 of what was asked, and by whom."""
        asked = [self.actor.name, self.what, self.target, self.content]
        return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def object_of(scenario: Scenario, actor: Actor) -> Object:
    """Tell one's own scenario from those of others."""
    return "scenario" if scenario.owner == actor.name else "others_scenario"


def find(link: Link, scenario: str, *, lock: bool = False) -> Scenario:
    """Read a scenario's row.

    Parameters
    ----------
    lock : bool
        Let other writers of it wait until this transaction ends.

    Raises
    ------
    PlannerError
        ``scenario_unknown``.
    """
    from sqlalchemy import select

    table = link.tables.scenario
    asked = select(table).where(table.c.id == scenario)
    row = link.connection.execute(asked.with_for_update() if lock else asked).first()
    if row is None:
        raise PlannerError("scenario_unknown", value=scenario)
    return read_scenario(row)


def change(
    link: Link, request: Request, seen: int, changed: Callable[[Scenario], Scenario]
) -> Scenario:
    """Save a change of a scenario; asked again with its key, it is done once.

    Parameters
    ----------
    changed : callable
        Does what is asked and gives the scenario as it is then; version and saver are put in here.

    Raises
    ------
    PlannerError
        ``access_refused``, ``save_key_reused``, ``scenario_moved_on`` and those of `changed`.
    """
    known = find(link, request.target, lock=True)
    require(request.actor, request.action, object_of(known, request.actor))
    earlier = answered(link, request)
    if earlier is not None:
        return earlier
    if known.version != seen:
        raise moved_on(known)
    new = replace(
        changed(known), version=seen + 1, saved_by=request.actor.name, saved_at=request.at
    )
    _update(link, new, seen)
    remember(link, request, new)
    note(link, request, object_of(known, request.actor), version=new.version)
    return new


def _update(link: Link, scenario: Scenario, seen: int) -> None:
    """Write the row where it still has the version that was seen: this decides who was first."""
    table = link.tables.scenario
    mine = (table.c.id == scenario.id) & (table.c.version == seen)
    done = link.connection.execute(table.update().where(mine).values(scenario_values(scenario)))
    if done.rowcount == 0:
        raise moved_on(find(link, scenario.id))


def moved_on(scenario: Scenario) -> PlannerError:
    """Say that somebody else saved since."""
    return PlannerError(
        "scenario_moved_on", by=scenario.saved_by, at=scenario.saved_at, version=scenario.version
    )


def answered(link: Link, request: Request) -> Scenario | None:
    """Give what the first request with this key led to; None: it is the first.

    Raises
    ------
    PlannerError
        ``save_key_reused``: the key belongs to another request.
    """
    from sqlalchemy import select

    table = link.tables.key
    row = link.connection.execute(select(table).where(table.c.key == request.key)).first()
    if row is None:
        return None
    if row.digest != request.digest:
        raise PlannerError("save_key_reused", value=request.key)
    return scenario_from_plain(json.loads(row.result))


def result_of(link: Link, scenario: str, key: str) -> Scenario | None:
    """Give what the save of a scenario with this key led to."""
    from sqlalchemy import select

    table = link.tables.key
    mine = (table.c.key == key) & (table.c.scenario == scenario)
    result = link.connection.execute(select(table.c.result).where(mine)).scalar()
    return None if result is None else scenario_from_plain(json.loads(result))


def remember(link: Link, request: Request, scenario: Scenario) -> None:
    """Keep what a request led to, for the case that its answer is lost."""
    values = {
        "key": request.key,
        "scenario": scenario.id,
        "version": scenario.version,
        "digest": request.digest,
        "result": as_text(scenario_to_plain(scenario)),
    }
    link.connection.execute(link.tables.key.insert().values(values))
