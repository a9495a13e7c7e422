"""A layer of a county, read in the reading process with its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import local_tm
from layers.overlay_read import read_overlay
from tests.layers.overlay.overlay_files import X, Y

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 100_000


def test_a_hundred_thousand_polygons_with_some_that_cross(tmp_path: Path) -> None:
    rows, columns = np.divmod(np.arange(COUNT), 400)
    west, south = X + columns * 100.0, Y + rows * 100.0
    shapes = shapely.box(west, south, west + 90.0, south + 90.0)
    shapes[::1000] = [
        shapely.Polygon([(x, y), (x + 90, y + 90), (x + 90, y), (x, y + 90)])
        for x, y in zip(west[::1000], south[::1000], strict=True)
    ]
    shapes[1::10_000] = None
    frame = gpd.GeoDataFrame(
        {"名称": [f"图斑{n}" for n in range(COUNT)]}, geometry=shapes, crs=4526
    )
    frame.to_file(tmp_path / "large.gpkg")
    read = read_overlay(tmp_path / "large.gpkg", "large.gpkg", "arable")
    assert (read.report.rows, read.report.repaired) == (COUNT, 100)
    assert read.report.skipped == {"empty_geometry": 10}
    assert not read.complete
    areas = shapely.area(read.in_plane(local_tm(112.7, 33.1)))
    assert areas.max() == pytest.approx(8100, rel=1e-3)
    assert areas[0] == pytest.approx(4050, rel=1e-3)
