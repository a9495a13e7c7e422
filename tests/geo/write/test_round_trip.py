"""Parcels of any shape through every writer and back through the whole way of a survey."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo.read.formats import Request, parse
from geo.read.limits import DEFAULT_LIMITS
from geo.read.sniff import sniff
from geo.survey.pipeline import Context, survey_of
from geo.write.formats import WRITERS
from parcels.exporting import export
from parcels.survey_report import counted

if TYPE_CHECKING:
    from pathlib import Path

    from geo.survey.model import Survey

SOURCE = 4525
ORIGIN = (37_635_000.0, 3_650_000.0)
STEP = 3_000.0  # metres between parcels: none touches another
ZONES = (None, "EPSG:4525", "EPSG:4546", "EPSG:4526")
ANY = (*ZONES, "EPSG:4547", "EPSG:4490")
SYSTEMS = {"txt": (*ZONES, "EPSG:4547"), "dxf": ("EPSG:4525", "EPSG:4526")}
SYSTEMS |= {"kml": (None,), "kmz": (None,), "geojson": ANY, "xlsx": ANY}
PARCELS = st.lists(
    st.tuples(
        st.sampled_from(["plain", "hole", "holes", "island", "apart", "apart with hole"]),
        st.integers(3, 9),
        st.lists(st.floats(0.8, 1.2), min_size=9, max_size=9),
    ),
    min_size=1,
    max_size=4,
)


def star(x: float, y: float, size: float, corners: int, radii: list[float]) -> shapely.Polygon:
    turns = [2 * math.pi * step / corners for step in range(corners)]
    points = [
        (round(x + size * r * math.cos(turn), 3), round(y + size * r * math.sin(turn), 3))
        for turn, r in zip(turns, radii, strict=False)
    ]
    return shapely.Polygon(points)


def shape_of(kind: str, corners: int, radii: list[float], place: int) -> shapely.Geometry:
    x, y = ORIGIN[0] + STEP * place, ORIGIN[1]
    outer = star(x, y, 600, corners, radii)
    if kind == "holes":
        return outer - star(x - 120, y, 60, 7, radii) - star(x + 120, y, 60, 5, radii)
    if kind in {"hole", "island"}:
        outer -= star(x, y, 180, corners, [1.0] * 9)
    if kind == "island":
        return outer | star(x, y, 60, 4, radii)
    if kind.startswith("apart"):
        outer |= star(x, y + 1_500, 500, 6, radii)
    return outer - star(x, y, 100, 5, radii) if kind == "apart with hole" else outer


def read(folder: Path, data: bytes, name: str) -> Survey:
    path = folder / "input"
    path.write_bytes(data)
    file_format = sniff(data, name)
    request = Request(path=path, folder=folder, layer=None, columns={}, limits=DEFAULT_LIMITS)
    context = Context(file=name, format=file_format, digest="", near=(112.5, 33.0))
    return survey_of(parse(file_format, request), context)


def source_of(folder: Path, shapes: list[shapely.Geometry]) -> Survey:
    features = [
        {
            "type": "Feature",
            "properties": {"地块编号": f"{n:02}", "地块名称": f"地块{n}", "备注": "有"},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for n, shape in enumerate(shapes)
    ]
    crs = {"type": "name", "properties": {"name": f"EPSG:{SOURCE}"}}
    data = {"type": "FeatureCollection", "crs": crs, "features": features}
    found = read(folder, json.dumps(data).encode(), "source.geojson")
    assert found.parcels.num_rows == len(shapes)
    return found


@cache
def change(epsg: int) -> Transformer:
    return Transformer.from_crs(SOURCE, epsg, always_xy=True)


def points_of(geometries: Any) -> np.ndarray:
    rings = shapely.get_rings(shapely.get_parts(geometries))
    return np.unique(np.vstack([shapely.get_coordinates(ring)[:-1] for ring in rings]), axis=0)


def require_same_points(found: Any, shapes: list[shapely.Geometry], epsg: int) -> None:
    expected = np.unique(
        np.column_stack(change(epsg).transform(*points_of(np.array(shapes)).T)), axis=0
    )
    written = points_of(found)
    assert len(written) == len(expected)
    tolerance = (
        2e-9 if epsg in (4490, 4326) else 8e-4
    )  # the half of a millimetre in both directions
    tree = shapely.STRtree(shapely.points(written))
    _, away = tree.query_nearest(shapely.points(expected), return_distance=True, all_matches=False)
    assert away.max() <= tolerance


@pytest.mark.parametrize("file_format", WRITERS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
)
@given(drawn=PARCELS, data=st.data())
def test_areas_and_points_come_back(
    tmp_path: Path, file_format: str, drawn: list, data: st.DataObject
) -> None:
    shapes = [shape_of(*one, place) for place, one in enumerate(drawn)]
    source = source_of(tmp_path, shapes)
    to = data.draw(st.sampled_from(SYSTEMS.get(file_format, ANY)))
    content = export(source, file_format, to=to)
    back = read(tmp_path, content, f"out{WRITERS[file_format].suffix}")
    assert (back.rejected, back.features) == ((), back.parcels.num_rows + counted(back.skipped))
    areas, again = (one.parcels.column("area_m2").to_numpy() for one in (source, back))
    if file_format == "dxf":  # a ring of its own for each part
        assert len(again) == sum(shapely.get_num_geometries(shapes))
        areas, again = areas.sum(keepdims=True), again.sum(keepdims=True)
    else:
        assert back.parcels.column("name").to_pylist() == source.parcels.column("name").to_pylist()
    assert again == pytest.approx(areas, rel=2e-6 if WRITERS[file_format].rounded else 1e-6)
    native = shapely.from_wkb(back.parcels.column("native").to_numpy())
    require_same_points(native, shapes, back.crs.epsg)
