"""``convert``: what is written where, what is said, and that files are whole or not there."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from geo.errors import PlannerError
from geo.read.parsed import Note
from geo.write.formats import WRITERS
from parcels import cli_convert, cli_files, output_files
from parcels.cli import app
from parcels.exporting import Exported
from parcels.output_files import write_output
from tests.parcels.survey_samples import survey, troubled_survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOTES = (Note(code="export_columns_left", values={"columns": "权属", "format": "csv", "count": 1}),)


def convert(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["convert", *map(str, arguments)])


def reports(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return packed.getvalue()


@pytest.fixture(autouse=True)
def exported(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """Read files by their names and write their format as text; keep what was asked."""
    monkeypatch.delenv("PARCELS_LANG", raising=False)
    calls: list[tuple] = []

    def read(_: Path, filename: str, **__: object) -> object:
        if "ask" in filename:
            raise PlannerError("file_many_layers", file=filename, layers=["甲"], question="layer")
        return troubled_survey() if "trouble" in filename else survey()

    def export(_: object, file_format: str, **options: object) -> Exported:
        calls.append((file_format, options))
        if options["to"] == "EPSG:4513":
            raise PlannerError("export_far", crs="zone 25", km=1, limit=1)
        is_shape = file_format == "shapefile"
        content = zipped("x.shp", "x.dbf", "FIELDS.txt") if is_shape else b"new"
        return Exported(content=content, notes=NOTES)

    monkeypatch.setattr(cli_files, "read_survey", read)
    monkeypatch.setattr(cli_convert, "export_with_notes", export)
    return calls


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str], Path]:
    def make(name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        return path

    return make


@pytest.mark.parametrize(
    ("out", "file_format"),
    [
        ("a.txt", "txt"),
        ("a.XLSX", "xlsx"),
        ("a.csv", "csv"),
        ("a.gpkg", "geopackage"),
        ("a.zip", "shapefile"),
        ("a.geojson", "geojson"),
        ("a.json", "geojson"),
        ("a.kml", "kml"),
        ("a.kmz", "kmz"),
        ("a.dxf", "dxf"),
        ("a.fgb", "flatgeobuf"),
        ("a.parquet", "geoparquet"),
    ],
)
def test_the_suffix_decides_the_format(
    exported: list[tuple], put: Callable[[str], Path], tmp_path: Path, out: str, file_format: str
) -> None:
    assert convert(put("in.txt"), tmp_path / out).exit_code == 0
    assert exported[0][0] == file_format
    assert (tmp_path / out).exists()


def test_a_shapefile_is_laid_out_as_files(put: Callable[[str], Path], tmp_path: Path) -> None:
    assert convert(put("in.txt"), tmp_path / "地块.shp").exit_code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"in.txt", "地块.shp", "地块.dbf", "地块_FIELDS.txt"}


def test_options_reach_the_export(
    exported: list[tuple], put: Callable[[str], Path], tmp_path: Path
) -> None:
    convert(
        put("in.txt"),
        *(tmp_path / "out", "--format", "txt", "--to", "EPSG:4526"),
        *("--encoding", "gbk", "--renumber"),
    )
    wanted = {"to": "EPSG:4526", "encoding": "gbk", "renumber": True}
    assert exported == [("txt", wanted)]


def test_several_files_go_into_a_folder(put: Callable[[str], Path], tmp_path: Path) -> None:
    files = [put("a.txt"), put("b/a.gpkg"), put("c.txt")]
    result = convert(*files, tmp_path / "out", "--format", "geojson", "--json")
    assert result.exit_code == 0
    assert [one["output"] for one in reports(result)] == ["a.geojson", "a_2.geojson", "c.geojson"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "a.geojson",
        "a_2.geojson",
        "c.geojson",
    }


def test_a_folder_goes_into_a_folder(put: Callable[[str], Path], tmp_path: Path) -> None:
    put("in/a.txt")
    assert convert(tmp_path / "in", tmp_path / "out", "--format", "dxf").exit_code == 0
    assert (tmp_path / "out" / "a.dxf").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["in.txt"], "convert_needs_output"),
        (["in.txt", "out.doc"], "export_format_needed"),
        (["in.txt", "in2.txt", "out.gpkg"], "export_format_needed"),
        (["in.txt", "out", "--format", "word"], "format_not_written"),
        (["in.txt", "in2.txt"], "output_exists"),
        (["in.txt", "none/out.txt"], "output_no_folder"),
        (["in.txt", "in2.txt", "in.txt", "--format", "dxf"], "output_failed"),
        (["in.txt", "out.txt", "--column", "x"], "column_option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_call_that_cannot_start(
    exported: list[tuple],
    put: Callable[[str], Path],
    tmp_path: Path,
    arguments: list[str],
    code: str,
) -> None:
    for name in ("in.txt", "in2.txt"):
        put(name)
    typed = [tmp_path / one if one.isascii() and "." in one else one for one in arguments]
    typed = [tmp_path / "out" if one == "out" else one for one in typed]
    result = convert(*typed, "--json")
    assert (result.exit_code, [one["code"] for one in reports(result)]) == (2, [code])
    assert exported == []
    assert (tmp_path / "in2.txt").read_bytes() == b"x"


def test_nothing_is_replaced_unasked(put: Callable[[str], Path], tmp_path: Path) -> None:
    source, out = put("in.txt"), put("out.txt")
    assert convert(source, out).exit_code == 2
    assert out.read_bytes() == b"x"
    assert convert(source, out, "--force").exit_code == 0
    assert out.read_bytes() == b"new"


def test_in_a_folder_one_taken_name_does_not_stop_the_others(
    put: Callable[[str], Path], tmp_path: Path
) -> None:
    taken = put("out/a.dxf")
    result = convert(put("a.txt"), put("b.txt"), tmp_path / "out", "--format", "dxf", "--json")
    assert result.exit_code == 2
    assert [one["output"] for one in reports(result)] == [None, "b.dxf"]
    assert taken.read_bytes() == b"x"


def test_what_is_refused_is_named_and_the_rest_is_written(
    put: Callable[[str], Path], tmp_path: Path
) -> None:
    result = convert(put("trouble.txt"), tmp_path / "out.gpkg")
    assert result.exit_code == 1
    assert "36O.5" in result.stderr
    assert "第 3 个要素，第 2 环，第 5 点" in result.stderr
    assert (tmp_path / "out.gpkg").read_bytes() == b"new"
    assert "36O.5" not in result.stdout


def test_what_the_format_cannot_hold_is_said_once(
    put: Callable[[str], Path], tmp_path: Path
) -> None:
    source = put("in.txt")
    assert convert(source, tmp_path / "out.csv").stderr.count("权属") == 1
    [report] = reports(convert(source, tmp_path / "out2.csv", "--json"))
    assert [note["code"] for note in report["notes"]] == ["export_columns_left"]


def test_a_question_writes_nothing(put: Callable[[str], Path], tmp_path: Path) -> None:
    result = convert(put("ask.gpkg"), tmp_path / "out.txt", "--json")
    assert result.exit_code == 2
    [report] = reports(result)
    assert (report["question"], report["output"]) == ("layer", None)
    assert not (tmp_path / "out.txt").exists()


def test_a_target_that_does_not_fit_is_reported_with_the_file(
    put: Callable[[str], Path], tmp_path: Path
) -> None:
    result = convert(put("trouble.txt"), tmp_path / "out.gpkg", "--to", "EPSG:4513", "--json")
    [report] = reports(result)
    assert result.exit_code == 2
    assert (report["status"], report["code"], report["output"]) == ("rejected", "export_far", None)
    assert {one["code"] for one in report["rejected"]} == {"number_unreadable", "export_far"}


def test_a_write_that_fails_leaves_what_was_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(path: Path, _: bytes) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.txt"
    out.write_bytes(b"old")
    monkeypatch.setattr(output_files, "_write", full)
    with pytest.raises(PlannerError) as caught:
        write_output(out, b"new", force=True)
    assert caught.value.code == "output_failed"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    assert out.read_bytes() == b"old"


def test_every_format_may_be_named(put: Callable[[str], Path], tmp_path: Path) -> None:
    for name in WRITERS:
        out = tmp_path / f"out-{name}"
        assert convert(put("in.txt"), out, "--format", name).exit_code == 0
        assert out.is_file()
