"""Whether a measured value keeps a limit."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from parcels.findings import Outcome
    from parcels.rules.model import Op, Rule, Value

Verdict = Literal["pass", "breach", "unknown"]
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "within": operator.ge,
}
_OF_NUMBERS = {"<=", "<", ">=", ">", "within", "between", "no_overlap", "report"}
_OF_SETS = {"none_of", "subset", "match"}


def keeps(op: Op, limit: Value | None, measured: Any) -> Verdict:
    """Judge one measured value.

    Parameters
    ----------
    measured : float or str or bool or collection of str
        In the unit of the limit; None or NaN: not known. Of ``no_overlap`` and ``report`` the
        overlap in m², where anything above 0 is one; of ``match`` the pair of what is planned and
        what is proposed.

    Returns
    -------
    {"pass", "breach", "unknown"}
        Unknown without a measured value, without a limit where the operator needs one, where the
        operator compares numbers or sets and gets none (text, infinity, true), and of
        ``calculation``.
        Equality keeps ``<=``, ``>=`` and ``between``; numbers are compared as they are, unrounded.
    """
    if not _can_be_judged(op, measured):
        return "unknown"
    if op in {"no_overlap", "report"}:
        holds = measured <= 0
    elif op == "match":
        holds = len({*measured}) == 1
    elif limit is None:
        return "unknown"
    else:
        holds = _holds(op, limit, measured)
    return "pass" if holds else "breach"


def _can_be_judged(op: Op, measured: Any) -> bool:
    if measured is None or op in {"calculation", "matrix"}:
        return False
    if op in _OF_NUMBERS:
        return _is_number(measured)
    return op not in _OF_SETS or isinstance(measured, (list, tuple, set, frozenset))


def _is_number(measured: Any) -> bool:
    return not isinstance(measured, (bool, str)) and bool(np.isfinite(measured))


def _holds(op: Op, limit: Any, measured: Any) -> bool:
    if op in _COMPARE:
        return bool(_COMPARE[op](measured, limit))
    if op == "between":
        return bool(limit[0] <= measured <= limit[1])
    if op in {"in", "not_in"}:
        return (measured in limit) == (op == "in")
    given = set(measured)
    return not given & set(limit) if op == "none_of" else given <= set(limit)


def breach_outcome(rule: Rule) -> Outcome:
    """Return what a breach of the rule is."""
    return "fail" if rule.severity == "error" else "warning"


def need_of_limit(rule: Rule) -> str:
    """Say which datum a rule without a number lacks: one of the place, or an official one."""
    official = rule.status == "mandatory" or (
        rule.status in {"recommended", "borrowed"} and rule.confidence == "U"
    )
    return f"{'value' if official else 'local'}:{rule.id}"


def outcomes_of(rule: Rule, limit: Any, measured: npt.NDArray[np.float64]) -> npt.NDArray[np.str_]:
    """Judge numbers at once.

    Parameters
    ----------
    rule : Rule
        With an operator that compares numbers.
    limit : float, pair of float, or float array, shape (n,)
        NaN: no limit for that row.
    measured : float array, shape (n,)
        NaN: not known.

    Returns
    -------
    array of str, shape (n,)
        ``pass``, ``unknown``, and ``fail`` or ``warning`` for a breach.
    """
    if rule.op == "between":
        low, high = limit
        holds = (measured >= low) & (measured <= high)
        known = np.isfinite(measured)
    else:
        ends = np.broadcast_to(np.asarray(limit, dtype=float), measured.shape)
        holds = _COMPARE[rule.op](measured, ends)
        known = np.isfinite(measured) & np.isfinite(ends)
    judged = np.where(holds, "pass", breach_outcome(rule))
    return np.where(known, judged, "unknown")
