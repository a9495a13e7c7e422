"""Files of a realistic coverage for the overlap benchmarks, the same on every machine.

    python -m benchmarks.coverage [COUNT]

Parcels, zones (a twentieth as many) and constraints (a thirty-seventh) in EPSG:4547, written as
GeoParquet into out/coverage-COUNT.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from benchmarks.coverage_lattice import bent_lattice
from benchmarks.coverage_layers import ZONE, constraints, zones
from benchmarks.coverage_parcels import PER_BLOCK, parcels
from benchmarks.generate import OUT, USES

if TYPE_CHECKING:
    from pathlib import Path

CRS = "EPSG:4547"
SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
CODES = ("0701", "0901", "100101", "100102", "1101", "0803", "1401", "1207")
_PARCELS_A_ZONE, _PARCELS_A_CONSTRAINT = 20, 37
_ROOM = 1.03
_ROWS_A_GROUP = 20_000


def coverage(count: int, *, seed: int = 11) -> dict[str, npt.NDArray[np.object_]]:
    """Draw a coverage.

    Parameters
    ----------
    count : int
        Parcels.
    seed : int

    Returns
    -------
    dict
        Valid polygons and multipolygons in EPSG:4547, by layer: parcels, zones, constraints.
    """
    random = np.random.default_rng(seed)
    cells = _ROOM * count * 4 / PER_BLOCK + 8 * ZONE[0] * ZONE[1]
    across = max(1, round(np.sqrt(cells) / ZONE[1]))
    down = int(np.ceil(cells / (across * ZONE[0] * ZONE[1])))
    lattice = bent_lattice(down * ZONE[0], across * ZONE[1], random)
    layers = {
        "parcels": parcels(lattice, count, random),
        "zones": zones(lattice, count // _PARCELS_A_ZONE, random),
        "constraints": constraints(lattice, count // _PARCELS_A_CONSTRAINT, random),
    }
    for name, shapes in layers.items():
        if not shapely.is_valid(shapes).all():
            raise ValueError(f"{(~shapely.is_valid(shapes)).sum()} invalid {name}")
    return layers


def coverage_folder(count: int, *, seed: int = 11) -> Path:
    """Folder with the three layers of a coverage, made on first use."""
    folder = OUT / f"coverage-{count}-{seed}"
    if folder.exists():
        return folder
    layers = coverage(count, seed=seed)
    random = np.random.default_rng(seed + 1)
    columns = {
        "parcels": {"pid": np.arange(count), "use": random.choice(USES, count)},
        "zones": {"code": random.choice(CODES, len(layers["zones"]))},
        "constraints": {"cid": np.arange(len(layers["constraints"]))},
    }
    partial = folder.with_suffix(".part")
    partial.mkdir(parents=True, exist_ok=True)
    for name, shapes in layers.items():
        _write(partial / f"{name}.parquet", columns[name], shapes)
    partial.rename(folder)
    return folder


def _write(path: Path, columns: dict[str, npt.NDArray[np.generic]], shapes: object) -> None:
    import geopandas as gpd

    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)
    frame.to_parquet(path, compression="zstd", row_group_size=_ROWS_A_GROUP)


if __name__ == "__main__":
    print(coverage_folder(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES["100k"]))
