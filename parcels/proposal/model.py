"""A proposal: land, floor area by function, promises. Every number is exact, in one unit a kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Role = Literal["core", "support", "other"]
FLOOR, LAND = "floor", "land"
"""Quantities of a part are called ``floor:0`` (floor area, m²) and ``land:0`` (land taken, m²)."""
NO_PARTS = "floors"
"""Stands for floor areas of which no row is given; never in `Proposal.amounts`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity: exact, or between two ends (at least 50 亩).

    Attributes
    ----------
    low : Fraction
        Not below 0.
    high : Fraction or None
        None: no upper end is known.
    """

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """The one value; None where it is a range."""
        return self.low if self.low == self.high else None


def exactly(value: Fraction | int) -> Amount:
    """Return an amount of one value."""
    return Amount(low=Fraction(value), high=Fraction(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One row of floor area.

    Attributes
    ----------
    name : str
        As the user calls it.
    functions : tuple of str
        Codes of ``rules/data/mixing.csv``: one; several where the words leave it open (厂房);
        none where they name no function.
    role : Role or None
        As stated; None: by the function (`parcels.proposal.functions.roles_of`).
    counted : bool or None
        In the floor area that counts for the FAR (计容); None: above ground yes, below no.
    storey_height_m : Fraction or None
        Floor to floor; None: not known.
    yields : mapping of str to Fraction
        Per m² and year, as assumed by the user: ``tax`` and ``output`` 万元, ``jobs`` persons.

    Floor area and land of a part stand in `Proposal.amounts`.
    """

    name: str = ""
    functions: tuple[str, ...] = ()
    role: Role | None = None
    below_ground: bool = False
    counted: bool | None = None
    storeys: int | None = None
    storey_height_m: Fraction | None = None
    yields: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_counted(self) -> bool:
        """Whether it is in the counted floor area."""
        return not self.below_ground if self.counted is None else self.counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed, as far as it is known.

    Attributes
    ----------
    use : str
        What the land is to be used as: ``M0``, or an ordinary class to compare with (``M1``).
    planned_class, converted_from, industry_code, industry_edition : str or None
        The class of the detailed plan and the former one (GB 50137), a GB/T 4754 code without
        its letter, and the edition of that.
    parts : tuple of Part
    amounts : mapping of str to Amount
        Every quantity that is known, in the unit of its field (``data/fields.toml``: m², 万元,
        吨标准煤, 吨, kWh, persons, m), with those of the parts (``floor:0``, ``land:0``).
    answers : mapping of str to bool
        ``support_may_be_split``, ``core_may_be_split``.
    """

    title: str = ""
    use: str = "M0"
    planned_class: str | None = None
    converted_from: str | None = None
    industry_code: str | None = None
    industry_edition: str | None = None
    parts: tuple[Part, ...] = ()
    amounts: Mapping[str, Amount] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))

    def exact(self, quantity: str) -> Fraction | None:
        """Return a quantity that is known as one value, else None."""
        amount = self.amounts.get(quantity)
        return amount.exact if amount else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One quantity or answer that becomes another.

    Attributes
    ----------
    quantity : str
        Key of `Proposal.amounts` or `Proposal.answers`. ``floor:n`` with n the number of parts
        stands for a new part of the one function ``function``.
    before, after : Fraction or bool
        In the unit of the quantity.
    """

    quantity: str
    before: Fraction | bool
    after: Fraction | bool
    function: str = ""


def changed(proposal: Proposal, changes: Iterable[Change]) -> Proposal:
    """Return the proposal with the changes made; everything else stays as it is."""
    amounts, answers = dict(proposal.amounts), dict(proposal.answers)
    parts = list(proposal.parts)
    for change in changes:
        if isinstance(change.after, bool):
            answers[change.quantity] = change.after
            continue
        kind, _, place = change.quantity.partition(":")
        if kind == FLOOR and int(place) == len(parts):
            parts.append(Part(functions=(change.function,)))
        amounts[change.quantity] = exactly(change.after)
    return replace(
        proposal,
        parts=tuple(parts),
        amounts=MappingProxyType(amounts),
        answers=MappingProxyType(answers),
    )
