"""Workbooks (xlsx, xlsm): sheets as grids of cells, read without trusting what they claim."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from geo.errors import PlannerError
from geo.read.archive import opened_archive
from geo.read.tables.reader import parse_grids
from geo.read.tables.sheet import Styles, Workbook, children, read_sheet, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.read.archive import Archive
    from geo.read.formats import Request
    from geo.read.limits import Limits
    from geo.read.parsed import Parsed
    from geo.read.tables.grid import Grid

_OLE = b"\xd0\xcf\x11\xe0"
_QUOTED = re.compile(r'"[^"]*"|\\.')
_START = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_STRINGS = "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def parse_workbook(request: Request) -> Parsed:
    """Read a workbook: boundary points on one or many sheets, or one row a parcel.

    Parameters
    ----------
    request : Request
        Of a workbook with macros only the cells are looked at; values of formulas are those
        that the spreadsheet saved.

    Returns
    -------
    Parsed
        As `geo.read.tables.reader.parse_grids`; ``where`` names sheet and cell.

    Raises
    ------
    PlannerError
        ``archive_*``, ``workbook_old`` (xls, or locked by a password), ``workbook_doctype``,
        ``workbook_broken``, ``workbook_binary``, ``table_empty``, ``table_too_large``,
        ``columns_unknown``, ``file_many_layers``, ``file_layer_unknown``, ``file_too_many_*``.
    """
    if request.data.startswith(_OLE):
        raise PlannerError("workbook_old")
    with opened_archive(request.data, request.limits) as archive:
        grids = read_grids(archive, request.limits)
    return parse_grids(grids, request, encoding=None)


def read_grids(archive: Archive, limits: Limits) -> list[Grid]:
    """Read all sheets of a workbook, in order; errors as `parse_workbook`."""
    if _START not in archive.members:
        code = "workbook_binary" if "xl/workbook.bin" in archive.members else "workbook_broken"
        raise PlannerError(code, member=_START)
    if _TYPES in archive.members:
        _member(archive, _TYPES)  # not needed, but a DOCTYPE in it is no accident
    root = _tree(archive, _START)
    paths = _relations(archive, "xl/_rels/workbook.xml.rels")
    book = Workbook(
        strings=_strings(archive, paths.values()),
        styles=_styles(archive),
        since_1904=any(_is_on(one.get("date1904")) for one in children(root, "workbookPr")),
        limits=limits,
    )
    grids = []
    for sheet in (one for parent in children(root, "sheets") for one in parent):
        path = paths.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "", "")
        if "/worksheets/" not in f"/{path}":
            continue  # a chart or a dialogue has no cells
        data = _member(archive, path)
        hidden = sheet.get("state", "visible") != "visible"
        grids.append(read_sheet(data, sheet.get("name", ""), book, hidden=hidden, member=path))
    return grids


def _member(archive: Archive, name: str) -> bytes:
    """Unpack a member after making sure that it is XML that declares nothing of its own."""
    if name not in archive.members:
        raise PlannerError("workbook_broken", member=name)
    data = archive.read(name)
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise PlannerError("workbook_doctype", member=name)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise PlannerError("workbook_broken", member=name) from error
    return data


def _tree(archive: Archive, name: str) -> ET.Element:
    return ET.fromstring(_member(archive, name))  # noqa: S314 -- no DOCTYPE, hence no entities


def _relations(archive: Archive, name: str) -> dict[str, str]:
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).strip(
            "/"
        )
        for one in _tree(archive, name)
        if one.get("TargetMode") != "External"
    }


def _strings(archive: Archive, paths: Iterable[str]) -> list[str]:
    """Read the texts of all sheets; some writers spell the member in small letters."""
    found = (one for one in paths if one.lower().endswith("/sharedstrings.xml"))
    name = next(found, _STRINGS)
    if name not in archive.members:
        return []
    return [text_of(item) for item in _tree(archive, name)]


def _styles(archive: Archive) -> list[Styles]:
    """Give for each cell style what it makes of a number."""
    name = "xl/styles.xml"
    if name not in archive.members:
        return []
    root = _tree(archive, name)
    codes = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for parent in children(root, "numFmts")
        for one in parent
    }
    return [
        _style(one.get("numFmtId", "0"), codes)
        for parent in children(root, "cellXfs")
        for one in parent
    ]


def _style(number: str, codes: Mapping[str, str]) -> Styles:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    builtin = BUILTIN_FORMATS.get(int(number), "") if number.isdecimal() else ""
    code = codes.get(number, builtin)
    zeros = len(code) if re.fullmatch("0{2,20}", code) else 0
    percent = "%" in _QUOTED.sub("", code)
    return Styles(date=bool(is_date_format(code)), zeros=zeros, percent=percent)


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}
