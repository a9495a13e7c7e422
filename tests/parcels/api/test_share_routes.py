"""What a reader of a shared snapshot gets, and what everybody else gets."""

from __future__ import annotations

import gzip
import json

import pytest
from starlette.applications import Starlette

from parcels.api import share_routes as routes
from parcels.api.share_routes import share_path
from parcels.snapshot.canonical import digest_of
from parcels.storage.access import SINGLE_DESK
from parcels.storage.shares import new_token
from parcels.storage.store import open_store
from tests.parcels.api.asking import ask
from tests.parcels.snapshot.samples import two_parcels
from tests.parcels.storage.tiny_snapshots import AT, UNTIL, tiny

VIEW = {"address": "review?at=1", "map": None, "chosen": None}
NEEDED = {
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Desk:
    """An app with a store, and a clock that can be set."""

    def __init__(self, path, base=""):
        self.path, self.base = path, base
        self.store = open_store(path)
        self.now = AT
        made = routes.share_routes(base, store=lambda: self.store, now=lambda: self.now)
        self.app = Starlette(routes=made)

    def link(self, snapshot, level="internal"):
        token = new_token()
        self.store.keep_snapshot(SINGLE_DESK, snapshot, at=AT)
        share = self.store.share(
            SINGLE_DESK, snapshot.digest, level, token=token, until=UNTIL, at=AT, key=token
        )
        return share, share_path(self.base, token)

    def get(self, path, method="GET", **headers):
        return ask(self.app, method, path, headers=headers)


@pytest.fixture(params=["", "/planner"])
def desk(request, tmp_path):
    return Desk(tmp_path / "planner.sqlite", request.param)


def test_a_link_gives_the_page_and_the_snapshot_that_can_be_verified(desk):
    share, path = desk.link(tiny("给协作单位"), "partner")
    page, raw = desk.get(path), desk.get(f"{path}/snapshot.json")

    assert (page.status, raw.status) == (200, 200)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "给协作单位" in page.body.decode()
    given = raw.json
    assert digest_of(given["content"]) == given["digest"] == share.digest
    assert given["content"]["level"] == "partner"
    for answer in (page, raw):
        assert NEEDED.items() <= answer.headers.items()
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    zipped = desk.get(path, **{"accept-encoding": "gzip, br"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == page.body


def test_unknown_revoked_and_ended_links_get_the_very_same_answer(desk):
    share, path = desk.link(tiny())
    assert desk.get(path).status == 200  # and the page is kept
    never = desk.get(f"{desk.base}/s/{new_token()}")

    desk.now = "2027-01-01T00:00:00Z"
    ended = desk.get(path)
    desk.now = AT
    assert desk.get(path).status == 200
    open_store(desk.path).revoke(SINGLE_DESK, share.id, at=AT)  # as another process would
    answers = [
        ended,
        desk.get(path),
        desk.get(f"{path}/snapshot.json"),
        desk.get(f"{desk.base}/s/"),
        desk.get(f"{desk.base}/s/a/b/c"),
        desk.get(f"{desk.base}/s/{'x' * 5000}"),
    ]

    assert never.status == 404
    assert NEEDED.items() <= never.headers.items()
    assert "已被撤销" in never.body.decode()
    assert "was revoked" in never.body.decode()
    assert [one for one in answers if one != never] == []


def test_a_head_is_answered_like_the_page(desk):
    _, path = desk.link(tiny())
    head, page = desk.get(path, "HEAD"), desk.get(path)
    assert (head.status, head.headers) == (page.status, page.headers)
    assert desk.get(path, "POST").status == 405


def test_the_live_view_is_named_in_the_house_only(desk):
    whole = tiny(view=VIEW)
    _, inside = desk.link(whole)
    _, outside = desk.link(whole, "partner")
    live = f"{desk.base}/review?at=1"
    assert json.dumps(live) in desk.get(inside).body.decode()
    assert "review?at=1" not in desk.get(outside).body.decode()
    _, forged = desk.link(tiny(view=VIEW | {"address": "//evil.example/\\x"}))
    assert '"//evil' not in desk.get(forged).body.decode().split('id="page-words"')[1]


def test_a_store_that_cannot_be_asked_is_no_hint(tmp_path):
    desk = Desk(tmp_path / "planner.sqlite")
    _, path = desk.link(tiny())
    (tmp_path / "planner.sqlite").write_bytes(b"no database")
    known, unknown = desk.get(path), desk.get("/s/unknown")
    assert known == unknown
    assert known.status == 503


def test_nobody_makes_a_store_by_asking_for_a_link(tmp_path):
    desk = Desk(tmp_path / "planner.sqlite")
    assert desk.get("/s/unknown").status == 404
    assert list(tmp_path.iterdir()) == []


def test_robots_are_told_to_read_nothing(desk):
    for path in ("/robots.txt", f"{desk.base}/robots.txt"):
        assert desk.get(path).body == b"User-agent: *\nDisallow: /\n"


def test_a_page_is_made_once_however_many_read_it(desk, monkeypatch):
    made = []
    monkeypatch.setattr(routes, "page_bytes", lambda _, live_url: made.append(live_url) or b"x")
    _, path = desk.link(tiny())
    assert [desk.get(path).body for _ in range(3)] == [b"x"] * 3
    assert made == [None]


def test_a_public_page_has_no_coordinates(desk):
    _, path = desk.link(two_parcels(), "public")
    said = desk.get(path).body.decode()
    assert "示意图，不作为权属和审批依据" in said
    for digits in ("3650512", "37637200", "112.46", "32.97"):
        assert digits not in said
