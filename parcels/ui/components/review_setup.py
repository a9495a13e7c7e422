"""The day and the packs that a review rests on, in one popover of the context row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.codes import SCHEMES
from parcels.messages import text
from parcels.rule_words import in_words
from parcels.ui import state
from parcels.ui.components.review_current import as_of, today
from parcels.ui.components.rules_now import held_shelf, limits_now
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.pack_shelf import Shelf
    from parcels.rules.load import RuleBook
    from parcels.ui.components.review_current import Current

_DAY, _PACKS, _SCHEME = "review_as_of", "review_packs", "review_scheme"
_GROUPS = {"default": ("default",), "borrowed": ("borrowed", "optional"), "own": ("own",)}


def review_setup(now: Current) -> None:
    """Draw the popover: as-of day, packs, what is not in force, layers in use."""
    lang = state.lang()
    label = text(lang, "ui.review.as_of", day=now.day.isoformat(), count=len(now.book.packs))
    with st.popover(label, icon=":material/event:", key="review_setup"):
        state.put_widget(_DAY, as_of())
        st.date_input(text(lang, "ui.review.as_of_label"), key=_DAY, on_change=_choose_day)
        _packs(lang, now.book)
        _dormant(lang, now.book)
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


def _packs(lang: str, book: RuleBook) -> None:
    """Offer the packs by group: those used by default, those of others, the bureau's own."""
    packs = held_shelf()
    titles = {one: in_words(lang, pack.title) for one, pack in packs.packs.items()}
    chosen, shown = [pack.id for pack in book.packs], []
    for name, groups in _GROUPS.items():
        offered = [one for one, pack in packs.packs.items() if packs.group(pack) in groups]
        if not offered:
            continue
        key = f"{_PACKS}_{name}"
        shown.append(key)
        state.put_widget(key, [one for one in chosen if one in offered])
        st.multiselect(
            text(lang, f"ui.rules.packs_{name}"),
            offered,
            format_func=titles.__getitem__,
            placeholder=text(lang, "ui.data.choose"),
            key=key,
            on_change=_choose_packs,
        )
    state.remember(_PACKS, tuple(shown))
    st.html(tag("p", text(lang, "ui.review.packs_hint"), cls="pl-note pl-muted"))
    _statuses(lang, book)
    _limits(lang, packs)
    if state.param("packs") is not None or state.param("asof") is not None:
        st.button(text(lang, "ui.review.default_packs"), key="review_default", on_click=_reset)


def _statuses(lang: str, book: RuleBook) -> None:
    """Say what a reader must know of the chosen packs before relying on them."""
    stated = [pack for pack in book.packs if pack.legal_status]
    lines = (
        tag(
            "p",
            tag("strong", in_words(lang, pack.title)),
            " ",
            in_words(lang, status),
            cls="pl-note",
        )
        for pack in stated
        if (status := pack.legal_status)
    )
    if stated:
        title = tag("strong", text(lang, "ui.rules.statuses", count=len(stated)))
        st.html(tag("div", title, *lines, cls="pl-note pl-text-unknown"))


def _limits(lang: str, packs: Shelf) -> None:
    """Say how many limits the bureau set itself, and how many of them have no rule any more."""
    limits = limits_now(packs.rules())
    said = {"limits_held": len(limits.all), "limits_orphaned": len(limits.orphans)}
    for key, count in said.items():
        if count:
            sentence = text(lang, f"ui.rules.{key}", count=count)
            st.html(tag("p", sentence, cls="pl-note pl-text-unknown"))


def _dormant(lang: str, book: RuleBook) -> None:
    titles = [one.rule.title for one in book.dormant]
    if titles:
        names = [title.en if lang == "en" else title.zh for title in titles]
        sentence = text(lang, "ui.review.dormant", names=names)
        st.html(tag("p", sentence, cls="pl-note pl-text-unknown"))


def _layers(lang: str, now: Current) -> None:
    titles = [one.title for one in now.review.given.overlays.values()]
    sentence = (
        text(lang, "ui.review.layers_used", names=titles)
        if titles
        else text(lang, "ui.review.layers_none")
    )
    st.html(tag("p", sentence, cls="pl-note pl-muted"))


def _choose_day() -> None:
    day = state.widget(_DAY)
    state.set_params(asof=None if day is None or day == today() else day.isoformat())


def _choose_packs() -> None:
    chosen = (one for key in state.recall(_PACKS, ()) for one in state.widget(key))
    state.set_params(packs=",".join(chosen))


def _choose_scheme() -> None:
    state.set_params(scheme=state.widget(_SCHEME))


def _reset() -> None:
    state.set_params(asof=None, packs=None)
