"""Names under which documents give the fields of a proposal: ids, titles, aliases."""

from __future__ import annotations

import tomllib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.permu.units import fold
from parcels.proposal.fields import fields, floor_columns
from parcels.proposal.functions import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcels.proposal.fields import ProposalField


def field_id(name: str) -> str | None:
    """Return the id of the field that a name stands for; None: none."""
    return _names()[0].get(fold(name))


def column_id(name: str) -> str | None:
    """Return the id of the column of floor area that a name stands for; None: none."""
    return _names()[1].get(fold(name))


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    aliases = tomllib.loads((DATA / "field_aliases.toml").read_text(encoding="utf-8"))
    return (
        _spelled(fields().values(), aliases["fields"]),
        _spelled(floor_columns().values(), aliases["floors"]),
    )


def _spelled(asked: Iterable[ProposalField], aliases: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Map ids, titles and aliases to ids; the title of a share is a name of its quantity."""
    found: dict[str, str] = {}
    for one in asked:
        shares = (one.share_title.zh, one.share_title.en) if one.share_title else ()
        for name in (one.id, one.title.zh, one.title.en, *shares, *aliases.get(one.id, ())):
            if found.setdefault(fold(name), one.id) != one.id:
                raise KeyError(name)
    return MappingProxyType(found)
