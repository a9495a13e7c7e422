"""The fields of a proposal: ids, titles, kinds; one list for form, template, reading and words."""

from __future__ import annotations

import tomllib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from parcels.proposal.functions import DATA
from parcels.rules.model import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal[
    "text",
    "class",
    "code",
    "choice",
    "yes_no",
    "function",
    "land",
    "floor",
    "length",
    "money",
    "energy",
    "mass",
    "power",
    "people",
    "count",
    "rate_money",
    "rate_people",
]
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "land": "m²",
        "floor": "m²",
        "length": "m",
        "money": "万元",
        "energy": "吨标准煤",
        "mass": "吨",
        "power": "kWh",
        "people": "人",
        "rate_money": "万元/m²",
        "rate_people": "人/m²",
    }
)
"""Unit of each kind of quantity in which proposals hold it."""
_COLUMN_OF = {
    "floor": "area",
    "land": "land",
    "function": "function",
    "storey_height": "storey_height",
}


class ProposalField(BaseModel):
    """One field.

    Attributes
    ----------
    options : tuple of str
        Of a choice: what may be stated; shown as ``proposal.option.<id>.<option>``.
    share_of : str
        Quantity of which it may be typed as a share; ``core``: the core floor area.
    share_title : Words or None
        What that share is called.
    a_year : bool
        An amount a year.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    title: Words
    group: Literal["site", "building", "split", "promises", "zone", "floors"] = "floors"
    options: tuple[str, ...] = ()
    share_of: str = ""
    share_title: Words | None = None
    a_year: bool = False

    @property
    def unit(self) -> str:
        """Unit in which it is held; "" for what is no quantity."""
        return UNITS.get(self.kind, "")


class _Lists(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    field: tuple[ProposalField, ...] = Field(min_length=1)
    floor: tuple[ProposalField, ...] = Field(min_length=1)


@cache
def _lists() -> _Lists:
    return _Lists.model_validate(
        tomllib.loads((DATA / "fields.toml").read_text(encoding="utf-8")), strict=False
    )


@cache
def fields() -> Mapping[str, ProposalField]:
    """Return the fields of a proposal by id, in the order of the form."""
    return MappingProxyType({one.id: one for one in _lists().field})


@cache
def floor_columns() -> Mapping[str, ProposalField]:
    """Return the columns of a row of floor area by id, in the order of the form."""
    return MappingProxyType({one.id: one for one in _lists().floor})


def field_title(lang: str, field: ProposalField) -> str:
    """Name a field."""
    return field.title.en if lang == "en" else field.title.zh


def quantity_words(lang: str, quantity: str) -> str:
    """Name a quantity of a proposal: ``site_area``, ``floor:0`` (row 1: floor area), ``floors``."""
    from parcels.messages import text

    kind, _, place = quantity.partition(":")
    if place:
        title = column_title(lang, quantity)
        return text(lang, "proposal.row_field", row=int(place) + 1, title=title)
    if kind in fields():
        return field_title(lang, fields()[kind])
    return text(lang, f"proposal.quantity.{kind}")


def column_title(lang: str, quantity: str) -> str:
    """Name the column of a row in which a quantity or fact stands: ``floor:0``, ``function:0``."""
    return field_title(lang, floor_columns()[_COLUMN_OF[quantity.partition(":")[0]]])


def quantity_unit(quantity: str) -> str:
    """Return the unit in which a quantity is held."""
    kind, _, place = quantity.partition(":")
    return UNITS["floor"] if place else fields()[kind].unit
