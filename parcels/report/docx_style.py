"""How our documents of Word look: page, faces, lines, fields, and a saved file without a clock."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from parcels.report.archives import without_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FACE = "宋体"
_LATIN = "Times New Roman"
PAGE_MM = 176.0
"""Width between the margins of A4 portrait."""
_POINTS = {"Normal": 9.0, "Title": 18.0, "Heading 1": 14.0, "Heading 2": 11.0}


def new_document() -> Document:
    """Begin an empty document: A4 portrait, Chinese faces in every style that is used."""
    import docx
    from docx.shared import Mm

    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(22), Mm(12)
    page.top_margin, page.bottom_margin = Mm(15), Mm(17)
    page.header_distance = page.footer_distance = Mm(8)
    for name, points in _POINTS.items():
        _dress(made.styles[name], points)
    return made


def _dress(style: Any, points: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.color.rgb = _LATIN, Pt(points), RGBColor(0, 0, 0)
    faces = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{kind}"), None)
    faces.set(qn("w:eastAsia"), FACE)
    shape = style.paragraph_format
    shape.space_before = Pt(0 if style.name == "Normal" else 6)
    shape.space_after = Pt(1 if style.name == "Normal" else 3)
    shape.keep_with_next = style.name != "Normal"


def put_centred(document: Document, words: str, style: str) -> None:
    """Write a paragraph in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.add_paragraph(words, style=style).alignment = WD_ALIGN_PARAGRAPH.CENTER


def put_table(document: Document, widths: Sequence[float], rows: int) -> Table:
    """Add a table with thin lines; widths are shares of the page's width."""
    from docx.shared import Mm

    table: Table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width / sum(widths) * PAGE_MM)
        for cell in column.cells:
            cell.width = column.width
    return table


def put_words(cell: _Cell, words: str, *, right: bool = False, points: float = 7.5) -> None:
    """Write a text into a cell; a new line of it becomes one."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.add_run(words).font.size = Pt(points)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell with a shade of grey, as six hex digits."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:color"), "auto")
    fill.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(fill)  # noqa: SLF001 -- the library has no name for it


def keep_row(row: Any, *, header: bool = False) -> None:
    """Keep a row on one page; a header is repeated on each page."""
    from docx.oxml import OxmlElement

    for name in ("w:cantSplit", *(("w:tblHeader",) if header else ())):
        row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 -- as above


def put_head(document: Document, words: str) -> None:
    """Write the head of every page, in the middle: what a copy is good for."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    font = paragraph.add_run(words).font
    font.size, font.color.rgb = Pt(10), RGBColor(0x60, 0x60, 0x60)


def put_foot(document: Document, words: str) -> None:
    """Write the foot of every page: the words, then the page's number of how many."""
    from docx.shared import Mm, Pt

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(PAGE_MM - 14))
    paragraph.add_run(f"{words}\t").font.size = Pt(7)
    _put_field(paragraph, "PAGE")
    paragraph.add_run(" / ").font.size = Pt(7)
    _put_field(paragraph, "NUMPAGES")


def _put_field(paragraph: Paragraph, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for kind in ("begin", "instr", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else "")
        run.font.size = Pt(7)
        if kind == "instr":
            code = OxmlElement("w:instrText")
            code.text = name
            run._r.append(code)  # noqa: SLF001 -- as above
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 -- as above


def saved(document: Any, *, title: str, made_at: str) -> bytes:
    """Save a document; time and title are those of the snapshot, no other clock is asked."""
    at = datetime.fromisoformat(made_at).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments, properties.revision = "", 1
    properties.created = properties.modified = at

    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())
