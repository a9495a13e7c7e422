"""The page of parcels for accepted files, without a browser."""

from __future__ import annotations

import html as escaped
from unittest.mock import patch

import pytest

from geo.errors import PlannerError
from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.wording import fault_text, note_text
from tests.parcels.set_samples import HOSTILE, hostile_survey, many_survey, round_survey
from tests.parcels.survey_samples import survey, troubled_survey
from tests.ui.test_pages import html, run, scene


def opened(made, **params):
    app = run(set=SETS.accept(made), **params)
    assert not app.exception
    return app


def test_a_set_has_its_list_its_map_and_the_extract_of_its_first_parcel() -> None:
    app = opened(survey())
    assert list(app.dataframe[0].value["number"]) == [1, 2]
    assert app.dataframe[0].value["mu"].round(2).tolist() == [83.71, 24.96]
    shown = html(app)
    for figure in ("55,806.12 m²", "5.5806 公顷", "83.7092 亩", "55,833.20 m²", "−0.20 m²"):
        assert figure in shown
    assert "原文 5.5833 公顷" in shown
    assert "3650512.350" in shown
    assert "37637200.000" in shown
    assert "252.266" in shown
    assert "3° 带 37，坐标带带号（EPSG:4525）" in shown
    drawn = scene(app)
    assert drawn["selected"] == {"layer": "parcels", "id": "1"}
    assert drawn["focus"]["fit"] is True
    assert drawn["groups"][-1]["layers"][0]["title"] == "示例.txt"


def test_the_same_set_in_english() -> None:
    app = opened(survey(), lang="en", parcel="2")
    assert "Not declared in the file" in html(app)
    assert "申报面积" not in html(app)
    assert scene(app)["selected"] == {"layer": "parcels", "id": "2"}


def test_the_switch_offers_table_two_and_the_set() -> None:
    app = opened(survey())
    switch = app.selectbox(key="set_choice")
    assert switch.options == ["表2 储备地块 · 9", "示例.txt · 2"]
    app = switch.set_value("").run()
    assert "表2 第1行" in html(app)
    assert "set" not in app.query_params
    assert app.selectbox(key="set_choice").options[1] == "示例.txt · 2"


def test_table_two_alone_has_no_switch() -> None:
    assert "set_choice" not in [box.key for box in run().selectbox]


@pytest.mark.parametrize("token", ["unknown", "<script>", "x" * 3000])
def test_an_unknown_set_says_so_and_shows_table_two(token) -> None:
    app = run(set=token)
    assert not app.exception
    assert text("zh", "ui.set.gone", count=64) in html(app)
    assert "表2 第1行" in html(app)


@pytest.mark.parametrize("parcel", ["0", "3", "-1", "1e3", "²", "B2-01", "9" * 400, "{{7*7}}"])
def test_a_spoiled_parcel_opens_the_first_one(parcel) -> None:
    app = opened(survey(), parcel=parcel)
    assert scene(app)["selected"] == {"layer": "parcels", "id": "1"}


def test_hostile_names_appear_as_typed() -> None:
    app = opened(hostile_survey(), parcel="2")
    assert html(app).count(escaped.escape(HOSTILE)) >= 4
    assert "<img" not in html(app)
    assert app.dataframe[0].value["name"][1] == HOSTILE


def test_findings_are_signed_counted_and_worst_first() -> None:
    app = opened(hostile_survey())
    assert list(app.dataframe[0].value["sign"]) == ["!", ""]
    shown = html(app)
    assert shown.index("! 提示") < shown.index("i 说明")
    assert "质量（2）" in shown
    app = opened(hostile_survey(), use="flagged")
    assert list(app.dataframe[0].value["number"]) == [1]
    assert scene(app)["dimmed"] == ["2"]


def test_a_filter_that_leaves_nothing_says_so_and_can_be_cleared() -> None:
    app = opened(survey(), find="nowhere")
    assert "没有符合的地块（2 宗中 0 宗）" in html(app)
    app = app.button(key="set_clear").click().run()
    assert list(app.dataframe[0].value["number"]) == [1, 2]
    assert "find" not in app.query_params


def test_a_name_or_an_id_is_found() -> None:
    assert list(opened(survey(), find="地块2").dataframe[0].value["number"]) == [2]
    assert list(opened(survey(), find="1").dataframe[0].value["number"]) == [1]


def test_the_first_thirty_points_are_open_the_others_folded() -> None:
    shown = html(opened(round_survey()))
    before, folded = shown.split("<details>")[:2]
    assert ">J30<" in before
    assert ">J31<" not in before
    assert ">J75<" in folded
    assert "第 31–75 点" in folded


def test_a_large_set_is_paged_and_its_shapes_stay_on_the_server() -> None:
    app = opened(many_survey(), parcel="1235")
    assert list(app.dataframe[0].value["number"]) == list(range(1001, 2001))
    plan = scene(app)["groups"][-1]["layers"]
    assert "tiles_url" in plan[0]
    assert [one["properties"]["id"] for one in plan[1]["features"]] == ["1235"]
    assert scene(app)["selected"] == {"layer": "parcel-chosen", "id": "1235"}
    app = app.button(key="set_page_after").click().run()
    assert list(app.dataframe[0].value["number"]) == list(range(2001, 2501))
    app = app.button(key="extract_next").click().run()
    assert app.dataframe[0].value["number"].iloc[0] == 1001
    assert app.query_params["parcel"] == "1236"


def test_what_was_assumed_for_the_file_and_remarked_at_the_parcel_is_said() -> None:
    made = troubled_survey()
    shown = html(opened(made, parcel="2"))
    assert note_text("zh", made.notes[0]) in shown
    assert fault_text("zh", made.remarks[0]) in shown
    assert fault_text("zh", made.remarks[0]) not in html(opened(made))


def test_a_refused_export_is_a_sentence_and_the_page_stays() -> None:
    refusal = PlannerError("export_shifted", crs="GCJ-02")
    app = opened(survey())
    with (
        patch("parcels.ui.components.set_export.export_with_notes", side_effect=refusal),
        patch("parcels.ui.components.set_export.st.popover") as popover,
    ):
        popover.return_value.open = True
        popover.return_value.__enter__ = lambda *_: None
        app.run()
    assert not app.exception
    assert "不写“GCJ-02”坐标" in html(app)
    assert "示例地块1" in html(app)
