"""What the account of areas takes off beyond what is drawn: setbacks, widths of known roads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.planning.figures.ledger import SETBACK, WIDTHS, ledger_of
from parcels.ui import state
from parcels.ui.components.sketch_saving import change_of, save, setting
from parcels.ui.markup import literal, tag

if TYPE_CHECKING:
    from parcels.planning.model import Scenario
    from parcels.ui.components.sketch_now import Now

_SIDES = ("road", "boundary")
_MOST_ROADS = 12


def ledger_settings(now: Now) -> None:
    """Draw the fields; what is typed is kept as typed, and the account says what is unusable."""
    lang, settings = now.lang, now.scenario.settings
    held = _setbacks(settings)
    with st.container(horizontal=True, wrap=False, gap="small"):
        for side in _SIDES:
            changed = partial(_with_setback, settings, side)
            _field(now, f"setback_{side}", held.get(side, ""), changed)
    widths = _widths(settings)
    for name in _roads(now, widths)[:_MOST_ROADS]:
        label = text(lang, "ui.sketch.width_of", name=literal(name))
        _field(
            now,
            f"width_{name}",
            widths.get(name, ""),
            partial(_with_width, settings, name),
            label=label,
        )
    needs = (tag("p", one, cls="pl-note pl-text-unknown") for one in now.answer["ledger"]["needs"])
    what = tag("p", text(lang, "ui.sketch.ledger_what"), cls="pl-note pl-muted")
    st.html(tag("div", what, *needs))


def _field(now: Now, name: str, value: str, changed: Any, *, label: str = "") -> None:
    lang, key = now.lang, f"sketch_ledger_{name}_{now.scenario.id}"
    state.keep_widget(key, value)
    st.text_input(
        label or text(lang, f"ui.sketch.{name}"),
        key=key,
        placeholder=text(lang, "ui.sketch.length_hint"),
        disabled=now.desk.readonly,
        on_change=partial(_put, lang, now.scenario, key, value, changed),
        autocomplete="off",
    )


def _put(lang: str, scenario: Scenario, key: str, value: str, changed: Any) -> None:
    typed = str(state.widget(key) or "").strip()
    if typed == value:
        state.hold_params()
        return
    said = text(lang, "ui.sketch.said_ledger", value=typed or "—")
    save(change_of(scenario, said, setting(settings=changed(typed))))


def _setbacks(settings: Mapping[str, Any]) -> Mapping[str, str]:
    held = settings.get(SETBACK)
    stated = held if isinstance(held, Mapping) else {"road": held or ""}
    return {side: str(stated.get(side) or "") for side in _SIDES}


def _with_setback(settings: Mapping[str, Any], side: str, typed: str) -> dict[str, Any]:
    kept = {one: said for one, said in _setbacks(settings).items() if said and one != side}
    held = kept | ({side: typed} if typed else {})
    return {**settings, SETBACK: held or None}


def _widths(settings: Mapping[str, Any]) -> Mapping[str, str]:
    held = settings.get(WIDTHS)
    return (
        {str(name): str(said) for name, said in held.items()} if isinstance(held, Mapping) else {}
    )


def _with_width(settings: Mapping[str, Any], name: str, typed: str) -> dict[str, Any]:
    kept = {one: said for one, said in _widths(settings).items() if one != name}
    return {**settings, WIDTHS: kept | ({name: typed} if typed else {})}


def _roads(now: Now, widths: Mapping[str, str]) -> list[str]:
    """List reference roads that cross the land and whose width is missing, or was typed."""
    drawn = {one.name for one in now.line.state.values() if one.kind == "road"}
    ledger = ledger_of(now.line.state, now.scenario.settings, now.ground.ground.backdrops)
    lacking = [one.name for one in ledger.needs if one.code.startswith("road_width")]
    return [one for one in dict.fromkeys([*widths, *lacking]) if one not in drawn]
