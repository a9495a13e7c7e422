"""The only module that uses ``st.cache_*``: what a process loads once for all sessions."""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import streamlit as st

from layers.large import LargeLayer
from layers.load import load_sources
from layers.scene import BigLayer
from layers.store import LAYERS, open_layer
from layers.style import USES
from parcels import map_scene, set_scene, workspace
from parcels.api.routes import layer_urls
from parcels.map_scene import OWN_LINES, USE_KEYS
from parcels.overlays import Configured, read_configured
from parcels.reviews.store import ReviewStore
from parcels.settings import Settings, load_settings
from parcels.storage.store import Store, open_store
from parcels.workspace import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.location.features import NamedFeature
    from layers.catalog import Source
    from layers.scene import BaseMap, Kind, LayerGroup
    from parcels.jobs.drawing import Pages
    from parcels.map_scene import Lang
    from parcels.parcel_sets import ParcelSet
    from parcels.planning.ground.prepared import Ground
    from parcels.settings import BaseLayer
    from parcels.workspace import PlannedParcel, Reference

PALETTE = {key: sign.tone for key, sign in USES.items()} | {
    use: USES[key].tone for use, key in USE_KEYS.items()
}
_SERVED: WeakKeyDictionary[ParcelSet, Served] = WeakKeyDictionary()
_SERVING = Lock()
_MOST_GROUNDS = 16
_MOST_SHEETS = 32


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the operator's settings."""
    return load_settings()


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store of everything that people make and say."""
    return open_store(settings().store_address)


def review_store() -> ReviewStore:
    """Return the events of reviews; who asks is put in by `components.reviews_now`."""
    return ReviewStore(store().database)


@st.cache_resource(show_spinner=False, max_entries=_MOST_GROUNDS)
def ground(version: str, _make: Callable[[], Ground]) -> Ground:
    """Return what sketches may run into, prepared once for all who name this version."""
    del version
    return _make()


@st.cache_resource(show_spinner=False, max_entries=_MOST_SHEETS)
def sheet(digest: str, version: str, _make: Callable[[], Pages]) -> Pages:
    """Return a sheet of the snapshot with this digest, drawn once for all who ask for it alike."""
    del digest, version
    return _make()


def reference() -> Reference:
    """Return the built-in layers and network."""
    return workspace.load_reference()


@st.cache_resource(show_spinner=False)
def builtin_parcels() -> tuple[PlannedParcel, ...]:
    """Return the rows of 表2, solved against the built-in network."""
    loaded = reference()
    return workspace.solve_rows(loaded.rows, loaded.network)


@st.cache_resource(show_spinner=False)
def builtin_groups(lang: Lang) -> tuple[LayerGroup, ...]:
    """Return the built-in layers as the map draws them."""
    return map_scene.reference_groups(reference(), sources(), lang)


@st.cache_resource(show_spinner=False)
def configured_overlays() -> Configured:
    """Return the reference layers of the settings, read when they are first asked for."""
    return read_configured(settings().overlay)


@st.cache_resource(show_spinner=False)
def sources() -> dict[str, Source]:
    """Return the sources that features cite, by id."""
    return load_sources()


@st.cache_resource(show_spinner=False)
def base_maps() -> tuple[BaseMap, ...]:
    """Return the base maps of the settings; none by default."""
    base = _base_path()
    return tuple(entry for setting in settings().basemaps for entry in setting.entries(base))


@st.cache_resource(show_spinner=False)
def big_layers() -> tuple[BigLayer, ...]:
    """Register the operator's large layers and return how the map asks for them."""
    return tuple(_big_layer(layer) for layer in settings().base_layers)


def _big_layer(layer: BaseLayer) -> BigLayer:
    columns = {str(key): name for key, name in layer.columns.items()}
    open_it = partial(open_layer, layer.path, title=layer.title, palette=PALETTE, columns=columns)
    tiles, features = layer_urls(_base_path(), LAYERS.add(open_it))
    return BigLayer(id=layer.id, title=layer.title, tiles_url=tiles, features_url=features)


def serve_lines(title: str, lines: Sequence[NamedFeature]) -> Served:
    """Serve the lines of a user's large network as long as the user keeps them."""
    layer = LargeLayer.build(
        np.array([feature.geometry for feature in lines], dtype=object),
        title=title,
        columns={
            "id": np.array([feature.id for feature in lines]),
            "label": np.array([feature.name for feature in lines]),
        },
        palette={},
    )
    return _served(layer, OWN_LINES, "road")


def serve_set(held: ParcelSet) -> Served:
    """Serve the parcels of a large set as long as the set is kept, the same to all who see it."""
    with _SERVING:
        served = _SERVED.get(held)
        if served is None:
            served = _served(set_scene.large_layer(held), map_scene.PARCELS, "parcel")
            _SERVED[held] = served
        return served


def _served(layer: LargeLayer, layer_id: str, kind: Kind) -> Served:
    tiles, features = layer_urls(_base_path(), LAYERS.lend(layer))
    drawn = BigLayer(
        id=layer_id,
        title=layer.title,
        kind=kind,
        tiles_url=tiles,
        features_url=features,
        count=len(layer.ids),
    )
    return Served(layer=layer, drawn=drawn)


def _base_path() -> str:
    path = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""


@st.cache_resource(show_spinner=False)
def display_boxes() -> dict[str, BaseGeometry]:
    """Return the drawing aids of 表2."""
    return map_scene.display_boxes(reference())
