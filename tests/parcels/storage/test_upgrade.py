"""Stores of released versions become the present one, and one of a later version is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from dataclasses import asdict

import psycopg
import pytest

from geo.errors import PlannerError
from parcels.planning.model import Operation, Scenario
from parcels.storage import upgrade
from parcels.storage.access import SINGLE_DESK
from parcels.storage.schema import SINCE, tables
from parcels.storage.store import open_store
from tests.parcels.storage import dumps

AT = "2026-11-22T08:00:00Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Give a maker of a store of a version: its address."""
    if request.param == "sqlite":
        return lambda revision: str(dumps.sqlite_file(revision, tmp_path / "old.sqlite"))
    address = request.getfixturevalue("postgres_url")
    return lambda revision: dumps.postgres_database(revision, address)


def execute(address: str, *statements: str):
    """Run statements behind the store's back; give the rows of the last one."""
    if address.startswith("postgresql"):
        opened = psycopg.connect(address.replace("+psycopg", ""))
    else:
        opened = closing(sqlite3.connect(address))
    with opened as link, link if address.endswith("sqlite") else nullcontext():
        for statement in statements:
            rows = link.execute(statement)
        return rows.fetchall() if rows.description else []


EVENTS = 'SELECT number, batch, parcel, kind, "by", "at", content FROM review_event ORDER BY number'


@pytest.mark.parametrize("revision", dumps.REVISIONS)
def test_a_store_of_a_released_version_is_brought_up_to_date(place, revision):
    address = place(revision)
    before = execute(address, EVENTS)
    store = open_store(address)

    store.scenarios(SINGLE_DESK)

    assert execute(address, EVENTS) == before
    assert execute(address, "SELECT version_num FROM alembic_version") == [(upgrade.CURRENT,)]
    assert store.verify().sound
    made = Scenario(id="f" * 32, name="新", made_at=AT)
    assert store.create(SINGLE_DESK, made, key="new").version == 1
    assert store.verify().sound


@pytest.mark.parametrize("revision", [one for one in dumps.REVISIONS if one != "0001"])
def test_every_row_is_what_it_was(place, revision):
    contents = open_store(place(revision)).verify().contents

    found = {
        name: asdict(one)
        for name, one in contents.items()
        if one.rows or SINCE.get(name, "0001") <= revision
    }
    assert found == dumps.expected_contents(revision)


def test_there_is_a_dump_of_every_revision():
    assert tuple(dumps.REVISIONS) == upgrade.REVISIONS
    for engine in ("sqlite", "postgresql"):
        assert all((dumps.CASES / f"{one}-{engine}.sql").is_file() for one in upgrade.REVISIONS)


def test_the_scenarios_of_a_dump_read_as_they_were_made(place):
    store = open_store(place("0002"))
    first, second = store.scenarios(SINGLE_DESK, archived=True)
    assert [one.name for one in store.scenarios(SINGLE_DESK)] == ["南扩一"]
    assert (first.version, first.owner, first.settings) == (
        4,
        "wang@ny.example",
        {"quota": {"2027": 120.5}, "setback_m": None},
    )
    line = store.line(SINGLE_DESK, first.id)
    assert [one.kind for one in line.operations] == ["draw", "vertices", "draw"]
    assert (len(line.done), len(line.undone)) == (1, 2)
    extension, road = line.state.values()
    assert (extension.name, extension.accuracy_m) == ("扩区 “甲”", 0.30000000000000004)
    assert dict(extension.attributes) == {"备注": "{{7*7}}", "A": "1"}
    assert list(road.shape.coords) == [(112.4, 32.9), (112.45, 32.91)]
    copy = store.line(SINGLE_DESK, second.id)
    assert (second.parent, second.archived, len(copy.inherited), len(copy.own)) == (
        first.id,
        True,
        1,
        1,
    )
    assert len(copy.state[f"{4:032x}"].shape.geoms) == 2


def test_a_file_is_copied_beside_itself_before_it_changes(tmp_path):
    path = dumps.sqlite_file("0001", tmp_path / "old.sqlite")
    before = written_out(path)

    open_store(path).scenarios(SINGLE_DESK)

    assert written_out(tmp_path / f"old.before-{upgrade.CURRENT}.sqlite") == before
    assert written_out(path) != before


def written_out(path):
    with closing(sqlite3.connect(path)) as link:
        (version,) = link.execute("PRAGMA user_version").fetchone()
        return [version, *link.iterdump()]


