"""Reports as PDF: Typst sets the values, which reach it as data."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from layers.sheet.fonts import font_file, printable
from parcels.messages import messages

if TYPE_CHECKING:
    from typst import Fonts

    from parcels.report.model import Block, Cell, Fact, Report

_TEMPLATE = Path(__file__).parent / "data" / "report.typ"


def pdf(report: Report) -> bytes:
    """Write a report as PDF, A4 portrait; the same report gives the same bytes.

    The font is embedded; what it has no sign for is written by its number.

    Raises
    ------
    PlannerError
        ``font_missing``.
    """
    return _compiled(report, "pdf")[0]


def page_images(report: Report, dpi: float = 96) -> list[bytes]:
    """Draw every page as PNG, for a preview."""
    return _compiled(report, "png", dpi)


def _compiled(report: Report, file_format: Literal["pdf", "png"], dpi: float = 96) -> list[bytes]:
    import typst

    made: Any = typst.compile(
        _TEMPLATE.read_bytes(),
        format=file_format,
        ppi=dpi,
        font_paths=_fonts(font_file().parent),
        sys_inputs={"report": json.dumps(_plain(report), ensure_ascii=False)},
        timestamp=datetime.fromisoformat(report.made_at),
    )
    return list(made) if isinstance(made, list) else [made]


@cache
def _fonts(folder: Path) -> Fonts:
    """Load the one font of paper; neither the machine's nor Typst's own are looked at."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _plain(report: Report) -> dict[str, Any]:
    return {
        "title": _words(report.title),
        "subtitle": _words(report.subtitle),
        "lang": report.lang,
        "digest": report.digest,
        "watermark": _words(report.watermark),
        "foot": [_words(one) for one in report.foot],
        "page": messages(report.lang)["reports.foot.page"],
        "blocks": [_block(one) for one in report.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    from parcels.report.model import Facts, Heading, Signatures, Table

    if isinstance(block, Heading):
        return {"sort": "heading", "text": _words(block.text), "new_page": block.new_page}
    if isinstance(block, Facts):
        return {"sort": "facts", "rows": [_fact(one) for one in block.rows]}
    if isinstance(block, Table):
        return {
            "sort": "table",
            "title": _words(block.title),
            "columns": [
                {"label": _words(one.label), "width": one.width, "kind": one.kind}
                for one in block.columns
            ],
            "rows": [[_cell(one) for one in row] for row in block.rows],
            "foot": [[_cell(one) for one in row] for row in block.foot],
            "empty": _words(block.empty),
        }
    if isinstance(block, Signatures):
        return {"sort": "signatures", "boxes": [_fact(one) for one in block.boxes]}
    return {
        "sort": "notes",
        "title": _words(block.title),
        "lines": [_cell(one) for one in block.lines],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"label": _words(fact.label), "value": _cell(fact.value), "wide": fact.wide}


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": _words(cell.text), "outcome": cell.outcome}


def _words(words: str) -> str:
    """Write what the font lacks by its number; a new line stays one."""
    return "\n".join(printable(line) for line in words.split("\n"))
