"""Facts that a reviewer knows and the source does not give: a sub-class, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.codes import code_table
from parcels.facts import CLASS, CLASS_SCHEME
from parcels.finding_words import input_title, input_unit
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.review_say import complaint, name_field, say
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.ui.components.review_current import Current

_MOST_TYPED = 40


def facts_lines(now: Current) -> Markup:
    """List the facts that were added to the chosen parcel, with who added them."""
    lang = state.lang()
    said = now.events.get(now.review.key(now.parcel), ())
    kept = {event.content["key"]: event for event in said if event.kind == "fact"}
    lines = [
        text(
            lang,
            "ui.review.facts_line",
            name=_title(lang, key),
            value=event.content["value"],
            by=event.by,
        )
        for key, event in kept.items()
        if event.content["value"]
    ]
    return join(*(tag("p", line, cls="pl-note") for line in lines))


def facts_button(now: Current) -> None:
    """Offer to add facts; nothing while the opinion is locked."""
    lang = state.lang()
    locked = now.record(now.parcel).locked
    if st.button(text(lang, "ui.review.facts"), key="review_facts", disabled=locked):
        _form(now)


def _form(now: Current) -> None:
    lang = state.lang()
    known = now.record(now.parcel).facts
    title = text(lang, "ui.review.facts_title", parcel=f"{now.parcel + 1}")

    @st.dialog(title, width="medium")
    def form() -> None:
        st.html(tag("p", text(lang, "ui.review.facts_note"), cls="pl-note pl-muted"))
        typed = {CLASS: _class_field(known.get(CLASS))}
        asked = _asked(now)
        sides = st.columns(2)
        for at, metric in enumerate(asked):  # down the left side, then down the right one
            with sides[2 * at >= len(asked)]:
                typed[metric] = _figure_field(metric, known.get(metric, ""))
        by = name_field("facts_name")
        if not st.button(text(lang, "ui.review.save"), key="facts_save", type="primary"):
            return
        if not by:
            complaint("name_missing")
            return
        changed = {
            key: (value or "").strip() or None
            for key, value in typed.items()
            if ((value or "").strip() or None) != known.get(key)
        }
        if say(now, "fact", by, *({"key": k, "value": v} for k, v in changed.items())):
            st.rerun()

    form()


def _figure_field(metric: str, known: str) -> str | None:
    """Ask for an indicator, with the unit in which it is judged."""
    lang = state.lang()
    title, unit = input_title(lang, metric), input_unit(metric)
    is_share = unit == "ratio"
    titled = text(lang, "ui.review.facts_unit", name=title, unit=unit)
    typed: str | None = st.text_input(
        titled if unit and not is_share else title,
        value=known,
        max_chars=_MOST_TYPED,
        placeholder=text(lang, "ui.review.facts_share") if is_share else None,
        key=f"fact_{metric}",
    )
    return typed


def _class_field(known: str | None) -> str | None:
    lang = state.lang()
    codes = [code for code, entry in code_table(CLASS_SCHEME).items() if len(code) > 1]
    names = {code: f"{code} {code_table(CLASS_SCHEME)[code].name}" for code in codes}
    chosen: str | None = st.selectbox(
        text(lang, "ui.review.facts_class"),
        codes,
        index=codes.index(known) if known in codes else None,
        format_func=names.__getitem__,
        placeholder=text(lang, "ui.review.facts_unset"),
        key="fact_class",
    )
    return chosen


def _asked(now: Current) -> list[str]:
    """Return the indicators that unknown findings about the parcel ask for, and those given."""
    asked = [
        need.partition(":")[2]
        for finding in now.review.assessment.of(now.parcel)
        for need in finding.needs
        if need.startswith("input:")
    ]
    given = [key for key in now.record(now.parcel).facts if key != CLASS]
    return list(dict.fromkeys([*given, *asked]))


def _title(lang: str, key: str) -> str:
    return text(lang, "ui.review.facts_class") if key == CLASS else input_title(lang, key)
