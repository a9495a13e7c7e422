"""A draft as a workbook: sheets 方案, 建筑面积 and 说明; every cell a text, no formula anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.write.workbook import FORBIDDEN_IN_TEXT, put_text, workbook_bytes
from parcels.messages import LANGUAGES, text
from parcels.proposal.document.quantities import read_quantity
from parcels.proposal.document.text_documents import in_order
from parcels.proposal.document.typed_units import plain_unit, readings
from parcels.proposal.document.typed_words import first_words
from parcels.proposal.fields import fields, floor_columns
from parcels.proposal.functions import function_names, function_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from parcels.proposal.draft import Draft
    from parcels.proposal.fields import ProposalField

FIELDS_SHEET, FLOORS_SHEET, GUIDE_SHEET = "方案", "建筑面积", "说明"
FIELD_HEADINGS = ("项目", "填写", "单位", "说明")
NUMBER_HEADING, NOTE = "序号", "备注"
LAST_ROW = 201
_TEXT_LENGTH = 32_767
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(rf"{FORBIDDEN_IN_TEXT.pattern}|\r")
_WIDTHS = (26, 34, 12, 90)
_FLOOR_WIDTHS = (6, 26, 20, 10, 16, 11, 8, 8, 11, 13, 20, 20, 20)
_GUIDE_WIDTHS = (26, 18, 90)
_FUNCTIONS_FROM = 1
_GUIDE = (
    "数字请带单位，不知道的留空：空着按未知处理，不会当成符合。",
    "可以写：45亩、2.5公顷、4.5万㎡、1.2亿、3500万元、600吨标准煤、350人、二百八十亩、不少于50亩、50-60亩、约45亩。",
    "只写数字时，按“单位”一栏或表头括号里的单位读；单位栏空着又没有写单位的，会请您补上。",
    "绿地、基底等可以写用地面积的百分比，例如 40%；拟分割转让的产业用房可以写产业用房的百分比。",
    "功能可以写左边的名称，也可以写厂房、公寓等日常叫法；一种叫法可能指几种功能的，会请您写明。",
    "以 = + - @ 开头的内容按文字保存，不作公式。",
)


def write_workbook(draft: Draft) -> bytes:
    """Write a workbook that `grids.read_workbook` reads as the draft.

    Returns
    -------
    bytes
        xlsx; the same draft gives the same bytes.

    Raises
    ------
    PlannerError
        ``proposal_document_cell``: a text that a cell cannot hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = FIELDS_SHEET
    _write_fields(sheet, draft)
    _write_floors(book.create_sheet(FLOORS_SHEET), draft)
    _write_guide(book.create_sheet(GUIDE_SHEET))
    return workbook_bytes(book)


def default_unit(asked: ProposalField) -> str:
    """Return the unit that a workbook states for a field: 亩 for land, m² for what is built on."""
    if asked.kind == "land" and asked.group == "building":
        return "m²"
    units = readings(asked)
    return units[0] if units and asked.kind != "count" else ""


def _write_fields(sheet: Worksheet, draft: Draft) -> None:
    _head(sheet, FIELD_HEADINGS, _WIDTHS)
    row = 1
    for name, asked in fields().items():
        row += 1
        typed = draft.fields.get(name, "")
        unit = "" if needs_unit(typed, asked) else default_unit(asked)
        _texts(sheet, row, (asked.title.zh, typed, unit, _meaning(asked)))
        _offer(sheet, f"B{row}", _options(asked))
    for name, typed in in_order(draft.fields, fields()):
        if name not in fields():
            row += 1
            _texts(sheet, row, (name, typed, "", ""))
    _texts(
        sheet,
        row + 1,
        (NOTE, draft.note, "", "方案的来源和其他需要记下的话 · where the figures come from"),
    )


