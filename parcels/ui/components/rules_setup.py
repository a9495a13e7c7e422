"""The day and the packs that a page rests on, to be chosen in a popover of the context row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from parcels.clock import today
from parcels.messages import text
from parcels.rule_words import in_words
from parcels.ui import state
from parcels.ui.components.review_current import as_of
from parcels.ui.components.rules_now import held_shelf, limits_now
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from parcels.pack_shelf import Shelf
    from parcels.rules.load import RuleBook

_GROUPS = {"default": ("default",), "borrowed": ("borrowed", "optional"), "own": ("own",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page keeps its packs.

    Attributes
    ----------
    key : str
        Begins the keys of the widgets.
    param : str
        Names the packs in the address.
    hint : str
        Key of the sentence that says which packs are used by default.
    """

    key: str
    param: str
    hint: str


def choose_rules(lang: str, book: RuleBook, place: Place) -> None:
    """Draw day, packs, what a reader must know of them, and what is not in force."""
    state.put_widget(f"{place.key}_as_of", as_of())
    st.date_input(
        text(lang, "ui.review.as_of_label"),
        key=f"{place.key}_as_of",
        on_change=_choose_day,
        args=(place,),
    )
    packs = held_shelf()
    _choices(lang, book, packs, place)
    st.html(tag("p", text(lang, place.hint), cls="pl-note pl-muted"))
    _statuses(lang, book)
    _limits(lang, packs)
    if state.param(place.param) is not None or state.param("asof") is not None:
        st.button(
            text(lang, "ui.review.default_packs"),
            key=f"{place.key}_default",
            on_click=_reset,
            args=(place,),
        )
    _dormant(lang, book)


def _choices(lang: str, book: RuleBook, packs: Shelf, place: Place) -> None:
    """Offer the packs by group: those used by default, those of others, the bureau's own."""
    titles = {one: in_words(lang, pack.title) for one, pack in packs.packs.items()}
    chosen, shown = [pack.id for pack in book.packs], []
    for name, groups in _GROUPS.items():
        offered = [one for one, pack in packs.packs.items() if packs.group(pack) in groups]
        if not offered:
            continue
        key = f"{place.key}_packs_{name}"
        shown.append(key)
        state.put_widget(key, [one for one in chosen if one in offered])
        st.multiselect(
            text(lang, f"ui.rules.packs_{name}"),
            offered,
            format_func=titles.__getitem__,
            placeholder=text(lang, "ui.data.choose"),
            key=key,
            on_change=_choose_packs,
            args=(place,),
        )
    state.remember(f"{place.key}_packs", tuple(shown))


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


def _choose_day(place: Place) -> None:
    day = state.widget(f"{place.key}_as_of")
    state.set_params(asof=None if day is None or day == today() else day.isoformat())


def _choose_packs(place: Place) -> None:
    """Keep the order in which packs were chosen; new ones come last."""
    chosen = [one for key in state.recall(f"{place.key}_packs", ()) for one in state.widget(key)]
    state.set_params(**{place.param: ",".join(chosen)})


def _reset(place: Place) -> None:
    state.set_params(**{"asof": None, place.param: None})
