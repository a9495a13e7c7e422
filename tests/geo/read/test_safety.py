"""Files as weapons (threats A3 to A9), through the whole way of a survey: a sentence each time."""

from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.errors import PlannerError
from geo.read.limits import Limits
from geo.survey.read import read_survey
from geo.write.gis import write_flatgeobuf, write_geopackage
from parcels.messages import LANGUAGES, error_text
from tests.geo.read.gis_files import NULL, X, Y, bundle, polygon, square
from tests.geo.read.read_samples import zipped
from tests.geo.write.gis_samples import outgoing

if TYPE_CHECKING:
    from pathlib import Path

KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
SQUARE = "<Polygon><outerBoundaryIs><LinearRing><coordinates>112.5,33 112.501,33 112.501,33.001 112.5,33</coordinates></LinearRing></outerBoundaryIs></Polygon>"
VRT = b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
GDALG = b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}'
WFS = b"<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
XXE = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
RING = [[112.5, 33], [112.501, 33], [112.501, 33.001], [112.5, 33]]


def refusal(data: bytes, name: str, limits: Limits | None = None) -> PlannerError:
    with pytest.raises(PlannerError) as caught:
        read_survey(data, name, limits=limits or Limits())
    assert caught.value.code != "file_crashed_reader"
    assert all(all(error_text(lang, caught.value)) for lang in LANGUAGES)
    return caught.value


@pytest.mark.parametrize("name", ["a.geojson", "a.kml", "a.shp", "a.txt"])
@pytest.mark.parametrize(
    ("data", "found"), [(VRT, "VRT"), (GDALG, "JSON gdal_streamed_alg"), (WFS, "WFS")]
)
def test_what_leads_elsewhere_is_refused_under_any_name(data: bytes, found: str, name: str) -> None:
    assert refusal(data, name).values["found"] == found
    code = refusal(zipped({name: data}), "a.zip").code
    assert code in ("archive_no_layer", "file_format_refused", "shapefile_truncated")


@pytest.mark.parametrize("head", [XXE, LAUGHS, '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd">'])
def test_a_doctype_is_refused_by_that_word(head: str) -> None:
    data = (head + KML.format(f"<Placemark><name>&x;</name>{SQUARE}</Placemark>")).encode()
    error = refusal(data, "a.kml")
    assert error.code == "kml_doctype"
    assert all("DOCTYPE" in error_text(lang, error)[0] for lang in LANGUAGES)
    assert refusal(zipped({"doc.kml": data}), "a.kmz").code == "kml_doctype"


def test_links_of_a_kml_are_named_and_not_followed() -> None:
    links = "<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"
    model = "<Placemark><MultiGeometry><Model><Link><href>file:///etc/passwd</href></Link></Model></MultiGeometry></Placemark>"
    data = KML.format(f"{links}{model}<Placemark>{SQUARE}</Placemark>").encode()
    survey = read_survey(data, "a.kml")
    assert (survey.features, len(survey.parcels), len(survey.skipped)) == (3, 1, 2)


@pytest.mark.parametrize("link", ["http://127.0.0.1:9/crs", "file:///etc/passwd"])
def test_a_reference_by_address_is_not_opened(link: str) -> None:
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }
    crs = {"type": "link", "properties": {"href": link, "type": "proj4"}}
    assert refusal(json.dumps(feature | {"crs": crs}).encode(), "a.geojson").code == "file_crs_link"
    shapes = bundle([polygon(square(0, 0, 100))], prj=link.encode())
    survey = read_survey(shapes, "a.zip")
    assert "crs_text_unreadable" in [note.code for note in survey.notes]


def test_a_view_without_end_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(write_geopackage(outgoing()))
    with closing(sqlite3.connect(path)) as connection, connection:
        [name] = connection.execute("SELECT table_name FROM gpkg_contents").fetchone()
        connection.execute(f'ALTER TABLE "{name}" RENAME TO aside')
        endless = "WITH RECURSIVE r(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM r)"
        connection.execute(f'CREATE VIEW "{name}" AS {endless} SELECT fid, 0 AS geom FROM r')  # noqa: S608
        connection.execute("UPDATE gpkg_contents SET table_name = ?", (name,))
    assert refusal(path.read_bytes(), "a.gpkg").code == "geopackage_no_features"


def test_half_a_milliard_features_that_a_header_claims() -> None:
    data = write_flatgeobuf(outgoing())
    place = data.index((3).to_bytes(8, "little"))
    lying = data[:place] + (500_000_000).to_bytes(8, "little") + data[place + 8 :]
    assert refusal(lying, "a.fgb").values["count"] == 500_000_000


def test_half_a_milliard_points_that_a_record_claims() -> None:
    claims = bytearray(polygon(square(0, 0, 100)))
    claims[40:44] = (500_000_000).to_bytes(4, "little")
    survey = read_survey(bundle([bytes(claims), NULL, polygon(square(200, 0, 9))]), "a.zip")
    assert [one.code for one in survey.rejected] == ["shape_broken", "no_geometry"]
    assert (survey.features, len(survey.parcels)) == (3, 1)


def test_a_parcel_of_three_million_vertices_is_one_fault() -> None:
    turns = np.linspace(0, 2 * np.pi, 3_000_000)
    points = np.column_stack([X + 1000 * np.cos(turns), Y + 1000 * np.sin(turns)])
    points[-1] = points[0]
    giant = struct.pack("<i4dii", 5, 0, 0, 0, 0, 1, len(points)) + bytes(4) + points.tobytes()
    survey = read_survey(bundle([giant, polygon(square(9_000, 0, 9))]), "a.zip")
    assert [one.code for one in survey.rejected] == ["parcel_too_many_vertices"]
    assert (survey.features, len(survey.parcels)) == (2, 1)


@pytest.mark.parametrize(
    "data",
    [
        b'{"type": "Feature", "geometry": ' + b"[" * 200_000,
        b'{"type": "Polygon", "coordinates": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_a_deep_json_is_refused(data: bytes) -> None:
    assert refusal(data, "a.geojson").code == "json_too_deep"


@pytest.mark.parametrize("end", [b"\r", b"\n", b"  0\r", b""])
def test_a_drawing_that_breaks_off_between_two_signs(end: bytes) -> None:
    data = b"  0\r\nSECTION\r\n  2\r\nENTITIES\r\n" + end
    assert refusal(data, "a.dxf").code == "dxf_cut"
