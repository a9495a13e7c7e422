"""What the rules of the packs say of a figure, or of all figures between two ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from parcels.expansion.model import KINDS, Band, Index
from parcels.rules.judge import keeps, need_of_limit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.expansion.model import Grade, IndexId, Measured
    from parcels.findings import Cause, Outcome
    from parcels.rules.judge import Verdict
    from parcels.rules.load import AppliedRule, RuleBook

CHECK = "expansion"
_OPEN = 1e300  # stands for an open end: beyond any limit
_GRADES: Mapping[str, Grade] = {"error": "broken", "warn": "outside", "info": "acceptable"}
"""Of a breach, by the severity of its rule; the worst first."""
_JUDGED = {"fail", "warning", "pass"}


def judged(
    index: IndexId, measured: Measured, book: RuleBook, *, method: Mapping[str, float]
) -> Index:
    """Put a figure beside the bands of the chosen packs.

    The outcome is the one that every figure between the ends of ``measured`` has; where they
    differ it is unknown. A breach of an error is ``fail``, any other breach ``warning``. Rules
    that only show a figure judge nothing.

    Parameters
    ----------
    measured : Measured
        In the unit of the index, unrounded.
    book : RuleBook
        Rules of the check ``expansion`` on the metric of the index count.
    method : mapping of str to float
        Tolerances that were used.

    Returns
    -------
    Index
    """
    kind = KINDS[index]
    rules = [one for one in book.of(CHECK) if one.rule.metric == kind.metric]
    judging = [one for one in rules if one.rule.op != "calculation"]
    figures = _figures(measured, judging)
    outcome = _shown_only(measured) if rules and not judging else _common(judging, figures)
    grades = {_grade(judging, figure) for figure in figures}
    needs = (*measured.needs, *_lacking(rules, judging)) if outcome == "unknown" else ()
    return Index(
        id=index,
        principle=kind.principle,
        unit=kind.unit,
        value=measured.value,
        low=measured.low,
        high=measured.high,
        outcome=outcome,
        grade=_common_grade(grades) if outcome in _JUDGED else None,
        bands=tuple(Band(applied=one, verdict=_verdict(one, figures)) for one in rules),
        cause=_cause(measured, rules) if outcome == "unknown" else "",
        needs=tuple(dict.fromkeys(needs)),
        reason=measured.reason or ("" if rules else "no_band"),
        details=measured.details,
        method=method,
        values=measured.values,
    )


def _figures(measured: Measured, judging: Sequence[AppliedRule]) -> tuple[float, ...]:
    """Give the ends and, around every limit between them, the figures that differ in verdict."""
    if measured.low is None or measured.high is None:
        return ()
    low, high = max(measured.low, -_OPEN), min(measured.high, _OPEN)
    limits = [end for one in judging for end in _ends(one) if low < end < high]
    around = [math.nextafter(end, to) for end in limits for to in (-math.inf, math.inf)]
    return tuple(sorted({low, high, *limits, *(one for one in around if low <= one <= high)}))


def _ends(applied: AppliedRule) -> tuple[float, ...]:
    limit = applied.limit if isinstance(applied.limit, tuple) else (applied.limit,)
    return tuple(one for one in limit if isinstance(one, float))


def _shown_only(measured: Measured) -> Outcome:
    return "not_applicable" if measured.is_certain else "unknown"


def _common(judging: Sequence[AppliedRule], figures: Sequence[float]) -> Outcome:
    outcomes = {_outcome(judging, figure) for figure in figures}
    return outcomes.pop() if len(outcomes) == 1 else "unknown"


def _outcome(judging: Sequence[AppliedRule], figure: float) -> Outcome:
    verdicts = [(keeps(one.rule.op, one.limit, figure), one.rule.severity) for one in judging]
    if ("breach", "error") in verdicts:
        return "fail"
    said = {verdict for verdict, _ in verdicts}
    if "unknown" in said or not said:
        return "unknown"
    return "warning" if "breach" in said else "pass"


def _common_grade(grades: set[Grade]) -> Grade | None:
    return grades.pop() if len(grades) == 1 else None


def _grade(judging: Sequence[AppliedRule], figure: float) -> Grade:
    broken = {
        one.rule.severity for one in judging if keeps(one.rule.op, one.limit, figure) == "breach"
    }
    return next((grade for severity, grade in _GRADES.items() if severity in broken), "good")


def _verdict(applied: AppliedRule, figures: Sequence[float]) -> Verdict:
    said = {keeps(applied.rule.op, applied.limit, figure) for figure in figures}
    return said.pop() if len(said) == 1 else "unknown"


def _cause(measured: Measured, rules: Sequence[AppliedRule]) -> Cause:
    return measured.cause or ("value_set_locally" if rules else "rule_not_in_force")


def _lacking(rules: Sequence[AppliedRule], judging: Sequence[AppliedRule]) -> tuple[str, ...]:
    """Name what the rules themselves lack: a pack with bands, or the number of a band."""
    if not rules:
        return ("pack:expansion",)
    return tuple(need_of_limit(one.rule) for one in judging if one.limit is None)
