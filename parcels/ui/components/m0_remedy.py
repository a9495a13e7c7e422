"""The smallest changes that let a proposal keep the rules of a pack, each to be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.finding_words import rule_title
from parcels.messages import text
from parcels.proposal.remedies.advice import Advice
from parcels.proposal.remedies.advice_words import (
    move_words,
    needed_words,
    no_remedy_words,
    remedy_title,
    withheld_words,
)
from parcels.proposal.remedies.remedy import advise
from parcels.proposal.reports.report import is_verified, missing_data
from parcels.proposal.ruling.telling import range_words
from parcels.rule_words import in_words
from parcels.ui import state
from parcels.ui.components.m0_draft import apply_changes
from parcels.ui.components.m0_far import with_two_decimals
from parcels.ui.components.m0_freedom import ask_freedom, freedom
from parcels.ui.components.m0_rows import result_id, short_title
from parcels.ui.components.rules_now import book_on
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.proposal.remedies.advice import Remedy
    from parcels.proposal.verdict import RuleResult
    from parcels.ui.components.m0_now import Now

_TARGET, _PARAM = "m0_target", "target"
ALL_PACKS = "all"
_FIRST = "m0_nanyang_pilot"
_OF_ROWS = {"floor": "field:floors", "function": "field:function"}
_MOST_CARDS, _MOST_MISSING = 3, 6


def advice_for(now: Now) -> Advice:
    """Ask for the smallest changes under the target of the address, unless that was done."""
    target = target_of(now)
    if not now.book.packs:
        return Advice()
    book = now.book if target == ALL_PACKS else book_on(now.book.as_of, [target])
    return state.once(
        "m0_advice",
        (now.draft, book.digest, freedom()),
        lambda: advise(now.proposal, book, freedom=freedom()),
    )


def remedies(now: Now, advice: Advice) -> None:
    """Draw target and freedom, then the changes as equal cards, or why there are none."""
    lang = now.lang
    with st.container(
        key="m0_remedy_head", horizontal=True, wrap=False, vertical_alignment="center"
    ):
        st.html(tag("span", text(lang, "ui.m0.remedies"), cls="pl-step"), width="content")
        _ask_target(now)
        ask_freedom(now)
    with st.container(key="m0_cards", horizontal=True, wrap=False, gap="small"):
        for at, remedy in enumerate(advice.remedies[:_MOST_CARDS]):
            _card(now, advice, remedy, at)
    st.html(_below(now, advice))


def _card(now: Now, advice: Advice, remedy: Remedy, at: int) -> None:
    lang = now.lang
    with st.container(key=f"m0_card_{at}", border=True, gap=None):
        verified = is_verified(remedy, advice)
        with st.container(key=f"m0_card_head_{at}", horizontal=True, wrap=False):
            st.html(
                join(
                    tag("strong", remedy_title(lang, remedy)),
                    " ",
                    tag("span", text(lang, "ui.m0.verified"), cls="pl-badge pl-pass")
                    if verified
                    else None,
                )
            )
            st.space("stretch")
            st.button(
                text(lang, "ui.m0.apply"),
                key=f"m0_apply_{at}",
                icon=":material/check:",
                type="secondary" if at else "primary",
                disabled=not verified,
                on_click=_apply,
                args=(remedy, lang),
            )
        steps = [tag("div", move_words(lang, remedy, one)) for one in remedy.moves]
        results = tag("div", *_results(now, advice, remedy), cls="pl-muted pl-note")
        st.html(tag("div", *steps, results, cls="pl-m0-moves"))


def _results(now: Now, advice: Advice, remedy: Remedy) -> list[Markup | str]:
    """Say what becomes of the measures that were to be kept, and of the floor area ratio."""
    before = {result_id(verdict, one): one for verdict in now.verdicts for one in verdict.results}
    said = []
    for verdict in remedy.verdicts:
        for one in verdict.results:
            old = before.get(result_id(verdict, one))
            if old is None or one.measured is None or old.measured is None:
                continue
            was_broken = old.outcome in {"fail", "warning"} and one.applied.id in advice.targets
            is_far = one.applied.rule.metric == "far" and one.measured.low != old.measured.low
            if was_broken or is_far:
                said.append(_becomes(now.lang, one))
    whole = [tag("span", one, cls="pl-m0-result") for one in dict.fromkeys(said)]
    return [one for each in whole for one in (" · ", each)][1:]


def _becomes(lang: str, result: RuleResult) -> str:
    title = short_title(lang, result.applied.rule.metric)
    unit = result.finding.unit or result.applied.rule.unit
    own = range_words(lang, result.measured, unit) if result.measured else ""
    return text(lang, "ui.m0.becomes", metric=title, own=with_two_decimals(own, [result]))


def _below(now: Now, advice: Advice) -> Markup:
    """Say why there is no change to propose, and what stays unknown."""
    lang = now.lang
    said: list[Markup | None] = []
    if advice.conflict:
        rules = [rule_title(lang, one) for one in map(now.book.find, advice.conflict) if one]
        key = "infeasible" if len(rules) > 1 else "infeasible_one"
        said.append(tag("p", text(lang, f"ui.m0.{key}", rules=rules), cls="pl-note pl-m0-fault"))
    elif not advice.remedies:
        said.append(tag("p", _why_none(now, advice), cls="pl-note"))
    if held_back := withheld_words(lang, advice, now.book):
        said.append(tag("p", held_back, cls="pl-note pl-text-unknown"))
    if len(advice.remedies) > _MOST_CARDS:
        more = [
            tag(
                "li",
                remedy_title(lang, one),
                " ",
                text(lang, "ui.list_mark").join(move_words(lang, one, step) for step in one.moves),
            )
            for one in advice.remedies[_MOST_CARDS:]
        ]
        summary = tag("summary", text(lang, "ui.m0.more_remedies", count=len(more)))
        said.append(tag("details", summary, tag("ul", *more)))
    if advice.unknown:
        said.append(_unknown(now, advice))
    said.append(_missing(now, is_main=not advice.remedies))
    return tag("div", *said, cls="pl-extract")


def _why_none(now: Now, advice: Advice) -> str:
    """Say why there is nothing to change."""
    if advice.withheld:
        return no_remedy_words(now.lang, advice, now.book)
    target = target_of(now)
    aimed = [one for one in now.verdicts if target in (one.pack.id, ALL_PACKS)]
    if not aimed:
        return text(now.lang, "ui.m0.no_pack")
    if not any(one.results for one in aimed):
        return text(now.lang, "ui.m0.not_in_force", day=now.book.as_of.isoformat())
    if all(one.outcome == "not_applicable" for one in aimed):
        return text(now.lang, "ui.m0.not_for_use", use=now.proposal.use)
    return text(now.lang, f"ui.m0.{'nothing_broken' if advice.targets else 'nothing_known'}")


def _unknown(now: Now, advice: Advice) -> Markup:
    """Name the rules without a verdict."""
    found = (now.book.find(one) for one in advice.unknown)
    names = [rule_title(now.lang, one) for one in found if one]
    sentence = text(now.lang, "ui.m0.still_unknown", count=len(names))
    listed = text(now.lang, "ui.list_mark").join(dict.fromkeys(names))
    summary = tag("summary", sentence, cls="pl-text-unknown")
    return tag("details", summary, tag("p", listed), cls="pl-note")


def _missing(now: Now, *, is_main: bool) -> Markup | None:
    """List what is missing under all packs, first what most rules wait for.

    Beside changes only where the window is high.
    """
    lang, found = now.lang, _by_kind(missing_data(now.verdicts))
    if not found:
        return None
    rows = [
        tag(
            "tr",
            tag("td", needed_words(lang, need, now.book)),
            tag("td", f"{len(rules):,}", cls="pl-num"),
        )
        for need, rules in list(found.items())[:_MOST_MISSING]
    ]
    head = tag(
        "tr",
        tag("th", text(lang, "ui.m0.missing", count=len(found))),
        tag("th", text(lang, "ui.m0.missing_rules"), cls="pl-num"),
    )
    style = "pl-m0-missing" if is_main else "pl-m0-missing pl-m0-roomy"
    return tag("table", tag("thead", head), tag("tbody", *rows), cls=style)


def _by_kind(missing: dict[str, list[str]]) -> dict[str, set[str]]:
    """Put together what is missing of several rows: floor areas, functions."""
    found: dict[str, set[str]] = {}
    for need, rules in missing.items():
        kind, _, subject = need.partition(":")
        of_row = _OF_ROWS.get(subject.partition(":")[0]) if kind == "field" else None
        found.setdefault(of_row or need, set()).update(rules)
    return dict(sorted(found.items(), key=lambda one: -len(one[1])))


def _ask_target(now: Now) -> None:
    """Let a pack be chosen, or all of them together."""
    titles = {one.pack.id: in_words(now.lang, one.pack.title) for one in now.verdicts}
    state.put_widget(_TARGET, target_of(now))
    st.selectbox(
        text(now.lang, "ui.m0.target"),
        [*titles, *([ALL_PACKS] if len(titles) > 1 else [])],
        format_func=lambda one: titles.get(one) or text(now.lang, "ui.m0.all_packs"),
        key=_TARGET,
        on_change=_choose_target,
        label_visibility="collapsed",
        width=230,
    )


def target_of(now: Now) -> str:
    """Return the pack of the address, else the pilot if it applies, else the first that fails."""
    ids = [one.pack.id for one in now.verdicts]
    asked = state.param(_PARAM) or ""
    if asked in ids or (asked == ALL_PACKS and len(ids) > 1):
        return asked
    if any(one.pack.id == _FIRST and one.outcome != "not_applicable" for one in now.verdicts):
        return _FIRST
    fails = [one.pack.id for one in now.verdicts if one.outcome == "fail"]
    return next(iter([*fails, *ids]), ALL_PACKS)


def _choose_target() -> None:
    state.set_params(**{_PARAM: state.widget(_TARGET)})


def _apply(remedy: Remedy, lang: str) -> None:
    steps = [move_words(lang, remedy, one) for one in remedy.moves]
    said = text(lang, "ui.m0.applied", steps=steps)
    apply_changes(remedy.changes, said)
