"""The tab 图层 without a browser: load, be asked, see what is missing, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import parcels.ui.cache
from parcels.overlays import Configured
from parcels.settings import OverlaySetting
from tests.layers.overlay.overlay_files import frame, geojson, layer, plot, written
from tests.ui.import_page import html, page

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}**x**"


def field(app: AppTest, kind: str, name: str):
    return next(one for one in getattr(app, kind) if (one.key or "").startswith(f"overlay_{name}_"))


def load(app: AppTest, kind: str | None, content: bytes | None, name: str = "a.geojson") -> AppTest:
    """Fill in kind and file, and press the button."""
    if kind:
        field(app, "selectbox", "kind").set_value(kind)
    if content is not None:
        app.file_uploader[0].set_value([(name, content, "")])
    press(app)
    return app


def press(app: AppTest) -> AppTest:
    submit = next(one for one in app.button if one.label in ("载入", "Load"))
    submit.click().run()
    assert not app.exception
    return app


def opened(**params: str) -> AppTest:
    return page(tab="layers", **params)


def test_what_is_missing_is_listed_before_anything_is_loaded() -> None:
    app = opened()
    assert not app.exception
    assert "已载入 0 个图层" in [one.value for one in app.subheader]
    assert "尚缺 42 类图层" in [one.value for one in app.subheader]
    assert "永久基本农田" in html(app)
    assert "道路（现状、规划、延伸）" in html(app)


def test_a_layer_is_loaded_listed_and_removed() -> None:
    app = opened()
    field(app, "text_input", "source").set_value("南阳市局")
    field(app, "text_input", "date").set_value("2022-10")
    field(app, "text_input", "accuracy_m").set_value("0.5")
    field(app, "selectbox", "allowed_use").set_value("internal")
    load(app, "farmland", geojson(({"名称": "甲"}, plot()), ({"名称": "乙"}, None)))
    said = html(app)
    for words in (
        "南阳市局",
        "2022-10",
        "±0.5",
        "内部",
        "1 个",
        "没有图形 1",
        "不完整",
        "外接矩形",
    ):
        assert words in said
    assert "尚缺 41 类图层" in [one.value for one in app.subheader]
    assert "已载入：a.geojson。" in said
    assert field(app, "text_input", "source").value == ""
    remove = next(one for one in app.button if one.label == "移除")
    remove.click().run()
    assert "尚缺 42 类图层" in [one.value for one in app.subheader]


def test_what_nobody_states_is_said_to_be_unknown() -> None:
    app = load(opened(lang="en"), "farmland", geojson(({}, plot())))
    assert html(app).count("not stated") == 5


def test_a_missing_coordinate_system_is_asked_and_what_was_typed_stays(tmp_path: Path) -> None:
    path = written(frame("farmland"), "shp", tmp_path)
    parts = [
        (one.name, one.read_bytes(), "")
        for one in sorted(tmp_path.glob("*.*"))
        if one.suffix != ".prj"
    ]
    app = opened()
    field(app, "text_input", "source").set_value("局")
    field(app, "selectbox", "kind").set_value("farmland")
    app.file_uploader[0].set_value(parts)
    press(app)
    assert "没有写明坐标系" in html(app)
    assert "EPSG:4526" in html(app)
    assert field(app, "text_input", "source").value == "局"
    field(app, "text_input", "crs").set_value("EPSG:4526")
    press(app)
    assert path.name in html(app)
    assert "3 个" in html(app)
    assert not any((one.key or "").startswith("overlay_crs") for one in app.text_input)


def test_the_scheme_of_codes_is_asked() -> None:
    app = load(opened(), "land_use", geojson(({"DLBM": "1001"}, plot())))
    assert "没有说明是哪一套分类" in html(app)
    field(app, "selectbox", "code_scheme").set_value("mnr2023")
    press(app)
    assert "已载入：a.geojson。" in html(app)


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        (None, geojson(({}, plot())), "还没有选图层类型"),
        ("farmland", None, "还没有选文件"),
        ("farmland", geojson(), "一个要素也没有"),
        ("farmland", b"\x89PNG\r\n\x1a\n", "a.geojson"),
        ("farmland", geojson(({}, {"type": "Point", "coordinates": [112.5, 33]})), "都不是面"),
    ],
    ids=["no kind", "no file", "nothing in it", "a picture", "points"],
)
def test_what_cannot_be_used_is_said_at_the_form(kind: str, content: bytes, words: str) -> None:
    app = load(opened(), kind, content)
    assert words in html(app)
    assert "已载入 0 个图层" in [one.value for one in app.subheader]


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [("date", "去年", "的日期“去年”看不懂"), ("accuracy_m", "约一米", "误差“约一米”")],
)
def test_what_is_typed_wrong_is_named_and_stays(name: str, typed: str, words: str) -> None:
    app = opened()
    field(app, "text_input", name).set_value(typed)
    load(app, "farmland", geojson(({}, plot())))
    assert words in html(app)
    assert field(app, "text_input", name).value == typed


def test_secret_kinds_carry_a_warning() -> None:
    options = field(opened(), "selectbox", "kind").options
    assert [one for one in options if "依法涉密" in one] == [
        "军事设施保护区（依法涉密，只在获准的电脑上载入）"
    ]


def test_hostile_text_is_shown_as_typed() -> None:
    app = opened()
    field(app, "text_input", "licence").set_value(HOSTILE)
    load(app, "farmland", geojson(({HOSTILE: HOSTILE}, plot())), f"{HOSTILE}.geojson")
    assert "<img" not in html(app)
    assert html(app).count("&lt;img src=x onerror=alert(1)&gt;{{7*7}}**x**") >= 2


def test_layers_of_the_settings_are_listed_and_problems_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cut.geojson").write_bytes(b"{")
    entry = OverlaySetting(kind="soil", path=tmp_path / "cut.geojson")
    from parcels.overlays import read_configured

    problems = read_configured([entry]).problems
    held = Configured(overlays=(layer(plot(), title="基本农田"),), problems=problems)
    monkeypatch.setattr(parcels.ui.cache, "configured_overlays", lambda: held)
    app = opened()
    assert "基本农田" in html(app)
    assert "设置里的图层“建设用地土壤污染风险管控名录”没有读成" in html(app)
    assert "尚缺 41 类图层" in [one.value for one in app.subheader]
    assert not [one for one in app.button if one.label == "移除"]


def test_a_layer_that_had_to_go_from_memory_is_said_to_be_gone() -> None:
    app = load(opened(), "farmland", geojson(({}, plot())))
    app.session_state["own_overlays"] = ("gone", *app.session_state["own_overlays"])
    app.run()
    assert "有 1 个图层因内存已满被移走" in html(app)
