"""Operations and scenarios as JSON's values, the way the store, backups and snapshots keep them."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import shapely

from parcels.planning.model import Element, Operation, Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFAULTS = {one.name: one.default for one in fields(Element) if one.name != "attributes"}


def element_to_plain(element: Element) -> dict[str, Any]:
    """Give an element without what is as usual; the shape as WKB in hex digits, to the last bit."""
    stated = {
        name: getattr(element, name)
        for name, usual in _DEFAULTS.items()
        if name not in {"id", "kind", "shape"} and getattr(element, name) != usual
    }
    plain = {
        "id": element.id,
        "kind": element.kind,
        "shape": shapely.to_wkb(element.shape, hex=True),
    }
    return plain | stated | ({"attributes": dict(element.attributes)} if element.attributes else {})


def element_from_plain(plain: Mapping[str, Any]) -> Element:
    """Read back what `element_to_plain` wrote."""
    return Element(**{**plain, "shape": shapely.from_wkb(plain["shape"])})


def operation_to_plain(operation: Operation) -> dict[str, Any]:
    """Give an operation with its elements."""
    return {
        "id": operation.id,
        "after": operation.after,
        "kind": operation.kind,
        "puts": [element_to_plain(one) for one in operation.puts],
        "drops": list(operation.drops),
        "parameters": dict(operation.parameters),
        "by": operation.by,
        "at": operation.at,
    }


def operation_from_plain(plain: Mapping[str, Any]) -> Operation:
    """Read back what `operation_to_plain` wrote."""
    puts = tuple(element_from_plain(one) for one in plain["puts"])
    return Operation(**{**plain, "puts": puts, "drops": tuple(plain["drops"])})


def scenario_to_plain(scenario: Scenario) -> dict[str, Any]:
    """Give all that a scenario states of itself."""
    return asdict(scenario) | {"settings": dict(scenario.settings)}


def scenario_from_plain(plain: Mapping[str, Any]) -> Scenario:
    """Read back what `scenario_to_plain` wrote."""
    return Scenario(**plain)
