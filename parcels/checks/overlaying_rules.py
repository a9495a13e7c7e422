"""Which rules judge which layers in a check, and what is said where none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.overlay_kinds import overlay_kinds
from parcels.checks.rule_choice import unjudged
from parcels.findings import Batch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from parcels.checks.model import CheckInput
    from parcels.rules.load import AppliedRule

_METRIC = "overlap:"


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
                    "packs": tuple(pack.id for pack in given.book.packs),
                },
            )


def kind_words(kind: str) -> dict[str, str]:
    """Return the title of a kind of layer in each language; the id of a kind that is not known."""
    known = overlay_kinds().get(kind)
    return (
        {"zh": kind, "en": kind} if known is None else {"zh": known.title.zh, "en": known.title.en}
    )
