"""What would make a proposal pass: the nearest proposals that keep every rule, judged again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.proposal.advice import Advice, Freedom, Move, Remedy
from parcels.proposal.conflict import smallest_conflict
from parcels.proposal.constraints import is_broken, is_judged, key_of, rows_of
from parcels.proposal.distances import distances_of
from parcels.proposal.levers import FLOOR_LEVERS, Space, space_of
from parcels.proposal.model import FLOOR, Change, changed
from parcels.proposal.rounding import Shift, exact_shifts, point_of, shifts_of
from parcels.proposal.solving import Programme, nearest, programme_of
from parcels.proposal.verdict import verdict_of, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from parcels.proposal.advice import Lever
    from parcels.proposal.constraints import Row
    from parcels.proposal.model import Part, Proposal
    from parcels.proposal.solving import Marks
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.rules.load import RuleBook
    from parcels.rules.model import Pack

_PLACES: tuple[Lever, ...] = (*FLOOR_LEVERS, "land")
_WORDS: tuple[Lever, ...] = ("promises", "answers")
_TOTALS: Mapping[str, Callable[[Part], bool]] = MappingProxyType(
    {
        "gfa_total": lambda _: True,
        "gfa_above_ground": lambda part: not part.below_ground,
        "gfa_counted": lambda part: part.is_counted,
    }
)
"""Totals that are stated beside the parts, and the parts that they sum."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Case:
    """A proposal, what is asked of it, and what may change."""

    proposal: Proposal
    book: RuleBook
    packs: tuple[Pack, ...]
    allowed: frozenset[Lever]
    results: tuple[RuleResult, ...]
    space: Space
    programme: Programme


def advise(
    proposal: Proposal,
    book: RuleBook,
    *,
    packs: Sequence[str] | None = None,
    freedom: Freedom | None = None,
) -> Advice:
    """Find the smallest changes that make a proposal keep every rule that has a verdict.

    Parameters
    ----------
    packs : sequence of str, optional
        Ids of packs of the book whose rules must be kept; default: all of them.
    freedom : Freedom, optional
        What may change and what it costs; default: everything, 1 a unit.

    Raises
    ------
    PlannerError
        ``pack_unknown``, ``remedy_weight_unfit``, ``remedy_function_unknown``.

    Notes
    -----
    A rule about a quotient, multiplied by its denominator, is linear in floor areas, land and
    promises; the cheapest point is found by HiGHS, brought to amounts that can be typed, and
    judged by the checks themselves. Amounts are hundredths of their unit, persons are whole.
    """
    chosen, freedom = _chosen(book, packs), freedom or Freedom()
    space = space_of(proposal, freedom)
    results = _results(proposal, book, chosen)
    filled = results if space.filled is proposal else _results(space.filled, book, chosen)
    rows = rows_of(proposal, space, results, filled)
    case = _Case(
        proposal=proposal,
        book=book,
        packs=chosen,
        allowed=freedom.levers,
        results=results,
        space=space,
        programme=programme_of(space, rows),
    )
    targets = tuple(dict.fromkeys(one.applied.id for one in results if is_judged(one)))
    broken = [one for one in results if is_broken(one)]
    remedies = tuple(_remedies(case)) if broken else ()
    return Advice(
        targets=targets,
        unknown=tuple(dict.fromkeys(one.applied.id for one in results if one.outcome == "unknown")),
        distances=tuple(distances_of(case.space, broken, rows)),
        remedies=remedies,
        conflict=_conflict(case) if broken and not remedies else (),
    )


def _chosen(book: RuleBook, packs: Sequence[str] | None) -> tuple[Pack, ...]:
    known = {one.id: one for one in book.packs}
    for one in packs or ():
        if one not in known:
            raise PlannerError("pack_unknown", pack=one, known=list(known))
    return book.packs if packs is None else tuple(known[one] for one in dict.fromkeys(packs))


def _results(proposal: Proposal, book: RuleBook, packs: Iterable[Pack]) -> tuple[RuleResult, ...]:
    return tuple(one for pack in packs for one in verdict_of(proposal, book, pack).results)


def _remedies(case: _Case) -> Iterator[Remedy]:
    """Give one remedy a lever, with promises only where the lever alone is not enough.

    Levers are mixed where that is cheaper than every single one.
    """
    single = [_solved(case, set(_WORDS))]
    for lever in _PLACES:
        if lever in case.allowed:
            single.append(_solved(case, {lever, "answers"}) or _solved(case, {lever, *_WORDS}))
    found = {one.changes: one for one in single if one is not None}
    mixed = _solved(case, set(case.allowed))
    if mixed is not None and all(mixed.cost < one.cost for one in found.values()):
        found[mixed.changes] = mixed
    yield from sorted(found.values(), key=lambda one: one.cost)


