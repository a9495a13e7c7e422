"""What would make a proposal pass: the shape of the answer, before how it is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from parcels.proposal.model import Change, Proposal
    from parcels.proposal.verdict import PackVerdict

Lever = Literal["convert", "add", "remove", "land", "promises", "answers"]
"""What a user lets change: floor area turned into another function, added, taken away; the site and
the land that parts take; money, output, energy and other promises, green and covered land; what may
be split."""
LEVERS: tuple[Lever, ...] = ("convert", "add", "remove", "land", "promises", "answers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Freedom:
    """What may change, and what a change costs.

    Attributes
    ----------
    levers : frozenset of Lever
    weights : mapping of Lever to Fraction
        Cost of one unit: m² of floor area or land, 万元, or the unit of another promise; above 0.
        1 where none is given. Floor area that changes its function is counted once. An answer
        that changes costs its weight once.
    locked : frozenset of str
        Quantities and answers that stay as they are.
    addable : tuple of str
        Functions that may be added although no row has them.
    """

    levers: frozenset[Lever] = frozenset(LEVERS)
    weights: Mapping[Lever, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    locked: frozenset[str] = frozenset()
    addable: tuple[str, ...] = ("F_RD",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a remedy, as people say it: 宿舍 → 研发 2,000 m².

    Attributes
    ----------
    source, target : str
        Quantities (``floor:4``, ``site_area``); "" where a step has no source or no target:
        floor area added has a target only, taken away a source only. A promise, land or an answer
        that changes stands in ``target``.
    amount : Fraction
        Above 0 in the unit of the quantity; below 0 where a quantity falls (target only).
    """

    lever: Lever
    source: str = ""
    target: str = ""
    amount: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One proposal near the given one that keeps every rule asked for.

    Attributes
    ----------
    kind : str
        The lever for floor area or land that it uses; ``mixed`` for several; ``promises`` or
        ``answers`` where it uses none.
    moves : tuple of Move
        The steps, the dearest first.
    changes : tuple of Change
        The same as quantities before and after: what `parcels.proposal.model.changed` applies.
    cost : Fraction
        By the weights of the freedom.
    after : Proposal
    verdicts : tuple of PackVerdict
        Of ``after``, by the checks themselves. A remedy is given only if every rule that was
        asked for passes there, and no rule that was unknown before passes.
    """

    kind: str
    moves: tuple[Move, ...]
    changes: tuple[Change, ...]
    cost: Fraction
    after: Proposal
    verdicts: tuple[PackVerdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far one broken rule is from being kept, by one change alone.

    Attributes
    ----------
    rule : str
    move : Move
        The smallest change of its kind that keeps this rule, other rules left aside.
    """

    rule: str
    move: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Everything that is said about making a proposal pass.

    Attributes
    ----------
    targets : tuple of str
        Rules that the remedies were asked to keep: those that have a verdict.
    unknown : tuple of str
        Rules without a verdict: no change is proposed for them, they stay unknown.
    distances : tuple of Distance
    remedies : tuple of Remedy
        Cheapest first, no two with the same changes; empty where there is none, or where
        nothing is broken.
    conflict : tuple of str
        Where there is no remedy: the fewest rules that cannot be kept together by the changes
        that are allowed; "" else. Of several sets of that size the first in the order of rules.
    withheld : tuple of str
        Unknown rules that the cheapest change would settle, for which it is not proposed, whether
        dearer ones are or not. What is missing has to be stated first.
    """

    targets: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    distances: tuple[Distance, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    conflict: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
