"""A layer is the same in every format, and each of its rows counts or is counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo.china_offset import to_gcj02
from geo.errors import PlannerError
from geo.read.limits import Limits
from layers.overlay_kinds import overlay_kinds
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated
from tests.layers.overlay.overlay_files import (
    AXES,
    FORMATS,
    LAND,
    NAMES,
    frame,
    geojson,
    is_land,
    layer,
    plot,
    truth,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

    from layers.overlay import Overlay

pytestmark = pytest.mark.usefixtures("in_process")


def require_whole(overlay: Overlay, kind: str) -> None:
    expected = truth(LAND if is_land(kind) else AXES)
    found, there = (
        shapely.get_coordinates(shapely.normalize(s)) for s in (overlay.shapes, expected)
    )
    assert found == pytest.approx(there, abs=1e-9)
    assert overlay.names == NAMES
    assert (overlay.report.rows, overlay.report.used, overlay.report.skipped) == (3, 3, {})
    assert overlay.complete
    assert overlay.extent_how == "bounding_box"
    assert overlay.extent.bounds == pytest.approx(shapely.total_bounds(expected), abs=1e-9)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", ["farmland", "red_line", "power_line"])
def test_every_format_gives_the_same_layer(kind: str, form: str, tmp_path: Path) -> None:
    path = written(frame(kind), form, tmp_path)
    require_whole(read_overlay(path, path.name, kind), kind)
    if form != "shp":
        require_whole(read_overlay(path.read_bytes(), path.name, kind), kind)


@pytest.mark.parametrize("kind", overlay_kinds())
def test_every_kind_is_read(kind: str, tmp_path: Path) -> None:
    path = written(frame(kind), "geojson", tmp_path)
    require_whole(read_overlay(path, path.name, kind), kind)


@pytest.mark.parametrize("kind", overlay_kinds())
def test_a_kind_of_land_takes_no_lines_and_a_kind_of_lines_takes_surfaces(kind: str) -> None:
    rows = geojson(
        ({}, shapely.LineString([(112.5, 33), (112.6, 33)])), ({}, shapely.Point(112.5, 33))
    )
    wanted = overlay_kinds()[kind]
    if wanted.geometry == "polygon" and not wanted.boundary_lines:
        with pytest.raises(PlannerError, match="overlay_needs_polygons"):
            read_overlay(rows, "lines", kind)
        return
    read = read_overlay(rows, "lines", kind)
    assert (read.report.used, read.report.skipped) == (1, {"wrong_type": 1})
    assert len(layer(plot(), kind=kind)) == 1


def test_points_alone_name_what_is_needed() -> None:
    with pytest.raises(PlannerError, match="overlay_needs_lines"):
        layer(shapely.Point(112.5, 33), kind="railway")
    with pytest.raises(PlannerError, match="overlay_needs_polygons"):
        layer(shapely.MultiPoint([(112.5, 33), (112.6, 33)]), kind="school")


def test_red_lines_drawn_as_lines_can_only_prove_a_crossing() -> None:
    line = shapely.LineString([(112.5, 33), (112.6, 33)])
    read = layer(line, plot(), kind="red_line")
    assert not read.complete
    assert [(note.code, note.values) for note in read.report.notes] == [
        ("overlay_boundary_lines", {"count": 1})
    ]
    assert layer(plot(), kind="red_line").complete


def test_a_layer_that_lacks_a_row_is_incomplete() -> None:
    assert layer(plot(), plot(112.6)).complete
    lacking = layer(plot(), None, shapely.Polygon())
    assert not lacking.complete
    assert sum(lacking.report.skipped.values()) == 2


def test_heights_and_measures_are_dropped_and_noted() -> None:
    high = shapely.force_3d(plot(), 100.0)
    read = layer(high)
    assert not shapely.has_z(read.shapes).any()
    assert [note.code for note in read.report.notes] == ["z_dropped"]


def test_measured_coordinates_of_a_geopackage_are_read(tmp_path: Path) -> None:
    path = written(frame("farmland"), "geopackage", tmp_path)
    measured = shapely.from_wkt(
        "POLYGON ZM ((38360000 3650000 1 2, 38360300 3650000 1 2, 38360300 3650200 1 2, "
        "38360000 3650000 1 2))"
    )
    head = b"GP\x00\x01" + (4526).to_bytes(4, "little")
    blob = head + shapely.to_wkb(measured, output_dimension=4, flavor="iso")
    with closing(sqlite3.connect(path)) as base:
        for (trigger,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{trigger}"')
        base.execute("UPDATE layer SET geom = ? WHERE 名称 = '甲'", (blob,))
        base.execute("UPDATE gpkg_geometry_columns SET z = 2, m = 2")
        base.commit()
    read = read_overlay(path, "layer.gpkg", "farmland")
    assert len(read) == 3
    assert shapely.get_coordinate_dimension(read.shapes).tolist() == [2, 2, 2]


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "'; DROP TABLE a;--",
        "😀",
        "=1+1",
        "a\nb",
        "%s{0}",
    ],
)
def test_hostile_names_stay_as_typed(name: str) -> None:
    rows = geojson(({"名称": name, name: name}, plot()))
    read = read_overlay(rows, name, "farmland", stated=Stated(source=name))
    assert (read.names, read.title, read.source) == ((name,), name, name)
    assert read.attributes[name] == (name,)


def test_a_file_that_may_lack_its_last_changes_is_incomplete(tmp_path: Path) -> None:
    path = written(frame("farmland"), "geopackage", tmp_path)
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = WAL")
    read = read_overlay(path.read_bytes(), "layer.gpkg", "farmland")
    assert [note.code for note in read.report.notes] == ["geopackage_in_use"]
    assert (len(read), read.complete) == (3, False)


def test_a_shapefile_without_prj_is_asked_about(tmp_path: Path) -> None:
    path = written(frame("farmland"), "shp", tmp_path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(PlannerError, match="crs_missing") as caught:
        read_overlay(path, path.name, "farmland")
    assert caught.value.values["candidates"] == ["EPSG:4526"]
    for answer in ("4526", "EPSG:4526", "CGCS2000_3_Degree_GK_Zone_38"):
        read = read_overlay(path, path.name, "farmland", stated=Stated(crs=answer))
        require_whole(read, "farmland")
        assert (read.report.crs, read.report.crs_how) == ("EPSG:4526", "chosen")


@pytest.mark.parametrize("answer", ["GCJ-02", "高德", "火星坐标"])
def test_a_layer_drawn_on_a_web_map_is_shifted_back(answer: str) -> None:
    shifted = shapely.transform(plot(), to_gcj02)
    read = layer(shifted, crs=answer)
    assert read.report.crs == "GCJ-02"
    corners = shapely.get_coordinates(shapely.simplify(read.shapes, 1e-6))
    assert corners == pytest.approx(shapely.get_coordinates(plot()), abs=1e-6)


def test_a_file_that_says_that_it_is_shifted_is_shifted_back() -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:GCJ02"}}
    rows = geojson(({}, shapely.transform(plot(), to_gcj02)), crs=named)
    read = read_overlay(rows, "x", "farmland")
    assert (read.report.crs, read.report.crs_how) == ("GCJ-02", "declared")
    assert read.shapes[0].bounds == pytest.approx(plot().bounds, abs=1e-6)


@pytest.mark.parametrize("crs", ["西安80", "EPSG:2383", "Beijing 1954"])
def test_another_datum_is_refused(crs: str) -> None:
    with pytest.raises(PlannerError, match="crs_refused"):
        layer(plot(), crs=crs)


def test_a_row_far_away_is_counted_and_all_of_them_are_refused() -> None:
    paris = plot(2.3, 48.8)
    read = layer(plot(), paris)
    assert read.report.skipped == {"far_away": 1}
    assert not read.complete
    with pytest.raises(PlannerError, match="overlay_far_away"):
        layer(paris)


def test_where_a_layer_speaks_is_what_its_user_declares() -> None:
    everywhere = layer(plot(), covers="all")
    assert (everywhere.extent, everywhere.extent_how) == (None, "declared_all")
    boxed = layer(plot(), covers=[112, 32, 113, 34])
    assert (boxed.extent.bounds, boxed.extent_how) == ((112, 32, 113, 34), "declared")
    land = plot(112.4, 32.9, 0.5)
    assert layer(plot(), covers=land).extent is land


def test_one_straight_line_covers_no_land() -> None:
    read = layer(shapely.LineString([(112.5, 33), (112.6, 33)]), kind="railway")
    assert read.extent.area == 0


def test_dates_of_a_geopackage_become_iso_texts(tmp_path: Path) -> None:
    days = np.array(["2023-06-01", "NaT", "2024-01-31"], dtype="datetime64[ms]")
    path = written(frame("farmland", 批准=days), "geopackage", tmp_path)
    read = read_overlay(path, path.name, "farmland")
    first, none, last = read.attributes["批准"]
    assert (first[:10], none, last[:10]) == ("2023-06-01", None, "2024-01-31")


def test_limits_hold(tmp_path: Path) -> None:
    path = written(frame("farmland"), "geopackage", tmp_path)
    with pytest.raises(PlannerError, match="file_too_large"):
        read_overlay(path, path.name, "farmland", limits=Limits(file_bytes=100))
    with pytest.raises(PlannerError, match="file_too_many_features"):
        read_overlay(path, path.name, "farmland", limits=Limits(features=2))


def test_the_same_file_gives_the_same_layer() -> None:
    first, second = layer(plot(), plot(112.6)), layer(plot(), plot(112.6))
    assert first.digest == second.digest
    assert first.report == second.report
    assert shapely.to_wkb(first.shapes).tolist() == shapely.to_wkb(second.shapes).tolist()
