"""A base of jittered parcels that share their edges, the same for every machine."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

OUT = Path(__file__).parent / "out"
CENTRE = (112.5, 33.0)
USES = ("residential", "commercial", "industrial", "logistics", "public", "green", "utility")
_STEP_DEG = (0.00120, 0.00102)  # about 112 m by 113 m at 33°N


def parcels(count: int, *, seed: int = 7) -> npt.NDArray[np.object_]:
    """Polygons of 8 vertices that share their edges, without gaps or overlaps.

    Parameters
    ----------
    count : int
        Number of parcels; they fill a square around 112.5°E 33°N.

    Returns
    -------
    array of Polygon, shape (count,)
        EPSG:4490 longitude and latitude, row by row from the south-west.
    """
    side = int(np.ceil(np.sqrt(count)))
    random = np.random.default_rng(seed)
    # A lattice twice as dense as the parcels: corners on even, edge middles on odd places.
    jitter = random.uniform(-0.18, 0.18, (2 * side + 1, 2 * side + 1, 2))
    rows, columns = np.mgrid[0 : 2 * side + 1, 0 : 2 * side + 1]
    places = np.stack([columns, rows], axis=-1) / 2 - side / 2 + jitter
    lattice = places * np.array(_STEP_DEG) + np.array(CENTRE)
    south, west = (2 * index.ravel()[:count] for index in np.mgrid[0:side, 0:side])
    around = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0)]
    rings = np.stack([lattice[south + up, west + right] for up, right in around], axis=1)
    polygons: npt.NDArray[np.object_] = shapely.polygons(rings)
    return polygons


def base_file(count: int, *, seed: int = 7) -> Path:
    """GeoParquet file of `count` parcels, made on first use."""
    import geopandas as gpd

    path = OUT / f"parcels-{count}-{seed}.parquet"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        use = np.random.default_rng(seed).choice(USES, count)
        columns = {"parcel_id": [f"P{n:06d}" for n in range(count)], "use": use}
        frame = gpd.GeoDataFrame(columns, geometry=parcels(count, seed=seed), crs="EPSG:4490")
        frame["name"] = "地块 " + frame["parcel_id"]
        partial = path.with_suffix(".part")
        frame.to_parquet(partial)
        partial.replace(path)
    return path


if __name__ == "__main__":
    print(base_file(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
