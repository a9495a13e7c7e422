"""Snapshots come back as they were kept; links open for who holds the token, until they do not."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from hashlib import sha256

import pytest

from geo.errors import PlannerError
from parcels.planning.model import Scenario
from parcels.snapshot.model import Snapshot
from parcels.storage.access import SINGLE_DESK, Actor
from parcels.storage.shares import day_of, default_until, new_token
from parcels.storage.store import open_store
from tests.parcels.storage.tiny_snapshots import AT, UNTIL, WORD, tiny

LATER = "2026-12-01T00:00:00Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        return open_store(tmp_path / "planner.sqlite")
    return open_store(request.getfixturevalue("postgres_url"))


@pytest.fixture
def file_store(tmp_path):
    return open_store(tmp_path / "planner.sqlite")


def shared(store, snapshot, level="internal", *, actor=SINGLE_DESK, **changed):
    store.keep_snapshot(actor, snapshot, at=AT)
    given = {"token": WORD, "until": UNTIL, "at": AT, "key": "k1"} | changed
    return store.share(actor, snapshot.digest, level, **given)


def behind(path, *statements):
    with closing(sqlite3.connect(path)) as link, link:
        for one in statements:
            rows = link.execute(one).fetchall()
    return rows


def test_a_snapshot_comes_back_as_it_was_kept(store):
    snapshot = tiny("标题 “𠮷” <b>", extra=[1, 2.5, 1e-300, 0.1 + 0.2, None, True, "\0 \u2028"])
    kept = store.keep_snapshot(SINGLE_DESK, snapshot, at=AT)
    again = store.keep_snapshot(Actor("乙", "planner"), snapshot, at=LATER)

    found = store.snapshot(SINGLE_DESK, snapshot.digest)

    assert (found.digest, found.content) == (snapshot.digest, snapshot.content)
    assert again == kept
    assert store.snapshots(SINGLE_DESK) == (kept,)
    assert (kept.title, kept.made_by, kept.owner, kept.rests_on) == (
        snapshot.content["title"],
        "王工",
        "",
        None,
    )
    assert store.verify().sound


def test_a_link_shows_what_its_level_lets_leave(store):
    snapshot = tiny()
    share = shared(store, snapshot, "public")

    shown = store.opened_share(WORD, AT)

    assert (shown.level, shown.content["rests_on"]) == ("public", snapshot.digest)
    assert "⟦inputs⟧" not in repr(shown.content)
    assert (share.digest, share.source) == (shown.digest, snapshot.digest)
    assert store.shares(SINGLE_DESK, snapshot.digest) == (share,)
    levels = [(one.level, one.rests_on) for one in store.snapshots(SINGLE_DESK)]
    assert levels == [("internal", None), ("public", snapshot.digest)]
    assert store.verify().sound


def test_unknown_revoked_ended_and_damaged_are_answered_alike(file_store, tmp_path):
    share = shared(file_store, tiny())
    assert file_store.opened_share(WORD, AT).digest == share.digest

    assert file_store.opened_share("unknown", AT) is None
    assert file_store.opened_share("", AT) is None
    assert file_store.opened_share("\ud800", AT) is None
    assert file_store.opened_share(share.id, AT) is None
    assert file_store.opened_share(WORD, "2026-12-22T15:59:59Z") is not None
    assert file_store.opened_share(WORD, "2026-12-22T16:00:00Z") is None  # midnight in Beijing
    behind(tmp_path / "planner.sqlite", "UPDATE snapshot SET content = substr(content, 1, 40)")
    assert file_store.opened_share(WORD, AT) is None
    with pytest.raises(PlannerError, match="snapshot_damaged"):
        file_store.snapshot(SINGLE_DESK, share.digest)
    assert {one.code for one in file_store.verify().flaws} == {"snapshot_digest"}


def test_a_revoked_link_is_closed_at_once_and_stays_so_also_for_another_process(store):
    share = shared(store, tiny())
    other = open_store(_address(store))
    assert other.opened_share(WORD, AT) is not None

    revoked = store.revoke(SINGLE_DESK, share.id, at=LATER)

    assert (revoked.revoked_at, revoked.state(AT), share.state(AT)) == (LATER, "revoked", "open")
    assert other.live_share(WORD, AT) is other.opened_share(WORD, AT) is None
    assert store.revoke(SINGLE_DESK, share.id, at="2026-12-09T00:00:00Z").revoked_at == LATER
    with pytest.raises(PlannerError, match="share_unknown"):
        store.revoke(SINGLE_DESK, "none", at=AT)


def _address(store):
    place = store.database.address.place
    return (
        place
        if not hasattr(place, "render_as_string")
        else place.render_as_string(hide_password=False)
    )


def test_a_dropped_snapshot_takes_its_links_and_reductions_along(store):
    snapshot, stays = tiny(), tiny("另一份")
    shared(store, snapshot, "partner")
    store.keep_snapshot(SINGLE_DESK, stays, at=AT)

    store.drop_snapshot(SINGLE_DESK, snapshot.digest, at=AT)

    assert [one.digest for one in store.snapshots(SINGLE_DESK)] == [stays.digest]
    assert store.shares(SINGLE_DESK) == ()
    assert store.opened_share(WORD, AT) is None
    with pytest.raises(PlannerError, match="snapshot_unknown"):
        store.drop_snapshot(SINGLE_DESK, snapshot.digest, at=AT)
    said = [(one.action, one.what, one.object) for one in store.audit(SINGLE_DESK)]
    assert said == [
        ("create", "keep", "snapshot"),
        ("share", "partner", "snapshot"),
        ("create", "keep", "snapshot"),
        ("drop", "drop", "snapshot"),
    ]


def test_the_same_request_makes_one_link(store):
    snapshot = tiny()
    share = shared(store, snapshot, "partner")
    assert shared(store, snapshot, "partner") == share
    assert len(store.shares(SINGLE_DESK)) == 1
    with pytest.raises(PlannerError, match="save_key_reused"):
        shared(store, snapshot, "partner", until=date(2026, 12, 1))
    other = shared(store, snapshot, "partner", token=new_token(), key="k2")
    assert (other.digest, other.id == share.id) == (share.digest, False)


@pytest.mark.parametrize("until", ["2026-11-21", "2027-11-24", "1999-01-01"])
def test_a_link_ends_within_a_year(file_store, until):
    with pytest.raises(PlannerError) as raised:
        shared(file_store, tiny(), until=date.fromisoformat(until))
    assert raised.value.code == "share_until"
    assert (raised.value.values["first"], raised.value.values["last"]) == (
        "2026-11-22",
        "2027-11-23",
    )
    assert default_until(AT) == UNTIL
    assert day_of("2026-11-21T16:00:00Z") == date(2026, 11, 22)


def test_of_a_token_the_store_has_the_hash_alone(file_store, tmp_path):
    token = new_token()
    assert len(token) == 22  # 128 bits
    assert token != new_token()
    shared(file_store, tiny(), token=token)
    file_store.audit(SINGLE_DESK)
    for path in tmp_path.iterdir():
        assert token.encode() not in path.read_bytes()


def test_what_is_not_sealed_or_cannot_be_held_is_refused(file_store):
    whole = tiny()
    with pytest.raises(PlannerError, match="snapshot_not_sealed"):
        file_store.keep_snapshot(
            SINGLE_DESK, Snapshot(content=whole.content, digest="0" * 64), at=AT
        )
    nul = tiny("a\0b")
    half = Snapshot(content={**whole.content, "title": "a\ud800b"}, digest="0" * 64)
    for unfit in (nul, half):
        with pytest.raises(PlannerError, match="text_unfit"):
            file_store.keep_snapshot(SINGLE_DESK, unfit, at=AT)
    assert file_store.snapshots(SINGLE_DESK) == ()


def test_what_may_not_leave_makes_no_link(file_store):
    with pytest.raises(PlannerError, match="snapshot_level_refused"):
        shared(file_store, tiny("联系 13937712345"), "public")
    assert file_store.shares(SINGLE_DESK) == ()
    assert len(file_store.snapshots(SINGLE_DESK)) == 1


def test_a_planner_may_not_publish_and_a_reviewer_may_revoke(file_store):
    planner, reviewer = Actor("甲", "planner"), Actor("乙", "reviewer")
    share = shared(file_store, tiny(), "partner", actor=planner)
    with pytest.raises(PlannerError, match="access_refused"):
        shared(file_store, tiny(), "public", actor=planner, key="k2", token=new_token())
    assert (
        shared(file_store, tiny(), "public", actor=reviewer, key="k3", token=new_token()).level
        == "public"
    )
    assert file_store.revoke(reviewer, share.id, at=AT).revoked_by == "乙"
    refused = [one for one in file_store.audit(SINGLE_DESK) if one.refused]
    assert [(one.by, one.object, one.action) for one in refused] == [
        ("甲", "public_snapshot", "share")
    ]


def test_a_backup_holds_snapshots_and_links_as_plain_text(store, tmp_path):
    snapshot = tiny("备份")
    share = shared(store, snapshot, "partner")
    store.backup(SINGLE_DESK, tmp_path / "one.zip")
    again = open_store(tmp_path / "other.sqlite")

    again.restore(SINGLE_DESK, tmp_path / "one.zip", at=AT)

    assert again.verify().contents == store.verify().contents
    assert again.snapshot(SINGLE_DESK, snapshot.digest).content == snapshot.content
    assert again.opened_share(WORD, AT).digest == share.digest
    again.keep_snapshot(SINGLE_DESK, tiny("新"), at=AT)
    assert again.verify().sound


def test_a_backup_of_the_version_before_is_restored(file_store, tmp_path):
    file_store.create(SINGLE_DESK, Scenario(id="s", name="南区", made_at=AT), key="k")
    file_store.backup(SINGLE_DESK, tmp_path / "new.zip")
    with (
        zipfile.ZipFile(tmp_path / "new.zip") as new,
        zipfile.ZipFile(tmp_path / "old.zip", "w") as old,
    ):
        for name in set(new.namelist()) - {"snapshot.jsonl", "share.jsonl", "manifest.json"}:
            old.writestr(name, new.read(name))
        manifest = json.loads(new.read("manifest.json")) | {"store_version": "0002"}
        manifest["tables"] = {
            name: one
            for name, one in manifest["tables"].items()
            if name not in {"snapshot", "share"}
        }
        old.writestr("manifest.json", json.dumps(manifest))
    again = open_store(tmp_path / "again.sqlite")

    again.restore(SINGLE_DESK, tmp_path / "old.zip", at=AT)

    assert [one.name for one in again.scenarios(SINGLE_DESK)] == ["南区"]
    assert again.verify().contents == file_store.verify().contents


def test_a_full_disk_takes_no_half_of_a_snapshot(small_disk):
    store = open_store(small_disk / "planner.sqlite")
    kept = store.keep_snapshot(SINGLE_DESK, tiny(), at=AT)
    heavy = tiny(
        "大", extra=[sha256(bytes([at % 256, at // 256])).hexdigest() for at in range(20_000)]
    )
    with pytest.raises(PlannerError, match="store_full"):
        store.keep_snapshot(SINGLE_DESK, heavy, at=AT)
    assert store.snapshots(SINGLE_DESK) == (kept,)
    assert store.verify().sound
