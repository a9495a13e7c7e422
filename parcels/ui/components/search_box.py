"""One field for names and phrases: a name is shown on the map, anything else is located."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.location.reading import Name
from parcels.messages import text
from parcels.ui import state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.location.features import NamedFeature
    from geo.location.gazetteer import Gazetteer
    from parcels.workspace import PlannedParcel

_BOX = "search_box"
_PARCEL = "parcel:"
_FEATURE = "feature:"
_MOST_LISTED = 2_000


def search_box(parcels: Sequence[PlannedParcel], gazetteer: Gazetteer) -> None:
    """Draw the field; what is chosen or typed goes to the address, and the field is empty again.

    Names beyond the first thousands are not listed, but found when they are typed in full.
    """
    lang = state.lang()
    labels = _labels(lang, parcels, gazetteer.features[:_MOST_LISTED])
    st.selectbox(
        text(lang, "ui.parcels.search"),
        list(labels),
        index=None,
        format_func=lambda value: labels.get(value, value),
        placeholder=text(lang, "ui.parcels.search_placeholder"),
        accept_new_options=True,
        key=_BOX,
        on_change=_search,
        args=(gazetteer,),
        label_visibility="collapsed",
    )


def _labels(
    lang: str, parcels: Sequence[PlannedParcel], features: Sequence[NamedFeature]
) -> Mapping[str, str]:
    found = {
        f"{_PARCEL}{parcel.row.parcel_id}": f"{parcel.row.number} · {parcel.row.name}"
        for parcel in parcels
    }
    for feature in features:
        also = "".join(f" / {name}" for name in (*feature.aliases, *feature.former))
        kind = text(lang, f"ui.kind.{feature.kind}")
        found[f"{_FEATURE}{feature.id}"] = f"{feature.name}{also} · {kind}"
    return found


def _search(gazetteer: Gazetteer) -> None:
    value = state.widget(_BOX)
    if value is None:
        return
    if value.startswith(_PARCEL):
        state.set_params(parcel=value.removeprefix(_PARCEL), feature=None, q=None)
    elif value.startswith(_FEATURE):
        state.set_params(feature=value.removeprefix(_FEATURE), q=None)
    else:
        found = gazetteer.match(Name(text=value))
        named = gazetteer.features[found.positions[0]].id if found.status == "matched" else None
        state.set_params(feature=named, q=None if named else value)
    state.reset_widget(_BOX)
