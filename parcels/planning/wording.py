"""Elements and steps of scenarios in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import text

if TYPE_CHECKING:
    from parcels.planning.model import Element, Operation

_SHORT = 6  # hex digits of an id that tell nameless elements apart


def element_name(lang: str, element: Element) -> str:
    """Name an element; one without a name by its kind and the start of its id."""
    if element.name:
        return element.name
    kind = text(lang, f"ui.sketch.kind_{element.kind}")
    return text(lang, "ui.sketch.nameless", kind=kind, id=element.id[:_SHORT])


def step_text(lang: str, operation: Operation) -> str:
    """Say what an operation did, and to what."""
    kind = text(lang, f"ui.sketch.step_{operation.kind}")
    named = list(dict.fromkeys(element_name(lang, one) for one in operation.puts))
    gone = len(operation.drops)
    said = [text(lang, "ui.sketch.step_of", kind=kind, names=named) if named else kind]
    if gone and operation.kind != "merge":
        said.append(text(lang, "ui.sketch.step_drops", count=gone))
    return text(lang, "ui.sketch.joined", first=said[0], rest=said[1]) if said[1:] else said[0]
