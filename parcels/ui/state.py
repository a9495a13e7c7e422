"""The only module that touches ``st.session_state`` and ``st.query_params``.

The address is the truth for what is chosen and for the view; the session keeps
what an address cannot carry (a network that the user loaded) and what must survive
a change of page, where the browser drops the query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from parcels.messages import LANGUAGES
from parcels.overlays import OVERLAYS, by_kind
from parcels.ui import cache, map_view, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.location.network import Network
    from layers.overlay import Overlay
    from parcels.workspace import LoadedNetwork

actor = signed_in.actor
View = map_view.View
Lang = Literal["zh", "en"]
T = TypeVar("T")
_LASTING = {"lang", "v"}


def param(name: str) -> str | None:
    """Return a value of the address, or what it last was before the page changed."""
    value: str | None = st.query_params.get(name)
    return _kept().get(name) if value is None else value


def set_params(**values: str | None) -> None:
    """Write values to the address as one step; None takes one out.

    What the browser sends with a run may be older than what was written last, so the other
    values come from what is kept here. An older write may still be on its way to the browser.
    """
    kept = _kept()
    written = kept.copy()
    kept.update({name: value for name, value in values.items() if value is not None})
    for name in [name for name, value in values.items() if value is None]:
        kept.pop(name, None)
    if not kept == written == st.query_params.to_dict():
        st.query_params.from_dict(kept)


def hold_params() -> None:
    """Hold on to what was written last: a table that answers the page sends an older address."""
    set_params()


def kept_param(name: str) -> str | None:
    """Return what was written last; the address of the browser may not know it yet."""
    return _kept().get(name)


def params() -> dict[str, str]:
    """Return all values of the address."""
    return _kept().copy()


def page() -> str:
    """Return the page that was entered last, as the address names it."""
    return str(recall("page", ""))


def enter_page(page: str) -> None:
    """Follow the address; on arrival from another page, put back what the browser dropped.

    On one page only Back and Forward lead elsewhere: a value that their address lacks is gone, but
    language and view stay. With any other run the browser may send what the last click replaced.
    """
    kept = _kept()
    arrived = recall("page") != page
    remember("page", page)
    if _is_step_in_history() and not arrived:
        for name in kept.keys() - st.query_params.keys() - _LASTING:
            del kept[name]
    set_params(**(kept | st.query_params.to_dict() if arrived or _is_step_in_history() else {}))
    if arrived:
        _start_map()


def _is_step_in_history() -> bool:
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))


def _start_map() -> None:
    """Let a map that is about to be made begin at the view of the address, if that has one."""
    for key in ("initial_view", "choice_serial", "last_choice"):
        st.session_state.pop(key, None)
    if view():
        see_choice()


def _kept() -> dict[str, str]:
    kept: dict[str, str] = st.session_state.setdefault("kept", {})
    return kept


def lang() -> Lang:
    """Return the language that was last asked for, else the one of the settings."""
    chosen = param("lang") if _is_step_in_history() else kept_param("lang") or param("lang")
    return cast("Lang", chosen) if chosen in LANGUAGES else cache.settings().language


def view() -> View | None:
    """Return the view of the address, None where it has none or an unreadable one."""
    return map_view.read_view(param("v") or "")


def initial_view(default: View) -> View:
    """Return the view that the map starts with; a pan would rebuild a map whose start moves."""
    frozen: View = st.session_state.setdefault("initial_view", view() or default)
    return frozen


def is_new(event: Mapping[str, Any] | None, key: str) -> bool:
    """Whether the map reported something since the last call; repeats are not news."""
    seen = st.session_state.get(key)
    st.session_state[key] = event
    return event is not None and event != seen


def select_row(key: str, row: int | None) -> None:
    """Choose a row of a table before it is drawn; None leaves it without a choice."""
    st.session_state[key] = {
        "selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}
    }


def selected_row(key: str) -> int | None:
    """Return the row whose mark or cell was clicked in a table."""
    selection = st.session_state[key]["selection"]
    if selection["cells"]:
        return int(selection["cells"][0][0])
    return int(selection["rows"][0]) if selection["rows"] else None


def own_sets() -> tuple[str, ...]:
    """Return the tokens of the parcel sets that this session opened, the oldest first."""
    return tuple(st.session_state.get("own_sets", ()))


def keep_set(token: str) -> None:
    """Note that this session knows a parcel set, so that it is offered again."""
    if token not in own_sets():
        st.session_state["own_sets"] = (*own_sets(), token)


def open_set(token: str | None) -> None:
    """Show a parcel set on the page 地块 from now on, None for 表2; the map looks at it anew."""
    if token is not None:
        keep_set(token)
    set_params(set=token, parcel=None, feature=None, q=None, use=None, find=None, v=None)


def own_overlays() -> tuple[tuple[str, Overlay], ...]:
    """Return the reference layers that this session loaded and that are still held, by token."""
    found = ((token, OVERLAYS.find(token)) for token in st.session_state.get("own_overlays", ()))
    return tuple((token, overlay) for token, overlay in found if overlay is not None)


def lost_overlays() -> int:
    """Count the layers of this session that had to go from memory."""
    return len(st.session_state.get("own_overlays", ())) - len(own_overlays())


def overlays() -> Mapping[str, Overlay]:
    """Return the reference layers in use by kind: those of the settings and the session's own."""
    own = own_overlays()
    every = [*cache.configured_overlays().overlays, *(overlay for _, overlay in own)]
    return once("overlays", tuple(token for token, _ in own), lambda: by_kind(every))


