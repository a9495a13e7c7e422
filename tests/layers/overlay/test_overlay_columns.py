"""Names, codes, accuracies and attributes of features, as their file writes them."""

from __future__ import annotations

import pytest

from geo.errors import PlannerError
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated
from tests.layers.overlay.overlay_files import geojson, plot

pytestmark = pytest.mark.usefixtures("in_process")


def test_the_worst_accuracy_that_is_stated_counts() -> None:
    def read(*stated: object, **said: object) -> float | None:
        rows = [({"accuracy_m": one}, plot(112.5 + n / 10)) for n, one in enumerate(stated)]
        return read_overlay(geojson(*rows), "x", "farmland", stated=Stated(**said)).accuracy_m

    assert read(2, "5m") == 5.0
    assert read(2, None, 50) == 50.0
    assert read("50米", "±3 m") == 50.0
    assert read(None, -1) is None
    assert read(2, 5, accuracy_m=1.5) == 1.5


def test_an_accuracy_that_is_no_number_is_noted() -> None:
    rows = geojson(
        ({"精度": "良好"}, plot()), ({"精度": 5}, plot(112.6)), ({"精度": ""}, plot(112.7))
    )
    read = read_overlay(rows, "x", "farmland")
    assert read.accuracy_m == 5.0
    noted = [(one.code, one.values) for one in read.report.notes]
    assert ("overlay_accuracy_unread", {"count": 1, "value": "良好"}) in noted
    said = read_overlay(rows, "x", "farmland", stated=Stated(accuracy_m=2))
    assert "overlay_accuracy_unread" not in {one.code for one in said.report.notes}


def test_codes_need_their_scheme() -> None:
    rows = geojson(
        ({"DLBM": "1001"}, plot()), ({"DLBM": "0601"}, plot(112.6)), ({"DLBM": ""}, plot(112.7))
    )
    with pytest.raises(PlannerError, match="overlay_code_scheme_missing") as caught:
        read_overlay(rows, "uses", "land_use")
    assert caught.value.values == {"file": "uses", "column": "DLBM", "value": "1001"}
    read = read_overlay(rows, "uses", "land_use", stated=Stated(code_scheme="mnr2023"))
    assert (read.codes, read.code_scheme) == (("1001", "0601", ""), "mnr2023")
    strange = read_overlay(rows, "uses", "land_use", stated=Stated(code_scheme="gb50137"))
    assert strange.codes == read.codes
    assert strange.report.notes[0].code == "overlay_codes_unknown"
    assert strange.report.notes[0].values["count"] == 2


def test_a_column_may_say_the_scheme() -> None:
    rows = [({"code": "M1", "land_use_scheme": "gb50137"}, plot())]
    rows.append(({"code": "", "land_use_scheme": ""}, plot(112.6)))
    assert read_overlay(geojson(*rows), "x", "land_use").code_scheme == "gb50137"
    named = [({"code": "0601", "分类标准": "GB/T 21010-2017"}, plot())]
    assert read_overlay(geojson(*named), "x", "land_use").code_scheme == "gbt21010"
    rows.append(({"code": "1001", "land_use_scheme": "mnr2023"}, plot(112.7)))
    with pytest.raises(PlannerError, match="overlay_code_scheme_missing"):
        read_overlay(geojson(*rows), "x", "land_use")


@pytest.mark.parametrize(
    ("kind", "properties", "code"),
    [
        ("power_line", {"电压等级": "220kV"}, "220kV"),
        ("power_line", {"VOLTAGE": 110.0}, "110"),
        ("highway", {"公路等级": "高速公路"}, "高速公路"),
        ("sewage", {"规模": "5万m3/d"}, "5万m3/d"),
        ("farmland", {"class": "1"}, ""),
        ("power_line", {"其他": "x"}, ""),
    ],
)
def test_the_code_of_a_feature_is_taken_as_written(kind: str, properties: dict, code: str) -> None:
    rows = geojson((properties, plot()))
    assert read_overlay(rows, "x", kind).codes == (code,)


def test_a_chosen_column_counts_before_the_usual_ones() -> None:
    rows = geojson(({"名称": "甲", "备注": "乙", "电压": "10", "U": "35"}, plot()))
    said = Stated(name_column="备注", code_column="u")
    read = read_overlay(rows, "x", "power_line", stated=said)
    assert (read.names, read.codes) == (("乙",), ("35",))
    with pytest.raises(PlannerError, match="overlay_column_unknown") as caught:
        read_overlay(rows, "x", "power_line", stated=Stated(code_column="没有"))
    assert caught.value.values["columns"] == ["名称", "备注", "电压", "U"]


def test_attributes_are_plain_values() -> None:
    rows = geojson(
        ({"n": 1, "x": 0.5, "text": "a", "yes": True, "list": [1, 2]}, plot()),
        ({"n": None, "x": None, "text": None, "yes": None, "list": None}, plot(112.6)),
    )
    read = read_overlay(rows, "x", "farmland")
    assert dict(read.attributes) == {
        "n": (1, None),
        "x": (0.5, None),
        "text": ("a", None),
        "yes": (True, None),
        "list": ("[1, 2]", None),
    }
    with pytest.raises(KeyError):
        read.attributes["nothing"]
