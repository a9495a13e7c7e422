"""Pages without a browser: what they say, and that a failure stays inside the page."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from parcels.messages import text

MAIN = Path(__file__).parents[2] / "parcels" / "ui" / "main.py"
PAYLOAD = re.compile(r'planner\.update\("([A-Za-z0-9+/=]+)"\)')


def run(**params: str) -> AppTest:
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def scene(app: AppTest) -> dict:
    """Return what the page hands to the map."""
    component = app.get("component_instance")[0]
    group = json.loads(component.proto.json_args)["feature_group"]
    return json.loads(base64.b64decode(PAYLOAD.search(group)[1]))


def test_opens_on_row_one_of_table_two() -> None:
    app = run()
    assert not app.exception
    assert "信臣路以南、热电厂以西" in html(app)
    assert html(app).count("原文未给") == 2
    assert list(app.dataframe[0].value["number"]) == list(range(1, 10))


def test_the_same_page_in_english() -> None:
    app = run(lang="en")
    assert not app.exception
    assert "Most likely block" in html(app)
    assert "最可能街区" not in html(app)


@pytest.mark.parametrize("number", range(1, 10))
def test_every_row_has_its_extract(number: int) -> None:
    app = run(parcel=f"B2-0{number}")
    assert not app.exception
    assert f"表2 第{number}行" in html(app)
    assert scene(app)["selected"] == {"layer": "parcels", "id": f"B2-0{number}"}


def test_a_filter_dims_on_the_map_what_it_leaves_out_of_the_list() -> None:
    app = run(use="residential")
    assert list(app.dataframe[0].value["number"]) == [3, 4]
    assert sorted(scene(app)["dimmed"]) == [f"B2-0{n}" for n in (1, 2, 5, 6, 7, 8, 9)]


@pytest.mark.parametrize(
    "params",
    [
        {"parcel": "B2-99"},
        {"v": "nonsense"},
        {"v": "1,2"},
        {"v": "nan,nan,nan"},
        {"v": "999,999,99"},
        {"feature": "<script>"},
        {"use": "{{7*7}}"},
        {"lang": "xx"},
    ],
    ids=str,
)
def test_a_spoiled_address_opens_the_page_all_the_same(params: dict[str, str]) -> None:
    app = run(**params)
    assert not app.exception
    assert "表2 第1行" in html(app)


def test_no_link_of_the_map_leaves_the_application() -> None:
    arguments = json.loads(run().get("component_instance")[0].proto.json_args)
    links = [*arguments["js_links"], *arguments["css_links"]]
    assert links
    assert [link for link in links if not link.startswith("../../assets/")] == []


def test_the_script_of_the_map_is_the_same_whatever_is_chosen() -> None:
    scripts = {
        json.loads(run(**params).get("component_instance")[0].proto.json_args)["script"]
        for params in (
            {},
            {"parcel": "B2-07"},
            {"lang": "en"},
            {"q": "纬七路以北"},
            {"use": "twins"},
        )
    }
    assert len(scripts) == 1


def test_hostile_text_is_escaped_in_the_extract() -> None:
    hostile = "<img src=x onerror=alert(1)>{{7*7}}{% x"
    app = run(q=f"{hostile}以南")
    assert not app.exception
    assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}{% x" in html(app)
    assert "<img" not in html(app)


def test_a_page_that_fails_says_so_and_logs_the_reason(caplog: pytest.LogCaptureFixture) -> None:
    with patch("parcels.ui.views.parcels_page.context_row", side_effect=RuntimeError("broken")):
        app = run()
    assert not app.exception
    number = re.search(r"编号 ([0-9A-F]{4})", html(app))[1]
    assert number in caplog.text
    assert "broken" not in html(app)
    assert text("zh", "ui.boundary.retry") in [button.label for button in app.button]
