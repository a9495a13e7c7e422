"""Findings about a proposal: what each rule found, as codes and numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parcels.finding_words import amount
from parcels.findings import Finding
from parcels.messages import LANGUAGES, text
from parcels.proposal.fields import column_title, quantity_words
from parcels.proposal.reports.figures import (
    margin_of,
    margin_words,
    of_whole,
    value_words,
    whole_words,
)
from parcels.rules.indicators import indicators
from parcels.rules.judge import breach_outcome, need_of_limit
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from parcels.findings import Cause, Outcome
    from parcels.proposal.measuring.measures import Measured, Ratio
    from parcels.proposal.model import Proposal
    from parcels.proposal.ruling.judging import Limit
    from parcels.rules.judge import Verdict
    from parcels.rules.load import AppliedRule


def said(applied: AppliedRule, outcome: Outcome, reason: str, **values: Any) -> Finding:
    """Say something that is no number."""
    return Finding(
        parcel=0,
        check=applied.rule.check,
        rule=applied.id,
        outcome=outcome,
        reason=reason,
        op=applied.rule.op,
        values=_named(applied) | values,
    )


def unknown(
    applied: AppliedRule, reason: str, cause: Cause, needs: tuple[str, ...], **values: Any
) -> Finding:
    """Say what is not known, and every datum that would settle it."""
    return Finding(
        parcel=0,
        check=applied.rule.check,
        rule=applied.id,
        outcome="unknown",
        reason=reason,
        op=applied.rule.op,
        unit=applied.rule.unit,
        cause=cause,
        needs=needs,
        values=_named(applied) | values,
    )


def not_of_use(applied: AppliedRule, use: str, concerned: bool | None) -> Finding:
    """Say that a rule is not about the proposed use, or that the use leaves it open."""
    if not use:
        return unknown(applied, "proposal_use_missing", "class_unknown", ("field:use",))
    if concerned is None:
        return unknown(applied, "proposal_use_open", "class_open", ("field:use",), use=use)
    return said(applied, "not_applicable", "proposal_not_for_use", use=use)


def no_measure(applied: AppliedRule) -> Finding:
    """Say that a proposal holds nothing that the rule could measure."""
    needs = (f"input:{applied.rule.metric}",) if applied.rule.metric in indicators() else ()
    return unknown(
        applied, "proposal_no_measure", "input_missing", needs or (f"value:{applied.id}",)
    )


def no_limit(applied: AppliedRule, measured: Measured, ratio: Ratio, proposal: Proposal) -> Finding:
    """Say that a rule has no number to compare with, and what the proposal has."""
    lacking = (*measured.missing, *(measured.open if measured.low is None else ()))
    own_needs = tuple(f"field:{one}" for one in lacking)
    values = _own(applied, measured, ratio, ())
    if _goes_by_industry(applied):
        if proposal.industry_code is None:
            needs = ("field:industry_code", *own_needs)
            stated = "" if measured.low is not None else "_unstated"
            reason = f"proposal_no_limit_industry{stated}"
            return unknown(applied, reason, "input_missing", needs, **values)
        values["code"] = proposal.industry_code
        needs = (need_of_limit(applied.rule), *own_needs)
        return unknown(applied, "proposal_no_limit_in_table", "value_set_locally", needs, **values)
    reason = "proposal_no_limit" if measured.low is not None else "proposal_no_limit_unstated"
    needs = (need_of_limit(applied.rule), *own_needs)
    return unknown(applied, reason, "value_set_locally", needs, **values)


def _goes_by_industry(applied: AppliedRule) -> bool:
    """Whether the code of an industry would give a limit: a table without figures never does."""
    rule = applied.rule
    if rule.table is None or applied.override is not None:
        return False
    return any(row[rule.column] for row in table(rule.table))


def not_known(
    applied: AppliedRule, measured: Measured, ratio: Ratio, limits: Sequence[Limit]
) -> Finding:
    """Say which inputs a number lacks."""
    lacking = measured.missing or measured.open
    return _number(
        unknown(
            applied,
            "proposal_void" if measured.is_void else "proposal_missing",
            "input_unusable" if measured.is_void else "input_missing",
            tuple(f"field:{one}" for one in (ratio.below if measured.is_void else lacking)),
            missing=quantities_words(lacking),
            **_own(applied, measured, ratio, ()),
        ),
        applied,
        limits,
    )


def numbers_told(
    applied: AppliedRule,
    verdict: Verdict,
    measured: Measured,
    ratio: Ratio,
    limits: Sequence[Limit],
) -> Finding:
    """Say how a number compares with its limit."""
    values = _own(applied, measured, ratio, limits)
    if verdict == "unknown":
        return _number(_open(applied, measured, limits, values), applied, limits, measured)
    rule = applied.rule
    values["margin"] = float(margin_of(limits, measured))
    values["margin_told"] = dict(margin_words(rule.op, limits, measured, ratio, rule.unit))
    outcome: Outcome = "pass" if verdict == "pass" else breach_outcome(rule)
    reason = "proposal_keeps" if verdict == "pass" else "proposal_breaks"
    return _number(said(applied, outcome, reason, **values), applied, limits, measured)


def _open(
    applied: AppliedRule,
    measured: Measured,
    limits: Sequence[Limit],
    values: Mapping[str, Any],
) -> Finding:
    """Say what leaves a verdict open: a range of the value, or several limits."""
    of_industry = ("field:industry_code", "field:industry_edition") if len(limits) > 1 else ()
    if measured.exact is not None:
        return unknown(applied, "proposal_limits_differ", "class_open", of_industry, **values)
    needs = (*(f"field:{one}" for one in measured.open), *of_industry)
    left = quantities_words(one.removeprefix("field:") for one in needs)
    return unknown(applied, "proposal_range", "input_missing", needs, left=left, **values)


def cap_told(
    applied: AppliedRule,
    verdict: Verdict,
    measured: Measured,
    ratio: Ratio,
    limits: Sequence[Limit],
    *,
    whole: str,
    **named: Any,
) -> Finding:
    """Say how functions that share a cap of the mixing table keep it."""
    cap = limits[0][1]
    values = named | {
        "whole": dict(whole_words(whole)),
        "of_whole": dict(of_whole(whole, ratio)),
        "own": own_words(measured, "ratio", limits),
        "cap_share": float(cap or 0),
    }
    lacking = measured.missing or measured.open
    if verdict == "unknown":
        reason = "proposal_cap_missing" if measured.low is None else "proposal_cap_range"
        values["missing"] = quantities_words(lacking)
        found = unknown(
            applied,
            "proposal_cap_void" if measured.is_void else reason,
            "input_unusable" if measured.is_void else "input_missing",
            tuple(f"field:{one}" for one in (ratio.below if measured.is_void else lacking)),
            **values,
        )
    else:
        values["margin"] = float(margin_of(limits, measured))
        values["margin_told"] = dict(margin_words("<=", limits, measured, ratio, "ratio"))
        outcome: Outcome = "pass" if verdict == "pass" else breach_outcome(applied.rule)
        reason = f"proposal_cap_{'keeps' if verdict == 'pass' else 'breaks'}"
        found = said(applied, outcome, reason, **values)
    exact = None if measured.exact is None else float(measured.exact)
    return replace(found, measured=exact, limit=float(cap or 0), op="<=", unit="ratio")


def own_words(measured: Measured, unit: str, limits: Iterable[Limit]) -> dict[str, str]:
    """Write a value or its range with its unit, by language, told apart from its limits."""
    ends = [end for limit in limits for end in limit if end is not None]
    if measured.exact is not None:
        return {lang: value_words(lang, measured.exact, unit, ends) for lang in LANGUAGES}
    return {lang: range_words(lang, measured, unit) for lang in LANGUAGES}


def range_words(lang: str, measured: Measured, unit: str) -> str:
    """Write a measured value, or between which ends it lies; ``—`` where it is not known."""
    low, high = measured.low, measured.high
    if low is None:
        return amount(lang, None)
    if low == high:
        return amount(lang, float(low), unit)
    if high is None:
        return f"≥ {amount(lang, float(low), unit)}"
    if low == 0:
        return f"≤ {amount(lang, float(high), unit)}"
    if unit == "m2":
        return f"{amount(lang, float(low), unit)}–{amount(lang, float(high), unit)}"
    return amount(lang, (float(low), float(high)), unit)


def quantities_words(quantities: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Name quantities and facts of a proposal by language, each once, rows that follow together."""
    runs = _runs(dict.fromkeys(quantities))
    return {lang: tuple(_run_words(lang, run) for run in runs) for lang in LANGUAGES}


