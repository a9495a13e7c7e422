"""What may change, as the options of ``proposal`` say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.proposal.field_paths import quantity_at
from parcels.proposal.fields import fields
from parcels.proposal.remedies.advice import LEVERS, Freedom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.proposal.document.reading import Reading
    from parcels.proposal.remedies.advice import Lever

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was typed: levers, ``LEVER=NUMBER``, places that stay."""

    may: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()

    def require_remedy(self) -> None:
        """Refuse wishes where no remedy is asked for: ``proposal_only_with_remedy``."""
        for option, given in (("may", self.may), ("weight", self.weights), ("lock", self.locks)):
            if given:
                raise PlannerError("proposal_only_with_remedy", option=f"--{option}")


def freedom_of(wishes: Wishes, reading: Reading) -> Freedom:
    """Return what may change.

    Raises
    ------
    PlannerError
        ``proposal_lever_unknown``, ``proposal_weight``, ``proposal_lock_unknown``.
    """
    return Freedom(
        levers=frozenset(_lever(one) for one in wishes.may or LEVERS),
        weights=MappingProxyType(dict(_weight(one) for one in wishes.weights)),
        locked=frozenset(_locked(wishes.locks, reading.rows)),
    )


def _lever(typed: str) -> Lever:
    for lever in LEVERS:
        if typed.strip() == lever:
            return lever
    raise PlannerError("proposal_lever_unknown", value=typed, levers=list(LEVERS))


def _weight(typed: str) -> tuple[Lever, Fraction]:
    lever, _, number = (part.strip() for part in typed.partition("="))
    if not _NUMBER.fullmatch(number) or Fraction(number) == 0:
        raise PlannerError("proposal_weight", value=typed, levers=list(LEVERS))
    return _lever(lever), Fraction(number)


def _locked(typed: Sequence[str], rows: Sequence[int]) -> list[str]:
    found = []
    for one in typed:
        quantity = quantity_at(one.strip(), rows)
        if quantity is None or not _may_change(quantity, len(rows)):
            raise PlannerError("proposal_lock_unknown", value=one, rows=len(rows))
        found.append(quantity)
    return found


def _may_change(quantity: str, parts: int) -> bool:
    _, _, place = quantity.partition(":")
    if place:
        return int(place) < parts
    return bool(fields()[quantity].unit) or fields()[quantity].kind == "yes_no"
