"""The map of the page 扩区 in its own fragment: the editor saves by itself and tells the page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

from layers.render import MapView, base_map, dynamic_group
from parcels.map_scene import Chosen, compose
from parcels.messages import text
from parcels.overlay_scene import overlay_groups
from parcels.ui import cache, state
from parcels.ui.boundary import guarded
from parcels.ui.components.map_layers import under_layers
from parcels.ui.components.plan_map import plan_group, planned_parcels
from parcels.ui.components.set_choice import shown_set
from parcels.ui.components.set_map import set_map_group
from parcels.ui.components.sketch_desk import copy_with_draft, sketch_of
from parcels.ui.components.sketch_look import focus, forget_place, look_at_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.scene import LayerGroup, Scene
    from parcels.ui.components.sketch_now import Now

_DEFAULT_VIEW = state.View(lat=32.93, lng=112.53, zoom=11.5)
_HEIGHT = 500  # replaced by the style sheet with what the window leaves


def sketch_map(now: Now, *, at: int | None = None, beside: Sequence[Now] = ()) -> None:
    """Draw the map of a scenario.

    Parameters
    ----------
    at : int, optional
        Place among maps in step, which only show; None: the map that is drawn on.
    beside : sequence of Now
        What the maps in step show, all of which is looked at.
    """
    start = _start([now, *beside], at)
    _fragment(scene_of(now, at), start, at, now)


@st.fragment
def _fragment(scene: Scene, start: state.View, at: int | None, now: Now) -> None:
    guarded(partial(_map, scene, start, at, now), now.lang)


def _map(scene: Scene, start: state.View, at: int | None, now: Now) -> None:
    name = "sketch_map" if at is None else f"sketch_map_{at}"
    with st.container(key=name):
        answer = st_folium(
            base_map(
                MapView(latitude=start.lat, longitude=start.lng, zoom=start.zoom), sketch=True
            ),
            key=f"{name}_folium",
            use_container_width=True,
            height=_HEIGHT,
            feature_group_to_add=dynamic_group(scene),
            returned_objects=["last_clicked", "center", "zoom"],
        )
    if not at:
        _remember_view(answer)
    click = answer.get("last_clicked")
    if state.is_new(click, f"{name}_click") and "kind" in click and _followed(click, now):
        st.rerun()


def _followed(click: Mapping[str, Any], now: Now) -> bool:
    """Follow what the editor tells; True where the page has to be drawn again."""
    kind, told = click["kind"], str(click.get("id") or "")
    if kind == "sketch":
        state.set_params(element=click.get("element") or state.param("element"))
        return told != str(now.scenario.version)
    if kind == "sketch-element":
        state.set_params(element=told or None, panel="shape" if told else state.param("panel"))
        return True
    if kind == "sketch-copy":
        return copy_with_draft(now)
    return False


def scene_of(now: Now, at: int | None) -> Scene:
    """Put layers, parcels and the sketch together."""
    lang = now.lang
    scene = compose(
        lang,
        (*under_layers(lang), *_overlays(now), _parcels(now)),
        Chosen(),
        notice=text(lang, "ui.sketch.notice"),
        base_maps=cache.base_maps(),
    )
    return replace(scene, focus=None if at else focus(), sketch=sketch_of(now, at))


def _parcels(now: Now) -> LayerGroup:
    """Draw the parcels that stand beside the sketch: those of the address, else 表2."""
    held = shown_set()
    if held is not None:
        return set_map_group(held, 0)
    version = (state.loaded_network() is None, now.lang)
    return state.once("sketch_plan", version, lambda: plan_group(planned_parcels()))


def _overlays(now: Now) -> tuple[LayerGroup, ...]:
    overlays = state.overlays()
    shapes = [one.shape for one in now.line.state.values()]
    if not overlays or not shapes:
        return ()
    import shapely

    version = (now.version, now.lang)
    place = shapely.box(*shapely.total_bounds(shapes))
    return state.once("sketch_overlays", version, lambda: overlay_groups(overlays, place, now.lang))


def _start(shown: Sequence[Now], at: int | None) -> state.View:
    """Begin at the view of the address, else look at all elements; a new scenario is looked at."""
    initial = state.initial_view(_DEFAULT_VIEW)
    visit = (id(initial), at is None)
    if not at:
        _look(shown, visit)
    return state.once("sketch_start", visit, lambda: state.view() or _DEFAULT_VIEW)


def _look(shown: Sequence[Now], visit: tuple[int, bool]) -> None:
    shapes = [one.shape for now in shown for one in now.line.state.values()]
    scenarios = tuple(dict.fromkeys(now.scenario.id for now in shown))
    if state.recall("sketch_visit") != visit:
        state.remember("sketch_visit", visit)
        forget_place()
        if state.view() is None:
            look_at_shapes(shapes)
    elif state.recall("sketch_looked_at") != scenarios:
        look_at_shapes(shapes)
    state.remember("sketch_looked_at", scenarios)


def _remember_view(answer: Mapping[str, Any]) -> None:
    center, zoom = answer.get("center"), answer.get("zoom")
    if center and zoom is not None:
        state.set_params(v=f"{center['lat']:.5f},{center['lng']:.5f},{zoom:g}")
