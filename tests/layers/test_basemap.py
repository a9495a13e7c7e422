from __future__ import annotations

import sqlite3
from string import Formatter

import pytest
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from pydantic import TypeAdapter, ValidationError

from geo.errors import PlannerError
from layers.basemap import BaseMapSetting
from layers.tilefiles import media_type, open_tiles

PNG = b"\x89PNG\r\n\x1a\n..."
ADAPTER = TypeAdapter(BaseMapSetting)


def setting(**values):
    return ADAPTER.validate_python({"id": "a", "title": "底图"} | values)


def folder(place, **_):
    (place / "3" / "2").mkdir(parents=True)
    (place / "3" / "2" / "1.png").write_bytes(PNG)
    return place


def mbtiles(place, *, kind="png"):
    path = place / "own #1.mbtiles"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE metadata (name, value)")
        database.execute("INSERT INTO metadata VALUES ('format', ?)", (kind,))
        database.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        database.execute("INSERT INTO tiles VALUES (3, 2, 6, ?)", (PNG,))  # row from the south
    database.close()
    return path


def pmtiles(place, *, kind="png"):
    path = place / "own.pmtiles"
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(3, 2, 1), PNG)
        header = {"tile_type": TileType.PNG if kind == "png" else TileType.MVT}
        header |= {"tile_compression": Compression.NONE, "center_zoom": 3}
        header |= dict.fromkeys(("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"), 0)
        header |= dict.fromkeys(("center_lon_e7", "center_lat_e7"), 0)
        writer.finalize(header, {})
    return path


MAKERS = {"folder": folder, "mbtiles": mbtiles, "pmtiles": pmtiles}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("tms", [False, True])
def test_own_tiles_are_found_by_their_numbers(tmp_path, kind, tms):
    read = open_tiles(setting(type=kind, path=MAKERS[kind](tmp_path), tms=tms))
    assert read(3, 2, 6 if tms else 1) == PNG
    assert read(3, 2, 2) is None
    assert read(4, 2, 1) is None
    with pytest.raises(PlannerError, match="tile_out_of_range"):
        read(3, 8, 1)


@pytest.mark.parametrize("kind", ["mbtiles", "pmtiles"])
def test_vector_tiles_are_refused_with_the_reason(tmp_path, kind):
    path = MAKERS[kind](tmp_path, kind="pbf")
    with pytest.raises(PlannerError, match="basemap_vector"):
        open_tiles(setting(type=kind, path=path))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_that_is_not_there_is_named(tmp_path, kind):
    with pytest.raises(PlannerError, match="basemap_file_missing"):
        open_tiles(setting(type=kind, path=tmp_path / "none"))


@pytest.mark.parametrize("kind", ["mbtiles", "pmtiles"])
@pytest.mark.parametrize("content", [b"", b"not tiles" * 100, b"PMTiles", b"SQLite format 3\x00"])
def test_a_file_of_another_kind_is_refused(tmp_path, kind, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(PlannerError, match="basemap_file_broken"):
        open_tiles(setting(type=kind, path=tmp_path / "x"))


def test_only_pictures_are_called_pictures():
    assert media_type(PNG) == "image/png"
    assert media_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert media_type(b"<html>") == "application/octet-stream"


@pytest.mark.parametrize("style", ["vec", "img", "ter"])
def test_tianditu_is_a_picture_and_its_names(style):
    picture, names = setting(type="tianditu", style=style, key="k&y/").entries("")
    assert f"/{style}_w/" in picture.url
    assert f"/c{style[0]}a_w/" in names.url.replace("cta", "cta")
    for entry in (picture, names):
        places = {name for _, name, _, _ in Formatter().parse(entry.url) if name}
        assert places == {"s", "x", "y", "z"}
        assert entry.url.endswith("&tk=k%26y%2F")


def test_amap_is_marked_to_be_shifted_back():
    for style in ("vec", "img"):
        (entry,) = setting(type="amap", style=style).entries("")
        assert entry.type == "gcj02"


def test_a_wmts_address_becomes_a_template_that_leaflet_knows():
    url = "https://h/wmts?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={tilecol}"
    (entry,) = setting(type="wmts", url=url).entries("")
    assert entry.url == "https://h/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"


@pytest.mark.parametrize("base", ["", "/planner"])
def test_own_tiles_come_from_this_application(tmp_path, base):
    (entry,) = setting(type="folder", path=tmp_path).entries(base)
    assert entry.url == f"{base}/api/basemaps/a/{{z}}/{{x}}/{{y}}"


@pytest.mark.parametrize("url", ["https://h/{z}/{x}", "ftp://h/{z}/{x}/{y}", "//h/{z}/{x}/{y}", ""])
def test_an_address_that_cannot_work_is_refused(url):
    with pytest.raises(ValidationError):
        setting(type="xyz", url=url)
