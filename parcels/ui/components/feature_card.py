"""What is known of a road, park or landmark: names, place, source, and the parcels that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.map_scene import in_language
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.reading_box import accuracy_text
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.location.features import NamedFeature
    from layers.catalog import Source
    from layers.model import FeatureProperties, PartOfPark
    from parcels.workspace import PlannedParcel


def feature_card(
    feature: NamedFeature,
    stated: FeatureProperties | None,
    parcels: Sequence[PlannedParcel],
    sources: dict[str, Source],
) -> None:
    """Draw the card of a feature; ``stated`` is what the built-in data say of it, if any."""
    lang = state.lang()
    close_button(lang, feature.name)
    rows = [
        _row(lang, "kind", text(lang, f"ui.kind.{feature.kind}")),
        _row(lang, "aliases", text(lang, "ui.list_mark").join(feature.aliases)),
        _row(lang, "former", text(lang, "ui.list_mark").join(feature.former)),
        _row(lang, "position", _position(lang, feature)),
        *(_stated_rows(lang, stated, sources) if stated else ()),
        _row(lang, "mentioned_by", _mentions(lang, feature, parcels)),
    ]
    st.html(tag("div", tag("table", join(*rows)), cls="pl-extract"))


def close_to_parcel() -> None:
    """Go back from a feature or a typed phrase to the chosen parcel."""
    state.set_params(feature=None, q=None)


def close_button(lang: str, title: str) -> None:
    """Draw the head of a card, with the way back to the chosen parcel."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="extract_head"):
        st.html(tag("div", tag("h2", title), cls="pl-extract"))
        st.button(
            text(lang, "ui.extract.close"),
            icon=":material/arrow_back:",
            type="primary",
            key="extract_close",
            help=text(lang, "ui.extract.back"),
            on_click=close_to_parcel,
        )


def _position(lang: str, feature: NamedFeature) -> str:
    if feature.geometry is None:
        return text(lang, "ui.feature.no_place")
    return accuracy_text(lang, feature.accuracy_m)


def _stated_rows(
    lang: str, stated: FeatureProperties, sources: dict[str, Source]
) -> Iterable[Markup | None]:
    titles = [in_language(sources[source].title, lang) for source in stated.source]
    note = stated.note_en if lang == "en" else stated.note_zh
    return (
        _row(lang, "status", text(lang, f"ui.status.{stated.status}")),
        _row(lang, "basis", text(lang, f"ui.basis.{stated.basis}") if stated.basis else None),
        _row(lang, "area", _areas(lang, stated)),
        _row(lang, "location", stated.location_text),
        _row(lang, "parts", _parts(lang, stated.parts) if stated.parts else None),
        _row(lang, "quote", stated.source_text),
        _row(lang, "note", note),
        _row(lang, "source", join(*(tag("div", title) for title in titles))),
    )


def _areas(lang: str, stated: FeatureProperties) -> str | None:
    figures = {
        "mu": stated.area_mu,
        "m2": stated.area_m2,
        "km2": stated.area_km2,
    }
    written = [
        text(lang, f"ui.unit.{unit}", value=f"{value:,.2f}")
        for unit, value in figures.items()
        if value is not None
    ]
    return " · ".join(written) or None


def _parts(lang: str, parts: Iterable[PartOfPark]) -> Markup:
    return join(
        *(
            tag(
                "div",
                part.name,
                f" {text(lang, 'ui.unit.mu', value=f'{part.area_mu:,.2f}')}"
                if part.area_mu
                else "",
            )
            for part in parts
        )
    )


def _mentions(lang: str, feature: NamedFeature, parcels: Sequence[PlannedParcel]) -> str:
    numbers = [
        str(parcel.row.number)
        for parcel in parcels
        if any(a.id == feature.id for part in parcel.location.parts for a in part.anchors)
    ]
    if not numbers:
        return text(lang, "ui.feature.mentioned_none")
    return text(lang, "ui.feature.rows", rows=text(lang, "ui.list_mark").join(numbers))


def _row(lang: str, key: str, value: str | None) -> Markup | None:
    if not value:
        return None
    return tag("tr", tag("th", text(lang, f"ui.feature.{key}"), scope="row"), tag("td", value))
