"""DXF: cases in ``tests/cases/dxf`` and ``tests/rejects/dxf``, cuts, encodings, limits."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely

from geo.errors import PlannerError
from geo.read.dxf import tags as dxf_tags
from geo.read.dxf.reader import parse_dxf
from geo.read.dxf.tags import read_records
from geo.read.limits import Limits
from parcels.messages import LANGUAGES, text
from tests.geo.read.dxf_samples import blank, drawing, request, saved, section, tags

if TYPE_CHECKING:
    from geo.read.parsed import Fault

TESTS = Path(__file__).parents[2]
CASES = tomllib.loads((TESTS / "cases/dxf/drawings.toml").read_text("utf-8"))["case"]
REJECTS = tomllib.loads((TESTS / "rejects/dxf/expected.toml").read_text("utf-8"))["reject"]
SQUARE = "LWPOLYLINE 5=1 8=JZD 90=4 70=1 10=0 20=0 10=10 20=0 10=10 20=10 10=0 20=10"
CORNERS = [(0, 0), (10, 0), (10, 10), (0, 10)]


def counted(fault: Fault) -> str:
    return f"{fault.code}×{fault.values['count']}" if "count" in fault.values else fault.code


def area(ring: shapely.MultiLineString | None) -> float:
    if ring is None:
        return -1
    shell, *holes = (shapely.Polygon(one.coords).area for one in ring.geoms)
    return shell - sum(holes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_drawings(case: dict, tmp_path: Path) -> None:
    columns = {role: case[role] for role in ("close", "nested") if role in case}
    asked = request(tmp_path, drawing(case).encode(), layer=case.get("layer"), columns=columns)
    parsed = parse_dxf(asked)
    assert parsed.rings
    rings = shapely.from_wkb(parsed.wkb.to_pylist())
    expected = case.get("areas", [])
    errors = case.get("area_error", [1e-9] * len(expected))
    assert len(rings) == len(expected) == parsed.table.num_rows
    assert all(
        abs(area(ring) - one) <= error
        for ring, one, error in zip(rings, expected, errors, strict=True)
    )
    if "bounds" in case:
        assert shapely.total_bounds(rings).tolist() == pytest.approx(case["bounds"], abs=1e-9)
    assert parsed.table.column("layer").to_pylist() == case.get("layers_read", [])
    assert [counted(one) for one in parsed.skipped] == case.get("skipped", [])
    assert [one.code for one in parsed.remarks] == case.get("remarks", [])
    assert [one.code for one in parsed.notes] == case.get("notes", [])
    assert [one.code for one in parsed.faults.values()] == case.get("faults", [])
    values = [one.values["value"] for one in parsed.faults.values() if "value" in one.values]
    assert values == case.get("values", [])
    if "texts" in case:
        named = parsed.table.column("text").to_pylist()
        assert [one for one in named if one is not None] == case["texts"]
    for lang in LANGUAGES:
        for fault in (*parsed.skipped, *parsed.remarks, *parsed.faults.values()):
            assert text(lang, f"fault.{fault.code}.text", **fault.values)
        for note in parsed.notes:
            assert text(lang, f"note.{note.code}.text", **note.values)


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: case["title"])
def test_rejects(case: dict, tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        parse_dxf(request(tmp_path, case["document"].encode()))
    assert caught.value.code == case["code"]
    given = case.get("values", {})
    assert {key: caught.value.values[key] for key in given} == given


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_any_line_end_will_do(end: str, tmp_path: Path) -> None:
    written = drawing({"entities": SQUARE}).replace("\n", end).encode()
    assert parse_dxf(request(tmp_path, written)).table.num_rows == 1


@pytest.mark.parametrize("binary", [False, True])
def test_a_drawing_cut_anywhere_is_refused_or_whole(binary: bool, tmp_path: Path) -> None:
    if binary:
        document = blank("R12")
        document.modelspace().add_polyline2d(CORNERS, close=True, dxfattribs={"layer": "JZD"})
        whole = saved(document, binary=True)
    else:
        whole = drawing({"entities": f"{SQUARE}\n{SQUARE}"}).replace("\n", "\r\n").encode()
    count = parse_dxf(request(tmp_path, whole)).table.num_rows
    tail = 500 if binary else len(whole)
    for kept in range(len(whole) - tail, len(whole)):
        try:
            parsed = parse_dxf(request(tmp_path, whole[:kept]))
        except PlannerError:
            continue
        assert parsed.table.num_rows == count
        ended = b"EOF" in whole[:kept]
        assert ended or [one.code for one in parsed.notes] == ["dxf_no_end"]


@pytest.mark.parametrize(
    ("version", "page", "codec", "noted"),
    [
        ("AC1015", "ANSI_936", "gbk", False),
        ("AC1009", "gb2312", "gbk", False),
        ("AC1015", "ANSI_1252", "gbk", True),
        ("AC1015", "ANSI_936", "utf-8", True),
        ("AC1021", "ANSI_936", "utf-8", False),
        ("AC1032", "ANSI_936", "gbk", True),
        ("AC1015", "ANSI_950", "big5", False),
        ("AC1015", "ANSI_936", "utf-8-sig", True),
        ("AC1027", "ANSI_936", "utf-16", False),
    ],
)
def test_texts_have_the_encoding_of_their_bytes(
    version: str, page: str, codec: str, noted: bool, tmp_path: Path
) -> None:
    header = f"$ACADVER 1={version}\n$DWGCODEPAGE 3={page}"
    written = drawing({"header": header, "entities": SQUARE.replace("JZD", "南陽土地")})
    parsed = parse_dxf(request(tmp_path, written.encode(codec)))
    assert parsed.table.column("layer").to_pylist() == ["南陽土地"]
    assert parsed.layer == "南陽土地"
    assert [one.code for one in parsed.notes] == ["dxf_codepage_contradicted"] * noted


def test_a_western_drawing_keeps_its_letters(tmp_path: Path) -> None:
    header = "$ACADVER 1=AC1015\n$DWGCODEPAGE 3=ANSI_1252"
    written = drawing({"header": header, "entities": SQUARE.replace("JZD", "caf\xe9")})
    parsed = parse_dxf(request(tmp_path, written.encode("cp1252")))
    assert parsed.layer == "café"


def test_a_broken_text_does_not_cost_the_drawing(tmp_path: Path) -> None:
    header = "$ACADVER 1=AC1015\n$DWGCODEPAGE 3=ANSI_936"
    entities = f"{SQUARE.replace('JZD', '南阳')}\nTEXT 8=0 10=1 20=1 1=?"
    written = drawing({"header": header, "entities": entities}).encode("gbk")
    parsed = parse_dxf(request(tmp_path, written.replace(b"?", b"\xff\xff")))
    assert parsed.layer == "南阳"
    assert [one.code for one in parsed.notes] == ["dxf_texts_broken"]


@pytest.mark.parametrize("written", ["\\U+5357\\U+9633", "\\M+5C4CF\\M+5D1F4"])
def test_escapes_of_signs(written: str, tmp_path: Path) -> None:
    entities = SQUARE.replace("JZD", written)
    parsed = parse_dxf(request(tmp_path, drawing({"entities": entities}).encode()))
    assert parsed.layer == "南阳"


def test_many_open_polylines_are_counted_by_layer(tmp_path: Path) -> None:
    one = "LWPOLYLINE 8=DGX 70=0 10=0 20=0 10=1 20=0"
    parsed = parse_dxf(request(tmp_path, drawing({"entities": "\n".join([one] * 30)}).encode()))
    assert [counted(one) for one in parsed.skipped] == ["dxf_open_polylines×30"]


def test_places_name_entity_and_layer(tmp_path: Path) -> None:
    entities = f"{SQUARE}\n{SQUARE.replace('5=1 8=JZD 90=4', '90=4 8=JZD')}\nLWPOLYLINE 5=F 8=JZD 10=0 20=0 10=5 20=0"
    written = drawing({"entities": entities})
    line = written[: written.rindex("0\nLWPOLYLINE\n90")].count("\n") + 1
    parsed = parse_dxf(request(tmp_path, written.encode()))
    assert parsed.where is not None
    assert parsed.where.to_pylist() == ["entity:1;layer:JZD", f"line:{line};layer:JZD"]
    assert [one.where for one in parsed.skipped] == ["entity:F;layer:JZD"]
    assert parsed.skipped[0].values["gap_m"] == 5


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(features=2), "file_too_many_features"),
        (Limits(vertices=9), "file_too_many_vertices"),
    ],
)
def test_limits_hold(limits: Limits, code: str, tmp_path: Path) -> None:
    data = drawing({"entities": "\n".join([SQUARE] * 3)}).encode()
    with pytest.raises(PlannerError, match=code):
        parse_dxf(request(tmp_path, data, limits=limits))


def test_an_unknown_layer_is_answered_with_those_there_are(tmp_path: Path) -> None:
    data = drawing({"entities": SQUARE}).encode()
    with pytest.raises(PlannerError, match="file_layer_unknown") as caught:
        parse_dxf(request(tmp_path, data, layer="ZD"))
    assert caught.value.values["layers"] == ["JZD"]


def test_xdata_are_kept(tmp_path: Path) -> None:
    entities = f"{SQUARE} 1001=SOUTH 1000=300000 1000=410102001 1070=5"
    parsed = parse_dxf(request(tmp_path, drawing({"entities": entities}).encode()))
    assert parsed.table.column("xdata").to_pylist() == ["SOUTH|300000|410102001"]


@pytest.mark.parametrize("tail", ["\n\n\n", "\x1a\n\x00\n", "x\ny\n0\nLINE\nz\n0\n"])
def test_nothing_behind_the_end_counts(tail: str, tmp_path: Path) -> None:
    written = drawing({"entities": SQUARE}) + tail
    parsed = parse_dxf(request(tmp_path, written.encode()))
    assert (parsed.table.num_rows, parsed.skipped, parsed.notes) == (1, (), ())


def test_comments_do_not_count(tmp_path: Path) -> None:
    written = "999\nCASS\n" + section("ENTITIES", "999\nx\n" + tags(SQUARE)) + "0\nEOF\nrubbish"
    assert parse_dxf(request(tmp_path, written.encode())).table.num_rows == 1


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_the_size_of_the_pieces_does_not_matter(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = drawing(next(case for case in CASES if "blocks" in case)).encode()
    whole = [(one.kind, one.place, one.codes, one.values) for one in read_records(data)]
    monkeypatch.setattr(dxf_tags, "_PIECE", size)
    assert [(one.kind, one.place, one.codes, one.values) for one in read_records(data)] == whole
    assert whole[-1][0] == "EOF"


def test_entities_in_the_block_of_the_model_space_count(tmp_path: Path) -> None:
    blocks = f"BLOCK 2=*Model_Space 10=0 20=0\n{SQUARE}\nENDBLK"
    parsed = parse_dxf(request(tmp_path, drawing({"blocks": blocks}).encode()))
    assert parsed.table.num_rows == 1
