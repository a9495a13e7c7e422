"""Setting a limit locally, and ending one: asked in a dialog, kept as an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import PlannerError
from parcels.clock import today, utc_now
from parcels.local_limits import RULES, read_limit, unit_text
from parcels.messages import error_text, text
from parcels.reviews.model import Event
from parcels.rule_words import in_words, limit_words
from parcels.ui import state
from parcels.ui.boundary import show_error
from parcels.ui.components.review_say import complaint, name_field
from parcels.ui.components.reviews_now import reviews
from parcels.ui.markup import literal, tag

if TYPE_CHECKING:
    from parcels.reviews.model import Kind
    from parcels.rules.model import Override, Rule, Value

_REASON_HEIGHT = 68
_MOST_VALUE, _MOST_REASON, _MOST_DOCUMENT = 200, 2_000, 200


def ask_limit(rule: Rule, held: Override | None) -> None:
    """Open the dialog that sets a limit.

    Parameters
    ----------
    held : Override or None
        The local limit that stands now.
    """
    lang = state.lang()

    @st.dialog(text(lang, "ui.rules.set"))
    def form() -> None:
        _what(lang, rule, held)
        value = _value_field(lang, rule)
        by = name_field(f"limit_name_{rule.id}")
        reason = st.text_area(
            text(lang, "ui.rules.reason"),
            max_chars=_MOST_REASON,
            height=_REASON_HEIGHT,
            key=f"limit_reason_{rule.id}",
        )
        document = st.text_input(
            text(lang, "ui.rules.document"), max_chars=_MOST_DOCUMENT, key=f"limit_doc_{rule.id}"
        )
        st.html(tag("p", text(lang, "ui.rules.set_note"), cls="pl-note pl-muted"))
        if not st.button(text(lang, "ui.review.save"), key="limit_save", type="primary"):
            return
        said = {"reason": (reason or "").strip(), "document": (document or "").strip()}
        if value is None:
            complaint_of(lang, PlannerError("limit_missing"), unless=state.widget(_key(rule)))
        elif not by or not said["reason"]:
            complaint("reason_missing" if by else "name_missing")
        elif _say(rule.id, "limit", by, _content(rule, value) | said):
            st.rerun()

    form()


def ask_end(rule_id: str, title: str) -> None:
    """Open the dialog that ends a local limit; the original counts again."""
    lang = state.lang()

    @st.dialog(text(lang, "ui.rules.end"))
    def form() -> None:
        st.html(tag("p", title, cls="pl-note"))
        st.html(tag("p", text(lang, "ui.rules.end_note"), cls="pl-note pl-muted"))
        by = name_field(f"limit_end_name_{rule_id}")
        if not st.button(text(lang, "ui.review.save"), key="limit_end_save", type="primary"):
            return
        if not by:
            complaint("name_missing")
        elif _say(rule_id, "limit_end", by, {}):
            st.rerun()

    form()


def complaint_of(lang: str, error: PlannerError, *, unless: object = None) -> None:
    """Say at a field what is wrong with what was typed, unless it is said already."""
    if unless:
        return
    sentence, hint = error_text(lang, error)
    st.html(tag("p", tag("strong", sentence), " ", hint, cls="pl-problem pl-note", role="alert"))


def _what(lang: str, rule: Rule, held: Override | None) -> None:
    original = text(lang, "ui.rules.original", limit=limit_words(lang, rule, rule.value))
    st.html(tag("p", tag("strong", in_words(lang, rule.title)), cls="pl-note"))
    st.html(tag("p", original, cls="pl-note pl-muted"))
    if held is not None:
        now = text(lang, "ui.rules.now", limit=limit_words(lang, rule, held.value))
        st.html(tag("p", now, cls="pl-note pl-muted"))


def _key(rule: Rule) -> str:
    return f"limit_value_{rule.id}"


def _value_field(lang: str, rule: Rule) -> Value | None:
    """Ask for the value; what was typed is echoed as it is read, or refused in words."""
    unit = unit_text(rule)
    label = text(lang, "ui.rules.value_in", unit=unit) if unit else text(lang, "ui.rules.value")
    typed = st.text_input(
        literal(label), max_chars=_MOST_VALUE, key=_key(rule), placeholder=_sample(lang, rule)
    )
    if not (typed or "").strip():
        return None
    try:
        value = read_limit(rule, typed)
    except PlannerError as error:
        complaint_of(lang, error)
        return None
    echo = text(lang, "ui.rules.read_as", limit=limit_words(lang, rule, value))
    st.html(tag("p", echo, cls="pl-note pl-muted", role="status"))
    return value


def _sample(lang: str, rule: Rule) -> str:
    if rule.op == "between":
        return "3–5"
    return text(lang, "ui.rules.words_sample") if rule.op in {"in", "not_in"} else ""


def _content(rule: Rule, value: Value) -> dict[str, Any]:
    return {"value": value, "original": rule.value, "day": today().isoformat()}


def _say(rule_id: str, kind: Kind, by: str, content: dict[str, Any]) -> bool:
    """Save an event about a rule; False when it could not be, which is then shown."""
    at = utc_now()
    state.remember("reviewer", by)
    event = Event(batch=RULES, parcel=rule_id, kind=kind, by=by, at=at, content=content)
    try:
        reviews().add(event)
    except PlannerError as error:
        show_error(error, state.lang())
        return False
    return True
