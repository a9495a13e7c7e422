from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from functools import cache

import openpyxl
import pyogrio
import pytest
import shapely

from geo.errors import PlannerError
from parcels.snapshot import writers
from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from parcels.snapshot.package import archive
from parcels.snapshot.package.contents import map_files, table_file
from parcels.snapshot.package.review_tables import findings_table, groups_table
from tests.parcels.snapshot.samples import table_two, two_parcels

DRAWN = {"html": lambda _: b"<!DOCTYPE html>", "pdf": lambda _: b"%PDF"}
HOSTILE = [
    "#N/A",
    "=1+1",
    "+A1",
    "@x",
    "{{7*7}}",
    "<b>&",
    "a\0b",
    "\u202e甲",
    "#$%\\",
    "'; DROP TABLE x",
]


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """Page and sheet are tested where they are made."""
    monkeypatch.setattr(archive, "WRITERS", {**writers.WRITERS, **DRAWN})


@cache
def local():
    return reduced(two_parcels(), "public")


def edited(snapshot, change):
    content = json.loads(json.dumps(dict(snapshot.content)))
    change(content)
    return seal(content)


def layer(packed, name, tmp_path, **wanted):
    path = tmp_path / "layers.gpkg"
    path.write_bytes(packed)
    return pyogrio.read_dataframe(path, layer=name, **wanted)


def sheets(packed):
    return openpyxl.load_workbook(io.BytesIO(packed))


def test_the_files_of_a_package_are_listed_with_their_digests():
    files = archive.package_files(table_two())
    assert [*files] == [
        "README.txt",
        "snapshot.json",
        "snapshot.html",
        "sheet.pdf",
        "parcels.geojson",
        "layers.gpkg",
        "findings.xlsx",
        "MANIFEST.sha256",
    ]
    lines = files["MANIFEST.sha256"].decode().splitlines()
    assert lines == [
        f"{hashlib.sha256(held).hexdigest()}  {name}" for name, held in [*files.items()][:-1]
    ]
    readme = files["README.txt"].decode("utf-8-sig")
    assert all(f"\r\n  {name} " in readme for name in files)
    assert readme.count(table_two().digest) == 4  # head and command, in both languages


def test_land_that_fits_on_no_paper_is_told_in_the_package(monkeypatch):
    def too_wide(_):
        raise PlannerError("sheet_too_wide", kilometres="90", scale=200_000)

    monkeypatch.setattr(archive, "WRITERS", {**writers.WRITERS, **DRAWN, "pdf": too_wide})
    files = archive.package_files(two_parcels())
    assert "sheet.pdf" not in files
    told = files["README.txt"].decode("utf-8-sig")
    assert "sheet.pdf 没有：所选地块相距 90 km" in told
    assert "no sheet.pdf: " in told


