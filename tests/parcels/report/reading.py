"""Read reports back as other programs do."""

from __future__ import annotations

import io

import docx
import openpyxl
import pypdf


def pdf_pages(data):
    """Give the text of every page, its line breaks gone: cells break lines anywhere."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return ["".join(one.extract_text().split()) for one in pages]


def docx_text(data):
    """Give every text of a document: body with tables, then heads and feet."""
    document = docx.Document(io.BytesIO(data))
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    spots = docx.oxml.ns.qn
    lines = []
    for root in roots:
        for paragraph in root.iter(spots("w:p")):
            parts = (
                "\n" if one.tag == spots("w:br") else one.text or ""
                for one in paragraph.iter(spots("w:t"), spots("w:br"))
            )
            lines.append("".join(parts))
    return "\n".join(lines)


def workbook(data):
    """Open a workbook."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(book):
    """Give every cell that holds something."""
    return [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
