"""Findings about a proposal: what each rule found, as codes and numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from parcels.finding_words import amount
from parcels.findings import Finding
from parcels.messages import LANGUAGES
from parcels.proposal.fields import quantity_words
from parcels.proposal.judging import exact_limit
from parcels.rules.indicators import indicators
from parcels.rules.judge import breach_outcome
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.findings import Cause, Outcome
    from parcels.proposal.judging import Limit
    from parcels.proposal.measures import Measured, Ratio
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
    if concerned is None:
        return unknown(applied, "proposal_use_open", "class_open", ("field:use",), use=use)
    return said(applied, "not_applicable", "proposal_not_for_use", use=use)


def no_measure(applied: AppliedRule) -> Finding:
    """Say that a proposal holds nothing that the rule could measure."""
    return unknown(applied, "proposal_no_measure", "input_missing", (f"value:{applied.id}",))


def no_limit(applied: AppliedRule, measured: Measured, ratio: Ratio) -> Finding:
    """Say that a rule has no number to compare with, and what the proposal has."""
    rule = applied.rule
    by_industry = rule.table is not None and applied.override is None
    values: dict[str, Any] = {"whole": whole_words(applied), "own": _own_words(applied, measured)}
    values["allotted"] = ratio.allotted
    if by_industry:
        code = ("field:industry_code",)
        return unknown(applied, "proposal_no_limit_industry", "input_missing", code, **values)
    kind = "local" if rule.set_locally else "value"
    needs = (f"{kind}:{applied.id}", *(f"field:{one}" for one in measured.missing))
    return unknown(applied, "proposal_no_limit", "value_set_locally", needs, **values)


def not_known(applied: AppliedRule, measured: Measured, limits: Sequence[Limit]) -> Finding:
    """Say which inputs a number lacks."""
    limit = _shown(applied, limits)
    if measured.is_void:
        return _number(applied, "unknown", "proposal_void", limit, cause="input_unusable")
    needs = tuple(f"field:{one}" for one in measured.missing)
    return _number(
        applied,
        "unknown",
        "proposal_missing",
        limit,
        cause="input_missing",
        needs=needs,
        values={"missing": _missing_words(measured)},
    )


def numbers_told(
    applied: AppliedRule,
    verdict: Verdict,
    measured: Measured,
    ratio: Ratio,
    limits: Sequence[Limit],
) -> Finding:
    """Say how a number compares with its limit."""
    value = measured.exact
    values: dict[str, Any] = {
        "whole": whole_words(applied),
        "own": _own_words(applied, measured),
        "allotted": ratio.allotted,
    }
    shown = None if value is None else float(value)
    if verdict == "unknown":
        is_open = value is not None
        return _number(
            applied,
            "unknown",
            "proposal_limits_differ" if is_open else "proposal_range",
            _shown(applied, limits),
            cause="class_open" if is_open else "input_missing",
            needs=("field:industry_edition",)
            if is_open
            else tuple(f"field:{one}" for one in measured.open),
            measured=shown,
            values=values,
        )
    margin = min(_margin(one, measured) for one in limits)
    outcome: Outcome = "pass" if verdict == "pass" else breach_outcome(applied.rule)
    reason = "proposal_keeps" if verdict == "pass" else "proposal_breaks"
    values["margin"] = float(margin)
    return _number(applied, outcome, reason, _shown(applied, limits), measured=shown, values=values)


def cap_told(
    applied: AppliedRule,
    verdict: Verdict,
    measured: Measured,
    cap: float,
    members: tuple[str, ...],
    whole: str,
) -> Finding:
    """Say how functions that share a cap of the mixing table keep it."""
    value = measured.exact
    named = {
        "whole": _words("site_area" if whole == "land" else whole),
        "words": members,
        "own": {lang: range_words(lang, measured, "ratio") for lang in LANGUAGES},
        "cap_share": cap,
    }
    if measured.missing:
        named["missing"] = _missing_words(measured)
    if verdict == "unknown":
        left = measured.missing or measured.open
        reason = "proposal_cap_missing" if measured.missing else "proposal_cap_range"
        reason = "proposal_void" if measured.is_void else reason
        outcome: Outcome = "unknown"
    else:
        left, outcome = (), "pass" if verdict == "pass" else breach_outcome(applied.rule)
        reason = f"proposal_cap_{'keeps' if verdict == 'pass' else 'breaks'}"
        named["margin"] = float(exact_limit(cap) - (measured.high or Fraction(0)))
    return replace(
        said(applied, outcome, reason, **named),
        measured=None if value is None else float(value),
        limit=cap,
        op="<=",
        unit="ratio",
        cause="input_missing" if outcome == "unknown" else "",
        needs=tuple(f"field:{one}" for one in left),
    )


def whole_words(applied: AppliedRule) -> dict[str, str]:
    """Name by language what a share refers to; "" where nothing."""
    rule = applied.rule
    indicator = indicators().get(rule.metric)
    whole = rule.denominator or (indicator.denominator if indicator else "")
    return _words(whole)


def _words(word_id: str) -> dict[str, str]:
    for row in table("indicator_words.csv"):
        if row["id"] == word_id:
            return {"zh": row["zh"], "en": row["en"]}
    return {"zh": word_id, "en": word_id}


def _missing_words(measured: Measured) -> dict[str, tuple[str, ...]]:
    return {
        lang: tuple(dict.fromkeys(quantity_words(lang, one) for one in measured.missing))
        for lang in LANGUAGES
    }


def _number(  # noqa: PLR0913 -- the columns of a finding
    applied: AppliedRule,
    outcome: Outcome,
    reason: str,
    limit: Any,
    *,
    measured: float | None = None,
    cause: str = "",
    needs: tuple[str, ...] = (),
    values: dict[str, Any] | None = None,
) -> Finding:
    return Finding(
        parcel=0,
        check=applied.rule.check,
        rule=applied.id,
        outcome=outcome,
        reason=reason,
        measured=measured,
        limit=limit,
        op=applied.rule.op,
        unit=applied.rule.unit,
        cause=cause,
        needs=needs,
        values=_named(applied) | (values or {}),
    )


def _named(applied: AppliedRule) -> dict[str, Any]:
    indicator = indicators().get(applied.rule.metric)
    title = applied.rule.title
    named = indicator.title if indicator else title
    return {
        "metric": {"zh": named.zh, "en": named.en},
        "rule": {"zh": title.zh, "en": title.en},
    }


def _own_words(applied: AppliedRule, measured: Measured) -> dict[str, str]:
    """Write a value or its range with its unit, by language."""
    return {lang: range_words(lang, measured, applied.rule.unit) for lang in LANGUAGES}


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
    return f"{amount(lang, float(low), unit)}–{amount(lang, float(high), unit)}"


def _shown(applied: AppliedRule, limits: Sequence[Limit]) -> Any:
    """Give the limit as findings hold it; of several the hardest one."""
    if applied.rule.table is None or applied.override is not None:
        return applied.limit
    ends = [one for limit in limits for one in limit if one is not None]
    return float(max(ends)) if ends else None


def _margin(limit: Limit, measured: Measured) -> Fraction:
    """Return by how much a value keeps a limit; of a range by its worse end."""
    least, most = limit
    low, high = measured.low or Fraction(0), measured.high
    found = [] if least is None else [low - least]
    if most is not None and high is not None:
        found.append(most - high)
    return min(found, default=Fraction(0))
