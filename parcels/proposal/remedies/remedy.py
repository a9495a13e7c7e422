"""What would make a proposal pass: the nearest proposals that keep every rule, judged again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.proposal.model import changed
from parcels.proposal.remedies.advice import Advice, Freedom, Remedy
from parcels.proposal.remedies.changing import changes_of, moves_of
from parcels.proposal.remedies.conflict import smallest_conflict
from parcels.proposal.remedies.constraints import is_broken, is_judged, key_of, rows_of
from parcels.proposal.remedies.distances import distances_of
from parcels.proposal.remedies.levers import FLOOR_LEVERS, space_of
from parcels.proposal.remedies.rounding import exact_shifts
from parcels.proposal.remedies.shifting import idle_shifts, point_of, shifts_of
from parcels.proposal.remedies.solving import nearest, programme_of
from parcels.proposal.ruling.judging import exact_limit
from parcels.proposal.verdict import results_of, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcels.proposal.model import Proposal
    from parcels.proposal.remedies.advice import Lever
    from parcels.proposal.remedies.levers import Space
    from parcels.proposal.remedies.shifting import Shift
    from parcels.proposal.remedies.solving import Marks, Programme
    from parcels.proposal.verdict import RuleResult
    from parcels.rules.load import RuleBook
    from parcels.rules.model import Pack

_PLACES: tuple[Lever, ...] = (*FLOOR_LEVERS, "land")
_WORDS: tuple[Lever, ...] = ("promises", "answers")


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

    Floor area is converted where it is: above ground or below, counted or not. Rooms of the role
    ``other`` and rooms whose function is open are not moved. Promises and footprints do not follow
    floor area by themselves.
    """
    chosen, freedom = _chosen(book, packs), freedom or Freedom()
    space = space_of(proposal, freedom, doubling_m=_doubling_heights(book))
    results = results_of(proposal, book, chosen)
    filled = results if space.filled is proposal else results_of(space.filled, book, chosen)
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
    remedies, is_cheapest = _remedies(case) if broken else ((), True)
    conflict = () if remedies or not broken else _conflict(case)
    return Advice(
        targets=targets,
        unknown=tuple(dict.fromkeys(one.applied.id for one in results if one.outcome == "unknown")),
        distances=tuple(distances_of(case.space, broken, rows)),
        remedies=remedies,
        conflict=conflict,
        withheld=() if is_cheapest or conflict else _withheld(case),
    )


def _chosen(book: RuleBook, packs: Sequence[str] | None) -> tuple[Pack, ...]:
    known = {one.id: one for one in book.packs}
    for one in packs or ():
        if one not in known:
            raise PlannerError("pack_unknown", pack=one, known=list(known))
    return book.packs if packs is None else tuple(known[one] for one in dict.fromkeys(packs))


def _doubling_heights(book: RuleBook) -> frozenset[Fraction]:
    """Return the storey heights above which rules of a book count floor area twice."""
    return frozenset(
        exact_limit(one.limit)
        for one in book.rules.values()
        if one.rule.metric == "storey_height_m" and isinstance(one.limit, float)
    )


def _remedies(case: _Case) -> tuple[tuple[Remedy, ...], bool]:
    """Give one remedy a lever, with promises only where the lever alone is not enough.

    Levers are mixed where that is cheaper than every single one. The second value tells whether
    the cheapest change of all is among them: the checks may not have confirmed it.
    """
    single = [_solved(case, set(_WORDS))]
    single += [
        _solved(case, {lever, "answers"}) or _solved(case, {lever, *_WORDS})
        for lever in _PLACES
        if lever in case.allowed
    ]
    found = {one.changes: one for one in single if one is not None}
    mixed = _solved(case, set(case.allowed))
    if mixed is not None and all(mixed.cost < one.cost for one in found.values()):
        found[mixed.changes] = mixed
    return tuple(sorted(found.values(), key=lambda one: one.cost)), mixed is not None


