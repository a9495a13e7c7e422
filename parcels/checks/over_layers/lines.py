"""Lines of a layer of land that cut a parcel: red lines that were drawn as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_lonlat
from parcels.checks.over_layers.pairs import TOUCH_WIDTH_M, is_land, only
from parcels.findings import Batch
from parcels.rules.judge import breach_outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from parcels.checks.over_layers.ground import Ground
    from parcels.checks.subject import Objects
    from parcels.rules.load import AppliedRule

_GRAZE_M = 0.1
_LEAST_LENGTH_M = 0.01


def crossings(ground: Ground, applied: AppliedRule) -> Iterator[Batch]:
    """Tell which lines run through measured parcels; one along the boundary does not.

    A line that enters by less than 0.1 m grazes the parcel: told, not judged.
    """
    axes = ~is_land(ground.land)
    rows = np.flatnonzero(ground.measured)
    if not axes.any() or not len(rows):
        return
    lines = only(ground.land, axes)
    inner = shapely.buffer(ground.parcels.in_plane[rows], -TOUCH_WIDTH_M, join_style="mitre")
    found, feature = shapely.STRtree(lines).query(inner, predicate="intersects")
    order = np.lexsort((feature, found))
    found, feature = found[order], feature[order]
    length = shapely.length(shapely.intersection(inner[found], lines[feature]))
    long = length > _LEAST_LENGTH_M
    found, feature = found[long], feature[long]
    core = shapely.buffer(ground.parcels.in_plane[rows[found]], -_GRAZE_M, join_style="mitre")
    deep = shapely.intersects(core, lines[feature])
    for crosses in (True, False):
        some = np.flatnonzero(deep == crosses)
        parcel, line = rows[found[some]], feature[some]
        shapes = shapely.intersection(ground.parcels.in_plane[parcel], lines[line])
        yield Batch(
            check=applied.rule.check,
            rule=applied.id,
            parcel=parcel,
            outcome=breach_outcome(applied.rule) if crosses else "warning",
            reason="overlay_line_crosses" if crosses else "overlay_line_grazes",
            measured=shapely.length(shapes),
            unit="m",
            other=ground.labels(line),
            values={"layer": ground.words, "title": ground.titles(line)},
            evidence=_drawn(ground, shapes),
        )


def _drawn(ground: Ground, shapes: Objects) -> Callable[[int], BaseGeometry]:
    return lambda at: to_lonlat(shapes[at], ground.parcels.plane)
