"""Comparing, balance, phasing and beginnings on the page 扩区, without a browser."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from geo.errors import PlannerError
from geo.units import M2_PER_MU
from parcels.planning.comparing.figure_words import figure_of
from parcels.storage.access import SINGLE_DESK
from parcels.ui.components.sketch_ledger import account_mu
from parcels.ui.components.sketch_phasing import read_quota
from tests.ui.sketch_page import (
    HOSTILE,
    elements,
    html,
    opened,
    opening,
    pressed,
    stored,
    with_demo,
    with_square,
)

TRAVERSE = """X=3632000.00 Y=38362600.00
方位角 90 距离 100
方位角 180 距离 100
方位角 270 距离 100
方位角 0 距离 100
"""


@pytest.fixture
def store(tmp_path):
    yield from stored(tmp_path)


def test_a_difference_is_led_back_to_steps(store):
    first, child, _ = with_demo(store)
    shown = html(opened(mode="compare", scenario=first.id, with_=child.id))
    for words in ("由哪一步引起", f"{child.name} − {first.name}", f"{child.name} 第 3 步", "未知"):
        assert words in shown


def test_a_scenario_is_compared_with_its_kin_unless_asked_otherwise(store):
    first, child, third = with_demo(store)
    assert f"{child.name} − {first.name}" in html(opened(mode="compare", scenario=first.id))
    assert f"{first.name} − {third.name}" in html(opened(mode="compare", scenario=third.id))


def test_one_scenario_alone_says_what_to_choose(store):
    with_square(store)
    assert "2 至 4 个情景" in html(opened(mode="compare"))


def test_printed_parts_add_up_to_the_printed_difference():
    figure = figure_of("zh", "gross")
    third = Fraction(1, 3) * M2_PER_MU
    assert figure.difference(third * 2) == "+0.67 亩"
    parts = figure.parts([third, third])
    assert sum(Fraction(one.removesuffix(" 亩")) for one in parts) == Fraction("0.67")
    assert figure.difference(-third) == "−0.33 亩"


def test_the_balance_counts_land_once_in_both_schemes(store):
    with_demo(store)
    shown = html(opened(mode="balance"))
    for words in ("GB 50137-2011", "用地用海分类", "未指定", "合计", "100.00", "没有宽度"):
        assert words in shown


def test_a_quota_gives_a_sequence_that_can_be_taken_over(store):
    made = with_square(store)
    app = opened(mode="phasing")
    app.text_area(key="sketch_quota").set_value("2026 10亩\n2027 2000亩").run()
    shown = html(app)
    assert "建议的次序" in shown
    assert "面积未知、不能排的 9 项" in shown
    pressed(app, "sketch_apply_schedule")
    assert elements(store, made.id)["一号"].year == 2027


@pytest.mark.parametrize(
    "typed", ["二〇二六 10亩", "2026", "2026 10", "2026 -5亩", "2026 10亩\n2026 5亩", HOSTILE]
)
def test_a_quota_that_cannot_be_read_is_quoted_and_stays(store, typed):
    with_square(store)
    app = opened(mode="phasing")
    app.text_area(key="sketch_quota").set_value(typed).run()
    assert not app.exception
    assert "年度指标第" in html(app)
    assert app.text_area(key="sketch_quota").value == typed


def test_quotas_are_read_with_their_units():
    assert read_quota("2027年 80公顷\n\n2026：1200亩") == {2026: 800_000.0, 2027: 800_000.0}
    with pytest.raises(PlannerError, match="quota_year_repeated"):
        read_quota("2026 1亩\n2026 2亩")


def test_an_element_begins_as_a_row_of_the_plan(store):
    made = with_square(store)
    app = opening(opened(), "sketch_start")
    pressed(app, "sketch_start_add")
    line = store.line(SINGLE_DESK, made.id)
    added = [one for one in line.state.values() if one.source.startswith("parcel:")]
    assert len(added) == 1
    assert added[0].geometry_class == "solved_from_text"


def test_an_element_begins_as_a_traverse(store):
    made = with_square(store)
    app = opening(opened(), "sketch_start")
    app.selectbox(key="sketch_start_source").set_value("bearings").run()
    app.text_area(key="sketch_start_traverse").set_value(TRAVERSE).run()
    assert not app.exception
    assert "14.99 亩" in html(app)  # 15 in the zone, whose scale is 485 ppm too large here
    pressed(app, "sketch_start_add")
    assert len(store.line(SINGLE_DESK, made.id).state) == 2


def test_an_unreadable_leg_is_named_with_its_line(store):
    with_square(store)
    app = opening(opened(), "sketch_start")
    app.selectbox(key="sketch_start_source").set_value("bearings").run()
    app.text_area(key="sketch_start_traverse").set_value(TRAVERSE + HOSTILE).run()
    assert not app.exception
    assert "第 6 行" in html(app)
    assert app.button(key="sketch_start_add").disabled


def test_pasted_points_are_read_as_a_file_of_them(store):
    with_square(store)
    app = opening(opened(), "sketch_start")
    app.selectbox(key="sketch_start_source").set_value("survey").run()
    app.text_area(key="sketch_start_text").set_value("不是坐标").run()
    assert not app.exception
    assert app.button(key="sketch_start_add").disabled
    points = "\n".join(
        f"J{at},{x},{y}"
        for at, (x, y) in enumerate(
            [(3632000, 38362600), (3632000, 38362700), (3631900, 38362700), (3631900, 38362600)], 1
        )
    )
    app.text_area(key="sketch_start_text").set_value(points).run()
    assert not app.exception
    assert "读到 1 个图形" in html(app)


def test_setbacks_are_taken_as_typed_and_the_account_follows(store):
    made = with_square(store)
    app = opening(opened(), "sketch_ledger_settings")
    assert "未设" in html(app)
    app.text_input(key=f"sketch_ledger_setback_boundary_{made.id}").set_value("10 m").run()
    assert not app.exception
    settings = store.line(SINGLE_DESK, made.id).scenario.settings
    assert settings["setback_m"] == {"boundary": "10 m"}
    assert "未设" not in html(app)


def test_the_account_in_mu_adds_up_as_it_is_printed():
    ledger = {"gross_m2": 49476280.0, "road_m2": 1166150.0, "green_m2": 3.0, "setback_m2": 731837.0}
    ledger["net_m2"] = ledger["gross_m2"] - sum(list(ledger.values())[1:])
    written = {name: Decimal(said.replace(",", "")) for name, said in account_mu(ledger).items()}
    assert written["gross"] == Decimal("74214.42")
    assert written["gross"] == sum(written[name] for name in ("road", "green", "setback", "net"))


def test_the_history_goes_back_and_takes_over(store):
    with_demo(store)
    app = opening(opened(), "sketch_history")
    assert "选一行" in html(app)


def test_ground_is_laid_along_a_road(store):
    first = with_demo(store)[0]
    app = opening(opened(scenario=first.id), "sketch_start")
    app.selectbox(key="sketch_start_source").set_value("along").run()
    assert not app.exception
    road = app.selectbox(key="sketch_start_road").options[0]
    typed = {"offset": "100 m", "front": "300", "depth": "0.2公里", f"reserve_{road}": "20"}
    for name, said in typed.items():
        app.text_input(key=f"sketch_start_{name}").set_value(said)
    app.run()
    assert not app.exception
    assert "90.00 亩" in html(app)  # 300 m × 200 m
    pressed(app, "sketch_start_add")
    last = store.line(SINGLE_DESK, first.id).done[-1]
    assert last.puts[0].geometry_class == "schematic"


@pytest.mark.parametrize(("field", "said"), [("offset", "99999"), ("depth", "深"), ("front", "-3")])
def test_what_a_road_does_not_allow_is_told(store, field, said):
    first = with_demo(store)[0]
    app = opening(opened(scenario=first.id), "sketch_start")
    app.selectbox(key="sketch_start_source").set_value("along").run()
    road = app.selectbox(key="sketch_start_road").options[0]
    typed = {"offset": "100 m", "front": "300", "depth": "200 m"} | {field: said}
    for name, given in (typed | {f"reserve_{road}": "20"}).items():
        app.text_input(key=f"sketch_start_{name}").set_value(given)
    app.run()
    assert not app.exception
    assert said in html(app)
    assert app.button(key="sketch_start_add").disabled
