"""The limit of a rule for every parcel: one number for all, or by the industry of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.rules.judge import outcomes_of
from parcels.rules.tables import limits, rows_of, table

if TYPE_CHECKING:
    from parcels.checks.indicators.facts import Facts
    from parcels.checks.indicators.scope import Bools
    from parcels.checks.indicators.values import Source
    from parcels.checks.subject import Floats, Objects
    from parcels.rules.load import AppliedRule

_OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limits:
    """Limits of one rule, in the unit of the rule.

    Attributes
    ----------
    low, high : float array, shape (n,), or pair of floats
        The least and greatest limit that may apply: equal unless the edition of an industry code
        is open. NaN: no number is known. Of ``between`` both are the pair, which has no NaN.
    known : bool array, shape (n,)
    code : Facts or None
        Industry codes, where the limit depends on them.
    case : object array of str, shape (n,), or None
        The industry that a limit was taken for.
    listed : bool array, shape (n,), or None
        The table has a number for the industry.
    partly : bool array, shape (n,), or None
        It has one for some of the editions that a code without edition may be of, for others not.
    """

    low: Any
    high: Any
    known: Bools
    code: Facts | None = None
    case: Objects | None = None
    listed: Bools | None = None
    partly: Bools | None = None


def limits_of(applied: AppliedRule, source: Source) -> Limits:
    """Find the limits of a rule; a local limit holds for every industry."""
    count = len(source.parcels)
    if applied.rule.table is not None and applied.override is None:
        return _by_industry(applied, source)
    limit = applied.limit
    known = np.full(count, limit is not None)
    if applied.rule.op == "between":
        ends = limit if isinstance(limit, tuple) else (np.nan, np.nan)
        return Limits(low=ends, high=ends, known=known)
    whole = np.full(count, float(limit) if isinstance(limit, (int, float)) else np.nan)
    return Limits(low=whole, high=whole, known=known & np.isfinite(whole))


def _by_industry(applied: AppliedRule, source: Source) -> Limits:
    count = len(source.parcels)
    if not any(row[applied.rule.column] for row in table(applied.rule.table or "")):
        nothing = np.full(count, np.nan)
        return Limits(low=nothing, high=nothing, known=np.zeros(count, dtype=bool))
    code, edition = source.facts("industry_code"), source.facts("industry_edition")
    low, high = np.full(count, np.nan), np.full(count, np.nan)
    case = np.full(count, "", dtype=object)
    listed, partly = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    found: dict[tuple[str, str | None], tuple[bool, bool, tuple[float, ...]]] = {}
    for at, (own, year) in enumerate(zip(code.value, edition.value, strict=True)):
        if own is None:
            continue
        key = (own, year)
        if key not in found:
            named = {"code": own} if year is None else {"code": own, "edition": year}
            there = [bool(row[applied.rule.column]) for row in rows_of(applied.rule, **named)]
            is_partly = any(there) and not all(there)
            found[key] = any(there), is_partly, limits(applied.rule, **named)
        case[at] = own if year is None else f"{own} (GB/T 4754-{year})"
        listed[at], partly[at], ends = found[key]
        if ends:
            low[at], high[at] = ends[0], ends[-1]
    known = np.isfinite(low)
    return Limits(
        low=low, high=high, known=known, code=code, case=case, listed=listed, partly=partly
    )


def verdicts(applied: AppliedRule, limit: Limits, measured: Floats) -> Objects:
    """Judge numbers in the unit of the rule.

    Returns
    -------
    object array of str, shape (n,)
        An outcome, or ``open`` where the limits that may apply lead to different ones.
    """
    first = outcomes_of(applied.rule, limit.low, measured).astype(object)
    second = outcomes_of(applied.rule, limit.high, measured).astype(object)
    judged: Objects = np.where(first == second, first, _OPEN)
    return judged
