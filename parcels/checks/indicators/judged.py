"""Indicators of a parcel against the rules of a check: every rule, every parcel, all reasons.

A verdict needs a use that the rule is about, a number with a stated unit and whole, and a limit
in force. What lacks is said, all of it; a number that cannot be used is told as it was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.indicators.rows import Rows
from parcels.checks.indicators.scope import scope_of
from parcels.checks.indicators.told import of_numbers
from parcels.checks.indicators.told_facts import of_facts
from parcels.checks.indicators.values import Source
from parcels.checks.rule_choice import unjudged
from parcels.rules.indicators import indicators

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcels.checks.indicators.scope import Bools, Scope
    from parcels.checks.model import CheckInput
    from parcels.checks.subject import Parcels
    from parcels.findings import Batch
    from parcels.rules.load import AppliedRule

_JUDGE_NOTHING = {"calculation", "matrix"}
_WITHOUT_SCHEME = "code_without_scheme"


def judge_indicators(given: CheckInput, check: str) -> Iterator[Batch]:
    """Apply every rule of a check to the indicators that the source states.

    Parameters
    ----------
    given : CheckInput
    check : str
        Id of the check.
    """
    yield from unjudged(given, check)
    rules = [one for one in given.book.of(check) if one.rule.op not in _JUDGE_NOTHING]
    if not rules:
        return
    parcels = given.parcels
    scopes = {one.id: scope_of(one.rule, parcels) for one in rules}
    concerned = np.logical_or.reduce([one.yes | one.open for one in scopes.values()])
    yield from _not_concerned(check, rules[0], parcels, scopes, concerned)
    source = Source(parcels=parcels)
    warned: set[str] = set()
    for applied in rules:
        scope = scopes[applied.id]
        rows = Rows(check=check, applied=applied, source=source)
        yield rows.said(scope.no & concerned, "not_applicable", "indicator_not_for_use")
        yield _class_unknown(rows, parcels, scope.unknown & concerned)
        yield rows.unknown(scope.open, "indicator_class_open", "class_open", ("class",))
        if not scope.yes.any():
            continue
        known = indicators().get(applied.rule.metric)
        if known is None or known.kind != "number":
            yield from of_facts(rows, scope.yes)
        else:
            yield from of_numbers(rows, scope.yes, warn=applied.rule.metric not in warned)
            warned.add(applied.rule.metric)


def _not_concerned(
    check: str,
    first: AppliedRule,
    parcels: Parcels,
    scopes: Mapping[str, Scope],
    concerned: Bools,
) -> Iterator[Batch]:
    """Say once what no rule of the check is about, and whose use nobody knows."""
    unread = np.logical_or.reduce([one.unknown for one in scopes.values()])
    rows = Rows(check=check, applied=first, source=Source(parcels=parcels))
    yield rows.said(~concerned & ~unread, "not_applicable", "indicators_not_for_use")
    yield _class_unknown(rows, parcels, ~concerned & unread)


def _class_unknown(rows: Rows, parcels: Parcels, chosen: Bools) -> Batch:
    needs = [
        ("scheme",) if parcels.uses[at].problem == _WITHOUT_SCHEME else ("class",)
        for at in np.flatnonzero(chosen).tolist()
    ]
    return rows.unknown(chosen, "indicator_class_unknown", "class_unknown", needs)
