"""What a rule answers to its own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.rules.judge import keeps
from parcels.rules.matrix import adjacency, mixing
from parcels.rules.tables import limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.rules.judge import Verdict
    from parcels.rules.model import Example, Rule


def answer(rule: Rule, given: Any) -> Verdict:
    """Judge what an example gives.

    Parameters
    ----------
    given : Any
        The measured value. Of a rule with a table a mapping: the case, and ``measured``; of a
        matrix ``a`` and ``b``, or ``primary`` and ``function``.
    """
    if rule.op == "matrix":
        return "pass" if _is_free(given) else "breach"
    if rule.table is None:
        return keeps(rule.op, rule.value, given)
    if not isinstance(given, dict) or "measured" not in given:
        return "unknown"
    case = {name: str(cell) for name, cell in given.items() if name != "measured"}
    found = {keeps(rule.op, limit, given["measured"]) for limit in limits(rule, **case)}
    return found.pop() if len(found) == 1 else "unknown"


def wrong_examples(rule: Rule) -> tuple[tuple[Example, Verdict], ...]:
    """Return the examples that a rule answers otherwise than expected, with its answer."""
    answered = ((example, answer(rule, example.given)) for example in rule.examples)
    return tuple((example, found) for example, found in answered if found != example.expect)


def _is_free(given: Mapping[str, str]) -> bool:
    if "primary" in given:
        return mixing(given["primary"], given["function"]).verdict == "Y"
    return adjacency(given["a"], given["b"]).touch == "Y"