def _runs(quantities: Iterable[str]) -> list[list[str]]:
    """Put rows that follow one another, of one column, into one list."""
    runs: list[list[str]] = []
    for quantity in quantities:
        kind, _, place = quantity.partition(":")
        if runs and place and runs[-1][-1] == f"{kind}:{int(place) - 1}":
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return runs


def _run_words(lang: str, run: list[str]) -> str:
    if len(run) == 1:
        return quantity_words(lang, run[0])
    rows = [int(one.partition(":")[2]) + 1 for one in run]
    title = column_title(lang, run[0])
    return text(lang, "proposal.rows_field", first=rows[0], last=rows[-1], title=title)


def _own(
    applied: AppliedRule, measured: Measured, ratio: Ratio, limits: Sequence[Limit]
) -> dict[str, Any]:
    """Return the value in words, what it refers to, and whether land was allotted."""
    rule = applied.rule
    indicator = indicators().get(rule.metric)
    whole = rule.denominator or (indicator.denominator if indicator else "")
    return {
        "whole": dict(whole_words(whole)),
        "of_whole": dict(of_whole(whole, ratio)),
        "own": own_words(measured, rule.unit, limits),
        "allotted": ratio.allotted,
    }


def _number(
    finding: Finding,
    applied: AppliedRule,
    limits: Sequence[Limit],
    measured: Measured | None = None,
) -> Finding:
    """Put value, limit and unit into a finding."""
    exact: Fraction | None = measured.exact if measured else None
    return replace(
        finding,
        measured=None if exact is None else float(exact),
        limit=_shown(applied, limits),
        unit=applied.rule.unit,
    )


def _named(applied: AppliedRule) -> dict[str, Any]:
    indicator = indicators().get(applied.rule.metric)
    title = applied.rule.title
    named = indicator.title if indicator else title
    return {
        "metric": {"zh": named.zh, "en": named.en},
        "rule": {"zh": title.zh, "en": title.en},
    }


def _shown(applied: AppliedRule, limits: Sequence[Limit]) -> Any:
    """Give the limit as findings hold it; of several the hardest one."""
    if applied.rule.table is None or applied.override is not None:
        return applied.limit
    least = [low for low, _ in limits if low is not None]
    most = [high for _, high in limits if high is not None]
    return float(max(least)) if least else float(min(most)) if most else None