def test_built_or_read_back_the_archive_has_the_same_bytes():
    built = table_two()
    text = json.dumps({"content": built.content, "digest": built.digest}, sort_keys=True)
    read = json.loads(text.replace("300.0,", "300,"))
    again = writers.Snapshot(content=read["content"], digest=read["digest"])
    packed = archive.package_zip(built)
    assert packed == archive.package_zip(again)
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert {
            (one.date_time, one.create_system, one.external_attr) for one in opened.infolist()
        } == {((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16)}
        assert opened.testzip() is None


def test_geojson_holds_the_outlines_by_the_rules_of_its_format():
    given = two_parcels()
    plain = json.loads(map_files(given)["parcels.geojson"])
    assert [one["properties"]["outcome"] for one in plain["features"]] == ["unknown", "unknown"]
    assert plain["features"][0]["properties"]["unknown"] == 37
    assert "crs" not in plain
    for one, entry in zip(plain["features"], given.content["parcels"], strict=True):
        shape = shapely.geometry.shape(one["geometry"])
        assert shape.exterior.is_ccw
        assert not any(ring.is_ccw for ring in shape.interiors)
        assert shape.hausdorff_distance(shapely.geometry.shape(entry["shape"])) < 1e-9
        assert one["properties"]["area_m2"] == entry["area_m2"]
        assert one["properties"]["geometry_role"] == "outline"


def test_a_row_without_outline_shows_its_extent_and_says_so():
    features = json.loads(map_files(table_two())["parcels.geojson"])["features"]
    roles = {one["properties"]["geometry_role"]: one["geometry"] for one in features}
    assert {*roles} <= {"possible_extent", "none"}
    assert roles.get("none") is None
    assert {one["properties"]["area_m2"] for one in features} == {None}


def test_the_geopackage_has_parcels_findings_and_every_drawn_layer(tmp_path):
    given = table_two()
    packed = map_files(given)["layers.gpkg"]
    parcels = layer(packed, "parcels", tmp_path)
    assert parcels.crs.to_epsg() == 4490
    assert [*parcels["key"]] == [one["key"] for one in given.content["parcels"]]
    findings = layer(packed, "findings", tmp_path)
    assert [*findings["message"]] == [
        one["message"] for one in given.content["answers"]["findings"]
    ]
    drawn = given.content["drawn"]["groups"][0]["layers"]
    roads = layer(packed, f"reference_{drawn[0]['id']}", tmp_path)
    assert [*roads["label"]] == [one["properties"]["label"] for one in drawn[0]["features"]]
    with sqlite3.connect(tmp_path / "layers.gpkg") as opened:
        changed = {one for (one,) in opened.execute("SELECT last_change FROM gpkg_contents")}
    assert changed == {"2000-01-01T00:00:00.000Z"}
    assert packed[24:28] == packed[92:96] == b"\0\0\0\1"  # how often GDAL wrote hangs on time


def test_what_is_public_has_local_metres_and_no_system_of_the_earth(tmp_path):
    files = map_files(local())
    assert [*files] == ["parcels_local.json", "layers_local.gpkg"]
    plain = json.loads(files["parcels_local.json"])
    assert "1 m" in plain["note"]
    numbers = shapely.get_coordinates(
        [shapely.geometry.shape(one["geometry"]) for one in plain["features"]]
    )
    assert (numbers == numbers.round()).all()
    assert numbers.min() >= 0
    assert numbers.max() < 1_000
    assert "local metres" in layer(files["layers_local.gpkg"], "parcels", tmp_path).crs.to_wkt()


def test_the_tables_hold_nothing_that_the_content_does_not(tmp_path):
    """Every text of a public package stands in the content, or is a word of our own."""
    given = edited(local(), lambda content: content["parcels"][0].pop("said"))
    whole = json.dumps(given.content, ensure_ascii=False)
    packed = map_files(given)["layers_local.gpkg"]
    own = {"outline", "possible_extent", "none", "—"}
    for name in ("parcels", "findings"):
        table = layer(packed, name, tmp_path, read_geometry=name == "parcels")
        texts = {
            one
            for column in {*table} - {"measured_text"}
            for one in table[column]
            if isinstance(one, str) and one
        }
        parts = {part for one in texts - own for part in one.split("; ")}
        assert [
            one for one in parts if json.dumps(one, ensure_ascii=False)[1:-1] not in whole
        ] == []
    assert "inputs" not in packed.decode("latin-1")


def test_the_workbook_says_outcomes_in_words_and_keeps_numbers_whole():
    book = sheets(table_file(two_parcels())["findings.xlsx"])
    assert book.sheetnames == ["地块", "检查结果", "缺的数据", "规则包", "说明"]
    rows = [*book["地块"].values]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["结论"] == "? 未知"
    assert first["椭球面积（m²）"] == 55807.24961866407
    assert first["椭球面积（亩）"] == 83.7109
    assert first["图形是什么"] == "界址（外形）"
    found = [*book["检查结果"].values]
    assert len(found) == 1 + 88
    assert dict(zip(found[0], found[1], strict=True))["编号"] == "F1"
    notes = dict(book["说明"].values)
    assert notes["内容摘要 SHA-256"] == two_parcels().digest
    assert notes["结论"] == "不符合 0  未知 74  提示 0  符合 11  不适用 3"


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_stays_as_it_was_typed(typed, tmp_path):
    def plant(content):
        content["parcels"][0] |= {"name": typed, "attributes": {typed: typed}}
        content["title"] = typed

    given = edited(two_parcels(), plant)
    book = sheets(table_file(given)["findings.xlsx"])
    shown = typed.replace("\0", " ")
    cells = [cell for row in book["地块"].iter_rows() for cell in row if cell.value == shown]
    assert len(cells) == 3  # heading, value, name
    assert {cell.data_type for cell in cells} == {"s"}
    files = map_files(given)
    assert json.loads(files["parcels.geojson"])["features"][0]["properties"]["name"] == typed
    named = layer(files["layers.gpkg"], "parcels", tmp_path)["name"]
    assert named[0] == typed.replace("\0", "\ufffd")


def test_many_findings_are_counted_by_rule_and_the_bad_ones_listed():
    given = table_two()
    listed = findings_table(given.content, 100)
    assert {*next(one for one in listed.columns if one.name == "outcome").values} == {"warning"}
    assert len(listed) == given.content["answers"]["summary"]["warning"]
    assert "554" in listed.note
    counts = next(one for one in groups_table(given.content).columns if one.name == "findings")
    assert sum(counts.values) == 554


def test_findings_kept_once_each_give_the_same_tables():
    """Put the statements of 表2 into the form of large contents by hand."""
    given = table_two()
    own = ("parcel_id", "parcel", "name", "geometry_class", "key", "id")
    findings = given.content["answers"]["findings"]

    def fold(content):
        said = [{k: v for k, v in one.items() if k not in own} for one in findings]
        rows = [
            [at for at, one in enumerate(findings) if one["parcel"] == parcel["at"] + 1]
            for parcel in content["parcels"]
        ]
        content["answers"] |= {"findings": None, "said": said, "rows": rows}

    folded = edited(given, fold).content
    for most in (100, 20_000):
        one, other = findings_table(given.content, most), findings_table(folded, most)
        assert {c.name: c.values for c in one.columns} == {c.name: c.values for c in other.columns}
