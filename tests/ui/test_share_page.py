"""分享: what leaves is said before it does; snapshots are kept, linked, verified, revoked."""

from __future__ import annotations

import re
import time
from unittest.mock import patch

import pytest

from parcels.jobs.job import JOBS
from parcels.snapshot.building import build
from parcels.snapshot.levels import reduced
from parcels.snapshot.writers import json_bytes
from parcels.storage.access import Actor
from parcels.ui import state
from tests.parcels.snapshot.samples import case_of_survey, head, two_parcels
from tests.parcels.survey_samples import survey
from tests.ui import share_page as pages
from tests.ui.share_page import button, chosen, html, keep, kept, links, pressed

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}} :red[x]"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;{{7*7}} :red[x]"


@pytest.fixture(autouse=True)
def quick_sheets():
    """Leave the drawing of sheets to their own tests, but for those that look at one."""
    with patch("parcels.ui.views.share_page.preview") as preview:
        yield preview


def test_an_empty_page_says_what_a_snapshot_proves():
    app = pages.page()
    assert "SHA-256" in html(app)
    assert button(app, "share_new").label == "新建快照"


def test_the_dialog_says_what_leaves_before_anything_is_made():
    app = chosen(pages.dialog(), "share_level", "public")
    assert "取整到 1 m" in html(app)
    assert "界址点坐标" in html(app)
    assert kept() == []


def test_a_link_is_told_once_and_its_token_is_not_kept():
    app = pressed(pages.dialog(), "share_make")
    [token] = set(re.findall(r"/s/([\w-]{22})", html(app)))
    assert [one.level for one in kept()] == ["internal"]
    assert token not in repr(links())
    assert f'data-copy="http://localhost/s/{token}"' in html(app)


def test_a_second_click_makes_no_second_link():
    app = pressed(pages.dialog(), "share_make")
    before = links()
    pressed(app, "share_make")
    assert links() == before


def test_a_public_link_keeps_the_snapshot_that_it_rests_on():
    app = pressed(chosen(pages.dialog(), "share_level", "public"), "share_make")
    levels = {one.level: one.digest for one in kept()}
    assert set(levels) == {"internal", "public"}
    assert [one.digest for one in links()] == [levels["public"]]
    assert levels["internal"][:8] in html(app)


def test_the_chosen_scope_is_what_the_snapshot_is_about():
    app = chosen(pages.dialog(parcel="B2-03"), "share_scope", "chosen")
    pressed(app, "share_make")
    [digest] = [one.digest for one in kept()]
    from parcels.storage.access import SINGLE_DESK
    from parcels.ui import cache

    content = cache.store().snapshot(SINGLE_DESK, digest).content
    assert [one["key"] for one in content["parcels"] if one["selected"]] == ["B2-03"]
    assert content["view"]["address"] == "review?parcel=B2-03"
    assert content["view"]["chosen"] == "B2-03"


def test_a_page_without_content_says_so():
    assert "还没有可以分享的内容" in html(pages.nothing_to_share())


@pytest.mark.parametrize(
    ("role", "said"), [("viewer", "不能存快照"), ("planner", "不能生成这一级的链接")]
)
def test_what_a_role_may_not_do_is_said(role, said):
    with patch.object(state, "actor", lambda: Actor("wang", role)):
        app = pages.dialog()
        if role == "planner":
            app = chosen(app, "share_level", "public")
        assert said in html(app)


def test_the_list_names_snapshots_as_typed_and_the_card_has_the_digest():
    made = build("review", case_of_survey(survey()), head(HOSTILE))
    keep(two_parcels(), made)
    app = pages.page()
    assert list(app.dataframe[0].value["title"]) == [HOSTILE, "示例勘测"]
    assert ESCAPED in html(app)
    assert f'data-copy="{made.digest}"' in html(app)
    named = pages.page(snapshot=two_parcels().digest[:16])
    assert f'data-copy="{two_parcels().digest}"' in html(named)


def test_an_address_of_a_snapshot_that_is_gone_says_so():
    keep(two_parcels())
    assert "没有这份快照" in html(pages.page(snapshot="0123456789abcdef"))


def test_a_kept_snapshot_is_verified_by_running_every_check_again():
    app = pressed(pages.keeping(two_parcels()), "share_verify")
    assert "pl-badge pl-pass" in html(app)


def test_a_reduced_snapshot_is_made_again_from_the_one_it_rests_on():
    public = reduced(two_parcels(), "public")
    app = pages.keeping(two_parcels(), public)
    app = pressed(app, "share_verify")
    assert "pl-badge pl-pass" in html(app)


def test_a_link_is_made_revoked_and_goes_with_its_snapshot():
    app = pressed(pages.keeping(two_parcels()), "share_new_link")
    app = pressed(app, "share_link_make").run()
    assert links()[0].revoked_at is None
    assert "/s/" in html(app)
    app = pressed(pressed(app, "share_revoke_"), "share_revoke_do").run()
    assert links()[0].revoked_at is not None
    assert "撤销" in html(app)
    pressed(pressed(app, "share_drop"), "share_drop_do")
    assert (kept(), links()) == ([], [])


def test_a_long_file_is_made_beside_the_page_and_can_be_cancelled():
    app = chosen(pages.keeping(two_parcels()), "share_format", "json")
    with patch("parcels.ui.components.share_making.is_long", lambda *_: True):
        pressed(app, "share_make_file")
    [token] = app.session_state["kept_share_jobs"]
    job = JOBS.find(token)
    while job.progress().status == "running":
        time.sleep(0.05)
    app.run()
    assert "已生成" in html(app)
    assert job.result() == json_bytes(two_parcels())
    app = pressed(app, "share_job_drop")
    assert app.session_state["kept_share_jobs"] == ()


def test_a_file_with_one_digit_changed_is_told_apart():
    whole = json_bytes(two_parcels())
    app = pages.page(share="check")
    tampered = re.sub(rb'"area_m2":(\d)', rb'"area_m2":9\1', whole, count=1)
    app.file_uploader[0].set_value([("a.json", tampered, "")]).run()
    assert "pl-badge pl-fail" in html(app)
    app.file_uploader[0].set_value([("b.json", whole, "")]).run()
    assert "pl-badge pl-pass" in html(app)
    app.file_uploader[0].set_value([("c.json", b"{}", "")]).run()
    assert "c.json" in html(app)
    assert not app.exception


def test_two_snapshots_are_compared():
    keep(two_parcels(), build("review", case_of_survey(survey(), selected=(1,)), head("第二份")))
    app = pages.page(share="check")
    digests = [one.digest for one in kept()]
    app.multiselect(key="share_compared").set_value(digests).run()
    assert not app.exception
    assert html(app).count("pl-share-checked") == 3
    assert "第二份" in html(app)


def test_the_sheet_follows_the_address(quick_sheets):
    from parcels.ui.components.share_preview import preview

    quick_sheets.side_effect = preview
    keep(two_parcels())
    app = pages.page(template="cadastral", paper="A3", lot="2", ink="grey", leaf="99")
    assert not app.exception
    assert app.selectbox(key="share_of_paper").value == "A3"
    assert app.selectbox(key="share_of_lot").value == "2"
    assert len(app.get("image")) == 1
    assert button(app, "share_page_next").disabled
