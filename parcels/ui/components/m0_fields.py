"""The fields of a proposal: a few in sight, the others by group, each with what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.messages import messages, text
from parcels.proposal.fields import field_title, fields
from parcels.ui import state
from parcels.ui.components.m0_draft import editing, put
from parcels.ui.components.m0_faults import faults_at
from parcels.ui.components.m0_words import of_document, of_language, option_words
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcels.proposal.fields import ProposalField
    from parcels.ui.components.m0_now import Now

_MAIN = (("site_area", "investment", "tax"), ("use", "planned_class", "support_may_be_split"))
_IN_SIGHT = frozenset(one for line in _MAIN for one in line)
_GROUPS = ("site", "building", "split", "promises", "zone")
_LIVE = "400ms"


def main_fields(now: Now) -> None:
    """Draw the fields that nearly every rule needs."""
    with st.container(key="m0_main", gap=None):
        for at, names in enumerate(_MAIN):
            with st.container(key=f"m0_main_{at}", horizontal=True, wrap=False, gap="small"):
                _several(now, names)


def title_field(now: Now) -> None:
    """Draw the name of the proposal."""
    state.keep_widget("m0_field_title", now.draft.fields.get("title", ""))
    st.text_input(
        text(now.lang, "ui.m0.name"),
        key="m0_field_title",
        on_change=_type,
        args=("title",),
        placeholder=text(now.lang, "ui.m0.name"),
        live=_LIVE,
        autocomplete="off",
        label_visibility="collapsed",
    )


def more_fields(now: Now) -> None:
    """Draw all other fields in a popover, by group; the button says how many are filled."""
    shown = {"title", *_IN_SIGHT}
    others = [field for field in fields().values() if field.id not in shown]
    filled = sum(bool(now.draft.fields.get(field.id)) for field in others)
    label = text(now.lang, "ui.m0.more_fields", filled=filled, total=len(others))
    opened = st.popover(label, key="m0_more_fields", on_change=state.hold_params)
    if not opened.open:
        return
    with opened, st.container(key="m0_more_box", gap=None):
        for group in _GROUPS:
            names = [field.id for field in others if field.group == group]
            st.html(tag("h3", text(now.lang, f"ui.m0.group_{group}"), cls="pl-step"))
            with st.container(key=f"m0_group_{group}", horizontal=True, gap="small"):
                _several(now, names)


def _several(now: Now, names: Iterable[str]) -> None:
    for name in names:
        with st.container(key=f"m0_cell_{name}", gap=None):
            _field(now, fields()[name])


def _field(now: Now, field: ProposalField) -> None:
    """Draw a field; what was read of it, or what is wrong with it, stands beneath."""
    key = f"m0_field_{field.id}"
    typed = now.draft.fields.get(field.id, "")
    title = field_title(now.lang, field)
    if field.options or field.kind == "yes_no":
        _choice(now.lang, field, typed, title, key)
    else:
        state.keep_widget(key, typed)
        st.text_input(
            title,
            key=key,
            on_change=_type,
            args=(field.id,),
            placeholder=_placeholder(now.lang, field),
            live=_LIVE,
            autocomplete="off",
        )
    st.html(_beneath(now, field, typed))


def _choice(lang: str, field: ProposalField, typed: str, title: str, key: str) -> None:
    """Draw a choice; a text that is none of them is offered too, as it was typed."""
    options = option_words(lang, field)
    shown = of_language(lang, field, typed)
    every = [*options, *([shown] if shown and shown not in options else [])]
    state.keep_widget(key, shown or None)
    st.selectbox(
        title,
        every,
        key=key,
        on_change=_type,
        args=(field.id,),
        placeholder=text(lang, "ui.m0.not_stated"),
    )


def _beneath(now: Now, field: ProposalField, typed: str) -> Markup:
    """Say what was read of a field, or what is wrong with it."""
    faults = faults_at(now, field.id, is_narrow=field.id in _IN_SIGHT)
    if faults:
        return tag("div", *faults, cls="pl-m0-echo")
    is_choice = bool(field.options) or field.kind == "yes_no"
    echo = "" if is_choice else now.reading.echoes.get(field.id, "")
    return tag("div", echo if echo != typed else "", cls="pl-m0-echo pl-muted")


def _placeholder(lang: str, field: ProposalField) -> str:
    """Show how a kind of quantity may be typed."""
    return messages(lang).get(f"ui.m0.placeholder_{field.kind}", "")


def _type(name: str) -> None:
    """Write what was typed to the draft."""
    value = state.widget(f"m0_field_{name}") or ""
    field = fields()[name]
    if field.options or field.kind == "yes_no":
        value = of_document(state.lang(), field, value)
    put(editing().draft.put(name, value))
