"""What the documents say of limits, formats and options is what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.read.limits import DEFAULT_LIMITS, MEGABYTE
from geo.write.formats import FORMAT_OF_SUFFIX, WRITERS
from geo.zones import Zone
from parcels.cli import app

DOCS = Path(__file__).parents[2] / "docs"
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
COMMANDS = (DOCS / "cli.md").read_text(encoding="utf-8")
LIMITS = {
    "size of a file": f"{DEFAULT_LIMITS.file_bytes // MEGABYTE} MB",
    "unpacked size of an archive": f"{DEFAULT_LIMITS.unpacked_bytes // MEGABYTE} MB",
    "files in an archive": f"{DEFAULT_LIMITS.members:,}",
    "ratio of unpacked to packed size": f"{DEFAULT_LIMITS.ratio}",
    "features": f"{DEFAULT_LIMITS.features:,}",
    "points of all features": f"{DEFAULT_LIMITS.vertices:,}",
    "points of one feature": f"{DEFAULT_LIMITS.parcel_vertices:,}",
    "columns": f"{DEFAULT_LIMITS.columns:,}",
    "computing time": f"{DEFAULT_LIMITS.seconds:g} s",
    "memory": f"{DEFAULT_LIMITS.memory_bytes // MEGABYTE:,} MB",
}


@pytest.mark.parametrize("limit", LIMITS)
def test_limits_are_those_of_the_code(limit: str) -> None:
    assert f"| {limit} | {LIMITS[limit]} |" in FORMATS


def test_no_limit_is_left_out() -> None:
    assert len(LIMITS) == len(DEFAULT_LIMITS.__slots__)


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_described(name: str) -> None:
    [row] = [
        line for line in FORMATS.splitlines() if line.startswith("| `") and f"`{name}`" in line
    ]
    assert f"`{WRITERS[name].suffix}`" in row
    assert f" {name}" in COMMANDS or f"`{name}" in COMMANDS


@pytest.mark.parametrize("suffix", FORMAT_OF_SUFFIX)
def test_every_suffix_is_described(suffix: str) -> None:
    assert suffix in COMMANDS


@pytest.mark.parametrize("width", [3, 6])
def test_reach_of_a_zone_is_that_of_the_code(width: int) -> None:
    assert f"{Zone(width=width, number=20, prefixed=True).farthest_m / 1000:g} km" in FORMATS


@pytest.mark.parametrize("command", ["inspect", "convert"])
def test_every_option_is_described(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], env={"PARCELS_LANG": "en"}).stdout
    options = {word.strip(",") for word in shown.split() if word.startswith("--")}
    assert len(options) > 8
    assert {one for one in options - {"--help"} if f"`{one}" not in COMMANDS} == set()
