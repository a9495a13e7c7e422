"""Survey files for the import benchmarks, the same for every machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from benchmarks.generate import OUT, parcels

CRS = "EPSG:4526"
_EDGE_M = 22.0  # about 23 vertices a parcel, as in published sets of parcels
_BOW_M = 0.6
_CENTRE = (38_360_000.0, 3_600_000.0)
_APART_M, _IN_A_COLUMN = 18_000.0, 8


def metric_parcels(count: int) -> npt.NDArray[np.object_]:
    """Parcels of a partition in zone 38, about 23 vertices each, coordinates in millimetres."""
    change = Transformer.from_crs("EPSG:4490", CRS, always_xy=True).transform
    plane = shapely.transform(
        parcels(count), lambda xy: np.column_stack(change(xy[:, 0], xy[:, 1]))
    )
    return shapely.transform(shapely.segmentize(plane, _EDGE_M), _bent)


def _bent(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Move points by their place alone: what neighbours share stays shared."""
    phase = xy / 7.3
    return np.round(xy + _BOW_M * np.column_stack([np.sin(phase[:, 1]), np.cos(phase[:, 0])]), 3)


def parcels_file(count: int) -> Path:
    """GeoPackage of parcels as a bureau receives it, made on first use."""
    import geopandas as gpd

    path = OUT / f"survey-{count}.gpkg"
    if not path.exists():
        OUT.mkdir(exist_ok=True)
        shapes = metric_parcels(count)
        columns = {
            "DKBH": [f"411303{n:08d}" for n in range(count)],
            "DKMC": [f"南阳高新区第{n}号地块" for n in range(count)],
            "DKMJ_HA": [f"{area:.4f}" for area in shapely.area(shapes) / 10_000],
            "DKYT": np.resize(["工业用地", "仓储用地", "城镇住宅用地", "公园绿地"], count),
            "DLBM": np.resize(["0601", "0602", "0701", "0810"], count),
            "QSXZ": np.resize(["20", "30"], count),
            "CJSJ": np.arange(count) % 3650,
            "SCMJ": np.round(shapely.area(shapes), 2),
        }
        partial = path.with_suffix(".part.gpkg")
        gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS).to_file(partial, layer="DK")
        partial.replace(path)
    return path


def big_ring(count: int, place: int = 0) -> npt.NDArray[np.float64]:
    """Make a shore line of many vertices: easting and northing, shape (count + 1, 2).

    Those of different ``place`` lie apart.
    """
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    radius = 8_000 + 400 * np.sin(17 * angle) + 30 * np.sin(613 * angle)
    ring = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    ring += np.array(_CENTRE) + _APART_M * np.array(divmod(place, _IN_A_COLUMN))
    return np.round(np.vstack([ring, ring[:1]]), 3)


def big_txt(count: int, parcels: int = 1) -> bytes:
    """Parcels of ``count`` vertices each as 报批坐标."""
    lines = [
        "[属性描述]",
        "坐标系=2000国家大地坐标系",
        "几度分带=3",
        "投影类型=高斯克吕格",
        "计量单位=米",
        "带号=38",
        "精度=0.001",
        "转换参数=,,,,,,",
        "[地块坐标]",
    ]
    for place in range(parcels):
        ring = big_ring(count, place)
        area = shapely.area(shapely.polygons(ring)) / 10_000
        lines.append(f"{len(ring)},{area:.4f},{place + 1},白河水面,面,,水域,1101,@")
        lines += (f"J{n % count + 1},1,{y:.3f},{x:.3f}" for n, (x, y) in enumerate(ring.tolist()))
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def big_geojson(count: int, parcels: int = 1) -> bytes:
    """Parcels of ``count`` vertices each as GeoJSON in degrees."""
    change = Transformer.from_crs(CRS, "EPSG:4490", always_xy=True).transform
    features = []
    for place in range(parcels):
        pairs = zip(*change(*big_ring(count, place).T), strict=True)
        positions = ",".join(f"[{lon:.9f},{lat:.9f}]" for lon, lat in pairs)
        features.append(
            '{"type":"Feature","properties":{"name":"白河水面"},'
            f'"geometry":{{"type":"Polygon","coordinates":[[{positions}]]}}}}'
        )
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def big_geopackage(count: int, parcels: int = 1) -> bytes:
    """Parcels of ``count`` vertices each as GeoPackage in zone 38."""
    import geopandas as gpd

    shapes = [shapely.Polygon(big_ring(count, place)) for place in range(parcels)]
    frame = gpd.GeoDataFrame({"name": ["白河水面"] * parcels}, geometry=shapes, crs=CRS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.gpkg"
        frame.to_file(path, layer="DK")
        return path.read_bytes()


if __name__ == "__main__":
    print(parcels_file(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
