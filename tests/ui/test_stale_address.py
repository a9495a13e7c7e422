"""A table that only answers to the page sends an address that may be older than the last choice."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from parcels.ui import state

state.enter_page("review")
st.button("next", on_click=lambda: state.set_params(parcel="B2-03"))
st.button("echo", on_click=state.hold_params)
st.text(state.param("parcel") or "")
"""


def test_what_was_chosen_last_outlives_an_older_address() -> None:
    app = AppTest.from_string(PAGE)
    app.query_params["parcel"] = "B2-02"
    app.run()
    app.button[0].click().run()
    assert app.text[0].value == "B2-03"
    app.query_params["parcel"] = "B2-02"  # the browser had not heard of the choice yet
    app.button[1].click().run()
    assert app.text[0].value == "B2-03"
    assert app.query_params["parcel"] == "B2-03"


def test_back_leads_to_the_address_of_before() -> None:
    app = AppTest.from_string(PAGE)
    app.query_params["parcel"] = "B2-02"
    app.run()
    app.button[0].click().run()
    app.query_params["parcel"] = "B2-02"
    app.run()
    assert app.text[0].value == "B2-02"
