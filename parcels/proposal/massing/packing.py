"""Places for rectangles of given areas inside an outline: shelves in the largest rectangles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import shapely

from parcels.proposal.massing.largest import largest_rectangle
from parcels.proposal.massing.model import Rect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

LONGEST = 6.0
"""No building is drawn longer than so many times its depth."""
_PROPORTIONS = (1.5, 1.0, 2.0, 3.0, 4.5)
_PARTS = (0.7, 1.0)  # of the width, for shelves: with room to spare buildings stand apart
_MOST_SHELVES = 12
_MOST_ROOMS = 6
_SLACK = 1e-9  # of a length, for sums of floats that are equal by construction


@dataclass(frozen=True, slots=True)
class _Item:
    """A rectangle to place: which one, its width and depth, m."""

    key: int
    width: float
    depth: float


_Shelves = list[list[_Item]]


def pack(areas: Mapping[int, float], room: BaseGeometry, *, gap: float = 0.0) -> dict[int, Rect]:
    """Place rectangles of these areas, along the axes, inside an outline.

    The largest rectangle of the outline is filled first; what it does not hold goes to the
    largest one of the rest, and so on. In each, rectangles stand on shelves, the deepest first;
    of several proportions the first that holds all is taken, else the one that holds most.

    Parameters
    ----------
    areas : mapping of key to float
        m², above 0.
    room : Polygon or MultiPolygon
        In a plane, m.
    gap : float
        Least distance between two rectangles, m.

    Returns
    -------
    dict of key to Rect
        Rectangles that found a place: disjoint, inside the outline (to 1 µm), at least ``gap``
        apart, exact in area to rounding. The same input gives the same places.
    """
    left = dict(areas)
    placed: dict[int, Rect] = {}
    for _ in range(_MOST_ROOMS):
        free = largest_rectangle(room)
        if free is None or not left:
            break
        shelves = _fill(left, free, gap)
        found = _stand(shelves, free, gap, spread=len(_keys(shelves)) == len(left))
        if not found:
            break
        placed |= found
        left = {key: area for key, area in left.items() if key not in found}
        room = _rest(room, found, gap)
    return placed


def _rest(room: BaseGeometry, found: Mapping[int, Rect], gap: float) -> BaseGeometry:
    """Take what is built on, with the distance that is kept from it, from the outline."""
    right, top = (max(getattr(one, side) for one in found.values()) for side in ("right", "top"))
    left, low = min(one.x for one in found.values()), min(one.y for one in found.values())
    taken = shapely.box(left - gap, low - gap, right + gap, top + gap)
    rest: BaseGeometry = shapely.difference(room, taken)
    return rest


def _fill(areas: Mapping[int, float], free: Rect, gap: float) -> _Shelves:
    """Return the shelves that hold all areas, else those that hold the most."""
    order = sorted(areas, key=lambda key: (-areas[key], key))
    best: _Shelves = []
    most = 0.0
    for proportion, part in product(_PROPORTIONS, _PARTS):
        items = _shaped(areas, order, free, proportion)
        shelves = _shelved(items, part * free.width, free.depth, gap)
        held = sum(areas[key] for key in _keys(shelves))
        if held > most:
            best, most = shelves, held
        if len(_keys(shelves)) == len(order):
            return shelves
    return _full(areas, order, free, gap) or best


def _keys(shelves: _Shelves) -> list[int]:
    return [item.key for shelf in shelves for item in shelf]


def _shaped(
    areas: Mapping[int, float], order: Sequence[int], free: Rect, proportion: float
) -> list[_Item]:
    """Give areas their shape: as long as the proportion says, or as the rectangle lets them."""
    items = []
    for key in order:
        area = areas[key]
        depth = min(math.sqrt(area / proportion), free.depth)
        width = min(area / depth, free.width)
        depth = area / width
        if depth <= free.depth and max(width / depth, depth / width) <= LONGEST:
            items.append(_Item(key, width, depth))
    return items


def _shelved(items: Sequence[_Item], width: float, depth: float, gap: float) -> _Shelves:
    """Stand items on the first shelf with room; a new shelf begins where none has."""
    shelves: _Shelves = []
    for item in sorted(items, key=lambda one: (-one.depth, one.key)):
        for shelf in shelves:
            used = sum(one.width + gap for one in shelf)
            if item.depth <= shelf[0].depth and used + item.width <= width * (1 + _SLACK):
                shelf.append(item)
                break
        else:
            used = sum(shelf[0].depth + gap for shelf in shelves)
            if item.width <= width * (1 + _SLACK) and used + item.depth <= depth * (1 + _SLACK):
                shelves.append([item])
    return shelves


def _full(
    areas: Mapping[int, float], order: Sequence[int], free: Rect, gap: float
) -> _Shelves | None:
    """Fill shelves from end to end; of the ways that hold all, the one with the least long item."""
    ways: list[tuple[float, _Shelves]] = []
    for count in range(1, min(len(order), _MOST_SHELVES) + 1):
        shelves = [_full_shelf(areas, keys, free, gap) for keys in _parted(areas, order, count)]
        held = [shelf for shelf in shelves if shelf]
        depth = sum(shelf[0].depth for shelf in held) + gap * (count - 1)
        longest = max(
            (max(one.width / one.depth, one.depth / one.width) for shelf in held for one in shelf),
            default=math.inf,
        )
        fits = len(held) == count and depth <= free.depth * (1 + _SLACK)
        if fits and longest <= LONGEST:
            ways.append((longest, held))
    return min(ways, key=lambda way: way[0])[1] if ways else None


def _parted(areas: Mapping[int, float], order: Sequence[int], count: int) -> list[list[int]]:
    """Deal keys to shelves, each to the one with the least on it."""
    shelves: list[list[int]] = [[] for _ in range(count)]
    held = [0.0] * count
    for key in order:
        least = min(range(count), key=lambda at: held[at])
        shelves[least].append(key)
        held[least] += areas[key]
    return shelves


def _full_shelf(
    areas: Mapping[int, float], keys: Sequence[int], free: Rect, gap: float
) -> list[_Item]:
    width = free.width - gap * (len(keys) - 1)
    if width <= 0:
        return []
    depth = sum(areas[key] for key in keys) / width
    return [_Item(key, areas[key] / depth, depth) for key in keys]


def _stand(shelves: _Shelves, free: Rect, gap: float, *, spread: bool) -> dict[int, Rect]:
    """Give items their coordinates; room that is left is spread evenly, or stays at the end."""
    spare = free.depth - sum(shelf[0].depth for shelf in shelves) - gap * (len(shelves) - 1)
    between = max(spare, 0.0) / (len(shelves) + 1) if spread else 0.0
    found: dict[int, Rect] = {}
    y = free.y + between
    for shelf in shelves:
        spare = free.width - sum(one.width for one in shelf) - gap * (len(shelf) - 1)
        beside = max(spare, 0.0) / (len(shelf) + 1) if spread else 0.0
        x = free.x + beside
        for item in shelf:
            found[item.key] = Rect(x=x, y=y, width=item.width, depth=item.depth)
            x += item.width + beside + gap
        y += shelf[0].depth + between + gap
    return found
