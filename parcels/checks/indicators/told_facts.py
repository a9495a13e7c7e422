"""What one rule says about a fact of each parcel: a class, a set of functions, a yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.indicators.facts import Functions, fact_keeps, function_names, functions_keep
from parcels.checks.rule_choice import by_language
from parcels.rules.indicators import indicators
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcels.checks.indicators.rows import Rows
    from parcels.checks.indicators.scope import Bools
    from parcels.checks.subject import Objects
    from parcels.findings import Batch
    from parcels.rules.model import Op, Value


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
        written = np.full(count, "", dtype=object) if found is None else found.typed
        reason = np.where(there, "fact_limit_local", "fact_limit_local_unfilled").astype(object)
        named = {"rule": by_language(rule.title), "typed": written}
        yield rows.unknown(chosen & ~bad, reason, "value_set_locally", needs, values=named)
    else:
        needs_input = (rows.need_of_input,)
        named = {"rule": by_language(rule.title)}
        yield rows.unknown(lacking, "fact_missing", "input_missing", needs_input, values=named)
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
    words = np.empty(len(value), dtype=object)
    words[:] = [_deciding(rule.op, limit, one) for one in value]
    named = {"typed": typed, "listed": listed, "words": words}
    told: dict[str, Any] = {"measured": typed, "values": named}
    yield rows.said(verdict == "pass", "pass", f"fact_keeps_{_KINDS[rule.op]}", **told)
    outcome = breach_outcome(rule)
    form = "_functions" if rule.op in _OF_SETS else ""
    yield rows.said(verdict == "breach", outcome, f"fact_breaks_{_KINDS[rule.op]}{form}", **told)
    cause, needs = "input_unusable" if form else "class_open", (rows.need_of_input,)
    yield rows.unknown(verdict == "unknown", f"fact_open{form}", cause, needs, **told)


def _deciding(op: Op, limit: Value | None, fact: Any) -> tuple[str, ...]:
    """Name the functions that break the rule; where none does, those that leave it open."""
    if not isinstance(fact, Functions):
        return ()
    found = functions_keep(op, limit, fact)
    worst = "breach" if "breach" in found.values() else "unknown"
    return tuple(word for word, verdict in found.items() if verdict == worst)


_KINDS = {"in": "among", "subset": "among", "not_in": "none", "none_of": "none", "==": "equal"}
_OF_SETS = {"subset", "none_of"}
