"""A person's verdict instead of a rule's: with reason, name and a last day; the original stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from parcels.clock import today
from parcels.finding_words import finding_text, rule_title
from parcels.messages import text
from parcels.review import findings_digest
from parcels.ui import state
from parcels.ui.components.review_finding import badge, override_of
from parcels.ui.components.review_say import complaint, name_field, say
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.findings import Finding, Outcome
    from parcels.ui.components.review_current import Current

_CHOICES: tuple[Outcome, ...] = ("pass", "warning", "fail", "not_applicable")
_USUAL_DAYS = 90


def override_button(now: Current, findings: Sequence[Finding]) -> None:
    """Offer to change the verdict of a rule; nothing while the opinion is locked."""
    if not findings or now.record(now.parcel).locked:
        return
    lang = state.lang()
    changed = [one for one in findings if override_of(now, one)]
    with st.container(key="review_override_keys", horizontal=True, gap="small"):
        if st.button(text(lang, "ui.review.override"), key="review_override"):
            _override(now, findings)
        if changed and st.button(text(lang, "ui.review.override_end"), key="review_override_end"):
            _end(now, changed)


def _override(now: Current, findings: Sequence[Finding]) -> None:
    lang = state.lang()
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)

    @st.dialog(text(lang, "ui.review.override"))
    def form() -> None:
        rule = _rule_field(now, by_rule)
        found = by_rule[rule]
        finding = found[0]
        st.html(tag("p", badge(lang, finding.outcome), " ", finding_text(lang, finding)))
        if len(found) > 1:
            more = text(lang, "ui.review.override_more", count=len(found) - 1)
            st.html(tag("p", more, cls="pl-note pl-text-unknown"))
        outcome = st.segmented_control(
            text(lang, "ui.review.override_outcome"),
            _CHOICES,
            format_func=lambda one: text(lang, f"outcome.{one}"),
            key="override_outcome",
        )
        reason = st.text_area(
            text(lang, "ui.review.override_reason"), key="override_reason", max_chars=2_000
        )
        until = st.date_input(
            text(lang, "ui.review.override_until"),
            value=today() + timedelta(days=_USUAL_DAYS),
            format="YYYY-MM-DD",
            key="override_until",
        )
        by = name_field("override_name")
        st.html(tag("p", text(lang, "ui.review.override_note"), cls="pl-note pl-muted"))
        if not st.button(text(lang, "ui.review.save"), key="override_save", type="primary"):
            return
        problem = _problem(outcome, finding, by, (reason or "").strip(), in_past=until < today())
        content = {
            "check": finding.check,
            "rule": rule,
            "outcome": outcome,
            "original": finding.outcome,
            "findings": findings_digest(found),
            "reason": (reason or "").strip(),
            "until": until.isoformat(),
        }
        if problem:
            complaint(problem)
        elif say(now, "override", by, content):
            st.rerun()

    form()


def _rule_field(now: Current, by_rule: dict[str, list[Finding]]) -> str:
    lang = state.lang()
    rules = list(by_rule)
    if len(rules) == 1:
        return rules[0]

    def title(rule: str) -> str:
        applied = now.book.find(rule)
        return rule_title(lang, applied) if applied else rule

    chosen: str = st.selectbox(
        text(lang, "ui.review.source"), rules, format_func=title, key="override_rule"
    )
    return chosen


def _problem(
    outcome: str | None, finding: Finding, by: str, reason: str, *, in_past: bool
) -> str | None:
    """Name what is missing in the form, by the key of its sentence."""
    if outcome is None or outcome == finding.outcome:
        return "override_same"
    if in_past:
        return "override_past"
    if not by:
        return "name_missing"
    return None if reason else "reason_missing"


def _end(now: Current, changed: Sequence[Finding]) -> None:
    lang = state.lang()

    @st.dialog(text(lang, "ui.review.override_end"))
    def form() -> None:
        by = name_field("override_end_name")
        if not st.button(text(lang, "ui.review.save"), key="override_end_save", type="primary"):
            return
        if not by:
            complaint("name_missing")
            return
        rules = dict.fromkeys((one.check, one.rule) for one in changed)
        ends = ({"check": check, "rule": rule} for check, rule in rules)
        if say(now, "override_end", by, *ends):
            st.rerun()

    form()
