"""Whether an exact value, or a range of values, keeps an exact limit."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from parcels.proposal.measuring.measures import Measured
    from parcels.rules.judge import Verdict
    from parcels.rules.model import Op, Value

Limit = tuple[Fraction | None, Fraction | None]
"""The least and greatest value that keep a rule; None: no such end."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
}
STRICT = {"<", ">"}
UPPER = {"<=", "<"}


def exact_limit(value: float) -> Fraction:
    """Return a limit as it is written: 0.3 is three tenths, not the nearest binary number."""
    return Fraction(Decimal(repr(float(value))))


def limit_ends(op: Op, value: Value | None) -> Limit | None:
    """Return the ends of what an operator on numbers allows; None: it gives no ends."""
    if op == "between" and isinstance(value, tuple) and len(value) == 2:  # noqa: PLR2004
        return exact_limit(float(value[0])), exact_limit(float(value[1]))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if op == "==":
        return exact_limit(value), exact_limit(value)
    if op not in _COMPARE:
        return None
    return (None, exact_limit(value)) if op in UPPER else (exact_limit(value), None)


def judge(op: Op, limits: Iterable[Limit], measured: Measured) -> Verdict:
    """Judge a value against every limit that may apply.

    Returns
    -------
    {"pass", "breach", "unknown"}
        Unknown where the value is, where the range of the value lies on both sides of a limit,
        where limits disagree, and without any limit. Equality keeps ``<=``, ``>=``, ``==`` and
        ``between``, not ``<`` and ``>``.
    """
    if measured.low is None:
        return "unknown"
    found = {_judge(op, limit, measured) for limit in limits}
    return found.pop() if len(found) == 1 else "unknown"


def _judge(op: Op, limit: Limit, measured: Measured) -> Verdict:
    """Judge by both ends of the range: an open end lies beyond every limit."""
    least, most = limit
    low, high = measured.low, measured.high
    compare_low, compare_high = (op, op) if op in _COMPARE else (">=", "<=")
    keeps_least = (True, True) if least is None else _both(compare_low, low, high, least)
    keeps_most = (True, True) if most is None else _both(compare_high, low, high, most)
    if not any(keeps_least) or not any(keeps_most):
        return "breach"
    return "pass" if all(keeps_least) and all(keeps_most) else "unknown"


def _both(op: str, low: Any, high: Fraction | None, limit: Fraction) -> tuple[bool, bool]:
    compare = _COMPARE[op]
    return compare(low, limit), op not in UPPER if high is None else compare(high, limit)
