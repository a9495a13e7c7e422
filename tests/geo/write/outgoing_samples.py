"""Parcels to write."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely
from hypothesis import strategies as st
from pyproj import CRS

from geo.write.model import Outgoing

EXAMPLE = shapely.Polygon(
    [
        (37637200.0, 3650512.35),
        (37637452.18, 3650518.92),
        (37637463.905, 3650298.64),
        (37637211.53, 3650286.12),
    ],
    [
        [
            (37637300.0, 3650420.0),
            (37637300.0, 3650400.0),
            (37637330.0, 3650400.0),
            (37637330.0, 3650420.0),
        ]
    ],
)


def outgoing(
    shapes: list,
    *,
    names: list[str] | None = None,
    ids: list[str] | None = None,
    epsg: int = 4525,
    labels: list | None = None,
    attributes: pa.Table | None = None,
) -> Outgoing:
    geometries = np.array([*shapes, None], dtype=object)[:-1]
    return Outgoing(
        title="示例",
        geometries=geometries,
        crs=CRS.from_epsg(epsg),
        epsg=epsg,
        ids=tuple(ids or [""] * len(shapes)),
        names=tuple(names or [f"地块{number + 1}" for number in range(len(shapes))]),
        area_m2=shapely.area(geometries),
        area_plane_m2=shapely.area(geometries),
        attributes=attributes or pa.table({"备注": pa.nulls(len(shapes), pa.string())}),
        labels=tuple(labels or ()),
    )


@st.composite
def rings_of(draw) -> shapely.Geometry:
    """Squares with a hole, one or two parts, at coordinates with many digits."""
    parts = []
    for number in range(draw(st.integers(1, 2))):
        x = draw(st.floats(100, 120)) + 1000 * number
        y = draw(st.floats(30, 40))
        size = draw(st.floats(1, 500))
        hole = [(x + size * a, y + size * b) for a, b in ((0.2, 0.2), (0.4, 0.2), (0.4, 0.4))]
        shell = [(x, y), (x, y + size), (x + size, y + size), (x + size, y)]
        parts.append(shapely.Polygon(shell, [hole] if draw(st.booleans()) else []))
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
