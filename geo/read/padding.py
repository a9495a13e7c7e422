"""Zero bytes behind a text: what a copy in blocks, or a power cut, leaves at the end of a file."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.read.parsed import Note

if TYPE_CHECKING:
    from geo.read.formats import Request

_TEXTS = frozenset(("csv", "dxf", "geojson", "kml", "txt"))


def without_padding(file_format: str, request: Request) -> tuple[Request, tuple[Note, ...]]:
    """Take the zero bytes off the end of a text.

    Parameters
    ----------
    file_format : str
        Only texts are touched.
    request : Request
        Its file stays as it is.

    Returns
    -------
    Request
        With a copy without the zeros; the same where there are none, or where others stand
        inside (damage, UTF-16 without its mark).
    tuple of Note
        ``zeros_at_end`` with their number.
    """
    if file_format not in _TEXTS or not _ends_with_zero(request):
        return request, ()
    data = request.data
    text = data.rstrip(b"\0")
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if is_wide and len(text) % 2:
        text += b"\0"  # half of the last character
    if text == data or (b"\0" in text and not is_wide):
        return request, ()
    path = request.folder / "unpadded"
    path.write_bytes(text)
    note = Note(code="zeros_at_end", values={"count": len(data) - len(text)})
    return replace(request, path=path), (note,)


def _ends_with_zero(request: Request) -> bool:
    with request.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - 1, 0))
        return file.read() == b"\0"