def _solved(case: _Case, levers: set[Lever]) -> Remedy | None:
    """Find the cheapest change by some levers; None: there is none that the checks confirm."""
    shifts = _shifts(case, case.allowed & levers)
    return None if shifts is None else _confirmed(case, shifts)


def _shifts(case: _Case, levers: frozenset[Lever]) -> list[Shift] | None:
    """Find the exact amounts of the cheapest change by some levers, not yet judged."""
    columns = case.programme.marks(lambda one: one.lever in levers)
    return _amounts(case.programme, columns, case.space)


def _amounts(programme: Programme, columns: Marks, space: Space) -> list[Shift] | None:
    """Find exact amounts; where rounding leads outside, by more shifts or from further inside."""
    for aside in (False, True):
        point = nearest(programme, columns, aside=aside)
        if point is None:
            return None
        shifts = shifts_of(programme.steps, point)
        idle = [] if aside else idle_shifts(programme.steps, columns, shifts)
        for more in ([], idle) if idle else ([],):
            found = exact_shifts([*shifts, *more], programme.rows, space.values)
            if found is not None:
                return found
    return None


def _confirmed(case: _Case, shifts: Sequence[Shift]) -> Remedy | None:
    """Make the changes and judge again; None: a rule is broken, or settled that was unknown."""
    changes = changes_of(shifts, case.proposal, case.space)
    after = changed(case.proposal, changes)
    judged = verdicts(after, case.book)
    asked = (one for verdict in judged if verdict.pack in case.packs for one in verdict.results)
    if any(True for _ in _unwanted(case, asked)):
        return None
    used = {one.lever for one in shifts}
    places = [one for one in _PLACES if one in used]
    return Remedy(
        kind="mixed" if len(places) > 1 else next(one for one in (*places, *_WORDS) if one in used),
        moves=moves_of(shifts, case.space),
        changes=changes,
        cost=sum((one.cost * one.amount for one in shifts), Fraction(0)),
        after=after,
        verdicts=judged,
    )


def _unwanted(case: _Case, results: Iterable[RuleResult]) -> Iterator[RuleResult]:
    """Return what must not be: rules broken, settled that were unknown, or no longer judged."""
    before = {key_of(one): one for one in case.results}
    after = tuple(results)
    not_at_stake = {one.applied.id for one in case.results if one.outcome != "unknown"}
    not_at_stake |= {one.applied.id for one in after if one.outcome == "unknown"}
    for result in after:
        given = before.get(key_of(result))
        was_unknown = given.outcome == "unknown" if given else result.applied.id not in not_at_stake
        if is_broken(result) or was_unknown != (result.outcome == "unknown"):
            yield result


def _conflict(case: _Case) -> tuple[str, ...]:
    """Name the fewest rules that cannot be kept together, or not by amounts that can be typed."""
    programme = case.programme
    columns = programme.marks(lambda one: one.lever in case.allowed)
    order = list(dict.fromkeys(row.rule for row in programme.rows if row.rule))

    def by_any_amount(rules: frozenset[str]) -> frozenset[str] | None:
        return programme.kept(columns, rules)

    def by_typed_amount(rules: frozenset[str]) -> frozenset[str] | None:
        asked = programme.only(rules)
        shifts = _amounts(asked, columns, case.space)
        point = None if shifts is None else point_of(shifts, case.space.values)
        return (
            None
            if point is None
            else frozenset(order) - {row.rule for row in programme.rows if not row.holds(point)}
        )

    found = smallest_conflict(order, by_any_amount)
    if found or by_typed_amount(frozenset(order)) is not None:
        return found
    return smallest_conflict(order, by_typed_amount)


def _withheld(case: _Case) -> tuple[str, ...]:
    """Name rules that the cheapest change would settle, or leave without a verdict."""
    shifts = _shifts(case, case.allowed)
    if shifts is None:
        return ()
    after = changed(case.proposal, changes_of(shifts, case.proposal, case.space))
    judged = results_of(after, case.book, case.packs)
    return tuple(dict.fromkeys(one.applied.id for one in _unwanted(case, judged)))
