"""数据: load one's own network, and see what every layer is and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.map_scene import in_language
from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.network_import import network_import
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from layers.catalog import LayerEntry
    from layers.model import Feature

_IMPORT_WIDTH = 360
_COLUMNS = ("title", "count", "geometry_class", "accuracy", "source", "licence")
_FIGURES = {"count", "accuracy"}
_LICENCE_WORDS = {"own", "mixed"}


def render() -> None:
    """Draw the page."""
    state.enter_page("data")
    lang = state.lang()
    loaded = state.loaded_network()
    network = loaded.network if loaded else cache.reference().network
    in_use = loaded.title if loaded else text(lang, "ui.data.builtin")
    counts = text(lang, "ui.data.counts", title=in_use, count=f"{len(network.features):,}")
    context_row(text(lang, "ui.data.title"), counts)
    with st.container(key="data_panels", horizontal=True, wrap=False):
        with st.container(key="data_import", width=_IMPORT_WIDTH):
            network_import(lang, loaded)
        with st.container(key="data_layers", width="stretch"):
            _layers(lang)


def _layers(lang: str) -> None:
    """List the built-in layers with what a reader must know before trusting them."""
    st.subheader(text(lang, "ui.data.layers"), anchor=False)
    heads = (tag("th", text(lang, f"ui.data.column_{name}"), cls=_class(name)) for name in _COLUMNS)
    rows = (_row(lang, entry, features) for entry, features in cache.reference().layers)
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    st.html(tag("div", table, cls="pl-extract pl-table"))


def _row(lang: str, entry: LayerEntry, features: tuple[Feature, ...]) -> Markup:
    placed = [f.properties for f in features if f.geometry is not None]
    sources = cache.sources()
    cells = {
        "title": in_language(entry.title, lang),
        "count": f"{len(placed)} / {len(features)}",
        "geometry_class": text(lang, f"ui.geometry_class.{entry.geometry_class}"),
        "accuracy": _spread([stated.accuracy_m for stated in placed]),
        "source": join(
            *(tag("div", in_language(sources[source].title, lang)) for source in entry.source)
        ),
        "licence": text(lang, f"ui.data.licence_{entry.licence}")
        if entry.licence in _LICENCE_WORDS
        else entry.licence,
    }
    return tag("tr", *(tag("td", cells[name], cls=_class(name)) for name in _COLUMNS))


def _spread(stated: list[float | None]) -> str:
    """Write the least and the greatest accuracy; a dash where none is stated."""
    metres = sorted({round(value) for value in stated if value is not None})
    ends = metres[:1] + metres[1:][-1:]
    return "–".join(f"{value:,}" for value in ends) or "—"


def _class(name: str) -> str:
    return "pl-num" if name in _FIGURES else ""
