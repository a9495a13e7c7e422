"""Bad files and what is said about them: cases in ``tests/rejects/networks/expected.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from geo.errors import PlannerError
from geo.read.limits import Limits
from geo.read.network import read_network
from parcels.messages import LANGUAGES, error_text

FOLDER = Path(__file__).parents[2] / "rejects" / "networks"
REJECTS = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["reject"]


def test_every_file_has_a_case() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"expected.toml"}
    assert files == {case["file"] for case in REJECTS}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize(
    "case", REJECTS, ids=lambda case: f"{case['file']} {case.get('options', '')}".strip()
)
def test_a_bad_file_is_refused_with_a_sentence(case: dict) -> None:
    with pytest.raises(PlannerError) as caught:
        read_network(FOLDER / case["file"], case["file"], **case.get("options", {}))
    assert caught.value.code == case["code"]
    expected = {"file": case["file"], **case.get("values", {})}
    assert {key: caught.value.values.get(key) for key in expected} == expected
    for lang in LANGUAGES:
        assert all(error_text(lang, caught.value))


@pytest.mark.usefixtures("in_process")
def test_a_deeply_nested_json_is_refused() -> None:
    deep = b'{"type":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    with pytest.raises(PlannerError, match="json_too_deep"):
        read_network(deep, "deep.geojson")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf \n", "file_empty"),
        (b"\x00" * 100, "file_empty"),
        (b"%PDF-1.7", "file_format_refused"),
        (b"SQLite format 3\x00" + b"\x00" * 100, "file_format_refused"),
        (b"\x00\x00\x27\x0a" + b"\x00" * 100, "shapefile_alone"),
        (b"\x01\x02\x03", "file_format_unknown"),
        (b"PK\x03\x04 no archive", "archive_broken"),
    ],
    ids=lambda value: str(value)[:20],
)
@pytest.mark.usefixtures("in_process")
def test_first_bytes_decide(data: bytes, code: str) -> None:
    with pytest.raises(PlannerError, match=code):
        read_network(data, "roads.geojson")


@pytest.mark.parametrize("as_path", [True, False])
def test_a_file_above_the_limit_is_not_even_read(tmp_path: Path, as_path: bool) -> None:
    file = tmp_path / "large.geojson"
    file.write_bytes(b"{" * 2_000_000)
    with pytest.raises(PlannerError, match="file_too_large") as caught:
        read_network(
            file if as_path else file.read_bytes(),
            "large.geojson",
            limits=Limits(file_bytes=1_000_000),
        )
    assert caught.value.values == {"file": "large.geojson", "size_mb": 2, "limit_mb": 1}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="file_not_found"):
        read_network(tmp_path / "none.gpkg", "none.gpkg")
    with pytest.raises(PlannerError, match="file_unreadable"):
        read_network(tmp_path, "folder")
