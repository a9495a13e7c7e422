"""Texts that end in zero bytes: the zeros go, what stands before them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.read.formats import Request
from geo.read.padding import without_padding

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "3650000,37640000\n地块一"


@pytest.mark.parametrize(
    "text", [TEXT.encode(code) for code in ("utf-8", "gb18030", "utf-16", "utf-16-be")]
)
@pytest.mark.parametrize("zeros", [2, 512])
def test_zeros_at_the_end_are_taken_off_and_counted(
    tmp_path: Path, text: bytes, zeros: int
) -> None:
    whole = b"\xfe\xff" + text if text.startswith(b"\0") else text
    (tmp_path / "input").write_bytes(whole + bytes(zeros))
    given = Request(path=tmp_path / "input", folder=tmp_path)
    request, notes = without_padding("txt", given)
    assert request.data == whole
    assert [(note.code, note.values["count"]) for note in notes] == [("zeros_at_end", zeros)]
    assert given.data == whole + bytes(zeros)


@pytest.mark.parametrize(
    ("file_format", "data"),
    [
        ("txt", TEXT.encode()),
        ("txt", TEXT.encode("utf-16")),
        ("txt", b"1,2\x003,4\n\0\0"),
        ("geopackage", b"SQLite\0\0"),
        ("csv", b""),
    ],
)
def test_everything_else_stays_as_it_is(tmp_path: Path, file_format: str, data: bytes) -> None:
    (tmp_path / "input").write_bytes(data)
    given = Request(path=tmp_path / "input", folder=tmp_path)
    assert without_padding(file_format, given) == (given, ())
