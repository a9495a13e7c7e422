"""What one rule says about the indicator of each parcel that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.indicators_cells import PROBLEMS
from parcels.checks.indicators_facts import fact_keeps, function_names
from parcels.checks.indicators_limits import Limits, limits_of, verdicts
from parcels.checks.indicators_values import words
from parcels.checks.rule_choice import by_language
from parcels.rules.indicators import indicators
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.indicators_rows import Needs, Rows
    from parcels.checks.indicators_scope import Bools
    from parcels.checks.indicators_witness import Values
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
    values = rows.source.values(rows.applied.rule.metric)
    limit = limits_of(rows.applied, rows.source)
    bad = ~values.usable & ~values.missing
    conflict = _other_whole(rows, values) & values.usable
    yield _unusable(rows, chosen & bad, values, limit)
    yield _other_wholes(rows, chosen & conflict, values)
    yield from _without_limit(rows, chosen & ~limit.known & ~bad, values, limit)
    yield rows.unknown(
        chosen & limit.known & values.missing,
        "indicator_missing",
        "input_missing",
        (rows.need_of_input,),
        limit=_shown(rows, limit),
    )
    yield from _judged(rows, chosen & limit.known & values.usable & ~conflict, values, limit)
    if warn:
        yield from _witnesses(rows, chosen, values)


def _measured(rows: Rows, numbers: Floats) -> Floats:
    """Return values in the unit of the rule."""
    factor = indicators()[rows.applied.rule.metric].units.get(rows.applied.rule.unit)
    return numbers / float(factor) if factor else numbers


def _shown(rows: Rows, limit: Limits) -> Any:
    is_one_for_all = limit.code is None
    return rows.applied.limit if is_one_for_all else limit.low


def _judged(rows: Rows, chosen: Bools, values: Values, limit: Limits) -> Iterator[Batch]:
    measured = _measured(rows, values.value)
    first = verdicts(rows.applied, limit, measured)
    differs = np.zeros(len(chosen), dtype=bool)
    for other in values.others:
        second = verdicts(rows.applied, limit, _measured(rows, other))
        differs |= np.isfinite(other) & (first != second)
    unstated = _whole_unstated(rows, values)
    told: dict[str, Any] = {
        "limit": _shown(rows, limit),
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
    yield rows.unknown(is_open, "indicator_edition_open", "input_missing", (_EDITION,), **told)
    yield rows.unknown(
        chosen & differs,
        "indicator_contradicted",
        "input_unusable",
        (rows.need_of_input,),
        **(told | {"values": told["values"] | _second(values)}),
    )


def _without_limit(rows: Rows, chosen: Bools, values: Values, limit: Limits) -> Iterator[Batch]:
    """Say that no number is known: not set, or not found because the industry is not known."""
    told: dict[str, Any] = {
        "measured": _measured(rows, values.value),
        "values": {"rule": by_language(rows.applied.rule.title)},
    }
    without_code = np.zeros(len(chosen), dtype=bool)
    if limit.code is not None:
        written = limit.code.unusable
        without_code = np.array([one is None for one in limit.code.value], dtype=bool)
        needs = _needs(chosen & written, values, rows, _CODE)
        typed = told | {"values": told["values"] | {"typed": limit.code.typed}}
        yield rows.unknown(
            chosen & written, "indicator_industry_unusable", "input_unusable", needs, **typed
        )
        lacking = chosen & without_code & ~written
        needs = _needs(lacking, values, rows, _CODE)
        yield rows.unknown(lacking, "indicator_industry_missing", "input_missing", needs, **told)
    unlisted = np.zeros(len(chosen), dtype=bool) if limit.listed is None else ~limit.listed
    unlisted &= chosen & ~without_code
    if limit.case is not None:
        needs = _needs(unlisted, values, rows, _CODE)
        named = told | {"values": told["values"] | {"industry": limit.case}}
        yield rows.unknown(
            unlisted, "indicator_industry_unlisted", "input_unusable", needs, **named
        )
    unset = chosen & ~without_code & ~unlisted
    needs = _needs(unset, values, rows, rows.need_of_limit)
    is_local = rows.need_of_limit.startswith("local:")
    reason = "indicator_limit_local" if is_local else "indicator_limit_unread"
    yield rows.unknown(unset, reason, "value_set_locally", needs, **told)


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
    indicator = indicators()[rows.applied.rule.metric]
    low, high = indicator.plausible or (None, None)
    known = ", ".join(unit for unit in indicator.units if unit != "ratio") or "—"
    return {"low": low, "high": high, "units": known}


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


def _second(values: Values) -> dict[str, Any]:
    return {"other_typed": values.other_typed, "other_origin": values.other_origin}


def _witnesses(rows: Rows, chosen: Bools, values: Values) -> Iterator[Batch]:
    """Tell second witnesses that differ or cannot be used, and percents below one."""
    told = {"values": {"origin": values.origin, "typed": values.typed, **_second(values)}}
    second = chosen & (values.other_typed != "")
    yield rows.said(second & values.differs, "warning", "input_two_values", **told)
    yield rows.said(second & ~values.differs, "warning", "input_second_unusable", **told)
    yield rows.said(chosen & values.slight, "warning", "input_maybe_ratio", **told)


def of_facts(rows: Rows, chosen: Bools) -> Iterator[Batch]:
    """Judge a class, a set of functions, or a yes or no."""
    rule, limit = rows.applied.rule, rows.applied.limit
    found = rows.source.facts(rule.metric) if rule.metric in indicators() else None
    count = len(chosen)
    value: Objects = np.full(count, None, dtype=object) if found is None else found.value
    bad = np.zeros(count, dtype=bool) if found is None else found.unusable
    there = np.array([one is not None for one in value], dtype=bool)
    lacking = chosen & ~there & ~bad
    if limit is None:
        first = (rows.need_of_limit,)
        needs = [first if one else (*first, rows.need_of_input) for one in there[chosen & ~bad]]
        told = {"values": {"rule": by_language(rule.title)}}
        yield rows.unknown(
            chosen & ~bad, "indicator_limit_local", "value_set_locally", needs, **told
        )
    else:
        needs_input = (rows.need_of_input,)
        yield rows.unknown(lacking, "fact_missing", "input_missing", needs_input)
        if found is not None:
            yield from _judged_facts(rows, chosen & there, found.value, found.typed)
    if found is not None:
        typed = {
            "measured": found.typed,
            "values": {"typed": found.typed, "heading": found.heading},
        }
        needs_input = (rows.need_of_input,)
        yield rows.unknown(chosen & bad, "fact_unusable", "input_unusable", needs_input, **typed)


def _judged_facts(rows: Rows, chosen: Bools, value: Objects, typed: Objects) -> Iterator[Batch]:
    rule, limit = rows.applied.rule, rows.applied.limit
    known: dict[Any, str] = {}
    verdict = np.full(len(chosen), "", dtype=object)
    for at in np.flatnonzero(chosen).tolist():
        if value[at] not in known:
            known[value[at]] = fact_keeps(rule.op, limit, value[at])
        verdict[at] = known[value[at]]
    listed = function_names(limit) if isinstance(limit, tuple) else {"zh": limit, "en": limit}
    told = {"measured": typed, "values": {"typed": typed, "listed": listed}}
    yield rows.said(verdict == "pass", "pass", f"fact_keeps_{_KINDS[rule.op]}", **told)
    outcome = breach_outcome(rule)
    yield rows.said(verdict == "breach", outcome, f"fact_breaks_{_KINDS[rule.op]}", **told)
    needs = (rows.need_of_input,)
    yield rows.unknown(verdict == "unknown", "fact_open", "class_open", needs, **told)


_KINDS = {"in": "among", "subset": "among", "not_in": "none", "none_of": "none", "==": "equal"}
