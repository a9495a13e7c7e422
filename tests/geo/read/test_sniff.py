"""Content decides what a file is; its name only makes a note."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from geo.errors import PlannerError
from geo.read.sniff import named_otherwise, sniff
from parcels.messages import LANGUAGES, error_text, text
from tests.fuzz.seeds import seeds
from tests.geo.read.gis_files import GK38, bundle, names_table, notes, polygon, read, shp, square
from tests.geo.read.read_samples import zipped

if TYPE_CHECKING:
    from pathlib import Path

SURVEY = (
    "[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n4,1,1,甲,面,,,,@\nJ1,1,3650000,38360000\n"
)
DXF = "  0\nSECTION\n  2\nHEADER\n"
TEXTS = [
    ('{"type": "Feature"}', "geojson"),
    ('[{"type": "Feature"}]', "geojson"),
    (
        "<?xml version='1.0'?><!-- <html> --><kml xmlns='x'><description>&lt;html&gt;</description></kml>",
        "kml",
    ),
    ("<kml:kml xmlns:kml='x'/>", "kml"),
    (DXF, "dxf"),
    ("999\nmade by hand\n" + DXF, "dxf"),
    (SURVEY, "txt"),
    ("点号,X,Y\nJ1,3650000,38360000\nJ2,3650100,38360000\n", "csv"),
    ("编号，面积，名称\n1，2.5，甲\n2，3，乙\n", "csv"),
    ("名称\t面积\n甲\t1\n乙\t2\n", "csv"),
    ('名称,WKT\n甲,"POLYGON ((112.5 33, 112.6 33, 112.6 33.1, 112.5 33))"\n', "csv"),
    ('WKT,名称\n"POLYGON ((' + "112.5 33.01, " * 2_000 + '112.5 33.01))",甲\n', "csv"),
    ("点号 X Y\nJ1 3650000 38360000\nJ2 3650100 38360000\n", "csv"),
    ("甲 J1 3650000.0 38360000.0\n甲 J2 3650100.0 38360000.0\n", "csv"),
    ("sep=;\n名称;备注\n甲;无\n", "csv"),
    ("点号,X,Y\n", "csv"),
    ("J1 X=3650000 Y=38360000\nJ2 X=3650100 Y=38360000\nJ3 X=3650100 Y=38360100\n", "txt"),
    ("J1 33°00′36″ 112°30′00″\nJ2 33°00′36″ 112°30′04″\nJ3 33°00′30″ 112°30′04″\n", "txt"),
]


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize(("content", "expected"), TEXTS, ids=lambda one: one[:20])
def test_texts_in_any_encoding(content: str, expected: str, codec: str) -> None:
    assert sniff(content.encode(codec), "x.pdf") == expected


def test_every_format_that_is_written_is_recognised(tmp_path: Path) -> None:
    for name, data in seeds().items():
        parsed = read(data, tmp_path)
        assert (parsed.format or sniff(data, "x")) == name.removesuffix(" in GBK")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = [
    (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
    (b"II*\x00\x08\x00", "TIFF"),
    (b"AC1032\x00\x00", "DWG"),
    (b"Rar!\x1a\x07\x00", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08\x00", "gzip"),
    (OLE, "XLS/DOC"),
    (b"PMTiles\x03", "PMTiles"),
    (b"SQLite format 3\x00" + bytes(200), "SQLite"),
    (b"<!DOCTYPE html><html></html>", "HTML"),
    (b"<?xml version='1.0'?>\n<OGRVRTDataSource/>", "VRT"),
    (b"<OGRWFSDataSource/>", "WFS"),
    (b"<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs'/>", "WFS"),
    (b"<ogr:FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>", "GML"),
    (b"<gpx/>", "GPX"),
    (b"<note/>", "XML"),
    (b"HeadBegin\nDataMark:LANDUSE-VCT\n", "VCT"),
    (b"!table\n!version 300\n!charset WindowsSimpChinese\n", "MapInfo TAB"),
    (b'Version   300\nCharset "WindowsSimpChinese"\nDelimiter ","\n', "MapInfo MIF"),
    (GK38.encode(), "PRJ"),
    (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "DOCX"),
    (zipped({"xl/workbook.bin": b"x"}), "XLSB"),
    (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument"),
]


@pytest.mark.parametrize(("data", "found"), REFUSED, ids=lambda one: str(one)[:20])
def test_what_is_not_read_is_refused_by_its_name(tmp_path: Path, data: bytes, found: str) -> None:
    with pytest.raises(PlannerError, match="file_format_refused") as caught:
        read(data, tmp_path)
    assert caught.value.values["found"] == found
    error = PlannerError(caught.value.code, file="甲", found=found)
    assert all(found in error_text(lang, error)[0] for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n ", "file_empty"),
        (shp([polygon(square(0, 0, 1))])[0], "shapefile_alone"),
        (shp([polygon(square(0, 0, 1))])[1], "shapefile_alone"),
        (names_table("甲"), "shapefile_alone"),
        (b"\x00\x01\x02\x03" * 9, "file_format_unknown"),
        ("信臣路以南，独山大道以西。".encode(), "file_format_unknown"),
        (
            "信臣路以南，独山大道以西。\n热电厂以北 5 号，白河以东。\n".encode(),
            "file_format_unknown",
        ),
        (b"Made by the office, thanks.\nSee the letter, please.\n", "file_format_unknown"),
        (b"<!DOCTYPE note [<!ENTITY a 'b'>]><note/>", "file_format_unknown"),
        (struct.pack("<i", 5) * 20, "file_format_unknown"),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PlannerError, match=code):
        sniff(data, "x.shp")


@pytest.mark.parametrize(
    ("name", "found", "noted"),
    [
        ("a.geojson", "geojson", False),
        ("a.JSON", "geojson", False),
        ("a.txt", "csv", False),
        ("a.zip", "shapefile", False),
        ("没有后缀", "dxf", False),
        ("a.dwg", "dxf", True),
        ("a.xls", "xlsx", True),
        ("a.shp", "geojson", True),
        ("C:\\a\\地块.KML", "txt", True),
    ],
)
def test_a_name_that_says_otherwise_is_noted(name: str, found: str, noted: bool) -> None:
    made = named_otherwise(name, found)
    assert bool(made) == noted
    for note in made:
        assert all(
            found in text(lang, f"note.{note.code}.text", **note.values) for lang in LANGUAGES
        )


def test_an_archive_of_one_file_is_that_file(tmp_path: Path) -> None:
    data = zipped({"报批/坐标.txt": SURVEY.encode("gbk"), "报批/照片.png": b"\x89PNG"})
    parsed = read(data, tmp_path)
    assert (parsed.format, parsed.layer) == ("txt", "报批/坐标.txt")
    assert notes(parsed)[-1] == "archive_members_left_out"


def test_an_archive_of_several_files_asks_which(tmp_path: Path) -> None:
    one = seeds()
    data = zipped({"a.geojson": one["geojson"], "b.gpkg": one["geopackage"], "c.xlsx": one["xlsx"]})
    with pytest.raises(PlannerError, match="file_many_layers") as caught:
        read(data, tmp_path)
    assert caught.value.values["layers"] == ["a.geojson", "b.gpkg", "c.xlsx"]
    for layer, found in (("a.geojson", "geojson"), ("b.gpkg", "geopackage"), ("c.xlsx", "xlsx")):
        assert read(data, tmp_path, layer=layer).format == found
    assert read(data, tmp_path, layer="b.gpkg/储备地块").layer == "储备地块"
    with pytest.raises(PlannerError, match="file_layer_unknown"):
        read(data, tmp_path, layer="d")


def test_a_shapefile_beside_another_file_asks_which(tmp_path: Path) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(bundle([polygon(square(0, 0, 9))]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    data = zipped({**members, "a.geojson": seeds()["geojson"]})
    with pytest.raises(PlannerError, match="file_many_layers") as caught:
        read(data, tmp_path)
    assert caught.value.values["layers"] == ["a.geojson", "地块"]
    assert read(data, tmp_path, layer="地块").format == "shapefile"


def test_an_archive_in_an_archive_is_refused_whatever_its_name(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="archive_nested"):
        read(zipped({"a.dat": zipped({"a.txt": SURVEY.encode()})}), tmp_path)


def test_an_archive_of_nothing_that_is_read_names_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="archive_no_layer") as caught:
        read(zipped({"说明.pdf": b"%PDF-1.4", "a.dbf": b"x"}), tmp_path)
    assert caught.value.values["members"] == ["说明.pdf", "a.dbf"]
