"""Network files made for tests."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.errors import PlannerError

if TYPE_CHECKING:
    from pathlib import Path

ROAD = shapely.LineString([(38359800.0, 3650250.0), (38360800.0, 3650250.0)])


def geojson(*features: tuple[dict, object], **members: object) -> bytes:
    """Write a FeatureCollection of (properties, coordinates of a line or a geometry)."""
    rows = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "LineString", "coordinates": shape}
            if isinstance(shape, list)
            else shape,
        }
        for properties, shape in features
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": rows, **members}, ensure_ascii=False
    ).encode()


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def shapefile(
    folder: Path, frame: gpd.GeoDataFrame, encoding: str = "utf-8", stem: str = "roads"
) -> dict[str, bytes]:
    """Write a Shapefile and give its files by name."""
    frame.to_file(folder / f"{stem}.shp", encoding=encoding)
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"{stem}.*"))}


def roads(column: str = "名称", names: tuple[str | None, ...] = ("信臣路",)) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({column: list(names)}, geometry=[ROAD] * len(names), crs=4526)


def code_of(call, *args: object, **options: object) -> str:
    with pytest.raises(PlannerError) as caught:
        call(*args, **options)
    return caught.value.code
