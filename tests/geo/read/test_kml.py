"""KML: cases in ``tests/cases/kml`` and ``tests/rejects/kml``, encodings, archives, limits."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.kml import document as kml_document
from geo.read.kml.coordinates import read_coordinates
from geo.read.kml.reader import parse_kml, parse_kmz
from geo.read.limits import Limits
from parcels.messages import LANGUAGES, error_text, text
from tests.geo.read.kml_samples import PLACEMARK, document, kmz, named, request

TESTS = Path(__file__).parents[2]
CASES = tomllib.loads((TESTS / "cases/kml/documents.toml").read_text("utf-8"))["case"]
REJECTS = tomllib.loads((TESTS / "rejects/kml/expected.toml").read_text("utf-8"))["reject"]
HEAD = '<?xml version="1.0" encoding="{}"?>\n'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_documents(case: dict, tmp_path: Path) -> None:
    written = case.get("document") or document(case["body"])
    parsed = parse_kml(request(tmp_path, written.encode()))
    assert parsed.crs == (case.get("crs", "EPSG:4326") or None)
    rows = parsed.table.to_pylist()
    assert [row["name"] for row in rows] == case.get("names", [])
    shapes = shapely.from_wkb(parsed.wkb.to_pylist())
    areas = [-1 if shape is None else shapely.area(shape) for shape in shapes]
    assert areas == pytest.approx(case.get("areas", []), abs=1e-12)
    assert [one.code for one in parsed.skipped] == case.get("skipped", [])
    assert [one.code for one in parsed.remarks] == case.get("remarks", [])
    assert [one.code for one in parsed.notes] == case.get("notes", [])
    assert [one.code for one in parsed.faults.values()] == case.get("faults", [])
    values = [one.values["value"] for one in parsed.faults.values() if "value" in one.values]
    assert values == case.get("values", [])
    assert parsed.table.column_names == case.get("columns", parsed.table.column_names)
    assert {key: rows[0][key] for key in case.get("first", {})} == case.get("first", {})
    for lang in LANGUAGES:
        for fault in (*parsed.skipped, *parsed.remarks, *parsed.faults.values()):
            if fault.code != "ring_closed":  # said for all formats alike
                assert text(lang, f"fault.{fault.code}.text", **fault.values)


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: case["title"])
def test_rejects(case: dict, tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        parse_kml(request(tmp_path, case["document"].encode()))
    assert caught.value.code == case["code"]
    assert {key: caught.value.values[key] for key in case["values"]} == case["values"]
    if caught.value.code == "kml_doctype":
        said = error_text("en", PlannerError("kml_doctype", file="a.kml", **caught.value.values))
        assert "DOCTYPE" in said[0]


@pytest.mark.parametrize(
    ("label", "codec", "noted"),
    [
        ("UTF-8", "utf-8", False),
        ("UTF-8", "utf-8-sig", False),
        ("GB2312", "gb18030", False),
        ("gbk", "gb18030", False),
        ("UTF-16", "utf-16", False),
        ("UTF-16", "utf-16-le", False),
        ("UTF-16", "utf-16-be", False),
        ("UTF-8", "gb18030", True),
        ("GB2312", "utf-8", True),
        ("ISO-8859-1", "utf-8", True),
        ("UTF-16", "utf-8", True),
    ],
)
def test_the_encoding_is_that_of_the_bytes(
    label: str, codec: str, noted: bool, tmp_path: Path
) -> None:
    written = named("南阳市卧龙区", head=HEAD.format(label)).encode(codec)
    parsed = parse_kml(request(tmp_path, written))
    assert parsed.table.column("name").to_pylist() == ["南阳市卧龙区"]
    assert [one.code for one in parsed.notes] == ["kml_head_contradicted"] * noted


@pytest.mark.parametrize("closed", [True, False])
def test_a_hundred_thousand_levels_are_refused(closed: bool, tmp_path: Path) -> None:
    body = "<Folder>" * 100_000 + "</Folder>" * 100_000 * closed
    with pytest.raises(PlannerError, match="kml_too_deep"):
        parse_kml(request(tmp_path, document(body).encode()))


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(features=2), "file_too_many_features"),
        (Limits(vertices=8), "file_too_many_vertices"),
        (Limits(columns=0), "file_too_many_columns"),
    ],
)
def test_limits_hold(limits: Limits, code: str, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=code):
        parse_kml(request(tmp_path, named("a", "b", "c").encode(), limits=limits))


@given(st.integers(0, 400))
def test_a_document_cut_anywhere_is_refused_or_whole(
    tmp_path_factory: pytest.TempPathFactory, kept: int
) -> None:
    whole = named("甲", "乙", head=HEAD.format("UTF-8")).encode()
    try:
        parsed = parse_kml(request(tmp_path_factory.mktemp("cut"), whole[:kept]))
    except PlannerError:
        return
    assert parsed.table.num_rows == 2


@pytest.mark.parametrize("size", [1, 3, 50])
def test_the_size_of_the_pieces_does_not_matter(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = named("南阳", "𠮷", "<![CDATA[<b>]]>").encode()
    whole = parse_kml(request(tmp_path, data))
    monkeypatch.setattr(kml_document, "_PIECE", size)
    assert parse_kml(request(tmp_path, data)) == whole


def test_places_count_placemarks(tmp_path: Path) -> None:
    body = "<Placemark/>" + PLACEMARK.format(name="甲") + "<Placemark/>"
    parsed = parse_kml(request(tmp_path, document(body).encode()))
    assert parsed.where is not None
    assert parsed.where.to_pylist() == ["feature:2"]
    assert [one.where for one in parsed.skipped] == ["feature:1", "feature:3"]


NUMBER = st.decimals(-180, 180, places=9, allow_nan=False).map("{:.9f}".format)


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1), st.sampled_from([" ", "\n", "\t \r\n"]))
def test_well_written_numbers_are_read_exactly(points: list, blank: str) -> None:
    read = read_coordinates(blank.join(",".join(point) for point in points))
    assert read.points is not None
    assert read.points.tolist() == [[float(x), float(y)] for x, y in points]
    assert not read.repaired


@given(st.text("0123456789.,;- ，；　NaE", max_size=40))
def test_any_text_is_read_or_its_fault_is_named(written: str) -> None:
    read = read_coordinates(written)
    assert (read.points is None) == (read.broken[0] > 0)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"a_png": b"x"}, "kmz_no_kml"),
        ({"a_kml": named("a"), "b_kml": named("b")}, "file_many_layers"),
        ({"doc_kml": named("a"), "more_kmz": b"x"}, "archive_nested"),
        ({"doc_kml": named("a"), "______x_txt": b"x"}, "archive_unsafe_path"),
    ],
)
def test_archives_are_refused(members: dict, code: str, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match=code):
        parse_kmz(request(tmp_path, kmz(**members)))


def test_the_main_document_of_an_archive_is_read(tmp_path: Path) -> None:
    packed = kmz(doc_kml=named("甲"), files__two_kml=named("乙"), files__a_png=b"x", b_jpg=b"y")
    parsed = parse_kmz(request(tmp_path, packed))
    assert parsed.table.column("name").to_pylist() == ["甲"]
    assert [one.values["member"] for one in parsed.skipped] == ["files/two.kml"]
    assert [(one.code, one.values["count"]) for one in parsed.notes] == [("kmz_files_ignored", 2)]
    other = parse_kmz(request(tmp_path, packed, layer="files/two.kml"))
    assert other.table.column("name").to_pylist() == ["乙"]


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="archive_broken"):
        parse_kmz(request(tmp_path, kmz(doc_kml=named("甲"))[:60]))
