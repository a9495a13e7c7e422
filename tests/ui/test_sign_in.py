"""Who uses the page: one desk, or whoever signed in; the names of reviews follow."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from streamlit.errors import StreamlitAuthError
from streamlit.testing.v1 import AppTest

from parcels.settings import AccessSetting, Settings
from parcels.storage.access import SINGLE_DESK, Actor
from parcels.ui import cache, signed_in

ACCESS = AccessSetting(oidc=True, roles={"li@ny.example": "reviewer", "wang@ny.example": "planner"})
LI = {"is_logged_in": True, "email": "Li@ny.example", "email_verified": True, "sub": "17"}


@pytest.fixture
def person():
    """Let somebody sign in: what the service says of them."""
    with ExitStack() as patches:

        def put(claims, access=ACCESS):
            patches.enter_context(patch.object(cache, "settings", lambda: Settings(access=access)))
            user = patch.object(type(signed_in.st.user), "to_dict", lambda _: claims)
            patches.enter_context(user)

        yield put


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, Actor("", "viewer")),
        ({"is_logged_in": False, "email": "li@ny.example"}, Actor("", "viewer")),
        (LI, Actor("li@ny.example", "reviewer")),
        (LI | {"email": "new@ny.example"}, Actor("new@ny.example", "viewer")),
        (LI | {"email_verified": False}, Actor("17", "viewer")),
        (LI | {"email": None}, Actor("17", "viewer")),
    ],
)
def test_the_role_follows_from_a_verified_address(person, claims, expected):
    person(claims)
    assert signed_in.actor() == expected


def test_where_nobody_signs_in_one_desk_owns_everything(person):
    person(LI, AccessSetting(roles=ACCESS.roles))
    assert signed_in.actor() == SINGLE_DESK


def bar():
    from parcels.ui import state
    from parcels.ui.components.context_row import context_row

    state.enter_page("data")
    context_row("数据", "9 宗")


def test_a_desk_has_no_button(person):
    person({}, AccessSetting())
    shown = AppTest.from_function(bar).run()
    assert not shown.exception
    assert len(shown.button) == 0


def test_who_is_not_signed_in_can_sign_in(person):
    person({})
    shown = AppTest.from_function(bar).run()
    assert [one.label for one in shown.button] == ["登录"]
    with patch("parcels.ui.components.sign_in.st.login") as login:
        shown.button(key="sign_in_button").click().run()
    login.assert_called_once_with()


def test_a_service_that_is_not_set_up_is_said_in_words(person):
    person({})
    shown = AppTest.from_function(bar).run()
    with patch("parcels.ui.components.sign_in.st.login", side_effect=StreamlitAuthError("x")):
        shown.button(key="sign_in_button").click().run()
    assert not shown.exception
    assert any("secrets.toml" in one.proto.body for one in shown.get("html"))


def test_who_is_signed_in_sees_name_and_role_and_can_leave(person):
    person(LI)
    shown = AppTest.from_function(bar).run()
    assert [one.value.replace("\\", "") for one in shown.caption] == ["li@ny.example · 审查"]
    with patch("parcels.ui.components.sign_in.st.logout") as leave:
        shown.button(key="sign_out").click().run()
    leave.assert_called_once_with()


def naming():
    import streamlit as st

    from parcels.ui.components.review_say import name_field

    st.write(name_field("name"))


def test_a_review_bears_the_name_of_who_signed_in(person):
    person(LI)
    shown = AppTest.from_function(naming).run()
    assert not shown.exception
    assert len(shown.text_input) == 0
    assert shown.markdown[-1].value == "li@ny.example"


def test_on_a_desk_the_name_is_typed(person):
    person({}, AccessSetting())
    shown = AppTest.from_function(naming).run()
    shown.text_input[0].set_value(" 张三 ").run()
    assert shown.markdown[-1].value == "张三"
