"""The account under the map: gross − roads − green and water − setbacks = net."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.planning.figures.ledger import SETBACK
from parcels.ui import state
from parcels.ui.components.sketch_ledger_settings import ledger_settings
from parcels.ui.components.sketch_words import mu_text
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.ui.components.sketch_now import Now

_PARTS = ("gross", "road", "green", "setback", "net")
_SIGNS = {"road": "−", "green": "−", "setback": "−", "net": "="}


def ledger_line(now: Now) -> None:
    """Draw the account with what is missing for it, and its settings."""
    lang = now.lang
    with st.container(
        key="sketch_ledger", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        st.html(_account(now))
        opened = st.popover(
            text(lang, "ui.sketch.ledger_settings"),
            icon=":material/straighten:",
            key="sketch_ledger_settings",
            on_change=state.hold_params,
        )
        if opened.open:
            with opened, st.container(key="sketch_ledger_box"):
                ledger_settings(now)


def _account(now: Now) -> Markup:
    lang, ledger = now.lang, now.answer["ledger"]
    is_set = bool(now.scenario.settings.get(SETBACK))
    parts = [_part(lang, name, ledger, is_set=is_set or name != "setback") for name in _PARTS]
    title = tag("strong", text(lang, "ui.sketch.ledger"), cls="pl-sk-ledger-title")
    needs = ledger["needs"]
    missing = None
    if needs:
        said = text(lang, "ui.sketch.ledger_needs", count=len(needs))
        missing = tag("span", said, cls="pl-note pl-text-unknown", title="\n".join(needs))
    return tag("div", title, *parts, missing, cls="pl-sk-ledger")


def _part(lang: str, name: str, ledger: Mapping[str, Any], *, is_set: bool) -> Markup:
    sign = tag("span", _SIGNS[name], cls="pl-sk-sign") if name in _SIGNS else None
    title = text(lang, f"ui.sketch.ledger_{name}")
    unset = tag("span", text(lang, "ui.sketch.not_set"), cls="pl-muted")
    figure = _figure(lang, name, ledger) if is_set else unset
    return tag("span", sign, title, " ", figure, cls="pl-sk-part")


def _figure(lang: str, name: str, ledger: Mapping[str, Any]) -> Markup:
    """Write an area, or that it is not known; of the net area then its upper limit."""
    value = ledger[f"{name}_m2"]
    unit = text(lang, "ui.sketch.unit_mu")
    if value is not None:
        return join(tag("strong", mu_text(value)), " ", unit)
    unknown = tag("span", text(lang, "outcome.unknown"), cls="pl-text-unknown")
    if name != "net":
        return unknown
    most = text(lang, "ui.sketch.at_most", mu=mu_text(ledger["net_at_most_m2"]))
    return join(unknown, " ", tag("span", most, cls="pl-muted"))
