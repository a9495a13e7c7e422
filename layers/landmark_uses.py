"""Uses of named features: what may stand behind a name that bounds a parcel."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "data" / "landmark_uses.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkUse:
    """What a named feature of the built-in layers is used for.

    Attributes
    ----------
    id, name : str
    groups : tuple of str
        Use groups: one, or those that the name leaves open.
    wants_clean : bool
        Precision, food and medicine: a neighbour's dust, odour or vibration disturbs.
    basis : Mapping of language to str
        Why it is taken so.
    mark : str
        S written in the plan, R well known, P concluded from the name by this product.
    """

    id: str
    name: str
    groups: tuple[str, ...]
    wants_clean: bool
    basis: Mapping[str, str]
    mark: str


@cache
def landmark_uses() -> Mapping[str, LandmarkUse]:
    """Return the uses of named features by id of the feature, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        uses = [_use(row) for row in csv.DictReader(file)]
    return MappingProxyType({use.id: use for use in uses})


def _use(row: Mapping[str, str]) -> LandmarkUse:
    return LandmarkUse(
        id=row["id"],
        name=row["name"],
        groups=tuple(row["groups"].split()),
        wants_clean=row["wants_clean"] == "yes",
        basis=MappingProxyType({"zh": row["basis_zh"], "en": row["basis_en"]}),
        mark=row["mark"],
    )
