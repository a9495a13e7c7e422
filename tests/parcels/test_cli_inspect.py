"""``inspect``: reports on standard output, progress and summary on standard error, exit codes."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

import pytest
import shapely
from typer.testing import CliRunner, Result

from geo.errors import PlannerError
from geo.survey.model import Answers
from parcels import cli_files
from parcels.cli import app
from parcels.cli_files import find_files
from parcels.cli_options import ROLES, columns_of, limits_help
from parcels.places import place_text
from tests.parcels.survey_samples import LABELS, survey, troubled_survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTION = PlannerError("file_many_layers", file="ask.gpkg", layers=["甲", "乙"], question="layer")
TXT = """[属性描述]
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=37
精度=0.001
转换参数=,,,,,,
[地块坐标]
10,5.5833,1,示例地块一,面,,工业用地,0601,@
J1,1,3650512.350,37637200.000
J2,1,3650518.920,37637452.180
J3,1,3650298.640,37637463.905
J4,1,3650286.120,37637211.530
J1,1,3650512.350,37637200.000
J5,2,3650420.000,37637300.000
J6,2,3650400.000,37637300.000
J7,2,3650400.000,37637330.000
J8,2,3650420.000,37637330.000
J5,2,3650420.000,37637300.000
"""


def inspect(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["inspect", *map(str, arguments)])


def reports(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(autouse=True)
def default_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARCELS_LANG", raising=False)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """Read files by their names: ok, trouble, ask, broken; keep what was asked."""
    calls: list[dict] = []

    def read(source: Path, filename: str, **given: object) -> object:
        calls.append({"path": source, "file": filename, **given})
        if "ask" in filename:
            raise QUESTION
        if "broken" in filename:
            raise PlannerError("file_broken", file=filename)
        made = troubled_survey() if "trouble" in filename else survey()
        return type(made)(**{**{n: getattr(made, n) for n in made.__slots__}, "file": filename})

    monkeypatch.setattr(cli_files, "read_survey", read)
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
    ("names", "code"),
    [
        (["ok.txt"], 0),
        (["trouble.txt"], 1),
        (["ask.gpkg"], 2),
        (["broken.shp"], 2),
        (["ok.txt", "trouble.txt"], 1),
        (["ok.txt", "ask.gpkg", "trouble.txt"], 2),
    ],
    ids=str,
)
def test_the_worst_file_decides_the_exit_code(
    asked: list[dict], put: Callable[[str], Path], names: list[str], code: int
) -> None:
    result = inspect(*map(put, names), "--json")
    assert result.exit_code == code
    assert [one["file"] for one in reports(result)] == names


def test_an_empty_result_is_no_success(
    monkeypatch: pytest.MonkeyPatch, put: Callable[[str], Path]
) -> None:
    made = survey(parcels=survey().parcels.slice(0, 0), attributes=survey().attributes.slice(0, 0))
    monkeypatch.setattr(cli_files, "read_survey", lambda *_, **__: made)
    assert inspect(put("points.txt")).exit_code == 1


def test_a_repair_that_waits_is_no_success(
    monkeypatch: pytest.MonkeyPatch, put: Callable[[str], Path]
) -> None:
    waiting = survey(repairs=troubled_survey().repairs)
    monkeypatch.setattr(cli_files, "read_survey", lambda *_, **__: waiting)
    assert inspect(put("a.txt")).exit_code == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_says_what_the_report_says(
    asked: list[dict], put: Callable[[str], Path], lang: str
) -> None:
    result = inspect(put("trouble.txt"), "--lang", lang)
    for shown in ("83.7092", "55,806.12", "55,833.20", "36O.5", "EPSG:4525", "示例地块1"):
        assert shown in result.stdout
    assert place_text(lang, "ring:2;point:4") in result.stdout
    assert "None" not in result.stdout
    assert "nan" not in result.stdout


def test_a_question_shows_the_answers(asked: list[dict], put: Callable[[str], Path]) -> None:
    result = inspect(put("ask.gpkg"))
    assert "甲" in result.stdout
    [report] = reports(inspect(put("ask.gpkg"), "--json"))
    assert (report["question"], report["candidates"]) == ("layer", ["甲", "乙"])


def test_answers_reach_the_reader(asked: list[dict], put: Callable[[str], Path]) -> None:
    inspect(
        put("ok.txt"),
        *("--crs", "EPSG:4526", "--axes", "ne", "--layer", "甲", "--area-unit", "mu", "--repair"),
        *("--column", "name=名称", "--column", "area=面积(亩)=x"),
    )
    assert asked[0]["answers"] == Answers(
        crs="EPSG:4526",
        axes="ne",
        layer="甲",
        columns={"name": "名称", "area": "面积(亩)=x"},
        area_unit="mu",
        repair=True,
    )


def test_the_reference_is_read_once(asked: list[dict], put: Callable[[str], Path]) -> None:
    inspect(put("ok.txt"), put("ok2.txt"), "--reference", put("known.gpkg"))
    assert [one["file"] for one in asked].count("known.gpkg") == 1
    assert all(len(one["reference"]) == 2 for one in asked if one["file"] != "known.gpkg")
    assert all(isinstance(one, shapely.Polygon) for one in asked[-1]["reference"])


@pytest.mark.parametrize("typed", ["name", "name=", "=x", "colour=x", ""])
def test_a_column_option_that_is_none_is_refused(
    asked: list[dict], put: Callable[[str], Path], typed: str
) -> None:
    result = inspect(put("ok.txt"), "--column", typed, "--json")
    assert result.exit_code == 2
    assert [one["code"] for one in reports(result)] == ["column_option"]
    assert asked == []


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_taken(role: str) -> None:
    assert columns_of([f"{role}=a=b"]) == {role: "a=b"}


def test_folders_are_searched_in_order(put: Callable[[str], Path], tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.gpkg", ".hidden/x.txt", "b/.DS_Store", "c/2.txt"):
        put(name)
    found = find_files([tmp_path])
    assert [one.path.relative_to(tmp_path).as_posix() for one in found] == [
        "a.gpkg",
        "b/1.txt",
        "b/2.txt",
        "c/2.txt",
    ]
    assert [one.shown == one.path.name for one in found] == [True, True, False, False]


def test_companions_of_a_shapefile_are_read_with_it(
    put: Callable[[str], Path], tmp_path: Path
) -> None:
    for suffix in (".shp", ".SHX", ".dbf", ".prj", ".cpg", ".sbn", ".shp.xml"):
        put(f"地块{suffix}")
    put("other.dbf")
    put("地块_FIELDS.txt")
    assert [one.path.name for one in find_files([tmp_path])] == ["other.dbf", "地块.shp"]


def test_a_missing_file_and_an_empty_folder_are_reported_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = inspect(tmp_path / "none.txt", tmp_path / "empty", "--json")
    assert result.exit_code == 2
    assert [one["code"] for one in reports(result)] == ["file_not_found", "folder_empty"]
    assert all(one["parcels"] == [] for one in reports(result))


def test_many_files_end_with_a_summary(asked: list[dict], put: Callable[[str], Path]) -> None:
    files = [put(name) for name in ("ok.txt", "trouble.txt", "ask.gpkg", "broken.zip")]
    result = inspect(*files, "--lang", "en", "--json")
    assert len(result.stdout.splitlines()) == 4
    assert "4 files: 2 read, 1 with an open question, 1 unusable" in result.stderr
    assert "4 parcels, 1 rejected, 3 skipped" in result.stderr


def test_names_cannot_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, put: Callable[[str], Path]
) -> None:
    table = survey().parcels
    position = table.column_names.index("name")
    hostile = ["[red]x[/red]\x1b[31m :smile:", "{{7*7}}"]
    named = table.set_column(position, table.schema.field("name"), [hostile])
    monkeypatch.setattr(cli_files, "read_survey", lambda *_, **__: survey(parcels=named))
    result = inspect(put("a.txt"))
    assert "[red]x[/red]\\x1b[31m" in result.stdout
    assert "{{7*7}}" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("command", ["inspect", "convert"])
def test_the_help_states_the_limits(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"]).stdout
    assert "".join(limits_help().split()) in "".join(shown.split())


def test_a_survey_file_from_disk_to_report(tmp_path: Path) -> None:
    path = tmp_path / "报批.txt"
    path.write_bytes(TXT.encode("gb18030"))
    result = inspect(path, "--json")
    [report] = reports(result)
    assert result.exit_code == 0, report["message"]
    assert (report["format"], report["crs"]["epsg"]) == ("txt", 4525)
    [parcel] = report["parcels"]
    assert (parcel["rings"], parcel["vertices"]) == (2, len(LABELS[0]) - 2)
    assert parcel["area_plane_m2"] == pytest.approx(55833.20, abs=0.005)
    assert parcel["declared_area_m2"] == pytest.approx(55833.0)


def test_a_file_of_nothing_but_a_bad_parcel_names_line_and_value(tmp_path: Path) -> None:
    path = tmp_path / "字母.txt"
    path.write_bytes(TXT.replace("3650298.640", "365O298.640").encode("gb18030"))
    result = inspect(path, "--json")
    [report] = reports(result)
    assert (result.exit_code, report["parcels"]) == (1, [])
    [refused] = report["rejected"]
    assert (refused["where"], refused["value"]) == ("第 13 行", "365O298.640")


@pytest.mark.parametrize("seed", range(6))
def test_no_bytes_end_in_a_traceback(tmp_path: Path, seed: int) -> None:
    heads = [b"", b"PK\x03\x04", b"SQLite format 3\x00", b"{", b"<kml", b"  0\nSECTION\n"]
    path = tmp_path / "any.bin"
    path.write_bytes(heads[seed] + hashlib.shake_256(bytes([seed])).digest(300))
    result = inspect(path, "--json")
    assert result.exit_code in (1, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert [one["file"] for one in reports(result)] == ["any.bin"]


def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero"):
        [report] = reports(inspect(path, "--json"))
        assert (report["status"], report["code"]) == ("rejected", "file_unreadable")
