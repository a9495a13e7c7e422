"""Worked examples: one with figures made up for it, the others as the plan states them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.proposal.document.documents import read_document
from parcels.proposal.functions import DATA
from parcels.rules.model import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A proposal to begin with.

    Attributes
    ----------
    title, source : Words
        What it is called, and where its figures come from.
    draft : Draft
        As it would be typed.
    """

    id: str
    title: Words
    source: Words
    draft: Draft


@cache
def examples() -> Mapping[str, Example]:
    """Return the examples by id, the first one to show first."""
    listed = tomllib.loads((DATA / "examples.toml").read_text(encoding="utf-8"))["example"]
    found = {}
    for one in listed:
        name = f"{one['id']}.toml"
        found[one["id"]] = Example(
            id=one["id"],
            title=Words(**one["title"]),
            source=Words(**one["source"]),
            draft=read_document((DATA / "examples" / name).read_bytes(), name),
        )
    return MappingProxyType(found)
