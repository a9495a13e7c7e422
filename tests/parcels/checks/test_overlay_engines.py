"""The same files give the same bytes with compiled kernels and without; areas are ellipsoidal."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.overlap import engine
from parcels.cli_check import CheckOptions, run

X, Y = 38_360_000, 3_650_000
ELLIPSOID = Geod(ellps="GRS80")


def drawn(seed, count, size):
    """Draw triangles and quadrangles that overlap at random, in EPSG:4526."""
    random = np.random.default_rng(seed)
    corners = random.uniform(0, size, (count, 4, 2)) + random.uniform(0, 400, (count, 1, 2))
    return shapely.convex_hull(shapely.multipoints(corners + np.array([X, Y])))


def written(folder, name, shapes, **columns):
    path = folder / f"{name}.gpkg"
    gpd.GeoDataFrame(columns, geometry=shapes, crs=4526).to_file(path)
    return path


def reported(folder, name, parcels, layers):
    path = folder / name
    options = CheckOptions(
        file=parcels, layers=tuple(layers), as_of="2026-11-22", file_format="json", output=path
    )
    assert run(options) == 1
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(2))
def test_kernels_change_no_byte_of_a_report(seed, tmp_path, monkeypatch):
    parcels = written(tmp_path, "parcels", drawn(seed, 30, 150), id=[f"P{n}" for n in range(30)])
    layers = [
        f"{kind}={written(tmp_path, kind, drawn(seed + at, 25, 300))}{stated}"
        for at, (kind, stated) in enumerate(
            [("farmland", ""), ("zone", ""), ("arable", ""), ("title", ",accuracy_m=5")], start=7
        )
    ]
    engine.warm_up()
    if not engine.ready():
        pytest.skip(engine.hindrance())
    compiled = reported(tmp_path, "compiled.json", parcels, layers)
    monkeypatch.setattr(engine, "_LOADER", engine._Loader())
    assert reported(tmp_path, "plain.json", parcels, layers) == compiled


def test_what_parcels_share_is_measured_on_the_ellipsoid(tmp_path):
    one = shapely.box(X, Y, X + 300, Y + 300)
    other = shapely.box(X + 100, Y + 100, X + 500, Y + 400)
    path = written(tmp_path, "parcels", [one, other], id=["a", "b"])
    found = json.loads(reported(tmp_path, "report.json", path, []))["findings"]
    measured = [row["measured"] for row in found if row["reason"] == "overlap_found"]
    shared = gpd.GeoSeries([one & other], crs=4526).to_crs(4490)[0]
    truth = abs(ELLIPSOID.geometry_area_perimeter(shared)[0])
    assert measured == pytest.approx([truth, truth], rel=1e-6)
    assert truth != pytest.approx(40_000, rel=1e-5)
