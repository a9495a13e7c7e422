"""The browser may send an address from before the last click: the last click holds."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from streamlit.runtime.state import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from parcels.ui import state

PAGE = """
import streamlit as st
from parcels.ui import state
from parcels.ui.components.context_row import context_row

st.text(state.lang())  # the words of the widgets are said before the page is entered
state.enter_page("data")
context_row("", "")
st.button("next", on_click=lambda: state.set_params(parcel="B2-03"))
st.button("echo")
st.text(state.lang())
st.text(state.param("parcel") or "")
"""


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_string(PAGE)
    app.query_params["parcel"] = "B2-02"
    app.query_params["lang"] = "zh"
    return app.run()


def in_browser(app: AppTest, **address: str) -> None:
    """Let the browser have this address, whatever was written last."""
    app.query_params.clear()
    app.query_params.update(address)


def shown(app: AppTest) -> tuple[str, str, str, str]:
    """Return parcel, languages before and on the page, and what the language switch shows."""
    before, inside, parcel = (text.value for text in app.text)
    return parcel, before, inside, app.session_state["lang_switch"]


def test_what_was_chosen_last_outlives_an_older_address(app: AppTest) -> None:
    app.button[0].click().run()
    assert shown(app)[0] == "B2-03"
    in_browser(app, parcel="B2-02", lang="zh")
    app.button[1].click().run()
    assert shown(app)[0] == "B2-03"
    assert app.query_params["parcel"] == "B2-03"


def test_a_language_outlives_an_older_address(app: AppTest) -> None:
    app.button_group[0].set_value("en").run()
    in_browser(app, parcel="B2-02", lang="zh")
    app.button[1].click().run()
    assert shown(app) == ("B2-02", "en", "en", "en")
    assert app.query_params["lang"] == "en"


def test_there_and_back_before_the_browser_heard_of_it_is_written_to_the_address(
    app: AppTest,
) -> None:
    app.button_group[0].set_value("en").run()
    in_browser(app, parcel="B2-02", lang="zh")  # but lang=en is on its way
    write = QueryParamsProxy.from_dict
    with patch.object(QueryParamsProxy, "from_dict", autospec=True, side_effect=write) as written:
        app.button_group[0].set_value("zh").run()
    assert written.call_args.args[1] == {"parcel": "B2-02", "lang": "zh"}
    assert shown(app) == ("B2-02", "zh", "zh", "zh")


def test_back_leads_to_the_address_of_before_and_the_switch_with_it(app: AppTest) -> None:
    app.button[0].click().run()
    app.button_group[0].set_value("en").run()
    assert shown(app) == ("B2-03", "en", "en", "en")
    in_browser(app, parcel="B2-02", lang="zh")
    with patch.object(state, "_is_step_in_history", return_value=True):
        app.run()
    assert shown(app) == ("B2-02", "zh", "zh", "zh")
