"""Which rules judge which layers in a check, and what is said where none does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.overlay_kinds import overlay_kinds
from parcels.checks.rule_choice import unjudged
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from parcels.checks.model import CheckInput
    from parcels.rules.load import AppliedRule

_METRIC = "overlap:"
_USE_OPEN: dict[str, Any] = {
    "outcome": "unknown",
    "reason": "overlay_use_open",
    "cause": "class_open",
    "needs": ("class",),
}


def ruled_kinds(given: CheckInput, check: str) -> Iterator[tuple[str, AppliedRule]]:
    """Give kind of layer and rule for each rule in force that a check applies to a layer."""
    for applied in given.book.of(check):
        if applied.rule.metric.startswith(_METRIC):
            yield applied.rule.metric.removeprefix(_METRIC), applied


def unruled(
    given: CheckInput, check: str, kinds: Mapping[str, str], protective: Collection[str] = ()
) -> Iterator[Batch]:
    """Say which layers of a check no rule judges.

    Parameters
    ----------
    kinds : mapping of kind of layer to rule id
        Layers that the check looks at, with the rule that the product has for each.
    protective : collection of str
        Kinds that may not drop out because of a choice of packs: unknown, not inapplicable.
    """
    if given.book.of(check) or given.book.dormant_of(check):
        yield from unjudged(given, check)
    chosen = (*given.book.rules.values(), *given.book.dormant)
    known = {one.rule.metric for one in chosen if one.rule.check == check}
    everyone = np.arange(len(given.parcels))
    for kind, rule in kinds.items():
        if _METRIC + kind not in known:
            protects = kind in protective
            yield Batch(
                check=check,
                rule=rule,
                parcel=everyone,
                outcome="unknown" if protects else "not_applicable",
                reason="overlay_protection_not_chosen" if protects else "overlay_rule_not_chosen",
                cause="rule_not_in_force" if protects else "",
                values={
                    "layer": kind_words(kind),
                    "packs": _titles(given),
                },
            )


def _titles(given: CheckInput) -> dict[str, tuple[str, ...]]:
    titles = [pack.title for pack in given.book.packs]
    return {"zh": tuple(one.zh for one in titles), "en": tuple(one.en for one in titles)}


def within_uses(
    given: CheckInput, applied: AppliedRule, batches: Iterable[Batch]
) -> Iterator[Batch]:
    """Keep a rule to the use groups that it is written for; most are for all.

    A breach by a parcel that may have such a use, or whose use is not known, is unknown.
    """
    if not applied.rule.uses:
        yield from batches
        return
    wanted = set(applied.rule.uses)
    groups = [set(use.groups) for use in given.parcels.uses]
    other = np.array([bool(one) and one.isdisjoint(wanted) for one in groups], dtype=bool)
    sure = np.array([bool(one) and one <= wanted for one in groups], dtype=bool)
    for batch in batches:
        breach = batch.outcome in {"fail", "warning"}
        told = sure | (~other if not breach else False)
        yield batch.only(told[batch.parcel])
        if breach:
            yield replace(batch.only(~(sure | other)[batch.parcel]), **_USE_OPEN)
    yield Batch(
        check=applied.rule.check,
        rule=applied.id,
        parcel=np.flatnonzero(other),
        outcome="not_applicable",
        reason="overlay_other_use",
        values={"uses": applied.rule.uses},
    )


def kind_words(kind: str) -> dict[str, str]:
    """Return the title of a kind of layer in each language; the id of a kind that is not known."""
    known = overlay_kinds().get(kind)
    return (
        {"zh": kind, "en": kind} if known is None else {"zh": known.title.zh, "en": known.title.en}
    )
