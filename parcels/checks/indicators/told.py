"""What one rule says about the indicator of each parcel that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.indicators.cells import PROBLEMS
from parcels.checks.indicators.limits import limits_of, verdicts
from parcels.checks.indicators.values import words
from parcels.checks.rule_choice import by_language
from parcels.rules.indicators import indicators
from parcels.rules.judge import breach_outcome
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.indicators.limits import Limits
    from parcels.checks.indicators.rows import Needs, Rows
    from parcels.checks.indicators.scope import Bools
    from parcels.checks.indicators.witness import Values
    from parcels.checks.subject import Floats, Objects
    from parcels.findings import Batch

_FLOOR_AREAS = {"gfa_total", "gfa_above_ground", "gfa_counted"}
_EDITION = "input:industry_edition"
_CODE = "input:industry_code"


def of_numbers(rows: Rows, chosen: Bools, *, warn: bool) -> Iterator[Batch]:
    """Judge a number indicator.

    Parameters
    ----------
    rows : Rows
    chosen : bool array, shape (n,)
        Parcels that the rule is about.
    warn : bool
        Tell second witnesses too: once for each indicator of a check.
    """
    rule = rows.applied.rule
    values = rows.source.values(rule.metric, rule.denominator)
    limit = limits_of(rows.applied, rows.source)
    bad = ~values.usable & ~values.missing
    conflict = _other_whole(rows, values) & values.usable
    yield _unusable(rows, chosen & bad, values, limit)
    yield _other_wholes(rows, chosen & conflict & limit.known, values)
    yield from _without_limit(rows, chosen & ~limit.known & ~bad, values, limit)
    yield from _missing(rows, chosen & limit.known & values.missing, limit)
    yield from _judged(rows, chosen & limit.known & values.usable & ~conflict, values, limit)
    if warn:
        yield from _witnesses(rows, chosen, values)
    if limit.code is not None:
        yield _edition_unusable(rows, chosen)


def _missing(rows: Rows, chosen: Bools, limit: Limits) -> Iterator[Batch]:
    """Ask for a value, and for the edition or the full code where several limits may apply."""
    is_open = np.zeros(len(chosen), dtype=bool)
    if limit.code is not None:
        is_open = chosen & (limit.low != limit.high)
        named = {"industry": limit.case, "range": _range_of_limits(rows)}
        needs = [(rows.need_of_input, *one) for one in _needs_of_code(rows, is_open)]
        reason, cause = "indicator_missing_open", "input_missing"
        yield rows.unknown(is_open, reason, cause, needs, values=named)
    sure = chosen & ~is_open
    needs_input, shown = (rows.need_of_input,), _shown(rows, limit)
    yield rows.unknown(sure, "indicator_missing", "input_missing", needs_input, limit=shown)


def _needs_of_code(rows: Rows, chosen: Bools) -> list[tuple[str, ...]]:
    """Say what settles an industry: its edition where none is given, else more digits."""
    edition = rows.source.facts("industry_edition").value
    return [(_EDITION,) if one is None else (_CODE,) for one in edition[chosen].tolist()]


def _edition_unusable(rows: Rows, chosen: Bools) -> Batch:
    """Tell an edition that cannot be read: the code is then judged as one without edition."""
    edition, title = rows.source.facts("industry_edition"), indicators()["industry_edition"].title
    told = {"metric": by_language(title), "typed": edition.typed, "heading": edition.heading}
    return rows.said(
        chosen & edition.unusable, "warning", "fact_unusable", measured=edition.typed, values=told
    )


def _measured(rows: Rows, numbers: Floats) -> Floats:
    """Return values in the unit of the rule."""
    factor = indicators()[rows.applied.rule.metric].units.get(rows.applied.rule.unit)
    return numbers / float(factor) if factor else numbers


def _shown(rows: Rows, limit: Limits, verdict: Objects | None = None) -> Any:
    """Give the limit that decides: of several that may apply, the hardest one for a pass."""
    if limit.code is None:
        return rows.applied.limit
    is_kept = verdict == "pass" if verdict is not None else False
    return np.where(is_kept, limit.high, limit.low)


def _judged(rows: Rows, chosen: Bools, values: Values, limit: Limits) -> Iterator[Batch]:
    measured = _measured(rows, values.value)
    first = verdicts(rows.applied, limit, measured)
    differs = np.zeros(len(chosen), dtype=bool)
    for other in values.others:
        second = verdicts(rows.applied, limit, _measured(rows, other.value))
        differs |= np.isfinite(other.value) & (first != second)
    unstated = _whole_unstated(rows, values)
    told: dict[str, Any] = {
        "limit": _shown(rows, limit, first),
        "measured": measured,
        "values": _words_of(rows, values, limit, unstated),
    }
    form = "" if rows.whole["zh"] else "_plain"
    form = "_industry" if limit.case is not None else form
    sure = chosen & ~differs
    keeps = sure & (first == "pass")
    breaks = sure & (first == breach_outcome(rows.applied.rule))
    yield rows.said(keeps & ~unstated, "pass", f"indicator_keeps{form}", **told)
    yield rows.said(keeps & unstated, "warning", "indicator_keeps_whole_unstated", **told)
    outcome = breach_outcome(rows.applied.rule)
    yield rows.said(breaks, outcome, f"indicator_breaks{form}", **told)
    is_open = sure & (first == "open")
    needs = _needs_of_code(rows, is_open)
    yield rows.unknown(is_open, "indicator_edition_open", "input_missing", needs, **told)
    yield rows.unknown(
        chosen & differs,
        "indicator_contradicted",
        "input_unusable",
        (rows.need_of_input,),
        **(told | {"values": told["values"] | _beside(values, chosen & differs)}),
    )


def _without_limit(rows: Rows, chosen: Bools, values: Values, limit: Limits) -> Iterator[Batch]:
    """Say that no number is known: not set, or not found because the industry is not known."""
    unset = chosen.copy()
    if limit.code is not None:
        for reason, cause, mine, need in _industry_doubts(limit):
            yield _lacking(rows, unset & mine, values, limit, (reason, cause, need))
            unset &= ~mine
    is_local = rows.need_of_limit.startswith("local:")
    reason = "indicator_limit_local" if is_local else "indicator_limit_unread"
    lack = (reason, "value_set_locally", rows.need_of_limit)
    yield _lacking(rows, unset, values, limit, lack)


def _industry_doubts(limit: Limits) -> Iterator[tuple[str, str, Bools, str]]:
    """Give reason, cause, rows and need of each doubt about the industry, the first counts."""
    code, listed, partly = limit.code, limit.listed, limit.partly
    if code is None or listed is None or partly is None:
        return
    without = np.array([one is None for one in code.value], dtype=bool)
    yield "indicator_industry_unusable", "input_unusable", code.unusable, _CODE
    yield "indicator_industry_missing", "input_missing", without, _CODE
    yield "indicator_edition_needed", "input_missing", partly, _EDITION
    yield "indicator_industry_unlisted", "input_unusable", ~listed, _CODE


def _lacking(
    rows: Rows, chosen: Bools, values: Values, limit: Limits, lack: tuple[str, str, str]
) -> Batch:
    """Say what the limit lacks, and whether the value is there."""
    reason, cause, need = lack
    unstated = np.zeros(len(chosen), dtype=bool)
    named = {
        "rule": by_language(rows.applied.rule.title),
        **_words_of(rows, values, limit, unstated),
    }
    if limit.code is not None:
        named |= {"typed": limit.code.typed, "range": _range_of_limits(rows)}
    return rows.unknown(
        chosen,
        np.where(values.missing, f"{reason}_unfilled", reason).astype(object),
        cause,
        _needs(chosen, values, rows, need),
        measured=_measured(rows, values.value),
        values=named,
    )


def _range_of_limits(rows: Rows) -> str:
    rule = rows.applied.rule
    numbers = [float(row[rule.column]) for row in table(rule.table or "") if row[rule.column]]
    return f"{min(numbers):g}–{max(numbers):g}"


def _needs(chosen: Bools, values: Values, rows: Rows, first: str) -> Needs:
    lacking = values.missing[chosen]
    if not lacking.any():
        return (first,)
    return [(first, rows.need_of_input) if one else (first,) for one in lacking.tolist()]


def _unusable(rows: Rows, chosen: Bools, values: Values, limit: Limits) -> Batch:
    other = rows.need_of_limit if limit.code is None else _CODE
    lacking = [(rows.need_of_input, other), (rows.need_of_input,)]
    return rows.unknown(
        chosen,
        np.array([f"input_{name}" for name in PROBLEMS], dtype=object)[values.problem],
        "input_unusable",
        [lacking[bool(one)] for one in limit.known[chosen].tolist()],
        measured=values.typed,
        values={"typed": values.typed, "origin": values.origin, **_range(rows)},
    )


def _range(rows: Rows) -> dict[str, Any]:
    """Say what is plausible, and one spelling of each unit."""
    indicator = indicators()[rows.applied.rule.metric]
    ends = indicator.plausible or (-np.inf, np.inf)
    is_ratio = indicator.unit == "ratio"
    low, high = (f"{one * 100:g} %" if is_ratio else f"{one:,g}" for one in ends)
    spelt: dict[Any, str] = {}
    for unit, factor in indicator.units.items():
        if unit not in {"ratio", "m2"}:
            spelt.setdefault(factor, unit)
    named = {"low": low, "high": high, "units": "、".join(spelt.values())}
    allowed = words("allowed" if indicator.unit else "allowed_plain")
    return named | {"allowed": {lang: said.format_map(named) for lang, said in allowed.items()}}


def _other_whole(rows: Rows, values: Values) -> Bools:
    """Tell where the heading names another denominator than the rule."""
    whole = rows.applied.rule.denominator
    if whole not in _FLOOR_AREAS:
        return np.zeros(len(values.value), dtype=bool)
    other: Bools = (values.whole != "") & (values.whole != whole)
    return other


def _whole_unstated(rows: Rows, values: Values) -> Bools:
    """Tell where a rule wants one of several floor areas and the heading names none."""
    rule = rows.applied.rule
    usual = indicators()[rule.metric].denominator
    asked = rule.denominator in _FLOOR_AREAS and rule.denominator != usual
    unstated: Bools = (values.whole == "") & asked
    return unstated


def _other_wholes(rows: Rows, chosen: Bools, values: Values) -> Batch:
    stated = [words(one) for one in values.whole[chosen].tolist()]
    return rows.unknown(
        chosen,
        "indicator_other_whole",
        "input_unusable",
        (rows.need_of_input,),
        measured=_measured(rows, values.value),
        values={"stated": stated, "whole": rows.whole, "origin": values.origin},
    )


def _words_of(rows: Rows, values: Values, limit: Limits, unstated: Bools) -> dict[str, Any]:
    promised = rows.source.facts("promised").value == True  # noqa: E712  (an array)
    marks = (values.promised | promised) + 2 * values.assumed + 4 * unstated
    named: dict[str, Any] = {"origin": values.origin, "whole": rows.whole, "note": _NOTES[marks]}
    return named if limit.case is None else named | {"industry": limit.case}


def _note(mark: int) -> dict[str, str]:
    names = ("note_promised", "note_assumed", "note_whole_unstated")
    chosen = [words(name) for bit, name in enumerate(names) if mark >> bit & 1]
    return {lang: "".join(one[lang] for one in chosen) for lang in ("zh", "en")}


_NOTES = np.array([_note(mark) for mark in range(8)], dtype=object)


def _beside(values: Values, chosen: Bools) -> dict[str, Any]:
    typed, origin = values.told_beside(chosen)
    return {"other_typed": typed, "other_origin": origin}


def _witnesses(rows: Rows, chosen: Bools, values: Values) -> Iterator[Batch]:
    """Tell second witnesses that differ or cannot be used, and percents below one."""
    second = chosen & (values.differs | (values.spoilt_typed != "")) & values.usable
    told = {"origin": values.origin, "typed": values.typed, **_beside(values, second)}
    for mine, reason in (
        (second & values.differs, "input_two_values"),
        (second & ~values.differs, "input_second_unusable"),
        (chosen & values.slight, "input_maybe_ratio"),
    ):
        yield rows.said(mine, "warning", reason, values=told)