def use_overlay(overlay: Overlay) -> None:
    """Judge parcels against this layer too from now on, beside others of its kind.

    Raises
    ------
    PlannerError
        ``overlay_schemes_differ``: nothing changed.
    """
    same = (overlay.kind, overlay.report.digest)  # the same file, perhaps read in another way
    again = [token for token, one in own_overlays() if (one.kind, one.report.digest) == same]
    others = [one for token, one in own_overlays() if token not in again]
    by_kind([*cache.configured_overlays().overlays, *others, overlay])
    for token in again:
        drop_overlay(token)
    kept = (*(token for token, _ in own_overlays()), OVERLAYS.accept(overlay))
    st.session_state["own_overlays"] = kept


def drop_overlay(token: str) -> None:
    """Judge parcels without this layer from now on."""
    OVERLAYS.drop(token)
    known = st.session_state.get("own_overlays", ())
    st.session_state["own_overlays"] = tuple(one for one in known if one != token)


def loaded_network() -> LoadedNetwork | None:
    """Return the network that this user loaded, None while the built-in one is in use."""
    return st.session_state.get("loaded_network")


def network() -> Network:
    """Return the network in use: the user's own, else the built-in one."""
    loaded = loaded_network()
    return loaded.network if loaded else cache.reference().network


def use_network(network: LoadedNetwork | None) -> None:
    """Solve every phrase against this network from now on; None goes back to the built-in one."""
    st.session_state["loaded_network"] = network


def widget(key: str) -> Any:
    """Return the value of a widget, for its own callback."""
    return st.session_state[key]


def once(key: str, version: object, make: Callable[[], T]) -> T:
    """Return what ``make`` gave for this version; it is made again when the version changes."""
    known = st.session_state.get(f"once_{key}")
    if known is None or known[0] != version:
        known = (version, make())
        st.session_state[f"once_{key}"] = known
    made: T = known[1]
    return made


def remember(key: str, value: Any) -> None:
    """Keep what a later callback needs, such as the ids of the rows of a table."""
    st.session_state[f"kept_{key}"] = value


def recall(key: str, default: Any = None) -> Any:
    """Return what was remembered under the key."""
    return st.session_state.get(f"kept_{key}", default)


def reset_widget(key: str) -> None:
    """Empty a field, from within its own callback."""
    st.session_state[key] = None


def put_widget(key: str, value: Any) -> None:
    """Set what a widget shows, before it is drawn; None leaves it without a choice."""
    st.session_state[key] = value


def keep_widget(key: str, value: Any) -> None:
    """Set what a widget shows unless it shows that: a field in use is left to who types in it."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def choice_serial() -> int:
    """Return a number that rises with each new choice, so that the map looks there once."""
    seen = st.session_state.get("last_choice")
    if seen != _choice():
        st.session_state["set_is_new"] = seen is None or seen[0] != param("set")
        see_choice()
        st.session_state["choice_serial"] = st.session_state.get("choice_serial", 0) + 1
    return int(st.session_state.get("choice_serial", 0))


def is_new_set() -> bool:
    """Whether the last choice brought another set, so that all of it is looked at first."""
    return bool(st.session_state.get("set_is_new", False))


def serial(key: str, value: object) -> int:
    """Return a number that rises whenever the value of a key is another one than before."""
    number, known = st.session_state.get(f"serial_{key}", (0, None))
    if known != value:
        number += 1
        st.session_state[f"serial_{key}"] = (number, value)
    return int(number)


def see_choice() -> None:
    """Note that the map shows what the address now names, as after a click on the map."""
    st.session_state["last_choice"] = _choice()


def _choice() -> tuple[str | None, ...]:
    return tuple(param(name) for name in ("set", "parcel", "feature", "q"))
