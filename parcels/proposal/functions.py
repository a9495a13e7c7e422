"""Functions of floor area: names, what they may mean, whether they are core or support."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from parcels.messages import messages
from parcels.rules.indicators import indicators
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.model import Part, Role

DATA = Path(__file__).parent / "data"


@cache
def function_roles() -> Mapping[str, Role]:
    """Return the role of every function in the order of the table.

    Core is what a new-industry plot is for, production and research; support is what serves it.
    Whether a function may be core, or there at all, is for the rules to say.
    """
    with (DATA / "functions.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["function"]: cast("Role", row["role"]) for row in csv.DictReader(file)}
    if set(rows) != set(indicators()["functions"].options):
        raise KeyError(sorted(set(rows) ^ set(indicators()["functions"].options)))
    return MappingProxyType(rows)


@cache
def function_names() -> Mapping[str, str]:
    """Return the Chinese name of every function."""
    return MappingProxyType({row["function"]: row["function_zh"] for row in table("mixing.csv")})


def function_title(lang: str, function: str) -> str:
    """Name a function in a language; another code (a class of land) as it is."""
    return messages(lang).get(f"ui.rules.function.{function}", function)


def roles_of(part: Part) -> frozenset[Role]:
    """Return the roles that a part may have: its own, else those of what it may be."""
    if part.role is not None:
        return frozenset((part.role,))
    if not part.functions:
        return frozenset(function_roles().values())
    return frozenset(function_roles()[one] for one in part.functions)
