"""Drawings for the tests of DXF: from the short notation of the case files, and by ezdxf."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from ezdxf.filemanagement import new

from geo.read.formats import Request

if TYPE_CHECKING:
    from pathlib import Path

    from ezdxf.document import Drawing


def request(folder: Path, data: bytes, **options: object) -> Request:
    (folder / "input").write_bytes(data)
    return Request(path=folder / "input", folder=folder, **options)


def tags(lines: str, code_of_kind: int = 0) -> str:
    """Write entities of the short notation as tags."""
    written = []
    for line in lines.strip().splitlines():
        kind, *pairs = line.split()
        written.append(f"{code_of_kind}\n{kind}\n")
        for pair in pairs:
            code, _, value = pair.partition("=")
            written.append(f"{code}\n{value.replace('~', ' ')}\n")
    return "".join(written)


def section(name: str, content: str) -> str:
    return f"0\nSECTION\n2\n{name}\n{content}0\nENDSEC\n"


def drawing(case: dict) -> str:
    table = f"0\nTABLE\n2\nLAYER\n{tags(case.get('layers', ''))}0\nENDTAB\n"
    sections = [
        section("HEADER", tags(case.get("header", ""), code_of_kind=9)),
        section("TABLES", table),
        section("BLOCKS", tags(case.get("blocks", ""))),
        section("ENTITIES", tags(case.get("entities", ""))),
    ]
    return "".join(sections) + "0\nEOF\n"


def blank(version: str = "R2000") -> Drawing:
    return new(version)


def saved(document: Drawing, *, binary: bool = False, encoding: str | None = None) -> bytes:
    """Give the bytes that ezdxf writes."""
    if binary:
        stream = io.BytesIO()
        document.write(stream, fmt="bin")
        return stream.getvalue()
    text = io.StringIO()
    document.write(text)
    codec = encoding or document.output_encoding
    return text.getvalue().replace("\n", os.linesep).encode(codec, "dxfreplace")
