"""From the rows of a point table to rings, and from rings to parcels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.read.tables.blocks import Block, Point

Why = Literal["start", "parcel", "ring", "ring again", "closed", "gap", "name again"]
RING_POINTS = 3
_CLOSING_M = 0.1  # a repeated name this near the first point closes the ring
_GAPS_SEPARATE = RING_POINTS


@dataclass(slots=True, kw_only=True)
class Run:
    """Points of one ring, and why it begins where it does."""

    points: list[Point]
    band: int
    why: Why
    closed: bool = False
    misses: float = 0.0

    @property
    def is_bad(self) -> bool:
        """Whether a number of it could not be read."""
        return any(math.isnan(point.first + point.second) for point in self.points)


@dataclass(slots=True, kw_only=True)
class Group:
    """The rings of one parcel; ``inside`` are positions of rings taken for holes by place."""

    block: Block
    runs: list[Run]
    inside: tuple[int, ...] = ()


def split_runs(block: Block) -> tuple[list[Run], bool]:
    """Split the points of a block into rings.

    A ring ends where its first point is repeated, where the cells of parcel or ring change, where
    the names begin anew, and at blank rows, unless these stand between nearly all points.

    Returns
    -------
    list of Run
        In the order of the file, one band after another.
    bool
        Whether blank rows were ignored.
    """
    numbered = [(band, point) for band, points in enumerate(block.points) for point in points]
    separate = _gaps_separate([point for _, point in numbered])
    runs: list[Run] = []
    for band, point in numbered:
        why = _why(runs, point, separate=separate)
        if why is None:
            _add(runs[-1], point)
        else:
            runs.append(Run(points=[point], band=band, why=why))
    return runs, not separate and any(point.gap for _, point in numbered)


def group_runs(block: Block, runs: Sequence[Run], *, is_one: bool) -> list[Group]:
    """Tell which rings are one parcel.

    Parameters
    ----------
    block : Block
        Where the rings come from.
    runs : sequence of Run
        From `split_runs`.
    is_one : bool
        Title and foot line speak of one parcel: all rings are its own.

    Returns
    -------
    list of Group
        A ring that follows a closed one without any word joins the parcel when it lies inside
        of it, else it is a parcel of its own.
    """
    groups: list[Group] = []
    by_key: dict[tuple[str, ...], Group] = {}
    for run in runs:
        key = run.points[0].key
        group = by_key.get(key) if key else _home(groups, run, is_one=is_one)
        inside = group is not None and not key and run.why == "closed" and not is_one
        if group is None:
            group = Group(block=block, runs=[])
            groups.append(group)
            by_key[key] = group
        elif inside:
            group.inside += (len(group.runs),)
        group.runs.append(run)
    return groups


def comes_back(group: Group) -> Run | None:
    """Return the first ring of a parcel that stands after rows of other parcels."""
    return next((run for run in group.runs[1:] if run.why == "parcel"), None)


def lengths_of(run: Run) -> Iterator[tuple[Point, Point, float]]:
    """Give each edge with its plane length; an open ring has an edge back to its start."""
    points = run.points if run.closed else [*run.points, run.points[0]]
    for start, end in pairwise(points):
        yield start, end, math.hypot(end.first - start.first, end.second - start.second)


def _why(runs: Sequence[Run], point: Point, *, separate: bool) -> Why | None:
    if not runs:
        return "start"
    run = runs[-1]
    first, last = run.points[0], run.points[-1]
    if point.key != last.key:
        return "parcel"
    if point.ring != last.ring:
        seen = {one.points[0].ring for one in runs if one.points[0].key == point.key}
        return "ring again" if point.ring in seen else "ring"
    if separate and point.gap:
        return "gap"
    if run.closed:
        return "closed"
    again = point.name and point.name == first.name and len(run.points) >= RING_POINTS
    return "name again" if again and _distance(first, point) > _CLOSING_M else None


def _add(run: Run, point: Point) -> None:
    first = run.points[0]
    run.points.append(point)
    if len(run.points) > RING_POINTS:
        distance = _distance(first, point)
        same_name = bool(point.name) and point.name == first.name
        run.closed = distance == 0 or (same_name and not distance > _CLOSING_M)
        run.misses = distance if run.closed and distance > 0 else 0.0


def _distance(first: Point, point: Point) -> float:
    return math.hypot(point.first - first.first, point.second - first.second)


def _gaps_separate(points: Sequence[Point]) -> bool:
    """Tell whether blank rows leave enough points between them for rings."""
    sizes = [0]
    for point in points:
        if point.gap:
            sizes.append(0)
        sizes[-1] += 1
    return min(sizes) >= _GAPS_SEPARATE


def _home(groups: Sequence[Group], run: Run, *, is_one: bool) -> Group | None:
    if not groups or (run.why == "ring again" and not is_one):
        return None
    if is_one or run.why == "ring":
        return groups[-1]
    if run.why == "closed" and _is_inside(run, groups[-1].runs[0]):
        return groups[-1]
    return None


def _is_inside(run: Run, shell: Run) -> bool:
    if run.is_bad or shell.is_bad or min(len(run.points), len(shell.points)) < RING_POINTS:
        return False
    outer, inner = (
        shapely.Polygon([(point.first, point.second) for point in one.points])
        for one in (shell, run)
    )
    return bool(outer.is_valid and inner.is_valid and outer.contains(inner))
