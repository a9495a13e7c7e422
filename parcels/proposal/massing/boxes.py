"""Rows of floor area as boxes, boxes of one name as buildings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.proposal.massing.model import Box, Building, NotDrawn
from parcels.proposal.model import FLOOR
from parcels.proposal.ruling.fact_rules import part_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.massing.model import Lack
    from parcels.proposal.model import Part, Proposal

_MOST_STOREYS = 300
_HIGHEST = 2000  # m
_WIDEST = Fraction(10**9)  # m²


def buildings_of(proposal: Proposal) -> tuple[tuple[Building, ...], tuple[NotDrawn, ...]]:
    """Make a box of every row and put boxes of one name on one another.

    Rows without a name stand alone. A row of 0 m² is not there.

    Returns
    -------
    buildings : tuple of Building
        In the order of their first rows; one with basements only has no boxes.
    not_drawn : tuple of NotDrawn
        Rows with floor area, or with floor area that is not known, that have no box.
    """
    boxes: list[Box] = []
    not_drawn: list[NotDrawn] = []
    for at, part in enumerate(proposal.parts):
        if proposal.exact(f"{FLOOR}:{at}") == 0:
            continue
        made = _box(proposal, at, part)
        if isinstance(made, Box):
            boxes.append(made)
        else:
            not_drawn.append(made)
    names = {at: part.name.strip() or at for at, part in enumerate(proposal.parts)}
    whole = {names[one.at] for one in not_drawn}
    groups: dict[str | int, list[Box]] = {}
    for box in boxes:
        groups.setdefault(names[box.at], []).append(box)
    buildings = tuple(
        _building(number, group, is_whole=name not in whole)
        for number, (name, group) in enumerate(groups.items(), start=1)
    )
    return buildings, tuple(not_drawn)


def box_of(buildings: tuple[Building, ...]) -> Mapping[int, Box]:
    """Return the boxes by position of their part."""
    return {box.at: box for one in buildings for box in (*one.boxes, *one.basements)}


def _box(proposal: Proposal, at: int, part: Part) -> Box | NotDrawn:
    area = proposal.exact(f"{FLOOR}:{at}")
    lack = _lack(proposal, at, part)
    if area is None or lack is not None or not part.storeys:
        return NotDrawn(
            at=at,
            title=part_name(part),
            lack=lack or "storeys",
            floor_area=area,
            below_ground=part.below_ground,
        )
    return Box(
        at=at,
        title=part_name(part),
        functions=part.functions,
        below_ground=part.below_ground,
        storeys=part.storeys,
        storey_height=part.storey_height_m or None,
        floor_area=area,
        footprint=area / part.storeys,
    )


def _lack(proposal: Proposal, at: int, part: Part) -> Lack | None:
    """Name what a box cannot be made without; floor area comes first."""
    amount = proposal.amounts.get(f"{FLOOR}:{at}")
    if amount is None:
        return "area"
    if amount.exact is None:
        return "area_range"
    if part.storeys is None or part.storeys < 1:
        return "storeys"
    height = part.storeys * (part.storey_height_m or 0)
    if part.storeys > _MOST_STOREYS or height > _HIGHEST or amount.exact > _WIDEST:
        return "too_large"
    return None


def _building(number: int, boxes: list[Box], *, is_whole: bool) -> Building:
    stacked = sorted(boxes, key=lambda box: (-box.footprint, box.at))
    return Building(
        number=number,
        name=boxes[0].title,
        boxes=tuple(box for box in stacked if not box.below_ground),
        basements=tuple(box for box in stacked if box.below_ground),
        is_whole=is_whole,
    )
