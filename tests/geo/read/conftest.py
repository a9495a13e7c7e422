"""Reading without a child process, for all tests but those of the child process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import geo.read.vector
from geo.read.formats import Request, parse

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def parse_here(data: bytes, file_format: str, *, layer: str | None, limits):
        folder = tmp_path / "reader"
        folder.mkdir(exist_ok=True)
        (folder / "input").write_bytes(data)
        request = Request(path=folder / "input", folder=folder, layer=layer, limits=limits)
        return parse(file_format, request)

    monkeypatch.setattr(geo.read.vector, "parse_isolated", parse_here)
