"""The account under the map: gross − roads − green and water − setbacks = net."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.units import M2_PER_MU
from parcels.messages import text
from parcels.planning.comparing.compare import rounded_parts
from parcels.planning.figures.ledger import SETBACK
from parcels.ui import state
from parcels.ui.components.sketch_ledger_settings import ledger_settings
from parcels.ui.components.sketch_words import mu_text
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.ui.components.sketch_now import Now

_PARTS = ("gross", "road", "green", "setback", "net")
_MU_PER_M2 = 1 / M2_PER_MU
_PLACES = 2
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
    written = account_mu(ledger)
    parts = [
        _part(lang, name, ledger, written if is_set or name != "setback" else None)
        for name in _PARTS
    ]
    title = tag("strong", text(lang, "ui.sketch.ledger"), cls="pl-sk-ledger-title")
    needs = ledger["needs"]
    missing = None
    if needs:
        said = text(lang, "ui.sketch.ledger_needs", count=len(needs))
        missing = tag("span", said, cls="pl-note pl-text-unknown", title="\n".join(needs))
    return tag("div", title, *parts, missing, cls="pl-sk-ledger")


def account_mu(ledger: Mapping[str, Any]) -> dict[str, str]:
    """Write the known parts in 亩; where all are known, so that they add up as they stand."""
    known = {name: ledger[f"{name}_m2"] for name in _PARTS if ledger[f"{name}_m2"] is not None}
    written = {name: mu_text(value) for name, value in known.items()}
    if len(known) < len(_PARTS):
        return written
    exact = [Fraction(repr(float(known[name]))) * _MU_PER_M2 for name in _PARTS[1:]]
    rounded = zip(_PARTS[1:], rounded_parts(exact, _PLACES), strict=True)
    return written | {name: f"{float(value):,.{_PLACES}f}" for name, value in rounded}


def _part(
    lang: str, name: str, ledger: Mapping[str, Any], written: Mapping[str, str] | None
) -> Markup:
    sign = tag("span", _SIGNS[name], cls="pl-sk-sign") if name in _SIGNS else None
    title = text(lang, f"ui.sketch.ledger_{name}")
    unset = tag("span", text(lang, "ui.sketch.not_set"), cls="pl-muted")
    figure = unset if written is None else _figure(lang, name, ledger, written)
    return tag("span", sign, title, " ", figure, cls="pl-sk-part")


def _figure(lang: str, name: str, ledger: Mapping[str, Any], written: Mapping[str, str]) -> Markup:
    """Write an area, or that it is not known; of the net area then its upper limit."""
    if name in written:
        return join(tag("strong", written[name]), " ", text(lang, "ui.sketch.unit_mu"))
    unknown = tag("span", text(lang, "outcome.unknown"), cls="pl-text-unknown")
    if name != "net":
        return unknown
    most = text(lang, "ui.sketch.at_most", mu=mu_text(ledger["net_at_most_m2"]))
    return join(unknown, " ", tag("span", most, cls="pl-muted"))
