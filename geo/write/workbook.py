"""Workbooks without surprises: texts stay texts, the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from geo.read.tables.delimited import FORMULA_SIGNS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed date, the format knows no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
FORBIDDEN_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that a workbook cannot hold."""
_TEXT_LENGTH = 32_767


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    cell.value = FORBIDDEN_IN_TEXT.sub(" ", text)[:_TEXT_LENGTH]
    cell.data_type = "s"
    if text[:1] and text[0] in FORMULA_SIGNS:
        cell.quotePrefix = True


def workbook_bytes(book: Workbook) -> bytes:
    """Save without a clock and a name: neither the archive nor the properties say when and who."""
    book.properties.creator = ""
    book.properties.created = _CREATED
    saved, fixed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(member.filename, date_time=_EPOCH)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(info, content)
    return fixed.getvalue()
