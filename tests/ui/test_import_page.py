"""The import on the page 数据: what was read, what is asked, what can be taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcels.messages import text
from parcels.parcel_sets import SETS
from tests.ui.import_page import (
    bow_tie,
    button,
    collection,
    drop,
    html,
    layer,
    page,
    scene,
    show,
    square,
)

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
EXAMPLE = (Path(__file__).parents[1] / "cases" / "txt" / "example-1.txt").read_bytes()
TWO = collection(square(112.5, 33.0, 0.002), square(112.51, 33.0, 0.002, name=HOSTILE))
NO_ZONE = collection(square(453_000, 3_653_000, 200))


def files_table(app):
    return app.dataframe[0].value


def report_table(app):
    return app.dataframe[1].value


def test_before_a_file_the_page_says_what_happens() -> None:
    app = page()
    assert not app.exception
    for number in (1, 2, 3):
        assert text("zh", f"ui.import.step_{number}") in html(app)
    assert not [one for one in app.button if one.key == "import_accept"]


def test_a_file_is_read_and_accounted_for() -> None:
    app = drop(page(), example__txt=EXAMPLE)
    assert not app.exception
    shown = html(app)
    for word in ("GB18030", "EPSG:4525", "带号前缀", "先北后东", "公顷", "2 = 地块 2 + 退回 0"):
        assert word in shown
    table = report_table(app)
    assert list(table["number"]) == [1, 2]
    # Independent truth: the plane areas of the published example, in m².
    assert list(table["area_plane_m2"].round(0)) == [55833, 16650]
    assert list(table["area_mu"]) == [83.7109, 24.9633]
    assert layer(app, "parcels")["count"] == 2
    assert scene(app)["focus"]["fit"]


def test_a_row_moves_the_map_to_its_parcel() -> None:
    app = drop(page(), two__geojson=TWO)
    first = scene(app)["focus"]["serial"]
    file = app.session_state["kept_import_files"][0]
    app.session_state["kept_import_row"] = ("parcel", file.version, 1)
    app.run()
    assert not app.exception
    assert scene(app)["selected"] == {"layer": "parcels", "id": "2"}
    assert "№ 2 · " in html(app)
    assert scene(app)["focus"]["serial"] > first
    assert not scene(app)["focus"]["fit"]


def test_a_zone_that_is_not_known_is_asked_with_all_candidates_on_the_map() -> None:
    app = drop(page(), bare__geojson=NO_ZONE)
    assert list(files_table(app)["status"]) == ["? 待定"]
    radio = app.radio[0]
    assert len(radio.options) == layer(app, "candidates")["count"]
    assert radio.options[0].replace("\\", "").startswith("A · 3° 带第 38 带")
    assert button(app, "import_accept").disabled
    radio.set_value(1).run()
    assert list(files_table(app)["status"]) == ["✓ 可收下"]
    assert "EPSG:4546" in html(app)
    assert text("zh", "report.how_chosen") in html(app)
    button(app, "import_take_back").click().run()
    assert list(files_table(app)["status"]) == ["? 待定"]


def test_a_repair_is_shown_and_taken_by_choice() -> None:
    broken = collection(bow_tie(112.5, 33.0, 0.002), square(112.51, 33.0, 0.002))
    app = drop(page(), bow__geojson=broken)
    assert list(files_table(app)["parcels"]) == [1]
    assert html(app).count("data:image/svg+xml;base64,") == 2
    assert layer(app, "repairs")["count"] == 1
    app.checkbox[0].check().run()
    assert list(files_table(app)["parcels"]) == [2]
    assert layer(app, "repairs") is None
    app.checkbox[0].uncheck().run()
    assert list(files_table(app)["parcels"]) == [1]
    button(app, "import_repair_all").click().run()
    assert list(files_table(app)["parcels"]) == [2]


def test_what_was_refused_has_place_value_and_reason() -> None:
    empty = {"type": "Feature", "properties": {}, "geometry": None}
    point = {"type": "Point", "coordinates": [112.5, 33]}
    dot = {"type": "Feature", "properties": {}, "geometry": point}
    app = drop(page(), mixed__geojson=collection(square(112.5, 33, 0.002), empty, dot))
    assert "3 = 地块 1 + 退回 1 + 略过 1" in html(app)
    rejected = report_table(show(app, "rejected"))
    assert list(rejected["where"]) == ["第 2 个要素"]
    skipped = report_table(show(app, "skipped"))
    assert list(skipped["where"]) == ["第 3 个要素"]
    assert len(report_table(show(app, "notes"))) >= 1


def test_a_file_that_fails_hides_no_other() -> None:
    app = drop(page(), a__geojson='{"type": "FeatureCollection", "feat', b__geojson=TWO)
    assert list(files_table(app)["status"]) == ["✕ 不能用", "✓ 可收下"]
    assert 'role="alert"' in html(app)
    assert "Traceback" not in html(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_appear_exactly_as_typed(lang: str) -> None:
    app = page(lang=lang)
    app.file_uploader[0].set_value([(HOSTILE + ".geojson", TWO.encode(), "")])
    app.run()
    assert not app.exception
    assert list(report_table(app)["name"]) == ["甲", HOSTILE]
    assert "<img" not in html(app).replace("<img src=&quot;data:", "")
    assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}}" in html(app)


def test_accepting_makes_a_set_and_opens_it() -> None:
    app = drop(page(), two__geojson=TWO)
    button(app, "import_accept").click().run()
    assert "opened" in html(app)
    token = app.session_state["kept"]["set"]
    assert len(SETS.find(token)) == 2


def test_with_a_question_open_elsewhere_accepting_stays_on_the_page() -> None:
    app = drop(page(), two__geojson=TWO, bare__geojson=NO_ZONE)
    button(app, "import_accept").click().run()
    assert "opened" not in html(app)
    assert list(files_table(app)["status"]) == ["✓ 已收下", "? 待定"]
    assert app.radio


def test_a_long_file_is_shown_a_page_at_a_time() -> None:
    many = collection(
        *(
            square(112.5 + column * 0.003, 33 + row * 0.003, 0.002)
            for row in range(50)
            for column in range(50)
        )
    )
    app = drop(page(), many__geojson=many)
    assert not app.exception
    assert "没有打开" not in html(app)
    assert len(report_table(app)) == 100
    assert "tiles_url" in layer(app, "parcels")
    assert len(app.get("component_instance")[0].proto.json_args) < 400_000


@pytest.mark.parametrize("view", ["parcels", "quality", "rejected"])
def test_a_chosen_row_is_written_in_full(view: str) -> None:
    broken = collection(bow_tie(112.5, 33.0, 0.002), square(112.51, 33.0, 0.00005))
    app = show(drop(page(), bow__geojson=broken), view)
    shown = app.session_state["kept_import_shown"]
    app.session_state["kept_import_line"] = (shown[2], 0)
    app.run()
    assert not app.exception
    assert "没有打开" not in html(app)
    assert "pl-full" in html(app)


def test_a_parcel_without_findings_says_so() -> None:
    app = drop(page(), one__txt=EXAMPLE)
    file = app.session_state["kept_import_files"][0]
    findings = set(file.survey.findings.column("parcel").to_pylist())
    for position in (0, 1):
        app.session_state["kept_import_row"] = ("parcel", file.version, position)
        app.run()
        assert "没有打开" not in html(app)
        clean = text("zh", "ui.import.none_quality")
        assert (clean in html(app)) == (position not in findings)
