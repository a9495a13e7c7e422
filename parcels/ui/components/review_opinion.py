"""Opinion and comments: signed with name and time, locked, void when its basis changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.clock import today
from parcels.messages import messages, text
from parcels.review import counts
from parcels.reviews.model import VERDICTS
from parcels.ui import state
from parcels.ui.components.review_facts import facts_button
from parcels.ui.components.review_say import complaint, name_field, on_the_clock, say
from parcels.ui.markup import Markup, tag

if TYPE_CHECKING:
    from parcels.reviews.model import Opinion
    from parcels.ui.components.review_current import Current

_MOST_WORDS = 2_000


def opinion_panel(now: Current) -> None:
    """Draw the opinion as it stands, and the buttons that change it."""
    lang = state.lang()
    record = now.record(now.parcel)
    st.html(tag("div", _standing(lang, record.opinion), cls="pl-extract"))
    with st.container(key="review_actions", horizontal=True, gap="small"):
        if record.locked:
            if st.button(text(lang, "ui.review.withdraw"), key="review_withdraw"):
                _withdraw(now)
        elif st.button(text(lang, "ui.review.sign"), key="review_sign", type="primary"):
            _sign(now)
        facts_button(now)
        if st.button(text(lang, "ui.review.comment_add"), key="review_comment"):
            _comment(now)
    _fallen(now)
    for event in record.comments:
        line = text(
            lang,
            "ui.review.comment_line",
            by=event.by,
            at=on_the_clock(event.at),
            text=event.content["text"],
        )
        st.html(tag("p", line, cls="pl-note pl-comment"))


def _fallen(now: Current) -> None:
    """Tell the overrides that count no more, and why."""
    lang = state.lang()
    standing = now.standing.get(now.parcel, {})
    for one in now.record(now.parcel).overrides:
        if (one.check, one.rule) in standing:
            continue
        why = "override_changed" if one.counts_on(today()) else "override_expired"
        title = messages(lang).get(f"check.{one.check}.short", one.check)
        line = text(
            lang,
            f"ui.review.{why}",
            check=title,
            now=text(lang, f"outcome.{one.outcome}"),
            by=one.by,
            at=on_the_clock(one.at)[:10],
            reason=one.reason,
            until=one.until.isoformat(),
        )
        st.html(tag("p", line, cls="pl-note pl-text-unknown"))


def opinion_line(lang: str, opinion: Opinion | None) -> Markup | None:
    """Say who signed what and when, and why it is void; None where nobody signed."""
    if opinion is None:
        return None
    said = {
        "by": opinion.by,
        "at": on_the_clock(opinion.at),
        "verdict": text(lang, f"reviews.verdict.{opinion.verdict}"),
    }
    if opinion.valid:
        return tag("p", tag("strong", text(lang, "ui.review.signed", **said)), cls="pl-note")
    changed = [text(lang, f"reviews.changed.{name}") for name in opinion.changed]
    sentence = text(lang, "ui.review.signed_void", changed=changed, **said)
    return tag("p", sentence, cls="pl-note pl-text-unknown")


def _standing(lang: str, opinion: Opinion | None) -> Markup:
    if opinion is None:
        return tag("p", text(lang, "ui.review.not_signed"), cls="pl-note pl-muted")
    reason = tag("p", opinion.reason, cls="pl-note") if opinion.reason else None
    locked = tag("p", text(lang, "ui.review.locked")) if opinion.valid else None
    return tag("div", opinion_line(lang, opinion), reason, locked, cls="pl-box")


def _sign(now: Current) -> None:
    lang = state.lang()

    @st.dialog(text(lang, "ui.review.sign_title"))
    def form() -> None:
        counted = counts(now.matrix[now.parcel])
        totals = [f"{text(lang, f'outcome.{one}')} {count}" for one, count in counted.items()]
        st.html(tag("p", text(lang, "ui.review.sign_counts", counts=totals), cls="pl-note"))
        open_points = counted["fail"] + counted["unknown"]
        if open_points:
            caution = text(
                lang, "ui.review.sign_caution", fail=counted["fail"], unknown=counted["unknown"]
            )
            st.html(tag("p", caution, cls="pl-note pl-text-unknown"))
        verdict = st.segmented_control(
            text(lang, "ui.review.verdict"),
            VERDICTS,
            format_func=lambda one: text(lang, f"reviews.verdict.{one}"),
            key="sign_verdict",
            default=None if open_points else "agree",
        )
        reason = _words("ui.review.sign_reason", "sign_reason")
        by = name_field("sign_name")
        if not st.button(text(lang, "ui.review.sign"), key="sign_save", type="primary"):
            return
        if not verdict or not by:
            complaint("verdict" if not verdict else "name_missing")
        elif not reason and (verdict != "agree" or open_points):
            complaint("reason_missing")
        else:
            basis = now.review.basis(now.parcel)
            content = {
                "verdict": verdict,
                "reason": reason,
                "parcel": basis.parcel,
                "rules": basis.rules,
                "layers": basis.layers,
                "verdicts": basis.verdicts,
                "as_of": now.day.isoformat(),
                "counts": counted,
            }
            if say(now, "opinion", by, content):
                st.rerun()

    form()


def _withdraw(now: Current) -> None:
    lang = state.lang()

    @st.dialog(text(lang, "ui.review.withdraw"))
    def form() -> None:
        reason = _words("ui.review.withdraw_reason", "withdraw_reason")
        by = name_field("withdraw_name")
        if not st.button(text(lang, "ui.review.withdraw"), key="withdraw_save", type="primary"):
            return
        if not by or not reason:
            complaint("reason_missing" if by else "name_missing")
        elif say(now, "withdrawal", by, {"reason": reason}):
            st.rerun()

    form()


def _comment(now: Current) -> None:
    lang = state.lang()

    @st.dialog(text(lang, "ui.review.comment_add"))
    def form() -> None:
        words = _words("ui.review.comment_text", "comment_words")
        by = name_field("comment_name")
        if not st.button(text(lang, "ui.review.save"), key="comment_save", type="primary"):
            return
        if not by or not words:
            complaint("name_missing" if words else "reason_missing")
        elif say(now, "comment", by, {"text": words}):
            st.rerun()

    form()


def _words(label: str, key: str) -> str:
    typed = st.text_area(text(state.lang(), label), max_chars=_MOST_WORDS, key=key)
    return (typed or "").strip()
