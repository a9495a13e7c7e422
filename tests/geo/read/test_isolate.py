"""The child process: what it may not do, and what happens when it dies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import PlannerError
from geo.read import isolate
from geo.read.limits import Limits
from geo.read.network import read_network
from tests.geo.read.read_samples import geojson, roads

ROOT = Path(__file__).parents[3]


def in_child(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that has bound itself as the reader does."""
    program = f"from geo.read.child import bind\nfrom geo.read.limits import Limits\nbind(Limits())\n{code}"
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


def test_a_reader_that_dies_is_an_error_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolate, "_run", lambda *_: -11)
    with pytest.raises(PlannerError, match="file_crashed_reader"):
        read_network(geojson(({"name": "a"}, None)), "bad.geojson")


@pytest.mark.parametrize("limit", ["features", "vertices", "columns"])
def test_stated_counts_are_limits(limit: str) -> None:
    rows = [({"name": "a", "x": 1}, [[112.5, 32.9], [112.6, 32.9]])] * 3
    with pytest.raises(PlannerError, match=f"file_too_many_{limit}"):
        read_network(geojson(*rows), "x", limits=Limits(**{limit: 1}))
