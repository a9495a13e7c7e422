"""地块: list, map and extract in step; the address says what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.location.solve import solve
from geo.units import find_area
from layers.scene import Selection
from parcels.map_scene import PARCELS, Chosen, compose
from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.boundary import show_error
from parcels.ui.components.context_row import context_row
from parcels.ui.components.extract import parcel_extract
from parcels.ui.components.feature_card import close_button, feature_card
from parcels.ui.components.map_layers import layer_of, stated_of, under_layers
from parcels.ui.components.panels import panels
from parcels.ui.components.parcel_list import filtered, parcel_list, use_name
from parcels.ui.components.parcel_map import parcel_map
from parcels.ui.components.phrase_card import phrase_card
from parcels.ui.components.plan_map import (
    plan_boxes,
    plan_group,
    plan_notice,
    planned_parcels,
)
from parcels.ui.components.search_box import search_box
from parcels.ui.components.set_choice import set_choice, shown_set
from parcels.ui.components.set_view import set_view
from parcels.workspace import count_by_use

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.location.features import NamedFeature
    from geo.location.location import Location
    from geo.location.network import Network
    from layers.scene import Scene
    from parcels.workspace import PlannedParcel


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What the address names: always a parcel, and on top of it a feature or a typed phrase."""

    parcel: PlannedParcel
    feature: NamedFeature | None
    phrase: Location | PlannerError | None
    area_m2: float | None

    @property
    def listed(self) -> str | None:
        """The row that is marked in the list: none while something else is looked at."""
        return None if self.feature or self.phrase else self.parcel.row.parcel_id


def render(open_review: Callable[[], None]) -> None:
    """Draw the page: 表2, or the accepted file that the address names.

    Parameters
    ----------
    open_review : callable
        Leads to the page 审查.
    """
    state.enter_page("parcels")
    held = shown_set()
    if held is None:
        _table_two(open_review)
    else:
        set_view(held, open_review)


def _table_two(open_review: Callable[[], None]) -> None:
    lang = state.lang()
    network = state.network()
    parcels = planned_parcels()
    choice = _choice(parcels, network)
    context_row(text(lang, "ui.parcels.title"), _counts(lang, parcels))
    left, middle, right = panels()
    with middle:  # first: the map loads while the browser gets what a table needs
        parcel_map(_scene(parcels, choice))
    with left:
        set_choice()
        search_box(parcels, network.gazetteer)
        parcel_list(parcels, choice.listed)
    with right:
        _panel(choice, parcels, open_review)


def _choice(parcels: Sequence[PlannedParcel], network: Network) -> _Choice:
    by_id = {parcel.row.parcel_id: parcel for parcel in parcels}
    feature_id, phrase = state.param("feature"), state.param("q")
    area_m2 = _area_in(phrase) if phrase else None
    return _Choice(
        parcel=by_id.get(state.param("parcel") or "", parcels[0]),
        feature=next((f for f in network.features if f.id == feature_id), None),
        phrase=_located(phrase, network, area_m2) if phrase else None,
        area_m2=area_m2,
    )


def _area_in(phrase: str) -> float | None:
    found = find_area(phrase)
    return found[0] if found else None


def _located(phrase: str, network: Network, area_m2: float | None) -> Location | PlannerError:
    """Solve a typed phrase; one that cannot be used is part of the page, not its end."""
    try:
        return solve(phrase, network, area_m2=area_m2)
    except PlannerError as error:
        return error


def _counts(lang: str, parcels: Sequence[PlannedParcel]) -> str:
    uses = " · ".join(
        text(lang, "ui.parcels.count_of", name=use_name(lang, use), count=count)
        for use, count in count_by_use(parcels).items()
    )
    return text(lang, "ui.parcels.counts", total=len(parcels), uses=uses)


def _scene(parcels: Sequence[PlannedParcel], choice: _Choice) -> Scene:
    lang = state.lang()
    shown = {parcel.row.parcel_id for parcel in filtered(parcels)}
    return compose(
        lang,
        (*under_layers(lang), plan_group(parcels)),
        _chosen(choice, plan_boxes()),
        notice=plan_notice(parcels),
        dimmed=frozenset(parcel.row.parcel_id for parcel in parcels) - shown,
        base_maps=cache.base_maps(),
    )


def _chosen(choice: _Choice, boxes: Mapping[str, BaseGeometry]) -> Chosen:
    """Say what is marked and drawn: a phrase before a feature before the parcel."""
    serial = state.choice_serial()
    if isinstance(choice.phrase, PlannerError):
        return Chosen()
    if choice.phrase is not None:
        return Chosen(location=choice.phrase, focus_serial=serial)
    if choice.feature is not None:
        return Chosen(
            selection=Selection(layer=layer_of(choice.feature), id=choice.feature.id),
            place=choice.feature.geometry,
            focus_serial=serial,
        )
    parcel_id = choice.parcel.row.parcel_id
    return Chosen(
        location=choice.parcel.location,
        selection=Selection(layer=PARCELS, id=parcel_id),
        place=boxes.get(parcel_id),
        focus_serial=serial,
    )


def _panel(
    choice: _Choice, parcels: Sequence[PlannedParcel], open_review: Callable[[], None]
) -> None:
    if isinstance(choice.phrase, PlannerError):
        close_button(state.lang(), text(state.lang(), "ui.phrase.title"))
        show_error(choice.phrase, state.lang())
    elif choice.phrase is not None:
        phrase_card(choice.phrase, choice.area_m2)
    elif choice.feature is not None:
        feature_card(choice.feature, stated_of(choice.feature), parcels, cache.sources())
    else:
        numbers = {parcel.row.parcel_id: parcel.row.number for parcel in parcels}
        parcel_extract(choice.parcel, filtered(parcels), numbers, open_review)
