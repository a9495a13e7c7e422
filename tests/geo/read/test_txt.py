"""Survey texts as they come: cases in ``tests/cases/txt``, bad ones in ``tests/rejects/txt``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from geo.read.limits import Limits
from geo.read.parsed import Parsed
from geo.read.sniff import sniff
from geo.read.txt.reader import looks_like_txt
from parcels.messages import LANGUAGES, error_text, text
from tests.geo.read.txt_samples import placed, plane_area, read, vertices

TESTS = Path(__file__).parents[2]
CASES = tomllib.loads((TESTS / "cases/txt/cases.toml").read_text(encoding="utf-8"))["case"]
REJECTS = tomllib.loads((TESTS / "rejects/txt/expected.toml").read_text(encoding="utf-8"))["reject"]


def column(parsed: Parsed, name: str) -> list[str | None]:
    return parsed.table.column(name).to_pylist()


@pytest.mark.parametrize(
    ("folder", "cases"), [("cases", CASES), ("rejects", REJECTS)], ids=["cases", "rejects"]
)
def test_every_file_has_a_case(folder: str, cases: list[dict]) -> None:
    files = [path.name for path in (TESTS / folder / "txt").glob("*.txt")]
    assert sorted(files) == sorted(case["file"] for case in cases)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_a_file_is_read_as_meant(tmp_path: Path, case: dict) -> None:
    parsed = read(tmp_path, (TESTS / "cases/txt" / case["file"]).read_bytes())
    shapes = parsed.wkb.to_pylist()
    assert dict(parsed.faults) == {}
    tolerance = case.get("area_tolerance", 0.005)
    assert [plane_area(wkb) for wkb in shapes] == pytest.approx(case["areas"], abs=tolerance)
    assert [vertices(wkb) for wkb in shapes] == case["vertices"]
    assert placed(parsed.remarks) == case.get("remarks", [])
    assert placed(parsed.skipped) == case.get("skipped", [])
    assert [note.code for note in parsed.notes] == case.get("notes", [])
    assert (parsed.rings, parsed.axes, parsed.table.num_rows) == (True, "ne", len(shapes))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_what_a_file_says_is_kept_as_written(tmp_path: Path, case: dict) -> None:
    parsed = read(tmp_path, (TESTS / "cases/txt" / case["file"]).read_bytes())
    if "declared" in case:
        assert column(parsed, parsed.fields["area"]) == case["declared"]
    if "names" in case:
        assert column(parsed, parsed.fields["name"]) == case["names"]
    assert case.get("encoding", parsed.encoding) == parsed.encoding
    assert set(case.get("columns", [])) <= set(parsed.table.column_names)
    header = case.get("header", {})
    assert {key: parsed.header.get(key) for key in header} == header


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_every_remark_has_its_sentence(tmp_path: Path, case: dict) -> None:
    parsed = read(tmp_path, (TESTS / "cases/txt" / case["file"]).read_bytes())
    for lang in LANGUAGES:
        for fault in (*parsed.remarks, *parsed.skipped):
            assert text(lang, f"fault.{fault.code}.text", **fault.values)
        for note in parsed.notes:
            assert text(lang, f"note.{note.code}.text", **note.values)


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: case["file"])
def test_what_cannot_be_taken_is_named(tmp_path: Path, case: dict) -> None:
    data = (TESTS / "rejects/txt" / case["file"]).read_bytes()
    if "error" in case:
        with pytest.raises(PlannerError) as caught:
            read(tmp_path, data)
        expected = case.get("values", {})
        assert caught.value.code == case["error"]
        assert {key: caught.value.values.get(key) for key in expected} == expected
        assert all(sentence for lang in LANGUAGES for sentence in error_text(lang, caught.value))
        return
    parsed = read(tmp_path, data)
    fault = parsed.faults[case["row"]]
    said = fault.code, fault.where, fault.values["value"]
    assert said == (case["fault"], case["where"], case["value"])
    assert list(parsed.faults) == [case["row"]]
    read_rows = [wkb is not None for wkb in parsed.wkb.to_pylist()]
    assert read_rows == [row != case["row"] for row in range(case["rows"])]
    for lang in LANGUAGES:
        assert text(lang, f"fault.{fault.code}.text", **fault.values)


def test_labels_are_the_point_names_as_they_stand(tmp_path: Path) -> None:
    parsed = read(tmp_path, (TESTS / "cases/txt/example-1.txt").read_bytes())
    assert parsed.labels.to_pylist() == [
        ["J1", "J2", "J3", "J4", "J1", "J5", "J6", "J7", "J8", "J5"],
        ["J1", "J2", "J3", "J4", "J1"],
    ]
    assert parsed.where.to_pylist() == ["line:13", "line:24"]


def test_an_answer_survives_its_way_from_the_child(tmp_path: Path) -> None:
    parsed = read(tmp_path, (TESTS / "rejects/txt/letter-o.txt").read_bytes())
    parsed.save(tmp_path)
    loaded = Parsed.load(tmp_path)
    assert loaded.table.to_pylist() == parsed.table.to_pylist()
    assert (
        loaded.labels.to_pylist()
        == parsed.labels.to_pylist()
        == [["J1", "J2", "J3", "J4", "J1"], None]
    )
    assert (loaded.faults, loaded.header) == (parsed.faults, parsed.header)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(vertices=14), "file_too_many_vertices"),
        (Limits(features=1), "file_too_many_features"),
        (Limits(columns=6), "file_too_many_columns"),
        (Limits(vertices=9, features=2), "txt_too_many_lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_limits(tmp_path: Path, limits: Limits, code: str) -> None:
    with pytest.raises(PlannerError, match=code):
        read(tmp_path, (TESTS / "cases/txt/example-1.txt").read_bytes(), limits)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="txt_line_too_long") as caught:
        read(tmp_path, "[地块坐标]\n" + "," * 1_000_000 + "@\n")
    assert caught.value.values["line"] == 2


@pytest.mark.parametrize("path", sorted((TESTS / "cases/txt").glob("*.txt")), ids=lambda p: p.name)
def test_every_case_is_recognised(path: Path) -> None:
    assert sniff(path.read_bytes(), path.name) == "txt"


@pytest.mark.parametrize(
    "head",
    [
        "点号,X,Y\nJ1,3650000.0,637000.0\nJ2,3650100.0,637000.0\nJ3,3650100.0,637100.0\n",
        "界址点成果表\n点号\tX\tY\nJ1\t3650000.0\t637000.0\nJ2\t3650100.0\t637000.0\nJ3\t1.0\t2.0\n",
        "信臣路\n热电厂\n",
        "1.0,2.0\n",
        "[1, 2]\n",
        "",
    ],
    ids=["table", "titled-table", "words", "one-point", "json", "empty"],
)
def test_what_is_no_survey_text_is_left_to_others(head: str) -> None:
    assert not looks_like_txt(head)
