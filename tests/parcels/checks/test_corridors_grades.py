"""Grades of lines as people write them, and the zones that follow."""

from __future__ import annotations

import pytest

from parcels.checks.over_layers.grades import zones_of
from parcels.rules.load import rule_book
from tests.parcels.checks.overlay_samples import PLANE, TODAY, overlay

LINE = "LINESTRING (0 0, 100 0)"


def zone(kind, code="", name="", **columns):
    layer = overlay(
        kind,
        [LINE],
        codes=[code],
        names=[name],
        attributes={key: (value,) for key, value in columns.items()},
    )
    found = zones_of(rule_book(TODAY), layer, layer.in_plane(PLANE))
    return found.zones[0], found


@pytest.mark.parametrize(
    ("kind", "code", "name", "rule"),
    [
        ("power_line", "10kV", "", "SEP_PWR_10"),
        ("power_line", "10", "", "SEP_PWR_10"),
        ("power_line", "35千伏", "", "SEP_PWR_110"),
        ("power_line", "110000V", "", "SEP_PWR_110"),
        ("power_line", "110000", "", "SEP_PWR_110"),
        ("power_line", "220 KV", "", "SEP_PWR_330"),
        ("power_line", "2×110kV", "", "SEP_PWR_110"),
        ("power_line", "", "500kV 白河线", "SEP_PWR_500"),
        ("power_line", "架空", "３５ｋＶ宛城线", "SEP_PWR_110"),
        ("power_line", "", "2 号线", ""),
        ("power_line", "20kV", "", ""),
        ("power_line", "110;220", "", ""),
        ("power_line", "0.4kV", "", ""),
        ("power_line", "1000kV", "", ""),
        ("power_line", "{{7*7}}", "", ""),
        ("highway", "G312", "", "SEP_HWY_G"),
        ("highway", "g", "", "SEP_HWY_G"),
        ("highway", "G40", "", "SEP_HWY_E"),
        ("highway", "G1513", "", "SEP_HWY_E"),
        ("highway", "S103", "", "SEP_HWY_S"),
        ("highway", "S83", "", "SEP_HWY_E"),
        ("highway", "X012", "", "SEP_HWY_X"),
        ("highway", "Y001", "", "SEP_HWY_Y"),
        ("highway", "高速公路", "", "SEP_HWY_E"),
        ("highway", "二级公路", "G207", "SEP_HWY_G"),
        ("highway", "", "G55二广高速", "SEP_HWY_E"),
        ("highway", "二级公路", "", ""),
        ("highway", "C012", "", ""),
        ("railway", "高铁", "", "SEP_RAIL"),
        ("railway", "普速铁路", "", "SEP_RAIL"),
        ("railway", "", "宁西铁路", ""),
    ],
)
def test_grades(kind, code, name, rule):
    assert zone(kind, code, name)[0].rule == rule


@pytest.mark.parametrize(
    ("kind", "code", "columns", "widths"),
    [
        ("power_line", "110kV", {}, (10, 10)),
        ("power_line", "110;220", {}, (10, 15)),
        ("power_line", "20kV", {}, (5, 20)),
        ("power_line", "1000kV", {}, (20, 100)),
        ("power_line", "", {}, (5, 20)),
        ("highway", "", {}, (5, 30)),
        ("railway", "高铁", {}, (10, 20)),
        ("railway", "高铁", {"setting": "village"}, (15, 15)),
        ("railway", "普速", {"所在地区": "城市市区"}, (8, 8)),
        ("railway", "", {"所在地区": "其他地区"}, (8, 20)),
        ("railway", "普速", {"所在地区": "山上"}, (8, 15)),
        ("planned_corridor", "220", {}, (15, 20)),
        ("planned_corridor", "10", {}, (7.5, 37.5)),
    ],
)
def test_widths(kind, code, columns, widths):
    found = zone(kind, code, **columns)[0]
    assert (found.narrow, found.wide) == widths


@pytest.mark.parametrize(
    ("width", "low", "high"),
    [
        ("30", 15, 15),
        (30.0, 15, 15),
        ("30m", 15, 15),
        ("30 米", 15, 15),
        ("-30", 0, 60),
        ("宽", 0, 60),
        ("nan", 0, 60),
        ("1e9", 0, 60),
        (None, 0, 60),
        ("", 0, 60),
    ],
)
def test_widths_of_roads_give_their_edge(width, low, high):
    found = zone("highway", "G312", width_m=width)[1]
    assert (found.half_low[0], found.half_high[0]) == (low, high)
    assert found.sure[0] == low + 20
    assert found.possible[0] == high + 20
