"""The rows of 表2 as the plan prints them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from geo.errors import PlannerError
from layers.load import DATA
from layers.plan import admin_names, table2_rows

if TYPE_CHECKING:
    from pathlib import Path

# Copied by hand from 六(二) of the plan: 序号, 辖区, 项目名称, 位置, 用途.
PRINTED = """\
1|百里奚街道|工业储备地 (防爆 2 个)|信臣路以南、热电厂以西|工业
2|百里奚街道|工业储备地 (杭州织颜)|信臣路以北、中光学西侧|工业
3|百里奚街道|十二里河区域经营性储备地|麒麟路以南、原西环路以西|居住
4|百里奚街道|十二里河区域经营性储备地|枣庄路以南、原西环路以西|居住
5|中关村|光电产业园剩余地块|经十路以西、纬七路以南|工业
6|东周庄区域工业储备地|东周庄区域工业储备地|城南大道以东、纬十路以南|工业
7|东周庄区域工业储备地|东周庄区域工业储备地|城南大道以东、纬十路以南|工业
8|王庄区域工业储备地|王庄区域工业储备地|纬七路以北、溧源路以东|仓储
9|王庄区域工业储备地|王庄区域工业储备地|纬七路以北、溧源路以东|仓储
"""


def test_the_rows_are_those_of_the_plan() -> None:
    rows = [
        f"{row.number}|{row.district_text}|{row.name}|{row.location_text}|{row.use_text}"
        for row in table2_rows()
    ]
    assert rows == PRINTED.splitlines()


def test_every_row_has_its_own_id_and_line() -> None:
    rows = table2_rows()
    assert [row.parcel_id for row in rows] == [f"B2-0{n}" for n in range(1, 10)]
    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert {(row.status_text, row.status_code, row.source) for row in rows} == {
        ("拟报", "planned", "plan_2021")
    }


def test_remarks_name_what_looks_wrong() -> None:
    remarks = {row.number: set(row.remarks) for row in table2_rows()}
    assert remarks[1] == {"several_pieces_in_one_row"}
    assert [remarks[n] for n in (2, 3, 4, 5)] == [set()] * 4
    assert [remarks[n] for n in (6, 7)] == [{"district_is_no_admin_unit"}] * 2
    assert [remarks[n] for n in (8, 9)] == [
        {"district_is_no_admin_unit", "name_says_other_use"}
    ] * 2


def test_only_row_1_states_a_number_of_pieces_and_only_row_5_has_a_suggestion() -> None:
    assert {row.number: row.pieces for row in table2_rows() if row.pieces} == {1: 2}
    assert {row.number: row.suggested_code for row in table2_rows() if row.suggested_code} == {
        5: "M1"
    }


def test_the_short_name_of_the_table_is_a_name_of_an_administrative_unit() -> None:
    assert {"中关村", "百里奚街道", "张衡街道"} <= admin_names()
    assert "东周庄" not in admin_names()


@pytest.mark.parametrize(("old", "new"), [("序号", "number"), (",874,", ",eight,")])
def test_a_damaged_table_is_refused_with_its_name(tmp_path: Path, old: str, new: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    table = folder / "table2.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PlannerError) as caught:
        table2_rows(folder)
    assert caught.value.code == "plan_table_unreadable"
    assert caught.value.values["file"] == "table2.csv"
