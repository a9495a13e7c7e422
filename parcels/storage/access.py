"""Who may do what: one table, asked by the store at every read and write."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from geo.errors import PlannerError

Role = Literal["viewer", "planner", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
Object = Literal[
    "scenario",
    "others_scenario",
    "draft",
    "review",
    "snapshot",
    "others_snapshot",
    "public_snapshot",
    "audit",
    "store",
]
OBJECTS: tuple[Object, ...] = get_args(Object)
Action = Literal[
    "read",
    "create",
    "edit",
    "archive",
    "sign",
    "share",
    "revoke",
    "drop",
    "backup",
    "restore",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
_TABLE = Path(__file__).parent / "data" / "access.csv"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.

    Attributes
    ----------
    name : str
        As the sign-in knows them; "" on a single desk.
    role : Role
    """

    name: str
    role: Role


SINGLE_DESK = Actor("", "admin")
"""Nobody signs in: whoever sits there owns everything."""


def may(role: Role, action: Action, on: Object) -> bool:
    """Tell whether a role may do something; what the table does not name is refused."""
    return (role, on, action) in _allowed()


def require(actor: Actor, action: Action, on: Object) -> None:
    """Refuse what a role may not do.

    Raises
    ------
    PlannerError
        ``access_refused``. Values: ``role``, ``action``, ``object``.
    """
    if not may(actor.role, action, on):
        raise PlannerError("access_refused", role=actor.role, action=action, object=on)


@cache
def _allowed() -> frozenset[tuple[str, str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return frozenset(
            (role, row["object"], row["action"])
            for row in csv.DictReader(file)
            for role in ROLES
            if row[role] == "yes"
        )
