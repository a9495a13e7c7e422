"""Facts that a reviewer adds to a parcel: a sub-class of use, values of indicators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parcels.checks.use_groups import use_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.checks.subject import Parcels

CLASS = "class"
CLASS_SCHEME = "gb50137"


def with_facts(parcels: Parcels, facts: Mapping[int, Mapping[str, str]]) -> Parcels:
    """Put facts beside what the source says.

    Parameters
    ----------
    parcels : Parcels
    facts : mapping of position to mapping of key to value
        ``class`` is a code of GB 50137; every other key is an indicator, its value as typed. An
        indicator becomes a column of its own name, so that a source that says otherwise is a
        contradiction that the checks name, and neither wins in silence.
    """
    if not facts:
        return parcels
    uses = tuple(
        use_of(facts[at][CLASS], CLASS_SCHEME, use.text) if CLASS in facts.get(at, {}) else use
        for at, use in enumerate(parcels.uses)
    )
    keys = sorted({key for given in facts.values() for key in given if key != CLASS})
    added: dict[str, list[Any]] = {
        key: [facts.get(at, {}).get(key) for at in range(len(parcels))] for key in keys
    }
    clashing = {key: parcels.attributes[key] for key in added if key in parcels.attributes}
    kept = {f"{key} ": column for key, column in clashing.items()}
    rest = {key: column for key, column in parcels.attributes.items() if key not in clashing}
    return replace(parcels, uses=uses, attributes={**rest, **kept, **added})
