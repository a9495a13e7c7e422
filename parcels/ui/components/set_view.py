"""The page 地块 for an accepted file: its list, its map, the extract of the chosen parcel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.units import M2_PER_MU
from layers.scene import Selection
from parcels.crs_words import crs_text
from parcels.map_scene import PARCELS, Chosen, compose
from parcels.messages import text
from parcels.set_scene import CHOSEN_PARCEL, is_large
from parcels.ui import cache, state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.feature_card import feature_card
from parcels.ui.components.map_layers import layer_of, stated_of, under_layers
from parcels.ui.components.panels import panels
from parcels.ui.components.parcel_map import parcel_map
from parcels.ui.components.set_choice import set_choice
from parcels.ui.components.set_export import set_export
from parcels.ui.components.set_extract import set_extract
from parcels.ui.components.set_list import listed, set_list
from parcels.ui.components.set_map import set_map_group, whole_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.location.features import NamedFeature
    from layers.scene import Scene
    from parcels.parcel_sets import ParcelSet
    from parcels.ui.components.set_list import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What the address names; ``named``: it does, and is not the first parcel for want of one."""

    position: int
    named: bool
    feature: NamedFeature | None

    @property
    def id(self) -> str:
        """The parcel as the address, the list and the map name it."""
        return str(self.position + 1)


def set_view(held: ParcelSet, open_review: Callable[[], None]) -> None:
    """Draw the page of a set; ``open_review`` leads to the page 审查."""
    lang = state.lang()
    rows = listed(held)
    choice = _choice(held)
    context_row(held.title, _counts(lang, held))
    left, middle, right = panels()
    with middle:
        parcel_map(_scene(held, rows, choice))
    with left:
        _head(held, choice)
        set_list(held, rows, None if choice.feature else choice.id)
    with right:
        if choice.feature is not None:
            parcels = cache.builtin_parcels()
            feature_card(choice.feature, stated_of(choice.feature), parcels, cache.sources())
        else:
            set_extract(held, choice.position, rows.ids, open_review)


def _head(held: ParcelSet, choice: _Choice) -> None:
    with st.container(key="set_head", horizontal=True, wrap=False, vertical_alignment="center"):
        with st.container(width="stretch"):
            set_choice()
        with st.container(width="content"):
            set_export(held, choice.position)


def _choice(held: ParcelSet) -> _Choice:
    written = state.param("parcel") or ""
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0  # noqa: PLR2004
    named = 1 <= number <= len(held)
    feature_id = state.param("feature")
    features = state.network().features
    return _Choice(
        position=number - 1 if named else 0,
        named=named,
        feature=next((one for one in features if one.id == feature_id), None),
    )


def _counts(lang: str, held: ParcelSet) -> str:
    total = float(held.survey.parcels.column("area_m2").to_numpy().sum()) / float(M2_PER_MU)
    crs = held.survey.crs
    return text(
        lang,
        "ui.set.counts",
        count=f"{len(held):,}",
        mu=f"{total:,.2f}",
        crs=crs_text(lang, crs),
        how=text(lang, f"report.how_{crs.how}"),
    )


def _scene(held: ParcelSet, rows: Listed, choice: _Choice) -> Scene:
    lang = state.lang()
    large = is_large(held.survey)
    return compose(
        lang,
        (*under_layers(lang), set_map_group(held, choice.position)),
        _chosen(held, choice),
        notice=text(lang, "ui.set.notice"),
        dimmed=frozenset() if large else _left_out(held, rows),
        base_maps=cache.base_maps(),
    )


def _left_out(held: ParcelSet, rows: Listed) -> frozenset[str]:
    if len(rows.ids) == len(held):
        return frozenset()
    return frozenset(map(str, range(1, len(held) + 1))) - frozenset(rows.ids)


def _chosen(held: ParcelSet, choice: _Choice) -> Chosen:
    """Mark the parcel; look at all of a set first, then at the parcel that is named."""
    serial = state.choice_serial()
    if choice.feature is not None:
        selection = Selection(layer=layer_of(choice.feature), id=choice.feature.id)
        return Chosen(selection=selection, place=choice.feature.geometry, focus_serial=serial)
    fit = not choice.named or state.is_new_set()
    layer = CHOSEN_PARCEL if is_large(held.survey) else PARCELS
    return Chosen(
        selection=Selection(layer=layer, id=choice.id),
        place=whole_set(held) if fit else held.shapes[choice.position],
        focus_serial=serial,
        fit=fit,
    )
