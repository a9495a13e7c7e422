"""Which column is which, and what a cell means."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.errors import PlannerError
from geo.read.columns import as_metres, as_names, find_columns, kind_of
from geo.read.network import read_network
from tests.geo.read.read_samples import geojson


@pytest.mark.parametrize(
    "column",
    [
        "name",
        "NAME",
        "Name",
        "名称",
        "路名",
        "道路名称",
        "道路名",
        "地名",
        "标准名称",
        "name:zh",
        "road_name",
        "MC",
        "LMMC",
        " 名称 ",
        "ｎａｍｅ",
    ],
)
def test_usual_name_columns_are_known(column: str) -> None:
    found = find_columns(pd.DataFrame({"id": [1], column: ["信臣路"]}))
    assert (found.name, found.name_how) == (column, "known")


def test_an_empty_name_column_is_passed_over() -> None:
    assert find_columns(pd.DataFrame({"name": [None], "路名": ["信臣路"]})).name == "路名"


def test_the_user_chooses_any_column() -> None:
    found = find_columns(pd.DataFrame({"name": ["x"], "LM": ["信臣路"]}), name="lm")
    assert (found.name, found.name_how) == ("LM", "chosen")


def test_no_name_column_lists_what_there_is() -> None:
    with pytest.raises(PlannerError, match=r"network_no_name_column: columns=\['a', 'b'\]"):
        find_columns(pd.DataFrame({"a": [1], "b": ["信臣路"]}))


@pytest.mark.usefixtures("in_process")
def test_a_feature_carries_all_that_its_row_says() -> None:
    row = {
        "名称": " 信臣路 ",
        "别名": "滨河路；信臣大道、S103|信臣路一段",
        "曾用名": "西环路",
        "类型": "道路",
        "辖区": "高新区",
        "精度": "５m",
    }
    feature = read_network(geojson((row, [[112.5, 32.9], [112.6, 32.9]])), "x").features[0]
    assert feature.name == "信臣路"
    assert feature.aliases == ("滨河路", "信臣大道", "S103", "信臣路一段")
    assert feature.former == ("西环路",)
    assert (feature.kind, feature.district, feature.accuracy_m) == ("road", "高新区", 5.0)


@pytest.mark.parametrize(
    ("row", "name", "dimension", "kind"),
    [
        ({}, "信臣路", 1, "road"),
        ({}, "白河", 1, "river"),
        ({}, "运河路", 1, "road"),
        ({}, "南水北调干渠", 1, "canal"),
        ({}, "宁西铁路", 1, "railway"),
        ({}, "热电厂", 0, "landmark"),
        ({}, "光电产业园", 2, "area"),
        ({"kind": "River"}, "x", 1, "river"),
        ({"kind": "没见过"}, "信臣路", 1, "road"),
        ({"fclass": "stream"}, "x", 1, "river"),
        ({"fclass": "primary"}, "x", 1, "road"),
        ({"highway": "residential", "waterway": None}, "白河", 1, "road"),
        ({"highway": None, "waterway": "canal"}, "x", 1, "canal"),
        ({"railway": "rail"}, "x", 1, "railway"),
    ],
)
def test_kinds(row: dict, name: str, dimension: int, kind: str) -> None:
    frame = pd.DataFrame([{"name": name, **row}])
    cells = frame.to_dict("records")[0]
    assert kind_of(cells, find_columns(frame), name=name, dimension=dimension) == kind


@pytest.mark.parametrize(
    ("cell", "metres"),
    [
        (3, 3.0),
        ("0.5", 0.5),
        (0, None),
        (-1, None),
        ("约5", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_accuracy(cell: object, metres: float | None) -> None:
    assert as_metres(cell) == metres


@pytest.mark.parametrize(
    ("cell", "names"),
    [(None, ()), ("", ()), ("甲;甲", ("甲",)), (12.0, ("12",)), ("甲,乙", ("甲,乙",))],
)
def test_lists_of_names(cell: object, names: tuple[str, ...]) -> None:
    assert as_names(cell) == names
