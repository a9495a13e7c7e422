"""The land that a scenario would join to the zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.crs import to_local, to_lonlat
from parcels.planning.plane import plane_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from parcels.planning.model import State


def extension_of(state: State) -> BaseGeometry | None:
    """Unite the elements of kind ``extension``, EPSG:4490; None where there are none."""
    shapes = [one.shape for one in state.values() if one.kind == "extension"]
    if len(shapes) < 2:  # noqa: PLR2004
        return shapes[0] if shapes else None
    plane = plane_of(shapes)
    united: BaseGeometry = to_lonlat(
        shapely.union_all([to_local(one, plane) for one in shapes]), plane
    )
    return united
