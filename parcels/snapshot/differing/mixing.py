"""Inputs of the first snapshot with some parts of the second: what the checks say then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.checks.subject import Parcels
from parcels.findings import RANK
from parcels.review import Review
from parcels.reviews.model import Basis, record_of
from parcels.rules.load import book_of
from parcels.snapshot.differing.model import Component
from parcels.snapshot.review.reopening import events_of, given_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import numpy.typing as npt

    from layers.overlay import Overlay
    from parcels.checks.subject import QualityFinding
    from parcels.reviews.model import Event
    from parcels.rules.load import RuleBook
    from parcels.snapshot.differing.matching import Match
    from parcels.snapshot.model import Content

Ranks = dict[tuple[str, str], "npt.NDArray[np.int64]"]
"""By check and rule: of every slot the rank of its worst finding, `SILENT` for none."""
Slot = tuple[int | None, int | None]
SILENT = -1
_NOW = Basis(parcel="", rules="", layers="")
_OUTLINE, _FACTS, _NEIGHBOURS, _SAID = (
    Component(part="outline"),
    Component(part="facts"),
    Component(part="neighbours"),
    Component(part="said"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One snapshot, read back."""

    given: CheckInput
    events: Mapping[str, Sequence[Event]]
    day: date
    keys: tuple[str, ...]


