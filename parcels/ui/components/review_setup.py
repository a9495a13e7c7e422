"""The day and the packs that a review rests on, in one popover of the context row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.codes import SCHEMES
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.rules_setup import Place, choose_rules
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.ui.components.review_current import Current

_SCHEME = "review_scheme"
_PLACE = Place(key="review", param="packs", hint="ui.review.packs_hint")


def review_setup(now: Current) -> None:
    """Draw the popover: as-of day, packs, what is not in force, layers in use."""
    lang = state.lang()
    label = text(lang, "ui.review.as_of", day=now.day.isoformat(), count=len(now.book.packs))
    with st.popover(label, icon=":material/event:", key="review_setup"):
        choose_rules(lang, now.book, _PLACE)
        _layers(lang, now)


def scheme_question(now: Current) -> None:
    """Ask for the scheme of the file's codes while it is not known."""
    if not any(use.problem == "code_without_scheme" for use in now.parcels.uses):
        return
    lang = state.lang()
    with st.container(key="review_scheme_box", horizontal=True, vertical_alignment="center"):
        st.html(tag("span", text(lang, "ui.review.scheme_note"), cls="pl-note pl-text-unknown"))
        st.selectbox(
            text(lang, "ui.review.scheme"),
            SCHEMES,
            index=None,
            placeholder=text(lang, "ui.review.scheme_unset"),
            format_func=lambda scheme: text(lang, f"ui.scheme_long.{scheme}"),
            key=_SCHEME,
            on_change=_choose_scheme,
            label_visibility="collapsed",
            width=300,
        )


def _layers(lang: str, now: Current) -> None:
    titles = [one.title for one in now.review.given.overlays.values()]
    sentence = (
        text(lang, "ui.review.layers_used", names=titles)
        if titles
        else text(lang, "ui.review.layers_none")
    )
    st.html(tag("p", sentence, cls="pl-note pl-muted"))


def _choose_scheme() -> None:
    state.set_params(scheme=state.widget(_SCHEME))
