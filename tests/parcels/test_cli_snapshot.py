"""``snapshot`` as a script and a person meet it: what is written, exit codes, mistakes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from parcels.cli import app
from parcels.snapshot.files import read_snapshot
from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from parcels.snapshot.writers import WRITERS, json_bytes
from tests.parcels.snapshot.samples import table_two, two_parcels

CHANGE = (b'"accuracy_m":300,"area_m2"', b'"accuracy_m":310,"area_m2"')
AT = "2026-11-22T16:00:00+08:00"
SURVEY = Path(__file__).parents[1] / "cases" / "txt" / "example-1.txt"


def run(*words: object):
    return CliRunner().invoke(app, ["snapshot", *map(str, words)])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a snapshot of 表2 as JSON; its path."""
    path = tmp_path_factory.mktemp("made") / "表2.json"
    done = run("create", "--at", AT, "--title", "=1+1", "--by", "甲", "-o", path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert read_snapshot(path.read_bytes(), path.name).digest in done.stdout
    return path


def test_the_plan_is_made_and_verified(made):
    content = read_snapshot(made.read_bytes(), "a").content
    assert content["made"] == {
        "at": "2026-11-22T08:00:00Z",
        "by": "甲",
        "app": content["made"]["app"],
    }
    assert (content["title"], content["as_of"], len(content["parcels"])) == (
        "=1+1",
        "2026-11-22",
        9,
    )
    done = run("verify", made)
    assert (done.exit_code, done.stderr) == (0, "")
    assert str(made.parent) not in done.stdout
    entry = json.loads(
        run("verify", made, "--json", "--expect", done.stdout.split("摘要 ")[1][:8]).stdout
    )
    assert (entry["state"], entry["differences"], entry["file"]) == ("verified", 0, "表2.json")


def test_the_same_input_and_moment_give_the_same_bytes(made, tmp_path):
    for suffix, seed, zone in (("json", "1", "US/Pacific"), ("html", "2", "Asia/Shanghai")):
        path = tmp_path / f"a.{suffix}"
        command = [
            sys.executable,
            "-m",
            "parcels",
            "snapshot",
            "create",
            "-o",
            str(path),
            "--at",
            AT,
        ]
        command += ["--title", "=1+1", "--by", "甲"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        assert path.read_bytes() == WRITERS[suffix](read_snapshot(made.read_bytes(), "a"))
    assert (tmp_path / "a.json").read_bytes() == made.read_bytes()


def test_one_changed_digit_is_named(made, tmp_path):
    path = tmp_path / "b.json"
    path.write_bytes(made.read_bytes().replace(*CHANGE, 1))
    done = run("verify", path)
    assert done.exit_code == 1
    assert "地块 B2-01 · 位置精度" in done.stdout
    refused = run("diff", made, path)
    assert refused.exit_code == 2
    assert "b.json" in refused.stderr


def test_a_changed_page_is_named(made, tmp_path):
    page = tmp_path / "a.html"
    page.write_bytes(WRITERS["html"](read_snapshot(made.read_bytes(), "a")))
    assert run("verify", page).exit_code == 0
    strange = page.read_text("utf-8").replace("</head>", "<base href='https://x.example'></head>")
    page.write_text(strange, "utf-8", newline="\r\n")
    done = run("verify", page)
    assert done.exit_code == 1
    assert "x.example" in done.stdout


def _packed(files, path):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_changed_members_of_a_package_are_named(made, tmp_path):
    package = io.BytesIO(WRITERS["zip"](read_snapshot(made.read_bytes(), "a")))
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    other = {**files, "snapshot.json": files["snapshot.json"].replace(*CHANGE, 1)}
    done = run("verify", _packed(other, tmp_path / "b.zip"))
    assert done.exit_code == 1
    assert "位置精度：文件写 310 m，同包的网页里是 300 m" in done.stdout

    other = {**files, "findings.xlsx": files["findings.xlsx"] + b"x", "more.txt": b"x"}
    path = _packed(other, tmp_path / "c.zip")
    entry = json.loads(run("verify", path, "--json").stdout)
    assert [one["path"] for one in entry["listed"]] == [["findings.xlsx"], ["more.txt"]]


def test_a_level_is_made_and_compared(made, tmp_path):
    path = tmp_path / "public.json"
    assert (
        run(
            "create", "--at", AT, "--title", "=1+1", "--by", "甲", "--level", "public", "-o", path
        ).exit_code
        == 0
    )
    assert run("verify", path).exit_code == 3
    assert run("verify", path, "--against", made).exit_code == 0


def test_two_snapshots_are_compared(made, tmp_path):
    assert run("diff", made, made).exit_code == 0
    later = tmp_path / "later.json"
    assert run("create", "--at", AT, "--as-of", "1990-01-01", "-o", later).exit_code == 0
    done = run("diff", made, later, "--json")
    entry = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {"part": "as_of", "name": ""} in entry["components"]
    assert run("diff", made, later, "--lang", "en").exit_code == 1


def test_only_some_plots_are_selected(tmp_path):
    path = tmp_path / "some.json"
    assert run("create", "--at", AT, "--select", "B2-02,B2-05", "-o", path).exit_code == 0
    parcels = read_snapshot(path.read_bytes(), "a").content["parcels"]
    assert [one["key"] for one in parcels if one["selected"]] == ["B2-02", "B2-05"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["create", "-o", "a.docx"], "a.docx"),
        (["create", "-o", "a.json", "--at", "2026-11-22T08:00:00"], "2026-11-22T08:00:00"),
        (["create", "-o", "a.json", "--at", "soon"], "soon"),
        (["create", "-o", "a.json", "--select", "B9"], "B9"),
        (["create", "a.txt", "--proposal", "b.toml", "-o", "a.json"], "只能给一种"),
        (["create", "-o", "a.json", "--scenario", "x", "--store", "none.sqlite"], "none.sqlite"),
        (["verify", "none.json"], "none.json"),
        (["verify", "t.json", "--expect", "12"], "12"),
        (["verify", "t.json", "--against", "none.json"], "none.json"),
        (["diff", "t.json", "s.csv"], "s.csv"),
    ],
)
def test_mistakes_are_told(tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    Path("t.json").write_bytes(json_bytes(table_two()))
    Path("s.csv").write_text("1,2,3")
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not Path("a.json").exists()


def test_errors_are_json_too(tmp_path):
    path = tmp_path / "x.json"
    path.write_bytes(json_bytes(two_parcels())[:500])
    done = run("verify", path, "--json")
    assert (done.exit_code, json.loads(done.stdout)["error"]["code"]) == (2, "snapshot_truncated")


def test_a_content_that_was_sealed_again_out_of_shape_is_told(made, tmp_path):
    value = json.loads(made.read_bytes())
    value["content"]["parcels"][0]["bounds"] = "x"
    path, shared = tmp_path / "x.json", tmp_path / "y.json"
    path.write_bytes(json_bytes(seal(value["content"])))
    shared.write_bytes(json_bytes(reduced(table_two(), "public")))
    for words in (
        ["sheet", path, "--template", "location", "-o", tmp_path / "x.pdf"],
        ["report", path, "--name", "opinion", "-o", tmp_path / "x.docx"],
        ["snapshot", "diff", made, path],
        ["snapshot", "verify", shared, "--against", path],
    ):
        done = CliRunner().invoke(app, [str(one) for one in words])
        assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code == 2
    assert "content" in done.stderr


def test_without_a_suffix_a_new_folder_is_written_and_verified(tmp_path):
    folder = tmp_path / "归档"
    given = ("create", SURVEY, "--code-scheme", "mnr2023", "--at", AT, "-o", folder)
    assert run(*given).exit_code == 0
    names = {one.name for one in folder.iterdir()}
    assert {"snapshot.json", "snapshot.html", "sheet.pdf", "MANIFEST.sha256"} <= names
    assert [one.name for one in tmp_path.iterdir()] == ["归档"]
    assert run("verify", folder).exit_code == 0
    again = run(*given)
    assert again.exit_code == 2
    assert "“归档”已经存在" in again.stderr
    table = folder / "findings.xlsx"
    table.write_bytes(table.read_bytes() + b" ")
    changed = run("verify", folder)
    assert changed.exit_code == 1
    assert "findings.xlsx" in changed.stdout
