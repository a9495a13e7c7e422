"""用地平衡表 on paper: what is printed adds up, column by column."""

from __future__ import annotations

from decimal import Decimal

from parcels.report.building import report
from parcels.report.model import Notes, Table
from tests.parcels.report.samples import changed, made
from tests.parcels.snapshot.kind_samples import scenarios_sample

UNITS = ("m2", "ha", "mu", "share")


def tables(given):
    return [one for one in given.blocks if isinstance(one, Table) and one.name == "balance"]


def printed(table, row, name):
    at = [one.name for one in table.columns].index(name)
    return Decimal(row[at].text.replace(",", "").rstrip("*"))


def _thirds(content):
    table = content["answers"]["scenarios"][0]["balance"][0]
    row = table["rows"][0]
    third = {"area_m2": 1000 / 3, "share": 1 / 3}
    table["rows"] = [
        {
            **row,
            "standing": "group",
            "code": "M",
            "name": "工业用地",
            "area_m2": 2000 / 3,
            "share": 2 / 3,
        },
        {**row, **third, "standing": "class", "code": "M1", "name": "一类"},
        {**row, **third, "standing": "class", "code": "M2", "name": "二类"},
        {**row, **third},
    ]
    table["total_m2"] = 1000.0


def test_rows_add_up_to_the_total_and_groups_to_their_classes():
    thirds = report(changed(scenarios_sample(), _thirds), "balance")
    for table in (*tables(made("balance")), *tables(thirds)):
        code = [one.name for one in table.columns].index("code")
        for unit in UNITS:
            groups, leaves, classes = {}, Decimal(0), {}
            for row in table.rows:
                letters = row[code].text
                value = printed(table, row, unit)
                if not row[-1].text:
                    groups[letters] = value
                    now = letters
                else:
                    leaves += value
                    if letters != "—":
                        classes[now] = classes.get(now, Decimal(0)) + value
            assert leaves == printed(table, table.foot[0], unit)
            assert groups == classes


def test_a_number_that_was_moved_is_marked_and_told():
    thirds = report(changed(scenarios_sample(), _thirds), "balance")
    rows = [[cell.text for cell in row] for row in tables(thirds)[0].rows]
    assert [row[2] for row in rows] == ["666.67", "333.34*", "333.33", "333.33"]
    notes = [line.text for one in thirds.blocks if isinstance(one, Notes) for line in one.lines]
    assert any("尾差" in one for one in notes)


def test_both_schemes_and_the_account_stand_for_every_scenario():
    names = [one.title for one in tables(made("balance"))]
    assert names == ["城市用地分类 GB 50137-2011", "用地用海分类（2023）"] * 3
    ledgers = [
        one for one in made("balance").blocks if isinstance(one, Table) and one.name == "ledger"
    ]
    roads = [row[1].text for one in ledgers for row in one.rows if row[0].text == "道路"]
    assert roads == ["未知"] * 3


def test_unmeasured_roads_and_shared_land_are_told():
    notes = [
        line.text for one in made("balance").blocks if isinstance(one, Notes) for line in one.lines
    ]
    assert any("没有红线宽度" in one for one in notes)
    assert any("只计入前者" in one for one in notes)
    assert any("25 km²" in one for one in notes)
