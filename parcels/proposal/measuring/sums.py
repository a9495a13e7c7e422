"""Sums over the parts of a proposal: which parts belong, how often their floor area counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcels.proposal.functions import roles_of
from parcels.proposal.measuring.spans import CERTAIN, NO, ONCE_OR_TWICE, OPEN, TWICE
from parcels.proposal.model import FLOOR, LAND, NO_PARTS
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from parcels.proposal.measuring.spans import Form, Span
    from parcels.proposal.model import Part, Proposal, Role

    Belongs = Callable[[Part], Span]

TOTAL, ABOVE_GROUND, COUNTED, CORE = "gfa_total", "gfa_above_ground", "gfa_counted", "gfa_core"
WHOLES = frozenset((TOTAL, ABOVE_GROUND, COUNTED, CORE))
"""Floor areas of which a share may be taken."""
FUNCTION, STOREY_HEIGHT = "function", "storey_height"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The floor area of a proposal as one denominator counts it.

    Attributes
    ----------
    whole : str
        One of `WHOLES`. The sum of core rooms counts all of them, above and below ground.
    double_above_m : Fraction or None
        Counted floor area of higher storeys counts twice.
    """

    proposal: Proposal
    whole: str
    double_above_m: Fraction | None = None

    def of(self, belongs: Belongs) -> Form:
        """Sum the floor area of parts that belong; 0 × the first part where none does."""
        if not self.proposal.parts:
            return {NO_PARTS: CERTAIN}
        found: Form = {}
        for at, part in enumerate(self.proposal.parts):
            (least, most), weight = belongs(part), self._weight(part)
            if most * weight[1] > 0:
                found[f"{FLOOR}:{at}"] = (least * weight[0], most * weight[1])
        return found or {f"{FLOOR}:0": NO}

    def all(self) -> Form:
        """Sum all floor area that the denominator counts."""
        return self.of(every)

    def left_open(self, belongs: Belongs) -> tuple[str, ...]:
        """Name the facts that leave a sum open: ``function:0``, ``storey_height:0``."""
        found = {}
        for at, part in enumerate(self.proposal.parts):
            span, weight = belongs(part), self._weight(part)
            if span[1] == 0 or weight[1] == 0:
                continue
            if span[0] != span[1] or (self.whole == CORE and _is_open(role("core")(part))):
                found[f"{FUNCTION}:{at}"] = True
            if weight == ONCE_OR_TWICE:
                found[f"{STOREY_HEIGHT}:{at}"] = True
        return tuple(found)

    def _weight(self, part: Part) -> Span:
        if self.whole == ABOVE_GROUND:
            return NO if part.below_ground else CERTAIN
        if self.whole == CORE:
            return role("core")(part)
        return self._counted(part) if self.whole == COUNTED else CERTAIN

    def _counted(self, part: Part) -> Span:
        if not part.is_counted:
            return NO
        if self.double_above_m is None:
            return CERTAIN
        height = part.storey_height_m
        if height is None:
            return ONCE_OR_TWICE
        return TWICE if height > self.double_above_m else CERTAIN


def every(_part: Part) -> Span:
    """Let every part belong."""
    return CERTAIN


def role(wanted: Role) -> Belongs:
    """Let parts of a role belong, for certain or perhaps."""

    def belongs(part: Part) -> Span:
        roles = roles_of(part)
        if wanted not in roles:
            return NO
        return CERTAIN if len(roles) == 1 else OPEN

    return belongs


def among(wanted: frozenset[str]) -> Belongs:
    """Let parts of some functions belong, for certain or perhaps."""

    def belongs(part: Part) -> Span:
        meant = set(part.functions)
        if meant and not meant & wanted:
            return NO
        return CERTAIN if meant and meant <= wanted else OPEN

    return belongs


def on_condition(use: str) -> Belongs | None:
    """Let functions belong that the mixing table lets into a use beside its main functions.

    They have a cap, or a condition and no place among the main functions. None: the table has no
    such use.
    """
    known = [row for row in table("mixing.csv") if row["primary"] == use]
    return among(frozenset(row["function"] for row in known if _is_beside(row))) if known else None


def _is_beside(row: Mapping[str, str]) -> bool:
    is_capped = bool(row["gfa_cap"] or row["land_cap"])
    return is_capped or (row["verdict"] == "C" and row["cap_group"] != "core")


def _is_open(span: Span) -> bool:
    return span[0] != span[1]


def land_of(proposal: Proposal, belongs: Mapping[int, Span]) -> Form | None:
    """Sum the land that some parts take.

    Parameters
    ----------
    belongs : mapping of int to Span
        Positions of parts, and whether each belongs.

    Returns
    -------
    Form or None
        None: no part has land of its own, so that land is allotted by floor area. Where some have
        and others have not, the land of the others is missing.
    """
    there = {
        f"{LAND}:{at}": span
        for at, span in belongs.items()
        if span[1] > 0
        and (proposal.exact(f"{FLOOR}:{at}") != 0 or f"{LAND}:{at}" in proposal.amounts)
    }
    return there if any(name in proposal.amounts for name in there) else None
