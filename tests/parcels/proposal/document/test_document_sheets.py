"""Workbooks of a proposal: the template, and workbooks as people fill them in."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from parcels.proposal.document.documents import read_document, template
from parcels.proposal.document.reading import fault_words, read_draft
from parcels.proposal.fields import fields
from parcels.proposal.functions import function_names


def test_the_workbook_has_titles_units_lists_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(template("xlsx")))
    assert book.sheetnames == ["方案", "建筑面积", "说明"]
    sheet = book["方案"]
    labels = {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in range(2, 60)}
    assert labels["用地面积"] == "亩"
    assert labels["固定资产投资"] == "万元"
    assert all(one.title.zh in labels for one in fields().values())
    assert sheet.freeze_panes == "A2"
    heads = [cell.value for cell in book["建筑面积"][1]]
    assert heads[:5] == ["序号", "名称", "功能", "类", "建筑面积（m²）"]
    offered = book["建筑面积"].data_validations.dataValidation
    assert "C2:C201" in {str(one.sqref) for one in offered}
    guide = {row[0].value for row in book["说明"].iter_rows()}
    assert set(function_names().values()) <= guide
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_template_that_is_filled_in_with_numbers_is_in_its_units() -> None:
    book = load_workbook(io.BytesIO(template("xlsx")))
    sheet = book["方案"]
    rows = {sheet.cell(row, 1).value: row for row in range(2, 60)}
    for title, value in (("用地面积", 60), ("固定资产投资", 36000), ("年税收", "1900万/年")):
        sheet.cell(rows[title], 2).value = value
    sheet.cell(rows["绿地面积"], 2).value = 0.2
    sheet.cell(rows["绿地面积"], 2).number_format = "0%"
    floors = book["建筑面积"]
    for column, value in ((3, "研发用房"), (5, 30000), (10, 12.5)):
        floors.cell(2, column).value = value
    proposal = read_draft(read_document(saved(book), "x.xlsx")).proposal
    assert proposal.exact("site_area") == 40_000
    assert proposal.exact("investment") == 36_000
    assert proposal.exact("tax") == 1_900
    assert proposal.exact("green") == 8_000
    assert proposal.exact("floor:0") == 30_000
    assert proposal.exact("land:0") == pytest.approx(8333.33, abs=0.01)
    assert proposal.parts[0].functions == ("F_RD",)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_of_another_shape_is_read_by_its_names() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    for row in [
        ["某项目汇总表", None, None, None],
        [],
        [None, "用地面积（亩）", None, 60],
        [None, "固定资产投资", None, "3.6亿"],
        [None, "容积率", None, 2],
        [],
        [None, "建筑功能", "备注", "建筑面积(万㎡)", "占地（亩）"],
        [None, "研发", "一号楼", 3, 20],
        [None, "宿舍", None, 1.6, None],
        [None, "合计", None, 4.6, None],
    ]:
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("B4:C4")
    sheet.merge_cells("B5:C5")
    draft = read_document(saved(book), "x.xlsx")
    reading = read_draft(draft)
    assert reading.proposal.exact("site_area") == 40_000
    assert reading.proposal.exact("investment") == 36_000
    assert reading.proposal.exact("floor:0") == 30_000
    assert reading.proposal.exact("floor:1") == 16_000
    assert len(reading.proposal.parts) == 2
    assert draft.fields["容积率"] == "2"
    assert draft.floors[0]["备注"] == "一号楼"


def test_a_kind_that_is_merged_over_rows_counts_for_each() -> None:
    book = Workbook()
    sheet = book.active
    for row in [["类", "功能", "建筑面积"], ["核心", "研发", 10], [None, "中试", 20]]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    draft = read_document(saved(book), "x.xlsx")
    assert [row["role"] for row in draft.floors] == ["核心", "核心"]


def test_results_of_formulas_are_used_and_told() -> None:
    book = Workbook()
    sheet = book.active
    for row in [["功能", "建筑面积"], ["研发", "=1000+500"], ["宿舍", "=B2"]]:
        sheet.append(row)
    content = with_results(saved(book), {"=1000+500": "1500"})
    draft = read_document(content, "x.xlsx")
    assert [row.get("area") for row in draft.floors] == ["1500", "=B2"]
    reading = read_draft(draft)
    assert [fault.code for fault in reading.remarks] == ["proposal_formulas"]
    assert "B2、B3" in fault_words("zh", reading.remarks[0])
    assert [fault.where for fault in reading.faults] == ["floors[1].area"]


def test_results_of_formulas_have_the_digits_that_the_spreadsheet_shows() -> None:
    book = Workbook()
    sheet = book.active
    for row in [["功能", "建筑面积"], ["研发", "=0.1+0.2"], ["宿舍", "=B2*3"], ["办公", 1234.5]]:
        sheet.append(row)
    results = {"=0.1+0.2": "0.30000000000000004", "=B2*3": "29999.999999999996"}
    draft = read_document(with_results(saved(book), results), "x.xlsx")
    assert [row["area"] for row in draft.floors] == ["0.3", "30000", "1234.5"]


def with_results(content: bytes, results: dict[str, str]) -> bytes:
    """Put the results into a workbook that a spreadsheet would have saved with its formulas."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            for formula, value in results.items():
                bare = formula.removeprefix("=")
                for empty in ("<v></v>", "<v/>", "<v />"):
                    data = data.replace(f"<f>{bare}</f>{empty}", f"<f>{bare}</f><v>{value}</v>")
            new.writestr(name, data)
    return changed.getvalue()


def test_a_list_of_fields_may_stand_below_the_table_of_floor_area() -> None:
    book = Workbook()
    rows = (
        ("序号", "建筑面积（万㎡）", "用途", "楼名"),
        (1, 3, "研发", "1#"),
        (2, 0.8, "宿舍", "2#"),
        ("合计", 3.8),
        (),
        ("项目", "数值", "单位"),
        ("用地面积", 60, "亩"),
        ("固定资产投资", 3.6, "亿元"),
    )
    for row in rows:
        book.active.append(row)
    reading = read_draft(read_document(saved(book), "x.xlsx"))
    assert [one.code for one in (*reading.faults, *reading.remarks)] == ["proposal_row_sums_up"]
    assert [one.name for one in reading.proposal.parts] == ["1#", "2#"]
    amounts = {name: reading.proposal.exact(name) for name in reading.proposal.amounts}
    floors = {"floor:0": 30_000, "floor:1": 8_000}
    assert amounts == floors | {"site_area": 40_000, "investment": 36_000}


@pytest.mark.parametrize(("heading", "typed"), [("亩", 45), ("亩", "4.5万"), ("万元", 45)])
def test_a_number_under_a_unit_that_the_column_does_not_take_is_not_read(
    heading: str, typed: object
) -> None:
    book = Workbook()
    book.active.append(("功能", f"建筑面积（{heading}）"))
    book.active.append(("研发", typed))
    reading = read_draft(read_document(saved(book), "x.xlsx"))
    assert reading.proposal.exact("floor:0") is None
    assert [(one.code, one.where) for one in reading.faults] == [
        ("proposal_unit_unknown", "floors[0].area")
    ]


def test_a_remark_in_a_heading_is_no_unit() -> None:
    book = Workbook()
    book.active.append(("功能", "建筑面积（含地下）", "层高（m）"))
    book.active.append(("研发", 45, 4.5))
    assert read_draft(read_document(saved(book), "x.xlsx")).proposal.exact("floor:0") == 45