@pytest.mark.parametrize("revision", dumps.REVISIONS)
def test_reviews_of_the_first_release_are_taken_over_and_stay_where_they_are(tmp_path, revision):
    former = dumps.sqlite_file(revision, tmp_path / "reviews.sqlite")
    before = former.read_bytes()
    store = open_store(tmp_path / "planner.sqlite")

    assert len(store.reviews(SINGLE_DESK).of("table2")["B2-01"]) == 3

    assert store.verify().sound
    assert former.read_bytes() == before
    store.create(SINGLE_DESK, Scenario(id="f" * 32, name="新", made_at=AT), key="new")
    again = open_store(tmp_path / "planner.sqlite")  # the former file is not taken over twice
    assert again.scenarios(SINGLE_DESK, archived=True)[-1].id == "f" * 32
    assert len(execute(str(tmp_path / "planner.sqlite"), EVENTS)) == (
        6 if revision == "0001" else 7
    )


def test_only_the_store_of_the_default_name_takes_reviews_over(tmp_path):
    dumps.sqlite_file("0001", tmp_path / "reviews.sqlite")
    assert open_store(tmp_path / "other.sqlite").reviews(SINGLE_DESK).of("table2") == {}


def test_the_first_release_refuses_what_the_present_one_wrote(tmp_path):
    """It reads PRAGMA user_version, and knows 1."""
    store = open_store(tmp_path / "planner.sqlite")
    store.scenarios(SINGLE_DESK)
    assert execute(str(tmp_path / "planner.sqlite"), "PRAGMA user_version") == [(3,)]


def test_a_store_of_a_later_version_can_be_read_and_is_not_changed(place):
    address = place("0002")
    execute(address, "UPDATE alembic_version SET version_num = '0007'")
    before = execute(address, "SELECT * FROM scenario")
    store = open_store(address)

    assert [one.name for one in store.scenarios(SINGLE_DESK)] == ["南扩一"]
    assert len(store.line(SINGLE_DESK, "1" * 32).operations) == 3
    with pytest.raises(PlannerError) as raised:
        store.change(SINGLE_DESK, "1" * 32, seen=4, key="x", at=AT, name="改")
    assert raised.value.code == "store_newer"
    assert (raised.value.values["found"], raised.value.values["known"]) == ("0007", upgrade.CURRENT)
    assert execute(address, "SELECT * FROM scenario") == before


def test_an_upgrade_that_would_change_reviews_is_called_off(tmp_path, monkeypatch):
    path = dumps.sqlite_file("0001", tmp_path / "old.sqlite")
    digests = iter(["before", "after"])
    monkeypatch.setattr(upgrade, "_digest_of_events", lambda *_: next(digests))

    with pytest.raises(PlannerError, match="store_differs"):
        open_store(path).scenarios(SINGLE_DESK)

    monkeypatch.undo()
    names = execute(str(path), "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert names == [("review_event",)]
    assert len(open_store(path).reviews(SINGLE_DESK).of("table2")) == 2


def test_a_database_of_something_else_is_not_touched(tmp_path):
    path = tmp_path / "planner.sqlite"
    execute(str(path), "CREATE TABLE gpkg_contents (table_name TEXT)")
    before = path.read_bytes()
    with pytest.raises(PlannerError, match="store_broken"):
        open_store(path).scenarios(SINGLE_DESK)
    assert path.read_bytes() == before


def test_migrations_make_the_tables_that_the_store_uses(place):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = open_store(place("0001"))
    known = tables(spatial=store.database.spatial).metadata
    with store.database.reading() as link:
        own = {*known.tables}
        options = {"include_name": lambda name, kind, _: kind != "table" or name in own}
        context = MigrationContext.configure(link.connection, opts=options)
        differences = [one for one in compare_metadata(context, known) if one[0] != "remove_index"]
    assert differences == []


@pytest.mark.parametrize("table", ["audit", "operation", "operation_element", "review_event"])
@pytest.mark.parametrize(
    "change", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]
)
def test_rows_that_are_only_added_cannot_be_changed_behind_the_stores_back(place, table, change):
    address = place("0002")
    column = {"operation_element": "kind", "review_event": "kind"}.get(table, "number")
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match="only added"):
        execute(address, change.format(table=table, column=column))


def test_numbers_go_on_where_they_stood(place):
    store = open_store(place("0002"))
    head = store.line(SINGLE_DESK, "1" * 32).scenario.head
    step = Operation(id="e" * 32, after=head, kind="describe", at=AT)
    assert store.add(SINGLE_DESK, "1" * 32, step, seen=4, key="next").version == 5
    numbers = [one.number for one in store.audit(SINGLE_DESK)]
    assert numbers == sorted(set(numbers))
