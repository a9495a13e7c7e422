"""Faces that lie along a road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.location.blocks import polygonal

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from geo.location.network import Network

_STRIP_M = 2.0
_LEAST_M2 = 20.0


def fronting_faces(
    position: int, network: Network, land: Any
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Find the faces on both sides of a road that share at least about 10 m with it.

    Parameters
    ----------
    position : int
        Of the road in ``network.features``.
    network : Network
    land : Polygon or MultiPolygon
        Only what lies along the road inside this land counts; metres.

    Returns
    -------
    closed, open : array of Polygon
        Metres; the open ones are cut off at the edge of the network.
    """
    shape = network.shapes[position]
    strip = shapely.intersection(shapely.buffer(shape, _STRIP_M, cap_style="flat"), land)
    faces = network.blocks.near(shape)
    closed = faces.at(strip)
    return closed[_shares(closed, strip)], faces.open_[_shares(faces.open_, strip)]


def along(position: int, network: Network, land: Any) -> Any:
    """Keep the parts of a land that lie along a road."""
    parts = shapely.get_parts(polygonal(land))
    return shapely.union_all(parts[shapely.distance(parts, network.shapes[position]) < _STRIP_M])


def _shares(polygons: npt.NDArray[np.object_], strip: Any) -> npt.NDArray[np.bool_]:
    enough: npt.NDArray[np.bool_] = shapely.area(shapely.intersection(polygons, strip)) > _LEAST_M2
    return enough
