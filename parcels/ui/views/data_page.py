"""数据: import files of parcels or a network; see what every layer is and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.map_scene import in_language
from parcels.messages import text
from parcels.ui import cache, state
from parcels.ui.components.context_row import context_row
from parcels.ui.components.import_flow import import_flow
from parcels.ui.components.network_import import network_import
from parcels.ui.components.overlay_form import overlay_form
from parcels.ui.components.overlay_list import overlay_list
from parcels.ui.components.rules_tab import rules_tab
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.catalog import LayerEntry
    from layers.model import Feature

_NETWORK_WIDTH = 360
_TABS = ("parcels", "network", "layers", "rules")
_TAB = "data_tab"
_COLUMNS = ("title", "count", "geometry_class", "accuracy", "source", "licence")
_FIGURES = {"count", "accuracy"}
_LICENCE_WORDS = {"own", "mixed"}


def render(open_parcels: Callable[[], None]) -> None:
    """Draw the page.

    Parameters
    ----------
    open_parcels : callable
        Leads to the page 地块.
    """
    state.enter_page("data")
    lang = state.lang()
    context_row(text(lang, "ui.data.title"), "", _tabs)
    tab = _tab()
    if tab == "layers":
        _reference_layers(lang)
    elif tab == "rules":
        rules_tab(lang)
    elif tab == "network":
        _network(lang)
    elif import_flow(lang):
        open_parcels()


def _tab() -> str:
    """Return what the address asks for: files of parcels unless it says otherwise."""
    asked = state.param("tab")
    return asked if asked in _TABS else _TABS[0]


def _tabs() -> None:
    lang = state.lang()
    state.put_widget(_TAB, _tab())
    st.segmented_control(
        text(lang, "ui.import.tab"),
        _TABS,
        required=True,
        format_func=lambda value: text(lang, f"ui.import.tab_{value}"),
        key=_TAB,
        on_change=_switch,
        label_visibility="collapsed",
    )


def _switch() -> None:
    chosen = state.widget(_TAB)
    state.set_params(tab=None if chosen == _TABS[0] else chosen)


def _network(lang: str) -> None:
    loaded = state.loaded_network()
    network = loaded.network if loaded else cache.reference().network
    in_use = loaded.title if loaded else text(lang, "ui.data.builtin")
    with st.container(key="data_panels", horizontal=True, wrap=False):
        with st.container(key="data_import", width=_NETWORK_WIDTH):
            counts = text(lang, "ui.data.counts", title=in_use, count=f"{len(network.features):,}")
            st.html(tag("p", counts, cls="pl-note pl-muted"))
            network_import(lang, loaded)
        with st.container(key="data_layers", width="stretch"):
            _layers(lang)


def _reference_layers(lang: str) -> None:
    with st.container(key="data_panels", horizontal=True, wrap=False):
        with st.container(key="data_import", width=_NETWORK_WIDTH):
            overlay_form(lang)
        with st.container(key="data_layers", width="stretch"):
            overlay_list(lang)
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
