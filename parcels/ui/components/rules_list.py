"""The list of packs: search, day, one choice; what the bureau set, as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.clock import today
from parcels.local_limits import overrides_toml
from parcels.messages import text
from parcels.rule_words import days_words, in_words
from parcels.ui import state
from parcels.ui.components.review_current import as_of
from parcels.ui.markup import literal

if TYPE_CHECKING:
    from datetime import date

    from parcels.pack_shelf import Shelf
    from parcels.rules.model import Pack
    from parcels.ui.components.rules_now import Limits

_TERM, _DAY, _PACK = "rules_term", "rules_day", "rules_pack"
_DAY_WIDTH = 130
_MOST_TERM = 100
_ORDER = ("own", "default", "borrowed", "optional")


def rules_list(lang: str, packs: Shelf, limits: Limits, chosen: Pack) -> None:
    """Draw the list."""
    _controls(lang)
    in_order = sorted(packs.packs.values(), key=lambda one: _ORDER.index(packs.group(one)))
    day = as_of()
    state.put_widget(_PACK, chosen.id)
    with st.container(key="rules_packs"):
        st.radio(
            text(lang, "ui.rules.packs", count=len(in_order)),
            [pack.id for pack in in_order],
            format_func=lambda one: literal(in_words(lang, packs.packs[one].title)),
            captions=[_caption(lang, packs, pack, day) for pack in in_order],
            key=_PACK,
            on_change=_choose,
        )
    _export(lang, limits)


def pack_facts(lang: str, packs: Shelf, pack: Pack) -> str:
    """Say place, version, days in force, how it comes to be used, and how many rules it has."""
    facts = [
        pack.place,
        text(lang, "ui.rules.version", version=pack.version),
        days_words(lang, pack.in_force),
        text(lang, f"ui.rules.group_{packs.group(pack)}"),
        text(lang, "ui.rules.count", count=len(pack.rule)),
    ]
    if pack.id in packs.files:
        facts.append(text(lang, "ui.rules.file", file=packs.files[pack.id]))
    return " · ".join(facts)


def _caption(lang: str, packs: Shelf, pack: Pack, day: date) -> str:
    """Write facts and status in Markdown; every value is shown as typed."""
    lines = [literal(pack_facts(lang, packs, pack))]
    if not pack.in_force.covers(day):
        asleep = text(lang, "ui.rules.not_in_force", day=day.isoformat())
        lines.append(f":violet[{literal(asleep)}]")
    if pack.legal_status:
        lines.append(literal(in_words(lang, pack.legal_status)))
    return "  \n".join(lines)


def _controls(lang: str) -> None:
    with st.container(key="rules_controls", horizontal=True, wrap=False, gap="small"):
        state.put_widget(_TERM, state.param("term") or "")
        st.text_input(
            text(lang, "ui.rules.search"),
            placeholder=text(lang, "ui.rules.search_what"),
            max_chars=_MOST_TERM,
            key=_TERM,
            on_change=_search,
        )
        state.put_widget(_DAY, as_of())
        st.date_input(
            text(lang, "ui.review.as_of_label"), key=_DAY, on_change=_choose_day, width=_DAY_WIDTH
        )


def _export(lang: str, limits: Limits) -> None:
    with st.container(key="rules_foot"):
        st.download_button(
            text(lang, "ui.rules.export", count=len(limits.all)),
            overrides_toml(limits.all).encode(),
            file_name="local_limits.toml",
            mime="application/toml",
            on_click="ignore",
            disabled=not limits.all,
            help=text(lang, "ui.rules.export_what"),
            key="rules_export",
        )


def _choose() -> None:
    state.set_params(pack=state.widget(_PACK), rule=None, term=None)


def _search() -> None:
    state.set_params(term=(state.widget(_TERM) or "").strip() or None)


def _choose_day() -> None:
    day = state.widget(_DAY)
    state.set_params(asof=None if day is None or day == today() else day.isoformat())
