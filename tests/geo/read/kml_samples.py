"""Requests and small documents for the tests of KML."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from geo.read.formats import Request

if TYPE_CHECKING:
    from pathlib import Path

PLACEMARK = """<Placemark><name>{name}</name><LinearRing><coordinates>
0,0 1,0 1,1 0,0</coordinates></LinearRing></Placemark>"""


def request(folder: Path, data: bytes, **options: object) -> Request:
    (folder / "input").write_bytes(data)
    return Request(path=folder / "input", folder=folder, **options)


def document(body: str, head: str = "") -> str:
    return f"{head}<kml><Document>{body}</Document></kml>"


def named(*names: str, head: str = "") -> str:
    return document("".join(PLACEMARK.format(name=name) for name in names), head)


def kmz(**members: bytes | str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()