def _solved(case: _Case, levers: set[Lever]) -> Remedy | None:
    """Find the cheapest change by some levers; None: there is none that the checks confirm."""
    columns = case.programme.marks(lambda one: one.lever in levers & case.allowed)
    shifts = _amounts(case, columns)
    return None if shifts is None else _confirmed(case, shifts)


def _amounts(case: _Case, columns: Marks) -> list[Shift] | None:
    """Find exact amounts; where rounding leads outside, once more from further inside."""
    programme, start = case.programme, case.space.values
    for aside in (False, True):
        point = nearest(programme, columns, aside=aside)
        if point is None:
            return None
        found = exact_shifts(shifts_of(programme.steps, point), programme.rows, start)
        if found is not None:
            return found
    return None


def _confirmed(case: _Case, shifts: Sequence[Shift]) -> Remedy | None:
    """Make the changes and judge again; None: not every rule passes, or an unknown one does."""
    changes = _changes(case, shifts)
    after = changed(case.proposal, changes)
    judged = verdicts(after, case.book)
    if not _keeps(case, judged):
        return None
    moves = [_move(one, case.space) for one in shifts]
    used = dict.fromkeys(one.lever for one in shifts)
    places = [one for one in _PLACES if one in used]
    words = [one for one in _WORDS if one in used]
    return Remedy(
        kind="mixed" if len(places) > 1 else (places or words)[0],
        moves=tuple(sorted(moves, key=lambda one: -abs(one.amount))),
        changes=changes,
        cost=sum((one.cost * one.amount for one in shifts), Fraction(0)),
        after=after,
        verdicts=judged,
    )


def _keeps(case: _Case, judged: Iterable[PackVerdict]) -> bool:
    before = {key_of(one): one for one in case.results}
    for result in (
        one for verdict in judged if verdict.pack in case.packs for one in verdict.results
    ):
        given = before.get(key_of(result))
        was_judged = given is None or is_judged(given)
        if is_broken(result) or (was_judged and result.outcome == "unknown"):
            return False
        if given is not None and given.outcome == "unknown" and result.outcome == "pass":
            return False
    return True


def _changes(case: _Case, shifts: Sequence[Shift]) -> tuple[Change, ...]:
    """Write shifts as quantities before and after; totals that were sums of parts stay sums."""
    space, proposal = case.space, case.proposal
    point = point_of(shifts, space.values)
    moved = [one for one in space.values if point[one] != space.values[one]]
    names = _numbered(moved, space)
    changes = [
        Change(
            quantity=names.get(one, one),
            before=_typed(one, space.values[one], proposal),
            after=_typed(one, point[one], proposal),
            function=space.new.get(one, ""),
        )
        for one in moved
    ]
    after = changed(proposal, changes)
    for total, belongs in _TOTALS.items():
        stated, sums = proposal.exact(total), (_sum(proposal, belongs), _sum(after, belongs))
        if stated is not None and proposal.parts and stated == sums[0] != sums[1] is not None:
            changes.append(Change(quantity=total, before=stated, after=sums[1]))
    return tuple(changes)


def _numbered(moved: Iterable[str], space: Space) -> dict[str, str]:
    """Number the new parts that are used without a gap."""
    used = [one for one in moved if one in space.new]
    first = min((int(one.partition(":")[2]) for one in space.new), default=0)
    return {one: f"{FLOOR}:{first + at}" for at, one in enumerate(used)}


def _typed(quantity: str, value: Fraction, proposal: Proposal) -> Fraction | bool:
    return bool(value) if quantity in proposal.answers else value


def _sum(proposal: Proposal, belongs: Callable[[Part], bool]) -> Fraction | None:
    areas = [
        proposal.exact(f"{FLOOR}:{at}") for at, part in enumerate(proposal.parts) if belongs(part)
    ]
    known = [one for one in areas if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(areas) else None


def _move(shift: Shift, space: Space) -> Move:
    names = _numbered([one for one in space.new], space)
    if shift.lever in {"convert", "add", "remove"}:
        source, target = (names.get(one, one) for one in (shift.source, shift.target))
        return Move(lever=shift.lever, source=source, target=target, amount=shift.amount)
    falls = bool(shift.source)
    return Move(
        lever=shift.lever,
        target=shift.source or shift.target,
        amount=-shift.amount if falls else shift.amount,
    )


def _conflict(case: _Case) -> tuple[str, ...]:
    allowed = case.programme.marks(lambda one: one.lever in case.allowed)
    return smallest_conflict(case.programme, allowed)
