"""The map of a dropped file: its parcels, or the places where it could lie."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st
from streamlit_folium import st_folium

from layers.render import MapView, base_map, dynamic_group
from parcels import import_scene, set_scene
from parcels.map_scene import PARCELS, Chosen, compose
from parcels.messages import text
from parcels.parcel_sets import ParcelSet
from parcels.ui import cache, state
from parcels.ui.boundary import guarded
from parcels.ui.components.import_question import answer_place, candidates_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.scene import LayerGroup, MapLayer, Scene
    from parcels.import_reading import ImportFile
    from parcels.map_scene import Lang
    from parcels.workspace import Served

_DEFAULT_VIEW = state.View(lat=33.012, lng=112.509, zoom=12.5)
_HEIGHT = 330  # replaced by the style sheet with what the window leaves
_ROW = "import_row"


def parcel_row(file: ImportFile) -> int | None:
    """Return the position of the parcel that is looked at."""
    chosen = state.recall(_ROW)
    return chosen[2] if chosen and chosen[:2] == ("parcel", file.version) else None


def look_at(file: ImportFile, kind: str, number: int | None) -> None:
    """Look at a parcel (its position) or at a rejected feature (its row in the file)."""
    state.remember(_ROW, None if number is None else (kind, file.version, number))


def held_of(file: ImportFile) -> ParcelSet | None:
    """Return the parcels of a file as a set that nobody else sees; None before it is read."""
    survey = file.survey
    if survey is None:
        return None
    return state.once(
        "import_held",
        file.version,
        lambda: ParcelSet(token="", title=survey.file, survey=survey, digest=survey.digest, size=0),
    )


def import_map(lang: Lang, file: ImportFile | None) -> None:
    """Draw the map; a click on a parcel chooses its row, one on a candidate is the answer."""
    _preview(_scene(lang, file), file)


@st.fragment
def _preview(scene: Scene, file: ImportFile | None) -> None:
    guarded(partial(_drawn, scene, file), state.lang())


def _drawn(scene: Scene, file: ImportFile | None) -> None:
    start = state.initial_view(_DEFAULT_VIEW)
    with st.container(key="import_map"):
        answer: dict[str, Any] = st_folium(
            base_map(MapView(latitude=start.lat, longitude=start.lng, zoom=start.zoom)),
            key="import_map_component",
            use_container_width=True,
            height=_HEIGHT,
            feature_group_to_add=dynamic_group(scene),
            returned_objects=["last_clicked"],
        )
    click = answer.get("last_clicked") or {}
    if state.is_new(click, "import_click") and file is not None and _follow(file, click):
        st.rerun()


def _follow(file: ImportFile, click: Mapping[str, Any]) -> bool:
    """Do what a click asks for; False if it asks for nothing."""
    kind, found = click.get("kind"), click.get("id")
    if kind == import_scene.CANDIDATES and found:
        answer_place(file, ord(found) - ord(import_scene.letter(0)))
        return True
    if kind == import_scene.REPAIRS and found:
        look_at(file, "feature", int(found))
        return True
    if kind != PARCELS:
        return False
    if not found:
        served = _served(file)
        ids = served.layer.at(click["lng"], click["lat"]) if served else ()
        found = str(ids[0]) if len(ids) else None
    if found:
        look_at(file, "parcel", int(found) - 1)
    return bool(found)


def _served(file: ImportFile) -> Served | None:
    held = held_of(file)
    return cache.serve_set(held) if held and set_scene.is_large(held.survey) else None


def _scene(lang: Lang, file: ImportFile | None) -> Scene:
    own, chosen = _shown(lang, file) if file else ((), Chosen())
    notice = (
        "" if file is None or not candidates_of(file) else text(lang, "ui.import.places_notice")
    )
    scene = compose(
        lang,
        (*cache.builtin_groups(lang), *own),
        chosen,
        notice=notice,
        base_maps=cache.base_maps(),
    )
    position = parcel_row(file) if file else None
    survey = file.survey if file else None
    if survey is None or position is None:
        return scene
    return replace(scene, conflict=import_scene.ground_in_doubt(survey, position))


def _shown(lang: Lang, file: ImportFile) -> tuple[tuple[LayerGroup, ...], Chosen]:
    found = candidates_of(file)
    if found:
        version = (file.version, lang)
        group = state.once(
            "import_places", version, lambda: import_scene.candidate_group(found, lang)
        )
        whole = shapely.union_all([import_scene.candidate_shape(one) for one in found])
        serial = state.serial("import_look", file.version)
        return (group,), Chosen(place=shapely.box(*whole.bounds), focus_serial=serial, fit=True)
    held = held_of(file)
    if held is None:
        return (), Chosen()
    return _groups(lang, file, held), _looked_at(file, held)


def _groups(lang: Lang, file: ImportFile, held: ParcelSet) -> tuple[LayerGroup, ...]:
    survey, version = held.survey, (file.version, lang)
    groups = []
    mend = state.once("import_mend", version, lambda: import_scene.repair_group(survey, lang))
    if mend:
        groups.append(mend)
    if len(held):
        groups.append(_parcels(lang, file, held))
    return tuple(groups)


def _parcels(lang: Lang, file: ImportFile, held: ParcelSet) -> LayerGroup:
    served = _served(file)
    if served is None:
        layer: MapLayer = state.once(
            "import_layer", file.version, lambda: set_scene.survey_layer(held.survey)
        )
        return set_scene.set_group(layer, None, lang)
    position = parcel_row(file)
    chosen = None if position is None else set_scene.chosen_layer(held, position, lang)
    return set_scene.set_group(served.drawn, chosen, lang)


def _looked_at(file: ImportFile, held: ParcelSet) -> Chosen:
    """Look at all of a file at first, then at what is chosen."""
    looked = state.recall(_ROW)
    if not looked or looked[1] != file.version:
        looked = ("all", file.version, 0)
    serial = state.serial("import_look", looked)
    kind, _, number = looked
    if kind == "parcel":
        large = _served(file) is not None
        return import_scene.chosen_parcel(held, number, serial, large=large)
    if kind == "feature":
        found = import_scene.chosen_repair(held.survey, number, serial)
        if found:
            return found
    whole = import_scene.whole_of(held.survey, held)
    return Chosen(place=whole, focus_serial=serial if whole is not None else 0, fit=True)
