"""How near parcels come to what they must keep away from, wherever both may truly lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parcels.checks.side_by_side.land import is_own_land, land_of_parcels
from parcels.checks.side_by_side.meeting import apart
from parcels.checks.side_by_side.readings import RESOLUTION_M, UseSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcels.checks.keeping_away.targets import Targets
    from parcels.checks.keeping_away.tasks import Task
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.side_by_side.meeting import Land
    from parcels.checks.subject import Floats, Objects


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearness:
    """Pairs of a parcel and a piece of land that may lie too near, m of them, sorted by parcel.

    Attributes
    ----------
    parcel : int array, shape (m,)
        Position among all parcels.
    target : int array, shape (m,)
        Position in ``targets``.
    drawn_m, limit_m, off_m : float array, shape (m,)
        ``limit_m`` is the widest that may apply; ``off_m`` of both drawings together.
    certain : bool array, shape (m,)
        Too near wherever both lie and whatever the open classes are.
    place_open, own_open, number_open, other_open : bool array, shape (m,)
        What else would settle it: the place, the class of the parcel, its own limit, the other
        side.
    shapes : object array, shape (n,)
        The parcels, in the plane.
    """

    parcel: Ints
    target: Ints
    targets: Targets
    drawn_m: Floats
    limit_m: Floats
    off_m: Floats
    certain: Bools
    place_open: Bools
    own_open: Bools
    number_open: Bools
    other_open: Bools
    shapes: Objects

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.parcel)

    @property
    def rule(self) -> Sequence[str]:
        """Id of the rule of each pair."""
        return [self.targets.rule[int(at)] for at in self.target]


def nearness(task: Task, rows: Ints, targets: Targets) -> Nearness:
    """Find what may lie nearer to a parcel than the task allows.

    Parameters
    ----------
    rows : int array
        Positions of parcels that the task may concern and that are drawn well enough, with a
        limit that is a number.
    """
    parcels = task.given.parcels
    asking = land_of_parcels(parcels, rows, [UseSet(groups=())] * len(parcels))
    first, second = _close(task, rows, asking, targets)
    drawn, least, most, rough = apart(asking, targets.land, first, second)
    parcel = rows[first]
    stated = ~np.isnan(targets.high_m[second])
    lowest, widest = task.lowest_m[parcel], task.limits_m[parcel]
    low = np.where(np.isnan(targets.low_m[second]), lowest, targets.low_m[second]) - RESOLUTION_M
    high = np.where(stated, targets.high_m[second], widest) - RESOLUTION_M
    between = (low < high) & (most >= low)
    applies, sure = task.applies[0][parcel], targets.sure[second]
    kept = np.flatnonzero((least < high) & (parcel != targets.position[second]))
    if targets.own_land:
        own = is_own_land(asking, targets.land, first[kept], second[kept])
        kept = kept[~own | rough[kept]]
    off = asking.off_m[first] + targets.land.off_m[second]
    return Nearness(
        parcel=parcel[kept],
        target=second[kept],
        targets=targets,
        drawn_m=drawn[kept],
        limit_m=high[kept] + RESOLUTION_M,
        off_m=off[kept],
        certain=((most < low) & applies & sure)[kept],
        place_open=((most >= low) & (rough | (off > 0)))[kept],
        own_open=~applies[kept],
        number_open=(between & (lowest < widest))[kept],
        other_open=(~sure | (between & (lowest == widest)))[kept],
        shapes=parcels.drawn,
    )


def _close(task: Task, rows: Ints, asking: Land, targets: Targets) -> tuple[Ints, Ints]:
    widest = np.fmax(np.nanmax(targets.high_m, initial=0.0), task.limits_m[rows])
    slack = targets.land.off_m.max(initial=0.0) + asking.off_m
    first, second = shapely.STRtree(targets.land.shapes).query(
        asking.shapes, predicate="dwithin", distance=widest + slack
    )
    order = np.lexsort((second, first))
    return first[order], second[order]