def side_of(content: Content) -> Side:
    """Read one side back; nothing is assessed yet.

    Raises
    ------
    PlannerError
        ``snapshot_input_unusable``.
    """
    return Side(
        given=given_of(content),
        events=events_of(content),
        day=date.fromisoformat(content["inputs"]["day"]),
        keys=tuple(one["key"] for one in content["parcels"]),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Mixture:
    """Both sides, and the parcels of both in one order.

    ``slots`` are positions before and after: first those that were there before, then the new.
    """

    before: Side
    after: Side
    slots: tuple[Slot, ...]

    @classmethod
    def of(cls, before: Side, after: Side, match: Match) -> Mixture:
        """Put the parcels of both in one order."""
        paired = dict(match.pairs)
        there: list[Slot] = [(at, paired.get(at)) for at in range(len(before.keys))]
        return cls(before=before, after=after, slots=(*there, *((None, at) for at in match.new)))

    def ranks(self, taken: Collection[Component]) -> Ranks:
        """Assess the inputs of before, with the parts that are taken from after.

        Returns
        -------
        mapping
            Positions are those of `slots`.
        """
        side = 1 if _NEIGHBOURS in taken else 0
        used = [at for at, slot in enumerate(self.slots) if slot[side] is not None]
        given = CheckInput(
            parcels=self._parcels(used, taken),
            book=self._book(taken),
            overlays=self._layers(taken),
        )
        assessment = assess(given)
        found: Ranks = {}
        for batch in assessment.batches:
            rule = (batch.check, batch.rule)
            ranks = found.setdefault(rule, np.full(len(self.slots), _NONE))
            np.minimum.at(ranks, np.array(used)[batch.parcel], batch.ranks())
        review = Review(batch="", title="", given=given, assessment=assessment)
        self._put_overrides(found, review, used, taken)
        return {rule: np.where(ranks == _NONE, SILENT, ranks) for rule, ranks in found.items()}

    def _put_overrides(
        self, found: Ranks, review: Review, used: Sequence[int], taken: Collection[Component]
    ) -> None:
        side = self.after if _SAID in taken else self.before
        for position, at in enumerate(used):
            own = self.slots[at][1 if _SAID in taken else 0]
            said = side.events.get(side.keys[own], ()) if own is not None else ()
            standing = review.standing(position, record_of(said, _NOW), side.day) if said else {}
            for rule, override in standing.items():
                found[rule][at] = RANK[override.outcome]

    def _book(self, taken: Collection[Component]) -> RuleBook:
        books = (self.before.given.book, self.after.given.book)
        before, after = ({pack.id: pack for pack in book.packs} for book in books)
        chosen = {
            name: (after if Component(part="pack", name=name) in taken else before).get(name)
            for name in {**before, **after}
        }
        packs = [pack for pack in chosen.values() if pack is not None]
        day = books[Component(part="as_of") in taken].as_of
        limits = books[Component(part="limits") in taken]
        return book_of(packs, day, limits.overrides())

    def _layers(self, taken: Collection[Component]) -> Mapping[str, Overlay]:
        before, after = self.before.given.overlays, self.after.given.overlays
        chosen = {
            kind: (after if Component(part="layer", name=kind) in taken else before).get(kind)
            for kind in {**before, **after}
        }
        return MappingProxyType({kind: one for kind, one in chosen.items() if one is not None})

    def _parcels(self, used: Sequence[int], taken: Collection[Component]) -> Parcels:
        sides = (self.before.given.parcels, self.after.given.parcels)

        outline, facts = (self._sources(used, one in taken) for one in (_OUTLINE, _FACTS))

        def column(rows: list[tuple[int, int]], name: str) -> list[Any]:
            columns = [getattr(one, name) for one in sides]
            return [columns[side][at] for side, at in rows]

        moved = [self._moved(side, used) for side in (0, 1)]
        known = sides[1 if _OUTLINE in taken else 0]
        return Parcels(
            ids=tuple(column(facts, "ids")),
            names=tuple(column(facts, "names")),
            shapes=_objects(column(outline, "shapes")),
            places=_objects(column(outline, "places")),
            geometry_class=tuple(column(outline, "geometry_class")),
            accuracy_m=np.array(column(outline, "accuracy_m"), dtype=float),
            uses=tuple(column(facts, "uses")),
            declared_m2=np.array(column(facts, "declared_m2"), dtype=float),
            declared_texts=tuple(column(facts, "declared_texts")),
            attributes=_attributes(sides, facts),
            quality=_quality(sides, outline, moved),
            quality_known=known.quality_known,
            plane_m2=_plane(sides, outline),
            bounds_by_words=_of_words(sides, facts, "bounds_by_words", lambda _side, one: one, {}),
            twins=_of_words(
                sides,
                facts,
                "twins",
                lambda side, one: tuple(moved[side][twin] for twin in one if twin in moved[side]),
                (),
            ),
        )

    def _sources(self, used: Sequence[int], later: bool) -> list[tuple[int, int]]:
        """Say of every slot from which side, and from which position there, it comes."""
        found: list[tuple[int, int]] = []
        for before, after in (self.slots[at] for at in used):
            if after is not None and (later or before is None):
                found.append((1, after))
            elif before is not None:
                found.append((0, before))
        return found

    def _moved(self, side: int, used: Sequence[int]) -> dict[int, int]:
        """Give for positions of one side those in the mixture."""
        places = ((self.slots[at][side], new) for new, at in enumerate(used))
        return {old: new for old, new in places if old is not None}


_NONE = len(RANK)


def _objects(values: Sequence[Any]) -> Any:
    column = np.full(len(values), None, dtype=object)
    column[:] = values
    return column


def _attributes(sides: Sequence[Parcels], rows: Sequence[tuple[int, int]]) -> dict[str, list[Any]]:
    """Take the columns of the sides that rows come from; what a side has not is empty."""
    there = {side for side, _ in rows}
    names = dict.fromkeys(name for side in sorted(there) for name in sides[side].attributes)
    columns = [one.attributes for one in sides]
    return {
        name: [columns[side][name][at] if name in columns[side] else None for side, at in rows]
        for name in names
    }


def _quality(
    sides: Sequence[Parcels], rows: Sequence[tuple[int, int]], moved: Sequence[Mapping[int, int]]
) -> dict[int, list[QualityFinding]]:
    return {
        new: [replace(one, other=moved[side].get(one.other, -1)) for one in sides[side].quality[at]]
        for new, (side, at) in enumerate(rows)
        if at in sides[side].quality
    }


def _plane(sides: Sequence[Parcels], rows: Sequence[tuple[int, int]]) -> Any:
    columns = [one.plane_m2 for one in sides]
    if all(columns[side] is None for side, _ in rows):
        return None
    areas = [np.nan if (own := columns[side]) is None else own[at] for side, at in rows]
    return np.array(areas, dtype=float)


def _of_words(
    sides: Sequence[Parcels],
    rows: Sequence[tuple[int, int]],
    name: str,
    put: Callable[[int, Any], Any],
    empty: Any,
) -> tuple[Any, ...]:
    """Take a column that only parcels located by words have."""
    columns = [getattr(one, name) for one in sides]
    if not any(columns[side] for side, _ in rows):
        return ()
    return tuple(put(side, columns[side][at]) if columns[side] else empty for side, at in rows)
