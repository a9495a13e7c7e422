"""Dropped files between drop and acceptance: answers, ways back, parts of a Shapefile."""

from __future__ import annotations

import io
import json
import zipfile

from parcels.column_memory import ColumnMemory
from parcels.import_reading import ImportFile, joined_shapefiles

BARE = [[453_000, 3_653_000], [453_000, 3_653_200], [453_200, 3_653_200], [453_000, 3_653_000]]
TABLE = "甲列,乙列,丙列\n1,3653000.123,38453000.5\n2,3653200.25,38453000.75\n3,3653200,38453200\n"


def bare_file() -> ImportFile:
    shape = {"type": "Polygon", "coordinates": [BARE]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    return ImportFile(key="1", name="bare.geojson", content=content)


def test_an_answer_can_be_taken_back_without_reading_again() -> None:
    file = bare_file()
    assert file.status == "waiting"
    file.read()
    asked = file.reading
    assert file.status == "asked"
    file.settle(crs="EPSG:4547")
    assert file.status == "waiting"
    file.read()
    assert file.status == "ready"
    assert file.counts == (1, 0, 0)
    file.take_back()
    assert file.reading is asked
    assert file.answers.crs is None


def test_a_file_is_read_once_for_its_answers() -> None:
    file = bare_file()
    file.read()
    version = file.version
    file.read()
    file.settle(crs=None)
    assert file.version == version


def test_the_meaning_of_columns_is_remembered_for_the_same_headings() -> None:
    first = ImportFile(key="1", name="a.csv", content=TABLE.encode())
    first.read()
    assert first.reading.question == "columns"
    first.settle(columns={"point": "甲列", "x": "乙列", "y": "丙列"})
    first.read()
    assert first.status == "ready"
    second = ImportFile(key="2", name="b.csv", content=TABLE.encode())
    second.read()
    assert second.status == "ready"
    assert second.recalled
    second.take_back()
    assert second.status == "asked"


def test_the_memory_of_columns_is_bounded() -> None:
    memory = ColumnMemory(most_tables=2)
    for name in "abc":
        memory.learn(name, {"x": name})
    assert memory.recall("a") is None
    assert memory.recall("c") == {"x": "c"}


def test_parts_of_a_shapefile_become_one_archive_and_others_stay() -> None:
    given = [("DK.dbf", b"d"), ("a.txt", b"t"), ("dk.SHP", b"s"), ("dk.shp.xml", b"m")]
    joined = joined_shapefiles([*given, ("other.dbf", b"o")])
    assert [name for name, _ in joined] == ["a.txt", "dk.SHP", "other.dbf"]
    with zipfile.ZipFile(io.BytesIO(joined[1][1])) as archive:
        assert sorted(archive.namelist()) == ["DK.dbf", "dk.SHP", "dk.shp.xml"]
    assert joined == joined_shapefiles([*given, ("other.dbf", b"o")])


def test_a_shapefile_alone_stays_as_it_is() -> None:
    assert joined_shapefiles([("a.shp", b"s")]) == [("a.shp", b"s")]