def _write_floors(sheet: Worksheet, draft: Draft) -> None:
    columns = floor_columns()
    strange = list(dict.fromkeys(key for row in draft.floors for key in row if key not in columns))
    heads = [
        _heading(asked, [row.get(name, "") for row in draft.floors])
        for name, asked in columns.items()
    ]
    _head(sheet, (NUMBER_HEADING, *heads, *strange), (*_FLOOR_WIDTHS, *(16 for _ in strange)))
    for at, row in enumerate(draft.floors, start=1):
        _texts(sheet, at + 1, (str(at), *(row.get(name, "") for name in (*columns, *strange))))
    last = _FUNCTIONS_FROM + len(function_names())
    for at, asked in enumerate(columns.values(), start=2):
        letter = sheet.cell(row=1, column=at).column_letter
        place = f"{letter}2:{letter}{LAST_ROW}"
        if asked.kind == "function":
            _offer_list(sheet, place, f"={GUIDE_SHEET}!$A${_FUNCTIONS_FROM + 1}:$A${last}")
        else:
            _offer(sheet, place, _options(asked))


def _write_guide(sheet: Worksheet) -> None:
    _head(sheet, ("功能名称", "核心或配套", "怎样填写"), _GUIDE_WIDTHS)
    roles = {"core": "核心", "support": "配套", "other": "其他"}
    rows = [(names, roles[function_roles()[code]]) for code, names in function_names().items()]
    for at, (name, role) in enumerate(rows, start=_FUNCTIONS_FROM + 1):
        _texts(sheet, at, (name, role, ""))
    for at, line in enumerate(_GUIDE, start=_FUNCTIONS_FROM + 1):
        put_text(sheet.cell(row=at, column=3), line)


def needs_unit(typed: str, asked: ProposalField) -> bool:
    """Whether a text is a number that says nothing about its unit."""
    return bool(typed.strip()) and read_quantity_problem(typed, asked) == "proposal_unit_missing"


def read_quantity_problem(typed: str, asked: ProposalField) -> str:
    """Return why a text is no quantity; "" for what is one, or where none is asked for."""
    return read_quantity(typed, asked).problem if asked.unit or plain_unit(asked) else ""


def _heading(asked: ProposalField, typed: Sequence[str]) -> str:
    """Name a column with the unit of its plain numbers; without one where they have none."""
    unit = default_unit(asked)
    if not unit or any(needs_unit(one, asked) for one in typed):
        return asked.title.zh
    return f"{asked.title.zh}（{unit}）"


def _meaning(asked: ProposalField) -> str:
    """Say what is to be filled in: in both languages, with further units."""
    said = [text(lang, f"proposal.note.{asked.id}") for lang in LANGUAGES]
    others = [unit for unit in readings(asked) if unit != default_unit(asked)]
    return " · ".join([*said, *([" / ".join(others)] if others else [])])


def _options(asked: ProposalField) -> tuple[str, ...]:
    if asked.kind == "yes_no":
        return ("是", "否")
    return asked.options if asked.id == "use" else first_words(asked.id, asked.options)


def _offer(sheet: Worksheet, place: str, options: Sequence[str]) -> None:
    if options:
        _offer_list(sheet, place, f'"{",".join(options)}"')


def _offer_list(sheet: Worksheet, place: str, formula: str) -> None:
    """Offer a list without refusing other words."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(
        type="list", formula1=formula, allow_blank=True, showErrorMessage=False
    )
    sheet.add_data_validation(offered)
    offered.add(place)


def _head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for at, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        cell = sheet.cell(row=1, column=at)
        put_text(cell, escaped(heading))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3EFF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = width


def _texts(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    from openpyxl.styles import Alignment

    for at, typed in enumerate(texts, start=1):
        cell = sheet.cell(row=row, column=at)
        cell.number_format = "@"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if typed:
            put_text(cell, escaped(typed))


def escaped(typed: str) -> str:
    """Write what XML cannot hold as _x0000_, as spreadsheets do."""
    written = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPED.sub("_x005F_", typed))
    if len(written) > _TEXT_LENGTH:
        raise PlannerError(
            "proposal_document_cell", value=typed[:40], count=len(written), limit=_TEXT_LENGTH
        )
    return written
