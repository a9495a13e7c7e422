"""Rules as a table: limit, standing, source, days, note, examples; what the bureau may set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from parcels.local_limits import can_be_set
from parcels.messages import text
from parcels.rule_words import (
    days_words,
    denominator_words,
    example_words,
    has_limit,
    in_words,
    limit_words,
    metric_words,
)
from parcels.ui import state
from parcels.ui.components.rules_limit import ask_end, ask_limit
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from parcels.rules.model import Override, Pack, Rule

_COLUMNS = ("rule", "limit", "standing", "source", "days", "note")
_SIDE = 76


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How rules are shown.

    Attributes
    ----------
    limits : mapping of rule id to Override
    by_file : frozenset of str
        Rules whose local limit stands in a file of the operator's: changed there alone.
    chosen : str
        Id of the rule that the address names; "" where none.
    with_pack : bool
        Name the pack of each rule, and offer to open it.
    """

    day: date
    limits: Mapping[str, Override]
    by_file: frozenset[str]
    chosen: str = ""
    with_pack: bool = False


def rules_table(lang: str, rules: Iterable[tuple[Rule, Pack]], shown: Shown) -> None:
    """Draw the rules, each with what can be done about it."""
    with st.container(key="rules_rows", gap=None):
        with st.container(key="rules_line_head", horizontal=True, wrap=False):
            heads = (tag("th", text(lang, f"ui.rules.column_{one}")) for one in _COLUMNS)
            st.html(_table(tag("tr", *heads)))
            st.space(_SIDE)
        for rule, pack in rules:
            _line(lang, rule, pack, shown)


def _line(lang: str, rule: Rule, pack: Pack, shown: Shown) -> None:
    key = "rules_chosen" if rule.id == shown.chosen else f"rules_line_{rule.id}"
    with st.container(key=key, horizontal=True, wrap=False):
        st.html(_table(_row(lang, rule, pack, shown)))
        with st.container(key=f"rules_side_{rule.id}", width=_SIDE, gap=None):
            _buttons(lang, rule, pack, shown)


def _table(row: Markup) -> Markup:
    return tag("div", tag("table", row), cls="pl-extract pl-rules")


def _buttons(lang: str, rule: Rule, pack: Pack, shown: Shown) -> None:
    held = shown.limits.get(rule.id)
    if rule.id in shown.by_file:
        st.html(tag("span", text(lang, "ui.rules.by_file"), cls="pl-note pl-muted"))
    elif can_be_set(rule) and _button(lang, "set", rule):
        ask_limit(rule, held)
    if held and rule.id not in shown.by_file and _button(lang, "end", rule):
        ask_end(rule.id, in_words(lang, rule.title))
    if shown.with_pack:
        _button(lang, "open", rule, pack)
    elif rule.id != shown.chosen:
        _button(lang, "link", rule, pack)


def _button(lang: str, name: str, rule: Rule, leads_to: Pack | None = None) -> bool:
    return st.button(
        text(lang, f"ui.rules.{name}"),
        key=f"rules_{name}_{rule.id}",
        type="tertiary",
        help=text(lang, "ui.rules.link_what") if name == "link" else None,
        on_click=_lead if leads_to else None,
        args=(rule.id, leads_to.id) if leads_to else None,
    )


def _lead(rule: str, pack: str) -> None:
    state.set_params(pack=pack, rule=rule, term=None)


def _row(lang: str, rule: Rule, pack: Pack, shown: Shown) -> Markup:
    cells = (
        _title(lang, rule, pack if shown.with_pack else None),
        _limit(lang, rule, shown.limits.get(rule.id)),
        _standing(lang, rule),
        _source(rule),
        _days(lang, rule, pack, shown.day),
        _note(lang, rule),
    )
    return tag("tr", *(tag("td", cell) for cell in cells))


def _title(lang: str, rule: Rule, pack: Pack | None) -> Markup:
    check = text(lang, f"check.{rule.check}.title") if _is_check(rule) else ""
    named = " · ".join(part for part in (check, metric_words(lang, rule.metric)) if part)
    return join(
        tag("strong", in_words(lang, rule.title)),
        _muted(in_words(lang, pack.title)) if pack else None,
        _muted(named) if named else None,
        _muted(tag("code", f"{rule.id} · {rule.metric}")),
    )


def _is_check(rule: Rule) -> bool:
    from parcels.checks.order import CHECKS

    return any(one.id == rule.check for one in CHECKS)


def _limit(lang: str, rule: Rule, held: Override | None) -> Markup:
    """Write the limit that counts, and under a local one the original."""
    style = "" if has_limit(rule) else "pl-text-unknown"
    original = tag("div", limit_words(lang, rule, rule.value), cls=style)
    share = denominator_words(lang, rule.denominator) if rule.denominator else ""
    whole = _muted(text(lang, "ui.rules.denominator", whole=share)) if share else None
    if held is None:
        return join(original, whole)
    said = text(
        lang,
        "ui.rules.local_by",
        by=held.by,
        day=held.day.isoformat(),
        reason=text(lang, "ui.rules.reason_in", reason=held.reason, document=held.document)
        if held.document
        else held.reason,
    )
    was = text(lang, "ui.rules.original", limit=limit_words(lang, rule, rule.value))
    local = text(lang, "ui.rules.local", limit=limit_words(lang, rule, held.value))
    return join(tag("strong", local), _muted(said), tag("div", was, cls=style), whole)


def _standing(lang: str, rule: Rule) -> Markup:
    mark = text(lang, f"mark.{rule.confidence}")
    status = text(lang, f"status.{rule.status}")
    doubtful = rule.confidence in {"U", "L"}
    outcome = text(lang, f"outcome.{'fail' if rule.severity == 'error' else 'warning'}")
    return join(
        tag("div", text(lang, "ui.rules.severity", outcome=outcome))
        if rule.op != "calculation"
        else None,
        tag("div", status),
        tag("div", mark, cls="pl-text-unknown" if doubtful else "pl-muted")
        if mark != status
        else None,
    )


def _source(rule: Rule) -> Markup:
    source = rule.source
    return join(
        tag("div", source.document),
        *(_muted(part) for part in (source.number, source.clause, source.date) if part),
    )


def _days(lang: str, rule: Rule, pack: Pack, day: date) -> Markup:
    days = rule.in_force or pack.in_force
    asleep = text(lang, "ui.rules.not_in_force", day=day.isoformat())
    return join(
        tag("div", days_words(lang, days)),
        None if days.covers(day) else tag("div", asleep, cls="pl-text-unknown"),
    )


def _note(lang: str, rule: Rule) -> Markup:
    lines = (tag("li", example_words(lang, rule, one)) for one in rule.examples)
    title = text(lang, "ui.rules.examples", count=len(rule.examples))
    return join(
        tag("div", in_words(lang, rule.note)) if rule.note else None,
        tag("details", tag("summary", title, cls="pl-muted"), tag("ul", *lines)),
    )


def _muted(words: object) -> Markup:
    return tag("div", words, cls="pl-muted")
