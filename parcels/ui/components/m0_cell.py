"""The chosen cell explained: measured, limit, margin, source, days, what is missing, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from parcels.finding_words import finding_text, limit_text, rule_title, source_text
from parcels.findings import OUTCOMES
from parcels.messages import text
from parcels.proposal.remedies.advice_words import needed_words, step_words
from parcels.rule_words import days_words, in_words, limit_words
from parcels.ui import state
from parcels.ui.components.m0_far import with_two_decimals
from parcels.ui.components.m0_rows import find_result
from parcels.ui.components.m0_verdict import CELL
from parcels.ui.components.review_finding import badge
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.proposal.remedies.advice import Advice
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.rules.load import AppliedRule
    from parcels.ui.components.m0_now import Now

_PACK = "pack:"


def explained(now: Now, advice: Advice) -> None:
    """Draw what the address asks about, with a key that closes it; nothing where it does not."""
    told = _told(now, advice)
    if told is None:
        return
    with st.container(key="m0_cell", gap=None):
        with st.container(key="m0_cell_head", horizontal=True, wrap=False):
            st.html(told[0])
            st.button(
                text(now.lang, "ui.m0.close"), key="m0_cell_close", type="tertiary", on_click=_close
            )
        st.html(tag("div", told[1], cls="pl-extract"))


def is_open(now: Now) -> bool:
    """Whether the address names a cell that there is."""
    asked = state.param(CELL) or ""
    if asked.startswith(_PACK):
        return any(one.pack.id == asked.removeprefix(_PACK) for one in now.verdicts)
    return bool(asked) and find_result(now.verdicts, asked) is not None


def _told(now: Now, advice: Advice) -> tuple[Markup, Markup] | None:
    asked = state.param(CELL) or ""
    if asked.startswith(_PACK):
        found = [one for one in now.verdicts if one.pack.id == asked.removeprefix(_PACK)]
        return _of_pack(now, found[0]) if found else None
    result = find_result(now.verdicts, asked) if asked else None
    return _of_result(now, *result, advice) if result else None


def _head(lang: str, title: str, outcome: str) -> Markup:
    return tag("div", tag("h2", title), badge(lang, outcome), cls="pl-cell-head pl-extract")  # type: ignore[arg-type]


def _of_result(
    now: Now, verdict: PackVerdict, result: RuleResult, advice: Advice
) -> tuple[Markup, Markup]:
    lang = now.lang
    pack = in_words(lang, verdict.pack.title)
    title = f"{rule_title(lang, result.applied)} · {pack}"
    left = {
        "measured": _measured(lang, result),
        "limit": limit_text(lang, result.finding),
        "margin": _margin(lang, result),
        "alone": _alone(now, result, advice),
        "needs": _needs(now, result),
    }
    right = {"source": _source(lang, result.applied), "days": _days(lang, result.applied)}
    sentence = tag("p", finding_text(lang, result.finding), cls="pl-note")
    is_plain = "margin" in result.finding.values  # the lines say all of the sentence
    lines = tag("div", _lines(lang, left), _lines(lang, right), cls="pl-m0-lines")
    return _head(lang, title, result.outcome), join(None if is_plain else sentence, lines)


def _lines(lang: str, lines: dict[str, Markup | str]) -> Markup:
    rows = [
        tag("tr", tag("th", text(lang, f"ui.m0.line_{key}"), scope="row"), tag("td", line))
        for key, line in lines.items()
        if line
    ]
    return tag("table", *rows)


def _measured(lang: str, result: RuleResult) -> str:
    """Write the value with what it refers to; "" where there is none."""
    told, measured = result.finding.values, result.measured
    if measured is None or measured.low is None or "own" not in told:
        return ""
    own = with_two_decimals(str(told["own"][lang]), [result])
    return f"{own}{told['of_whole'][lang]}"


def _margin(lang: str, result: RuleResult) -> str:
    told = result.finding.values.get("margin_told")
    return str(told[lang]) if told else ""


def _alone(now: Now, result: RuleResult, advice: Advice) -> str:
    """Say what would do for this rule alone."""
    steps = [
        step_words(now.lang, now.proposal, one.move)
        for one in advice.distances
        if one.rule == result.applied.id
    ]
    return text(now.lang, "ui.m0.or").join(steps)


def _needs(now: Now, result: RuleResult) -> Markup | str:
    needs = [needed_words(now.lang, one, now.book) for one in result.finding.needs]
    mark = text(now.lang, "ui.review.clause_mark")
    return tag("span", mark.join(dict.fromkeys(needs)), cls="pl-text-unknown") if needs else ""


def _source(lang: str, applied: AppliedRule) -> Markup:
    status = text(lang, f"status.{applied.rule.status}")
    note = applied.rule.note
    local = applied.override
    known = text(lang, f"mark.{applied.rule.confidence}")
    more = [status] if status != known else []
    more += [in_words(lang, note)] if note else []
    return join(
        tag("div", source_text(lang, applied)),
        tag(
            "div",
            text(
                lang,
                "ui.m0.local",
                by=local.by,
                day=local.day.isoformat(),
                original=limit_words(lang, applied.rule, applied.rule.value),
            ),
        )
        if local
        else None,
        tag("div", " · ".join(more), cls="pl-muted") if more else None,
    )


def _days(lang: str, applied: AppliedRule) -> str:
    return days_words(lang, applied.in_force)


def _of_pack(now: Now, verdict: PackVerdict) -> tuple[Markup, Markup]:
    """Explain a whole pack: totals, its standing, what it says worst first, what sleeps."""
    lang, pack = now.lang, verdict.pack
    outcomes = [one.outcome for one in verdict.results]
    totals = text(lang, "ui.list_mark").join(
        text(
            lang,
            "ui.review.count_of",
            glyph=text(lang, f"glyph.{one}"),
            outcome=text(lang, f"outcome.{one}"),
            count=outcomes.count(one),
        )
        for one in OUTCOMES
    )
    worst = sorted(
        (one for one in verdict.results if one.outcome in {"fail", "unknown", "warning"}),
        key=lambda one: OUTCOMES.index(one.outcome),
    )
    said = [
        tag("li", badge(lang, one.outcome), " ", finding_text(lang, one.finding)) for one in worst
    ]
    asleep = [rule_title(lang, one) for one in verdict.dormant]
    status = in_words(lang, pack.legal_status) if pack.legal_status else ""
    body = join(
        tag("p", totals, cls="pl-note"),
        tag("p", status, cls="pl-note pl-text-unknown") if status else None,
        tag("ul", *said, cls="pl-m0-said"),
        tag("p", text(lang, "ui.review.dormant", names=asleep), cls="pl-note pl-text-unknown")
        if asleep
        else None,
        tag(
            "p",
            text(lang, "ui.review.pack", title=in_words(lang, pack.title), version=pack.version),
            " · ",
            days_words(lang, pack.in_force),
            cls="pl-note pl-muted",
        ),
    )
    return _head(lang, in_words(lang, pack.title), verdict.outcome), body


def _close() -> None:
    state.set_params(**{CELL: None})
