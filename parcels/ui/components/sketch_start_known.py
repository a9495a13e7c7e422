"""Outlines from what is loaded: rows of 表2 as they were solved, parcels of accepted files."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
import streamlit as st

from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.subjects import survey_parcels
from parcels.ui import state
from parcels.ui.components.plan_map import planned_parcels
from parcels.ui.components.sketch_started import Started
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from parcels.parcel_sets import ParcelSet
    from parcels.ui.components.sketch_now import Now
    from parcels.workspace import PlannedParcel

_MOST = 2_000
_ALL = -1
_PLACES = ("block", "envelope")


def from_plan(now: Now) -> Started | None:
    """Choose a row, and its block or its extent; a row without either cannot be used."""
    lang = now.lang
    rows = {one.row.parcel_id: one for one in planned_parcels()}
    chosen = st.selectbox(
        text(lang, "ui.sketch.start_row"),
        list(rows),
        format_func=lambda one: f"{rows[one].row.number} {rows[one].row.name}",
        key="sketch_start_row",
        on_change=state.hold_params,
    )
    row = rows[chosen]
    offered = [one for one in _PLACES if _place(row, one) is not None]
    if not offered:
        st.html(tag("p", text(lang, "ui.sketch.start_no_place"), cls="pl-note pl-text-unknown"))
        return None
    place = st.selectbox(
        text(lang, "ui.sketch.start_place"),
        offered,
        format_func=lambda one: text(lang, f"map.{one}"),
        key=f"sketch_start_place_{chosen}",
        on_change=state.hold_params,
    )
    shape = _place(row, place)
    return None if shape is None else _of_row(lang, row, shape)


def _place(row: PlannedParcel, what: str) -> BaseGeometry | None:
    parts = [getattr(part, what) for part in row.location.parts]
    drawn = [one for one in parts if one is not None and not one.is_empty]
    if not drawn or len(drawn) < len(parts):
        return None
    return shapely.union_all(drawn)


def _of_row(lang: str, row: PlannedParcel, shape: BaseGeometry) -> Started:
    stated = [part.accuracy_m for part in row.location.parts]
    known = [metres for metres in stated if metres is not None]
    accuracy = max(known) if len(known) == len(stated) and known else None
    return Started(
        shapes=(shape,),
        names=(row.row.name,),
        source="parcel",
        ids=(row.row.parcel_id,),
        geometry_class="solved_from_text",
        accuracy_m=accuracy,
        note=text(lang, "ui.sketch.start_solved"),
    )


def from_set(now: Now) -> Started | None:
    """Choose one parcel of an accepted file, or all of them."""
    lang = now.lang
    held = [one for token in state.own_sets() if (one := SETS.find(token)) is not None]
    if not held:
        st.html(tag("p", text(lang, "ui.sketch.start_no_set"), cls="pl-note pl-muted"))
        return None
    titles = {one.token: one.title for one in held}
    token = st.selectbox(
        text(lang, "ui.sketch.start_set_file"),
        list(titles),
        format_func=titles.__getitem__,
        key="sketch_start_set_file",
        on_change=state.hold_params,
    )
    chosen = next(one for one in held if one.token == token)
    at = _choose_parcel(lang, chosen)
    return _of_set(chosen, range(len(chosen)) if at == _ALL else [at])


def _choose_parcel(lang: str, held: ParcelSet) -> int:
    labels = held.labels
    every = [*([_ALL] if len(held) <= _MOST else []), *range(min(len(held), _MOST))]
    words = {_ALL: text(lang, "ui.sketch.start_all", count=f"{len(held):,}")}
    return int(
        st.selectbox(
            text(lang, "ui.sketch.start_parcel"),
            every,
            format_func=lambda one: words.get(one) or f"{one + 1} {labels[one]}",
            key=f"sketch_start_parcel_{held.token}",
            on_change=state.hold_params,
        )
    )


def _of_set(held: ParcelSet, chosen: range | list[int]) -> Started | None:
    parcels = survey_parcels(held.survey)
    kept = [at for at in chosen if held.shapes[at] is not None and not held.shapes[at].is_empty]
    if not kept:
        return None
    accuracy = float(parcels.accuracy_m[kept[0]])
    return Started(
        shapes=tuple(held.shapes[at] for at in kept),
        names=tuple(held.labels[at] for at in kept),
        source="parcel",
        ids=tuple(parcels.ids[at] or str(at + 1) for at in kept),
        geometry_class=parcels.geometry_class[kept[0]],  # type: ignore[arg-type]
        accuracy_m=None if math.isnan(accuracy) else accuracy,
        attributes=tuple(
            {name: str(column[at]) for name, column in parcels.attributes.items() if column[at]}
            for at in kept
        ),
    )
