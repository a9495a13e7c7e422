"""A report block by block as a document of Word."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from parcels.report.docx_style import (
    keep_row,
    new_document,
    put_centred,
    put_foot,
    put_head,
    put_table,
    put_words,
    shade,
)
from parcels.report.model import Block, Facts, Heading, Notes, Report, Signatures, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

    from parcels.report.model import Cell, Column

_HEAD = "F0F0F0"
_MANY_COLUMNS = 6


def document_of(report: Report) -> Document:
    """Set a report as a document."""
    made = new_document()
    put_centred(made, report.title, "Title")
    put_centred(made, report.subtitle, "Normal")
    for block in report.blocks:
        _put(block, made)
    put_head(made, report.watermark)
    put_foot(made, "　".join(report.foot))
    return made


@singledispatch
def _put(block: Block, made: Document) -> None:  # noqa: ARG001 -- the shape of all
    """Write a block at the end of the document."""
    raise TypeError(type(block).__name__)


@_put.register(Heading)
def _heading(block: Heading, made: Document) -> None:
    paragraph = made.add_paragraph(block.text, style="Heading 1")
    paragraph.paragraph_format.page_break_before = block.new_page


@_put.register(Facts)
def _facts(block: Facts, made: Document) -> None:
    table = put_table(made, [1, 4], len(block.rows))
    for row, fact in zip(table.rows, block.rows, strict=True):
        put_words(row.cells[0], fact.label, points=8)
        put_words(row.cells[1], fact.value.text, points=8)
        keep_row(row)


@_put.register(Table)
def _table(block: Table, made: Document) -> None:
    if block.title:
        made.add_paragraph(block.title, style="Heading 2")
    rows = [*block.rows, *block.foot]
    if not rows:
        made.add_paragraph(block.empty)
        return
    points = 7 if len(block.columns) > _MANY_COLUMNS else 8
    table = put_table(made, [one.width for one in block.columns], len(rows) + 1)
    head = table.rows[0]
    for cell, column in zip(head.cells, block.columns, strict=True):
        put_words(cell, column.label, right=column.kind == "number", points=points)
        shade(cell, _HEAD)
    keep_row(head, header=True)
    for line, row in zip(list(table.rows)[1:], rows, strict=True):
        _row(line.cells, row, block.columns, points)
        keep_row(line)


def _row(
    cells: Sequence[object], row: Sequence[Cell], columns: Sequence[Column], points: float
) -> None:
    for cell, said, column in zip(cells, row, columns, strict=True):
        put_words(cell, said.text, right=column.kind == "number", points=points)  # type: ignore[arg-type]


@_put.register(Signatures)
def _signatures(block: Signatures, made: Document) -> None:
    made.add_paragraph()
    table = put_table(made, [1] * len(block.boxes), 2)
    for at, box in enumerate(block.boxes):
        put_words(table.cell(0, at), box.label)
        put_words(table.cell(1, at), box.value.text, points=8)
    for row in table.rows:
        keep_row(row)


@_put.register(Notes)
def _notes(block: Notes, made: Document) -> None:
    if block.title:
        made.add_paragraph(block.title, style="Heading 2")
    for one in block.lines:
        made.add_paragraph(one.text)
