"""The child process: what it may not do, and what happens when it dies."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest

from geo.errors import PlannerError
from geo.read import child, isolate
from geo.read.limits import Limits
from geo.read.network import read_network
from geo.read.parsed import load_answer
from parcels.messages import LANGUAGES, error_text
from tests.fuzz.seeds import seeds
from tests.geo.read.read_samples import geojson, roads

ROOT = Path(__file__).parents[3]


def in_child(code: str, limits: str = "") -> subprocess.CompletedProcess[str]:
    """Run code in a process that has bound itself as the reader does."""
    program = f"from geo.read.child import bind\nfrom geo.read.limits import Limits\nbind(Limits({limits}))\n{code}"
    environment = {"PATH": os.environ["PATH"], **isolate._ENVIRONMENT}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_network_is_read_through_the_child(tmp_path: Path) -> None:
    roads(names=("信臣路",)).to_file(tmp_path / "a.gpkg")
    assert read_network(tmp_path / "a.gpkg", "a.gpkg").features[0].name == "信臣路"


def test_an_error_of_the_child_comes_back_with_its_values() -> None:
    with pytest.raises(PlannerError, match="json_broken") as caught:
        read_network(b'{"type":\n "Feature"', "cut.geojson")
    assert caught.value.values == {"file": "cut.geojson", "line": 2, "column": 11}


def test_gdal_knows_only_the_one_format_that_it_reads() -> None:
    ran = in_child("import pyogrio; print(sorted(pyogrio.list_drivers()))")
    assert ran.stdout.strip() == "['FlatGeobuf']", ran.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
    ],
)
def test_the_child_reaches_nobody(code: str) -> None:
    ran = in_child(code)
    assert ran.returncode == 1
    assert "PermissionError" in ran.stderr


def test_a_file_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(PlannerError, match="file_timeout"):
        read_network(geojson(({"name": "a"}, None)), "slow.geojson", limits=Limits(seconds=0.01))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
def test_a_file_that_needs_too_much_memory_is_stopped() -> None:
    hungry = b'{"type":"FeatureCollection","features":[' + b"{}," * 4_000_000 + b"{}]}"
    with pytest.raises(PlannerError, match="file_memory"):
        read_network(hungry, "hungry.geojson", limits=Limits(memory_bytes=500_000_000))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (-11, "file_crashed_reader"),
        (1, "file_crashed_reader"),
        (0, "file_crashed_reader"),
        (-6, "file_memory"),
        (-9, "file_memory"),
        (-24, "file_timeout"),
    ],
)
def test_a_reader_that_dies_is_an_error_like_any_other(
    monkeypatch: pytest.MonkeyPatch, status: int, code: str
) -> None:
    monkeypatch.setattr(isolate, "_run", lambda *_: status)
    with pytest.raises(PlannerError, match=code) as caught:
        read_network(geojson(({"name": "a"}, None)), "bad.geojson")
    assert caught.value.values["file"] == "bad.geojson"


def test_endless_work_is_ended_by_its_own_signal() -> None:
    ran = in_child("while True: pass", "seconds=0.5")
    assert ran.returncode == -24


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_folder_that_takes_no_file_is_named(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(PlannerError, match="temporary_folder_unusable") as caught:
        read_network(geojson(({"name": "a"}, None)), "a.geojson")
    assert caught.value.values["reason"] == os.strerror(number)
    assert all(error_text(lang, caught.value) for lang in LANGUAGES)


def test_a_missing_temporary_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(PlannerError, match="temporary_folder_unusable"):
        read_network(geojson(({"name": "a"}, None)), "a.geojson")


def test_a_disk_that_fills_up_while_reading_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(child, "bind", lambda _: None)
    monkeypatch.setattr(child.gc, "disable", lambda: None)
    monkeypatch.setattr("geo.read.formats.answer", full)
    asked = {"task": "parse", "limits": asdict(Limits())}
    (tmp_path / "request.json").write_text(json.dumps(asked))
    child.main(tmp_path)
    with pytest.raises(PlannerError, match="temporary_folder_unusable"):
        load_answer(tmp_path)


def test_half_an_answer_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(folder: Path, _: Limits) -> int:
        (folder / "answer.json.part").write_text("{")
        return -9

    monkeypatch.setattr(isolate, "_run", half)
    with pytest.raises(PlannerError, match="file_memory"):
        read_network(geojson(({"name": "a"}, None)), "bad.geojson")


def test_the_child_has_no_console_and_imports_nothing_heavy(tmp_path: Path) -> None:
    """Pandas alone would cost each file half a second."""
    for name, data in seeds().items():
        (tmp_path / name).write_bytes(data)
    ran = in_child(
        "import sys, pathlib\n"
        "from geo.read.formats import Request, parse\n"
        "from geo.read.sniff import sniff\n"
        f"for path in sorted(pathlib.Path({str(tmp_path)!r}).iterdir()):\n"
        "    parse(sniff(path.read_bytes(), 'x'), Request(path=path, folder=path.parent))\n"
        "heavy = {'pandas', 'geopandas', 'scipy', 'streamlit', 'folium', 'matplotlib', 'PIL'}\n"
        "print(sorted(name for name in heavy if sys.modules.get(name)))"
    )
    assert ran.stdout.strip() == "[]", ran.stderr


def test_the_child_gets_nothing_of_the_environment_that_it_does_not_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    given: dict[str, str] = {}

    class Stopped(Exception):  # noqa: N818
        pass

    def popen(*_: object, env: dict[str, str], **__: object) -> None:
        given.update(env)
        raise Stopped

    monkeypatch.setattr(isolate.subprocess, "Popen", popen)
    with pytest.raises(Stopped):
        isolate._run(Path(), Limits())
    assert "SECRET_TOKEN" not in given
    assert given["PROJ_NETWORK"] == "OFF"


@pytest.mark.parametrize("limit", ["features", "vertices", "columns"])
def test_stated_counts_are_limits(limit: str) -> None:
    rows = [({"name": "a", "x": 1}, [[112.5, 32.9], [112.6, 32.9]])] * 3
    with pytest.raises(PlannerError, match=f"file_too_many_{limit}"):
        read_network(geojson(*rows), "x", limits=Limits(**{limit: 1}))
