"""Every method of the store is called by every role, on own things and on those of others."""

from __future__ import annotations

import csv
import inspect
import shutil
from pathlib import Path

import pytest

from geo.errors import PlannerError
from parcels.planning.model import Operation, Scenario
from parcels.reviews.model import Event
from parcels.reviews.store import ReviewStore
from parcels.storage.access import ROLES, Actor
from parcels.storage.shares import share_id
from parcels.storage.store import Store, open_store
from tests.parcels.storage.tiny_snapshots import UNTIL, tiny

AT = "2026-11-22T08:00:00Z"
ME = "me@ny.example"
ADMIN = Actor("admin@ny.example", "admin")
OTHER = Actor("other@ny.example", "planner")
CASES = Path(__file__).parents[2] / "cases" / "access.csv"
# What is called for each word of the table; `rename`, `archive` … are all `change`.
METHODS = {
    "create_from": "create",
    "rename": "change",
    "archive": "change",
    "unarchive": "change",
    "read_reviews": "of",
    "comment": "reviews",
    "share_public": "share",
}
SNAPSHOTS = {"own": tiny("own"), "others": tiny("others")}
READS = {
    "scenarios",
    "line",
    "saved",
    "draft",
    "read_reviews",
    "snapshots",
    "snapshot",
    "shares",
    "audit",
    "backup",
}


def rows():
    lines = [one for one in CASES.read_text(encoding="utf-8").splitlines() if one[:1] != "#"]
    return [
        pytest.param(
            row["call"], row["on"], role, row[role] == "yes", id=f"{row['call']}-{row['on']}-{role}"
        )
        for row in csv.DictReader(lines)
        for role in ROLES
    ]


def step(number: int, after: str | None) -> Operation:
    return Operation(id=f"{number:032x}", after=after, kind="describe", at=AT)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Make the store that every test begins with: a scenario of one person and one of another."""
    folder = tmp_path_factory.mktemp("office")
    store = open_store(folder / "planner.sqlite")
    for name, owner in (("own", Actor(ME, "planner")), ("others", OTHER)):
        first = 10 if name == "own" else 20
        steps = [step(first, None), step(first + 1, f"{first:032x}")]
        made = Scenario(id=name, name=name, made_at=AT)
        store.create(owner, made, steps, key=f"make-{name}")
        sharer = Actor(owner.name, "admin")
        store.keep_snapshot(sharer, SNAPSHOTS[name], at=AT)
        link = {"token": name, "until": UNTIL, "at": AT, "key": f"share-{name}"}
        store.share(sharer, SNAPSHOTS[name].digest, "internal", **link)
    store.backup(ADMIN, folder / "there.zip")
    return folder


@pytest.fixture
def office(prepared, tmp_path):
    """Give a maker of an office in which one person has a role."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return lambda role: Office(tmp_path, role)


class Office:
    """A store, and somebody with a role."""

    def __init__(self, folder: Path, role: str) -> None:
        self.folder = folder
        self.seen = 1
        self.store = open_store(folder / "planner.sqlite")
        self.actor = Actor(ME, role)

    def call(self, what: str, on: str) -> object:
        """Do what a row of the table names."""
        store, actor = self.store, self.actor
        save = {"seen": self.seen, "key": f"{what}-{on}"}
        last = f"{11 if on == 'own' else 21:032x}"
        calls = {
            "scenarios": lambda: store.scenarios(actor),
            "line": lambda: store.line(actor, on),
            "saved": lambda: store.saved(actor, on, "make-own") or True,
            "create": lambda: store.create(actor, Scenario(id="new", name="", made_at=AT), key="k"),
            "create_from": lambda: store.create(
                actor, Scenario(id="new", name="", parent=on, base=last, made_at=AT), key="k"
            ),
            "add": lambda: store.add(actor, on, step(30, last), **save),
            "move": lambda: store.move(actor, on, None, **save, at=AT),
            "rename": lambda: store.change(actor, on, **save, at=AT, name="x"),
            "archive": lambda: store.change(actor, on, **save, at=AT, archived=True),
            "unarchive": lambda: store.change(actor, on, **save, at=AT, archived=False),
            "draft": lambda: store.draft(actor, on),
            "keep_draft": lambda: store.keep_draft(actor, on, {"a": 1}, at=AT),
            "read_reviews": lambda: store.reviews(actor).of("table2"),
            **self.snapshot_calls(on),
            "audit": lambda: store.audit(actor),
            "backup": lambda: store.backup(actor, self.folder / "mine.zip"),
            "restore": lambda: store.restore(
                actor, self.folder / "there.zip", at=AT, safety=self.folder / "safety.zip"
            ),
        }
        return calls[what]() if what in calls else self.say(what)

    def snapshot_calls(self, on: str) -> dict[str, object]:
        store, actor = self.store, self.actor
        link = {"token": "t", "until": UNTIL, "at": AT, "key": "k"}
        digest = SNAPSHOTS.get(on, tiny()).digest
        return {
            "keep_snapshot": lambda: store.keep_snapshot(actor, tiny("new"), at=AT),
            "snapshots": lambda: store.snapshots(actor),
            "snapshot": lambda: store.snapshot(actor, digest),
            "share": lambda: store.share(actor, digest, "partner", **link),
            "share_public": lambda: store.share(actor, digest, "public", **link),
            "shares": lambda: store.shares(actor, digest),
            "revoke": lambda: store.revoke(actor, share_id(on), at=AT),
            "drop_snapshot": lambda: store.drop_snapshot(actor, digest, at=AT),
        }

    def say(self, kind: str) -> None:
        event = Event(batch="table2", parcel="B2-01", kind=kind, by="typed", at=AT, content={})
        self.store.reviews(self.actor).add(event)


