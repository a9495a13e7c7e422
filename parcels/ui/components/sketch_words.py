"""Elements, steps and times of scenarios in words, and areas as the page writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.units import M2_PER_HECTARE, decimal_mu
from parcels.messages import text
from parcels.ui.components.review_say import on_the_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcels.planning.model import Element, Operation

_SHORT = 6  # hex digits of an id that tell nameless elements apart
_MINUS = "−"
_HOURS_AND_MINUTES = len("14:02")


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


def clock_text(utc: str) -> str:
    """Write a time of the store as the reader's clock shows it: hours and minutes."""
    return on_the_clock(utc)[-_HOURS_AND_MINUTES:] if utc else "—"


def time_text(utc: str) -> str:
    """Write a time of the store with its day."""
    return on_the_clock(utc) if utc else "—"


def person(lang: str, name: str) -> str:
    """Name who saved; nobody signs in on a single desk."""
    return name or text(lang, "ui.sketch.this_desk")


def mu_text(square_metres: float) -> str:
    """Write an area in 亩."""
    return f"{decimal_mu(square_metres):,.2f}".replace("-", _MINUS)


def area_units(square_metres: float) -> tuple[str, str, str]:
    """Write an area in m², 公顷 and 亩, without units."""
    hectares = square_metres / float(M2_PER_HECTARE)
    return f"{square_metres:,.2f}", f"{hectares:,.4f}", mu_text(square_metres)


def joined(lang: str, said: Iterable[str]) -> str:
    """Put words one after another with the list mark of the language."""
    return text(lang, "ui.list_mark").join(said)
