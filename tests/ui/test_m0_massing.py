"""The volumes on the page M0 without a browser: cells to draft, figures, the parcel's outline."""

from __future__ import annotations

import base64
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from parcels.messages import LANGUAGES
from parcels.parcel_sets import SETS
from parcels.proposal.document.reading import read_draft
from parcels.proposal.draft import Draft
from parcels.proposal_shelf import DRAFTS
from parcels.ui.components.m0_massing_rows import edited
from tests.parcels.set_samples import hostile_survey
from tests.parcels.survey_samples import parcels, survey

ROWS = (
    {
        "name": "A座",
        "function": "研发用房",
        "area": "30,000",
        "storeys": "10",
        "storey_height": "4.5",
    },
    {},
    {"name": "<b>x</b>", "function": "宿舍/倒班房", "area": "1万㎡"},
)
DRAFT = Draft(
    fields=MappingProxyType({"site_area": "60亩", "setback": "10m", "footprint": "1000㎡"}),
    floors=tuple(MappingProxyType(row) for row in ROWS),
)


def _page() -> None:
    from parcels.ui.views import m0_page

    m0_page.render()


def page(draft: Draft = DRAFT, **params: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in {"show": "volume", "proposal": DRAFTS.keep(draft), **params}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def held(app: AppTest) -> Draft:
    token = app.query_params["proposal"]
    found = DRAFTS.find(token if isinstance(token, str) else token[0])
    assert found is not None
    return found


def html(app: AppTest) -> str:
    return "".join(str(one.proto.body) for one in app.get("html"))


def drawings(app: AppTest) -> list[str]:
    marks = html(app).split("data:image/svg+xml;base64,")[1:]
    return [base64.b64decode(one.partition('"')[0]).decode() for one in marks]


def test_storeys_and_heights_are_kept_as_typed() -> None:
    after, problem = edited("zh", DRAFT, 1, "storeys", "五层")
    assert problem == ""
    assert after.floors[2]["storeys"] == "五层"
    assert after.floors[:2] == DRAFT.floors[:2]
    emptied, _ = edited("zh", after, 1, "storeys", "")
    assert emptied == DRAFT


def test_a_footprint_becomes_floor_area_and_storeys_stay() -> None:
    after, problem = edited("zh", DRAFT, 0, "footprint", "3,500.5")
    assert problem == ""
    assert read_draft(after).proposal.exact("floor:0") == Fraction(35005)
    assert after.floors[0]["storeys"] == "10"
    assert edited("zh", after, 0, "footprint", "3500.50㎡") == (after, "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("at", "typed"), [(0, "abc"), (0, "-5"), (0, "3000-4000"), (1, "500"), (0, "")]
)
def test_a_footprint_that_settles_nothing_is_quoted_and_changes_nothing(
    at: int, typed: str, lang: str
) -> None:
    after, problem = edited(lang, DRAFT, at, "footprint", typed)
    assert after == DRAFT
    assert typed in problem
    assert problem


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_three_drawings_the_figures_and_what_is_open(lang: str) -> None:
    app = page(lang=lang)
    assert len(drawings(app)) == 3
    shown = html(app)
    assert "≥ 3,000.00 m²" in shown  # 30,000 on 10; the other row has no storeys
    assert "1,000.00 m²" in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown


def test_the_footprint_of_the_drawing_is_taken_when_nothing_is_open() -> None:
    draft, _ = edited("zh", DRAFT, 1, "storeys", "4")
    app = page(draft)
    assert "5,500.00 m²" in html(app)  # 30,000 / 10 + 10,000 / 4
    app.button(key="m0_massing_take").click().run()
    assert not app.exception
    kept = held(app)
    assert read_draft(kept).proposal.exact("footprint") == 5500


def test_an_open_footprint_cannot_be_taken() -> None:
    assert page().button(key="m0_massing_take").disabled


def test_a_field_of_the_envelope_is_typed_here_too() -> None:
    app = page()
    app.text_input(key="m0_massing_setback").set_value("三十米").run()
    kept = held(app)
    assert kept.fields["setback"] == "三十米"


def test_a_parcel_that_no_file_holds_is_said() -> None:
    named = replace(DRAFT, fields=MappingProxyType({**DRAFT.fields, "parcel": "B9-<i>"}))
    assert "B9-&lt;i&gt;" in html(page(named))


def test_a_proposal_without_anything_says_what_to_do() -> None:
    shown = html(page(Draft()))
    assert "用地面积没有填写" in shown
    assert "还没有建筑面积" in shown


def test_a_drawing_of_the_address_is_chosen() -> None:
    assert "pl-massing-chosen" in html(page(drawing="section"))
    assert page(drawing="nonsense").get("html")


def named(parcel: str) -> Draft:
    return replace(DRAFT, fields=MappingProxyType({**DRAFT.fields, "parcel": parcel}))


def test_the_outline_of_a_parcel_of_the_session_is_drawn_in_metres() -> None:
    token = SETS.accept(hostile_survey())
    app = page(named(" 示例地块1 "), set=token)
    told = html(app)
    assert "中的地块“示例地块1”画" in told
    assert any(">N<" in one for one in drawings(app))
    assert "地块图形的面积是 55," in told  # the ellipsoid says 55,806.12 m², a plane nearly so
    assert "相差 15,80" in told


def test_a_name_that_two_parcels_have_settles_nothing() -> None:
    table = parcels()
    names = pa.array(["同名", "同名"])
    both = survey(parcels=table.set_column(table.column_names.index("name"), "name", names))
    shown = html(page(named("同名"), set=SETS.accept(both)))
    assert "有几宗地块都叫“同名”" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("example", ["demo", "huawei", "semiconductor", "cdmo"])
def test_every_example_opens_with_what_is_missing_named(example: str, lang: str) -> None:
    app = AppTest.from_function(_page, default_timeout=60)
    for name, value in {"show": "volume", "example": example, "lang": lang}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert len(drawings(app)) == 3
    assert "pl-massing-remarks" in html(app)
