"""What a check says where it has no rule to apply: none chosen, or none in force on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.findings import Batch

if TYPE_CHECKING:
    from parcels.checks.model import CheckInput
    from parcels.rules.load import AppliedRule
    from parcels.rules.model import Words


def unjudged(given: CheckInput, check: str) -> list[Batch]:
    """Say what no rule judges.

    Returns
    -------
    list of Batch
        Of all parcels. ``not_applicable`` if no chosen pack has a rule for the check; ``unknown``
        for each of its rules if none is in force on the day; if some are, ``not_applicable`` for
        those rules of other days whose metric nothing else judges.
    """
    everyone = np.arange(len(given.parcels))
    dormant = [one for one in given.book.dormant_of(check) if one.rule.op != "calculation"]
    if given.book.of(check):
        return [
            Batch(
                check=check,
                rule=one.id,
                parcel=everyone,
                outcome="not_applicable",
                reason="rule_of_other_days",
                values=_days(given, one),
            )
            for one in dormant
        ]
    if not dormant:
        return [
            Batch(
                check=check,
                rule="",
                parcel=everyone,
                outcome="not_applicable",
                reason="no_rule_chosen",
                values={"packs": _titles(given)},
            )
        ]
    return [
        Batch(
            check=check,
            rule=one.id,
            parcel=everyone,
            outcome="unknown",
            reason="no_rule_in_force",
            cause="rule_not_in_force",
            values=_days(given, one),
        )
        for one in dormant
    ]


def by_language(words: Words) -> dict[str, str]:
    """Give words as findings carry them: a mapping of language to text."""
    return {"zh": words.zh, "en": words.en}


def _titles(given: CheckInput) -> dict[str, tuple[str, ...]]:
    titles = [pack.title for pack in given.book.packs]
    return {"zh": tuple(one.zh for one in titles), "en": tuple(one.en for one in titles)}


def _days(given: CheckInput, rule: AppliedRule) -> dict[str, object]:
    days = rule.in_force
    return {
        "rule": by_language(rule.rule.title),
        "pack": by_language(rule.pack.title),
        "since": days.since.isoformat() if days.since else "—",
        "until": days.until.isoformat() if days.until else "—",
        "as_of": given.book.as_of.isoformat(),
    }