@pytest.mark.parametrize(("what", "on", "role", "allowed"), rows())
def test_a_role_is_answered_as_the_table_says(office, tmp_path, what, on, role, allowed):
    office = office(role)
    before = office.store.verify().contents

    if allowed:
        office.call(what, on)
        return

    with pytest.raises(PlannerError) as raised:
        office.call(what, on)
    assert raised.value.code == "access_refused"
    assert raised.value.values["role"] == role
    after = office.store.verify().contents
    assert {name for name in before if before[name] != after[name]} == {"audit"}
    entry = office.store.audit(ADMIN)[-1]
    assert (entry.by, entry.role, entry.refused) == (office.actor.name, role, True)
    assert entry.at == ("" if what in READS else AT)
    assert not (tmp_path / "mine.zip").exists()


def test_the_table_names_every_method_of_the_store():
    called = {METHODS.get(case.values[0], case.values[0]) for case in rows()}
    methods = {
        name
        for name, _ in inspect.getmembers(Store, inspect.isfunction)
        if not name.startswith("_")
    }
    # Digests and counts, no content; whoever holds a link's token may read what it shows.
    assert methods - called == {"verify", "live_share", "opened_share"}


def test_everything_that_changes_something_is_in_the_log(office):
    office = office("admin")
    for what, on in (
        ("add", "own"),
        ("move", "others"),
        ("keep_draft", "own"),  # is not part of the record
        ("opinion", ""),
        ("comment", ""),
        ("archive", "own"),
    ):
        office.seen = 2 if what == "archive" else 1
        office.call(what, on)
    said = [
        (one.by, one.action, one.object, one.what, one.target, one.version, one.key)
        for one in office.store.audit(ADMIN)
        if "snapshot" not in one.object
    ]
    me = office.actor.name
    assert said == [
        (me, "create", "scenario", "create", "own", 1, "make-own"),
        (OTHER.name, "create", "scenario", "create", "others", 1, "make-others"),
        (me, "edit", "scenario", "describe", "own", 2, "add-own"),
        (me, "edit", "others_scenario", "move", "others", 2, "move-others"),
        (me, "sign", "review", "opinion", "table2/B2-01", None, ""),
        (me, "edit", "review", "comment", "table2/B2-01", None, ""),
        (me, "archive", "scenario", "change", "own", 3, "archive-own"),
    ]


def test_nobody_speaks_under_another_name(office):
    office = office("reviewer")
    office.call("comment", "")
    (said,) = office.store.reviews(ADMIN).of("table2")["B2-01"]
    assert said.by == ME


def test_nobody_saves_under_another_name(office):
    office = office("planner")
    forged = Scenario(id="new", name="", owner=OTHER.name, saved_by=OTHER.name, made_at=AT)
    made = office.store.create(office.actor, forged, [step(40, None)], key="k")
    assert (made.owner, made.saved_by) == (office.actor.name, office.actor.name)
    line = office.store.line(office.actor, "new")
    assert [one.by for one in line.operations] == [office.actor.name]


def test_drafts_of_others_are_not_seen(office):
    office = office("planner")
    office.store.keep_draft(OTHER, "own", {"secret": 1}, at=AT)
    assert office.store.draft(office.actor, "own") is None
    assert office.store.draft(OTHER, "own") == {"secret": 1}


def test_a_key_of_somebody_else_gives_nothing_away(office):
    office = office("planner")
    assert office.store.saved(office.actor, "others", "make-others") is None
    assert office.store.saved(OTHER, "others", "make-others").id == "others"
    with pytest.raises(PlannerError, match="save_key_reused"):
        office.store.add(office.actor, "own", step(30, f"{11:032x}"), seen=1, key="make-others")


def test_on_a_single_desk_the_typed_name_counts(tmp_path):
    event = Event(batch="b", parcel="p", kind="comment", by="张三", at=AT, content={"text": "看过"})
    store = ReviewStore(tmp_path / "planner.sqlite")
    store.add(event)
    assert store.of("b") == {"p": [event]}
