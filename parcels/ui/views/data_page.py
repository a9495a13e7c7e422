"""数据: load one's own network, and see what every layer is and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from parcels.map_scene import in_language
from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.network_import import network_import

if TYPE_CHECKING:
    from layers.catalog import LayerEntry
    from layers.model import Feature

_IMPORT_WIDTH = 420
_WIDTHS = {
    "title": 176,
    "count": 96,
    "geometry_class": 72,
    "accuracy": 96,
    "source": 330,
    "licence": 110,
}
_FIGURES = {"count", "accuracy"}


def render() -> None:
    """Draw the page."""
    state.restore_params()
    lang = state.lang()
    loaded = state.loaded_network()
    network = loaded.network if loaded else cache.reference().network
    in_use = loaded.title if loaded else text(lang, "ui.data.builtin")
    counts = text(lang, "ui.data.counts", title=in_use, count=len(network.features))
    context_row(text(lang, "ui.data.title"), counts)
    with st.container(key="data_panels", horizontal=True, wrap=False):
        with st.container(key="data_import", width=_IMPORT_WIDTH):
            network_import(lang, loaded)
        with st.container(key="data_layers", width="stretch"):
            _layers(lang)


def _layers(lang: str) -> None:
    """List the built-in layers with what a reader must know before trusting them."""
    st.subheader(text(lang, "ui.data.layers"), anchor=False)
    rows = [_row(lang, entry, features) for entry, features in cache.reference().layers]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        alt=text(lang, "ui.data.layers"),
        column_config={
            column: st.column_config.TextColumn(
                text(lang, f"ui.data.column_{column}"),
                width=width,
                alignment="right" if column in _FIGURES else "left",
            )
            for column, width in _WIDTHS.items()
        },
    )


def _row(lang: str, entry: LayerEntry, features: tuple[Feature, ...]) -> dict[str, str]:
    placed = [f.properties for f in features if f.geometry is not None]
    accuracies = [stated.accuracy_m for stated in placed if stated.accuracy_m is not None]
    spread = f"{min(accuracies):,.0f}–{max(accuracies):,.0f}" if accuracies else "—"
    sources = cache.sources()
    return {
        "title": in_language(entry.title, lang),
        "count": f"{len(placed)} / {len(features)}",
        "geometry_class": text(lang, f"ui.geometry_class.{entry.geometry_class}"),
        "accuracy": spread,
        "source": text(lang, "ui.list_mark").join(
            in_language(sources[source].title, lang) for source in entry.source
        ),
        "licence": entry.licence,
    }
