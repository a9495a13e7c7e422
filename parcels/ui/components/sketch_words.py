"""People and times of scenarios in words, and areas as the page writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.units import M2_PER_HECTARE, decimal_mu
from parcels.messages import text
from parcels.ui.components.review_say import on_the_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

_MINUS = "−"
_HOURS_AND_MINUTES = len("14:02")


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
