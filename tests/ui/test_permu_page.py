"""The page 亩均 without a browser: what it says with and without a table."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from parcels.permu.reading import firms_of_rows
from parcels.ui.components.permu_chart import apart, firm_spec
from parcels.ui.components.permu_map import clear_of_others, map_spec
from parcels.ui.components.permu_palette import _LIGHT

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
TABLE = (
    "企业名称,地块编号,用地面积(亩),登记面积(亩),税收(万元),用电量(kWh),状态\n"
    "甲,B2-01,10,20,117.6,5000000,在产\n"
    "乙,,20,20,117.6,10000000,在产\n"
    f'"{HOSTILE}",,20,20,500,10000000,承诺值\n'
    "丁,,20,20,abc,10000000,在产\n"
)


def _page() -> None:
    from parcels.ui.views import permu_page

    permu_page.render()


def page(source: str = "", **params: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    if source:
        app.file_uploader[0].set_value([("企业.csv", source.encode(), "")])
        app.run()
    return app


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_without_a_table_the_zone_and_the_schemes_are_there() -> None:
    app = page()
    assert not app.exception
    shown = html(app)
    assert "64,905.00" in shown
    for figure in ("17.60", "46.22", "53.92", "154.07", "未知"):
        assert figure in shown
    assert "黄岩 2021 规上" in shown
    assert "缺权重" in shown


def test_a_table_shows_ranks_promises_and_what_is_unknown() -> None:
    app = page(TABLE, scheme="zhejiang_huangyan_2022_small", classes="wenling_below_2022")
    assert not app.exception
    shown = html(app)
    assert "100.72" in shown
    assert "1 / 2" in shown
    assert "承诺值" in shown
    assert "“abc”不是数字" in shown
    assert "借用" in shown
    assert "<img src=x" not in shown
    assert "&lt;img src=x" in shown


def test_a_file_that_cannot_be_used_says_why_and_keeps_the_page() -> None:
    app = page("甲,乙\n1,2\n")
    assert not app.exception
    assert "没有找到企业表的表头" in html(app)
    assert "64,905.00" in html(app)


def test_open_units_and_columns_are_settled_on_the_page() -> None:
    source = (
        "企业名称,用地面积,2021年税收(万元),2022年税收(万元),用电量(kWh)\n甲,10,1,117.6,5000000\n"
    )
    app = page(source, scheme="zhejiang_huangyan_2022_small")
    assert "没有单位" in html(app)
    app.selectbox(key="permu_units_land").set_value("亩").run()
    app.selectbox(key="permu_columns_tax").set_value("2022年税收(万元)").run()
    assert not app.exception
    assert "100.72" in html(app)
    app.selectbox(key="permu_units_land").set_value("").run()
    assert "100.72" not in html(app)


def test_several_schemes_stand_side_by_side() -> None:
    shown = html(page(TABLE, scheme="zhejiang_huangyan_2022_small,unnamed_city_a_small"))
    assert "黄岩 2022 规下" in shown
    assert "某市 规下" in shown


@pytest.mark.parametrize(
    "params", [{"scheme": "x,y"}, {"per": "x"}, {"classes": "x", "index": "x"}]
)
def test_an_address_that_names_nothing_known_is_no_error(params) -> None:
    app = page(TABLE, **params)
    assert not app.exception
    assert "甲" in html(app)


def test_english_has_no_chinese_sentences() -> None:
    shown = html(page(TABLE, lang="en", scheme="zhejiang_huangyan_2022_small"))
    assert "promised" in shown
    assert "承诺值：" not in shown


def test_the_map_draws_what_matches_and_says_that_it_is_schematic() -> None:
    app = page(TABLE, picture="map", scheme="zhejiang_huangyan_2022_small")
    assert not app.exception
    assert "示意图，非勘测" in html(app)
    assert "画出 1 宗，3 行对不上地块" in html(app)


def test_a_table_that_matches_no_parcel_has_no_map_and_says_so() -> None:
    app = page(TABLE.replace("B2-01", ""), picture="map")
    assert "对不上地块" in html(app)


def test_labels_are_never_on_top_of_each_other() -> None:
    assert apart([18.0, 17.0, 90.0], 10.0) == [27.0, 17.0, 90.0]


def test_the_chart_keeps_names_as_data() -> None:
    row = {"order": 0, "name": HOSTILE, "value": 1.0, "label": "1.00", "promised": False}
    spec = firm_spec([row], None, _LIGHT)
    assert spec["data"]["values"][0]["name"] == HOSTILE
    assert HOSTILE not in str({key: value for key, value in spec.items() if key != "data"})


def test_unknown_shapes_are_framed_not_shaded() -> None:
    features = [
        {"value": None, "label": "?", "shown": "?", "x": 0, "y": 0},
        {"value": 2.0, "label": "2.00", "shown": "2.00", "x": 1, "y": 1},
    ]
    shaded, framed, dots, labels = map_spec(features, [], _LIGHT)["layer"]
    assert [one["value"] for one in shaded["data"]["values"]] == [2.0]
    assert [one["value"] for one in framed["data"]["values"]] == [None]
    assert len(dots["data"]["values"]) == len(labels["data"]["values"]) == 2


def test_numbers_on_the_map_do_not_cover_each_other() -> None:
    """Two on one spot, the greater one is written; one far away is."""
    spots = [(0.0, 0.0, 1.0), (0.0, 0.0001, 3.0), (1.0, 1.0, 2.0)]
    features = [{"x": x, "y": y, "value": value, "label": f"{value}"} for x, y, value in spots]
    shown = {one["value"]: one["shown"] for one in clear_of_others(features)}
    assert shown == {3.0: "3.0", 1.0: "", 2.0: "2.0"}


def test_schemes_side_by_side_say_which_of_them_leave_a_firm_out() -> None:
    """By 景宁规下 the firm below scale is ranked; 黄岩规上 does not rate it."""
    shown = html(
        page(
            "企业名称,用地面积(亩),税收(万元),规模\n甲,10,100,规下\n乙,10,90,规上",
            scheme="zhejiang_huangyan_2022,zhejiang_jingning_2022_small",
        )
    )
    row = shown.partition("甲")[2].partition("乙")[0]
    assert "规模不符" in row
    assert "10.00" in row
    assert "1 / 1" in row
    assert "在产" in row.partition("规模不符")[0]


def test_promises_are_counted_as_promises_also_without_a_score() -> None:
    shown = html(page("企业名称,用地面积(亩),状态\n甲,10,承诺值\n乙,10,在产"))
    assert "2 行，参加排名 0，承诺值 1，未知 1，其余 0" in shown


def test_rows_of_a_parcel_set_keep_their_place() -> None:
    table = firms_of_rows([{"税收(万元)": 1}, {"税收(万元)": 2}], "set", areas_m2=[2000.0, 4000.0])
    assert [firm.at for firm in table.firms] == [0, 1]
    assert [firm.amounts["mapped"] for firm in table.firms] == [3, 6]
