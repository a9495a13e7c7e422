"""界址点成果表: points, sides measured by hand, areas; refused where there are no points."""

from __future__ import annotations

from decimal import Decimal

import pytest

from geo.errors import PlannerError
from parcels.report.building import report
from parcels.report.model import Notes, Table
from parcels.snapshot.levels import reduced
from tests.parcels.report.samples import changed, made
from tests.parcels.snapshot.samples import table_two, two_parcels

NORTH, EAST = 3650000.0005, 37600000.1255


def tables(snapshot):
    return [
        one
        for one in report(snapshot, "points").blocks
        if isinstance(one, Table) and one.name == "points"
    ]


def _triangle(content):
    spots = [[NORTH, EAST], [NORTH + 3, EAST], [NORTH + 3, EAST + 4]]
    content["parcels"][0]["rings"] = [
        {"hole": False, "names": ["J1", "J2", "J3"], "north_east": spots}
    ]
    content["parcels"][1]["rings"] = []


def test_a_triangle_of_three_four_five_is_listed_as_it_is():
    (table,) = tables(changed(two_parcels(), _triangle))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["J1", "3650000.001", "37600000.126", "3.00"],
        ["J2", "3650003.001", "37600000.126", "4.00"],
        ["J3", "3650003.001", "37600004.126", "5.00"],
        ["J1", "3650000.001", "37600000.126", ""],
    ]
    assert table.rows[0][3].number == Decimal("3.00")


def test_each_ring_stands_by_itself_and_a_hole_says_so():
    titles = [
        one.title
        for one in made("points").blocks
        if isinstance(one, Table) and one.name == "points"
    ]
    assert titles == [
        "外环（第 1 环，4 点）",
        "内环，从地块中扣除（第 2 环，4 点）",
        "外环（第 1 环，4 点）",
    ]


def test_the_title_names_the_system_only_where_it_is_known():
    assert made("points").title == "界址点坐标成果表（2000国家大地坐标系）"
    unnamed = report(changed(two_parcels(), lambda one: one.update(system="")), "points")
    assert unnamed.title == "界址点坐标成果表"
    lines = [line.text for one in unnamed.blocks if isinstance(one, Notes) for line in one.lines]
    assert any("坐标系：未知" in one for one in lines)


def test_a_parcel_without_points_is_named():
    noted = [
        one
        for one in report(changed(two_parcels(), _triangle), "points").blocks
        if isinstance(one, Notes) and one.name == "left_out"
    ]
    assert "2 示例地块2" in noted[0].lines[0].text


@pytest.mark.parametrize(
    ("snapshot", "code"),
    [
        (table_two, "report_points_none"),
        (lambda: reduced(two_parcels(), "public"), "report_points_public"),
        (
            lambda: changed(two_parcels(), lambda one: one.update(system="EPSG:4490")),
            "report_points_degrees",
        ),
    ],
)
def test_what_has_no_plane_points_is_refused(snapshot, code):
    with pytest.raises(PlannerError, match=code):
        report(snapshot(), "points")
