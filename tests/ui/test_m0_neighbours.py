"""The panel on the surroundings of a proposal, without a browser."""

from __future__ import annotations

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from parcels.messages import text
from parcels.parcel_sets import SETS
from tests.parcels.set_samples import HOSTILE, hostile_survey, many_survey
from tests.parcels.survey_samples import FIRST, SECOND, parcels, survey
from tests.ui.test_pages import html

PAGE = """
from parcels.proposal.model import Proposal
from parcels.ui import state
from parcels.ui.components.m0_draft import held_draft, put
from parcels.ui.components.m0_neighbours import neighbours_panel

state.enter_page("m0")
neighbours_panel(state.lang(), Proposal(), put)
import streamlit as st
draft = held_draft().draft
st.html("<p>" + " | ".join(f"{k}={v}" for k, v in draft.fields.items()) + draft.note + "</p>")
"""


pytestmark = pytest.mark.usefixtures("store")


def run(**params: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def keep(made) -> str:
    return SETS.accept(made)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_parcel_everything_is_unknown(lang: str) -> None:
    app = run(lang=lang)
    shown = html(app)
    assert shown.count(text(lang, "outcome.unknown")) >= 2
    assert text(lang, "ui.m0_place.zone_no_parcel") in shown
    assert app.button(key="m0_zone_put").disabled


def test_a_row_of_table_two_is_judged_as_m0() -> None:
    app = run(parcel="B2-01")
    shown = html(app)
    assert "新型产业（M0）" in shown
    assert "勘测界址" in shown
    assert app.button(key="m0_zone_put").disabled  # no areas are known


def test_the_parcel_is_chosen_here_too() -> None:
    app = run()
    app.selectbox(key="m0_place_parcel").select("B2-05").run()
    assert app.query_params["parcel"] in ("B2-05", ["B2-05"])
    assert "±2,000 m" in html(app)


def test_the_figures_of_the_zone_go_into_the_draft() -> None:
    table = pa.table({"用途": ["工业用地", "一类工业用地"]})
    held = survey(parcels=parcels((FIRST, SECOND)), attributes=table, fields={"use": "用途"})
    app = run(set=keep(held), parcel="1")
    app.button(key="m0_zone_put").click().run()
    assert not app.exception
    shown = html(app)
    assert "zone_m0=0.00 m²" in shown
    assert "zone_industrial=" in shown
    assert "图形面积 2 宗" in shown


def test_names_stay_as_they_are_written() -> None:
    app = run(set=keep(hostile_survey()), parcel="2")
    assert "<img" not in html(app)
    assert any(HOSTILE in one for one in app.selectbox(key="m0_place_parcel").options)


def test_of_many_parcels_a_part_is_listed_and_that_is_said() -> None:
    app = run(set=keep(many_survey()), parcel="2400")
    assert "2,500" in html(app)
    assert app.selectbox(key="m0_place_parcel").value == "2400"
