"""A network of 20 MB, read safely in its own process: `python -m benchmarks.network_file`."""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import geopandas as gpd

from geo.read.network import read_network

SIZE = 20_000_000
STEP = 1e-3


def roads(size: int) -> str:
    """Write roads of 20 vertices around Nanyang until the text has this many characters."""
    chance = random.Random(1)
    rows: list[str] = []
    written = 0
    while written < size:
        x, y = 112 + chance.random(), 33 + chance.random()
        shape = [[round(x + n * STEP, 7), round(y + chance.random() * STEP, 7)] for n in range(20)]
        feature = {
            "type": "Feature",
            "properties": {"name": f"第{len(rows)}大街", "highway": "primary"},
            "geometry": {"type": "LineString", "coordinates": shape},
        }
        rows.append(json.dumps(feature, ensure_ascii=False))
        written += len(rows[-1])
    return '{"type":"FeatureCollection","features":[' + ",\n".join(rows) + "]}"


def files(folder: Path) -> list[Path]:
    """Write the same network as GeoJSON, GeoPackage and zipped Shapefile."""
    geojson = folder / "roads.geojson"
    geojson.write_text(roads(SIZE), encoding="utf-8")
    frame = gpd.read_file(geojson)
    frame.to_file(folder / "roads.gpkg")
    frame.to_file(folder / "roads.shp", encoding="gbk")
    packed = folder / "roads.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.glob("roads.[scdp][hbpr][pfgjx]")):
            archive.write(part, part.name)
    return [geojson, folder / "roads.gpkg", packed]


def main() -> int:
    """Print seconds beside plain geopandas; 1 when a format is not read within its limits."""
    with tempfile.TemporaryDirectory() as name:
        for path in files(Path(name)):
            start = time.perf_counter()
            read = read_network(path, path.name)
            ours = time.perf_counter() - start
            start = time.perf_counter()
            plain = len(gpd.read_file(path))
            theirs = time.perf_counter() - start
            print(
                f"{path.name:14} {path.stat().st_size / 1e6:5.1f} MB  {len(read.features):6} roads"
                f"  {ours:5.2f} s   geopandas.read_file, no limits: {theirs:5.2f} s"
            )
            if len(read.features) != plain:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
