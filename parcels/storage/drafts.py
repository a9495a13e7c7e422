"""What somebody has not finished: one draft a person and scenario, written over by the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parcels.storage.rows import as_text
from parcels.storage.saving import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.storage.database import Link


def draft_of(link: Link, scenario: str, person: str) -> dict[str, Any] | None:
    """Read a draft; None: nothing is unfinished."""
    from sqlalchemy import select

    table = link.tables.draft
    mine = (table.c.scenario == scenario) & (table.c.person == person)
    found = link.connection.execute(select(table.c.content).where(mine)).scalar()
    return None if found is None else json.loads(found)


def put_draft(
    link: Link, scenario: str, person: str, content: Mapping[str, Any] | None, at: str
) -> None:
    """Write a draft over the one before; None takes it away.

    Raises
    ------
    PlannerError
        ``scenario_unknown``.
    """
    find(link, scenario, lock=True)
    table = link.tables.draft
    mine = (table.c.scenario == scenario) & (table.c.person == person)
    link.connection.execute(table.delete().where(mine))
    if content is not None:
        row = {"scenario": scenario, "person": person, "content": as_text(dict(content)), "at": at}
        link.connection.execute(table.insert().values(row))
