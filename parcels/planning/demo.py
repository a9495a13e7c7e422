"""Scenarios that the product ships, so that nobody begins with an empty map."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from parcels.planning.editing.commands import derived_id
from parcels.planning.model import Element, Operation, Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "data" / "demo.toml"
ACCURACY_M = 2000.0
SOURCE = "demo"


def demo_scenarios(
    lang: str = "zh", *, seed: str = "demo", by: str = "", at: str = ""
) -> tuple[tuple[Scenario, tuple[Operation, ...]], ...]:
    """Make the demonstration scenarios with their operations, parents first.

    Parameters
    ----------
    lang : str
        Of the names, ``zh`` or ``en``.
    seed : str
        Ids follow from it: another seed gives another set of the same scenarios.
    by, at : str
        Who takes them, and when: UTC, ISO 8601.

    Returns
    -------
    tuple of (Scenario, tuple of Operation)
        Each scenario with its own operations only; it stands at the last of them, version 1. The
        outlines are schematic: ours, no plan shows them.
    """
    made: dict[str, tuple[Scenario, tuple[Operation, ...]]] = {}
    elements: dict[str, Element] = {}
    for stated in _stated():
        parent = made[stated["parent"]][0] if "parent" in stated else None
        base = parent.tip if parent else None
        operations = _operations(stated, elements, lang=lang, seed=seed)
        chained = _chained(operations, base, by=by, at=at)
        scenario = Scenario(
            id=derived_id(seed, stated["key"]),
            name=stated["name"][lang],
            parent=parent.id if parent else None,
            base=base,
            head=chained[-1].id,
            tip=chained[-1].id,
            owner=by,
            made_at=at,
            saved_by=by,
            saved_at=at,
        )
        made[stated["key"]] = scenario, chained
    return tuple(made.values())


def _operations(
    stated: Mapping[str, Any], elements: dict[str, Element], *, lang: str, seed: str
) -> list[Operation]:
    """Read the operations of a scenario; what they put is kept in ``elements`` by key."""
    operations = []
    for number, one in enumerate(stated["operation"]):
        puts = {put["key"]: _put(put, elements, lang, seed) for put in one["put"]}
        elements |= puts
        operations.append(
            Operation(
                id=derived_id(seed, f"{stated['key']}.{number}"),
                after=None,
                kind=one["kind"],
                puts=tuple(puts.values()),
                parameters={"do": one["kind"], "source": SOURCE},
            )
        )
    return operations


def _chained(
    operations: list[Operation], base: str | None, *, by: str, at: str
) -> tuple[Operation, ...]:
    before = [base, *(one.id for one in operations)]
    return tuple(
        replace(one, after=after, by=by, at=at)
        for one, after in zip(operations, before, strict=False)
    )


def _put(put: Mapping[str, Any], elements: Mapping[str, Element], lang: str, seed: str) -> Element:
    """Make a new element, or the one of that key with what changes."""
    changes: dict[str, Any] = {"name": put["name"][lang]} if "name" in put else {}
    if "ring" in put:
        changes["shape"] = shapely.Polygon(put["ring"])
    if "line" in put:
        changes["shape"] = shapely.LineString(put["line"])
    if put["key"] in elements:
        return replace(elements[put["key"]], **changes)
    return Element(
        id=derived_id(seed, f"element.{put['key']}"),
        kind=put["kind"],
        geometry_class="schematic",
        accuracy_m=ACCURACY_M,
        source=SOURCE,
        **changes,
    )


@cache
def _stated() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["scenario"])
