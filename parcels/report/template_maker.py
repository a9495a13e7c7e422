"""The template of 审查意见表 that comes with the program: ``data/opinion.docx``.

``python -m parcels.report.template_maker FILE`` writes it; a bureau changes a copy in Word.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from parcels.report.docx_style import (
    keep_row,
    new_document,
    put_centred,
    put_foot,
    put_head,
    put_table,
    put_words,
    saved,
    shade,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

_HEAD = "F0F0F0"
_LINE = {"outcome": 15, "item": 28, "sentence": 50, "measured": 18, "limit": 19}
_END = {"source": 30, "id": 11}
_OVERVIEW = {
    "number": 8, "id": 14, "name": 30, "area_m2": 20, "area_ha": 18, "area_mu": 18, "outcome": 16,
    "fail": 11, "unknown": 11, "warning": 11, "pass": 11, "not_applicable": 11, "opinion": 16,
}  # fmt: skip


def make_template() -> bytes:
    """Make the template; the same program makes the same bytes."""
    made = new_document()
    put_centred(made, "{{ title }}", "Title")
    put_centred(made, "{{ subtitle }}", "Normal")
    _each(made, "whole.notes.reading")
    _each(made, "whole.notes.notice")
    _when(made, "whole.tables.overview", _overview)
    made.add_paragraph("{%p for p in parcels %}")
    _parcel(made)
    made.add_paragraph("{%p endfor %}")
    _basis(made)
    put_head(made, "{{ watermark }}")
    put_foot(made, "{{ foot }}")
    return saved(made, title="", made_at="2026-11-22T00:00:00Z")


def _overview(made: Document) -> None:
    _facts(made, "whole.fact_rows")
    _table(made, "whole.tables.overview", _OVERVIEW, points=6.5)
    _each(made, "whole.notes.moved")
    _table(made, "whole.tables.gaps", {"need": 5, "alone": 1.5, "involved": 1.5, "parcels": 1.5})


def _parcel(made: Document) -> None:
    from docx.enum.text import WD_BREAK

    made.add_paragraph("{%p if parcels|length > 1 %}")
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{{ p.title }}", style="Heading 1")
    _each(made, "p.notes.notice")
    _facts(made, "p.fact_rows")
    _table(made, "p.tables.concerned", {**_LINE, **_END})
    _table(made, "p.tables.no_data", {**_LINE, "needs": 24, **_END})
    _table(made, "p.tables.not_concerned", {**_LINE, **_END})
    for name in ("opinion", "overrides", "comments"):
        _titled(made, f"p.notes.{name}", f"p.note_titles.{name}")
    _signatures(made)


def _signatures(made: Document) -> None:
    names = ("first", "second", "deputy", "head")
    made.add_paragraph()
    table = put_table(made, [1] * len(names), 2)
    for at, name in enumerate(names):
        put_words(table.cell(0, at), f"{{{{ p.signature_rows[{at}].label }}}}")
        put_words(table.cell(1, at), f"{{{{ p.signatures.{name} }}}}", points=8)
    for row in table.rows:
        keep_row(row)


def _basis(made: Document) -> None:
    made.add_paragraph("{{ basis.title }}", style="Heading 1")
    _facts(made, "basis.fact_rows")
    _table(made, "basis.tables.packs", {"pack": 3, "version": 1})
    layers = {"layer_title": 3, "layer_date": 1, "layer_source": 3, "layer_digest": 1.2}
    _table(made, "basis.tables.layers", layers)
    for name in ("unchecked", "rejected"):
        _titled(made, f"basis.notes.{name}", f"basis.note_titles.{name}")


def _when(made: Document, name: str, put: object) -> None:
    """Write what stands there only if the report has it."""
    made.add_paragraph(f"{{%p if {name} is defined %}}")
    if callable(put):
        put(made)
    made.add_paragraph("{%p endif %}")


def _each(made: Document, name: str) -> None:
    """Write the lines of a note."""
    made.add_paragraph(f"{{%p for line in {name} | default([]) %}}")
    made.add_paragraph("{{ line }}")
    made.add_paragraph("{%p endfor %}")


def _titled(made: Document, name: str, title: str) -> None:
    made.add_paragraph(f"{{%p if {name} is defined %}}")
    made.add_paragraph(f"{{{{ {title} }}}}", style="Heading 2")
    _each(made, name)
    made.add_paragraph("{%p endif %}")


def _facts(made: Document, name: str) -> None:
    """Write facts, one a row; the row between the two tags is repeated."""
    table = put_table(made, [1, 4], 3)
    put_words(table.cell(0, 0), f"{{%tr for row in {name} %}}")
    put_words(table.cell(1, 0), "{{ row.label }}", points=8)
    put_words(table.cell(1, 1), "{{ row.value }}", points=8)
    put_words(table.cell(2, 0), "{%tr endfor %}")
    keep_row(table.rows[1])


def _table(made: Document, name: str, widths: Mapping[str, float], *, points: float = 7) -> None:
    """Write a table with its title: a head, the row that is repeated, the foot."""
    made.add_paragraph(f"{{{{ {name}.title }}}}", style="Heading 2")
    made.add_paragraph(f"{{%p if not {name}.rows %}}")
    made.add_paragraph(f"{{{{ {name}.empty }}}}")
    made.add_paragraph("{%p else %}")
    table = put_table(made, list(widths.values()), 4)
    put_words(table.cell(1, 0), f"{{%tr for row in {name}.rows + {name}.foot %}}")
    put_words(table.cell(3, 0), "{%tr endfor %}")
    for at, one in enumerate(widths):
        put_words(table.cell(0, at), f"{{{{ {name}.labels.{one} }}}}", points=points)
        shade(table.cell(0, at), _HEAD)
        tint = "{% cellbg row.shade %}" if one == "outcome" else ""
        is_number = (
            one.startswith(("area_", "number", "alone", "involved", "parcels")) or one in _OUTCOMES
        )
        put_words(table.cell(2, at), f"{tint}{{{{ row.{one} }}}}", points=points, right=is_number)
    keep_row(table.rows[0], header=True)
    keep_row(table.rows[2])
    made.add_paragraph("{%p endif %}")


_OUTCOMES = {"fail", "unknown", "warning", "pass", "not_applicable"}

if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(make_template())
