"""The extract of a phrase that the user typed into the search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.units import M2_PER_MU
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.extract import location_boxes
from parcels.ui.components.feature_card import close_button
from parcels.ui.components.reading_box import class_badge
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from geo.location.location import Location


def phrase_card(location: Location, area_m2: float | None) -> None:
    """Draw how a typed phrase was read, the area that was found in it, and what is on the map."""
    lang = state.lang()
    close_button(lang, text(lang, "ui.phrase.title"))
    area = _area(lang, location, area_m2)
    st.html(
        tag(
            "div",
            tag("div", class_badge(lang, location.class_), cls="pl-badges"),
            location_boxes(lang, location, text(lang, "ui.phrase.typed")),
            tag("p", area, cls="pl-note pl-muted") if area else None,
            cls="pl-extract",
        )
    )


def _area(lang: str, location: Location, area_m2: float | None) -> str | None:
    """Say which area was found where no shape of it is drawn, or that one could be tried."""
    if any(part.candidate is not None for part in location.parts):
        return None
    if area_m2:
        mu, m2 = f"{area_m2 / float(M2_PER_MU):,.2f}", f"{area_m2:,.2f}"
        return text(lang, "ui.phrase.area", mu=mu, m2=m2)
    drawn = any(part.envelope is not None for part in location.parts)
    return text(lang, "ui.phrase.no_area") if drawn else None
