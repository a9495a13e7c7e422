"""Faults of a server and of the way to it: each is named, nothing is half saved, the same key settles what was left open."""

from __future__ import annotations

import socket

import psycopg
import pytest
from psycopg import sql

from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_desk import SCENARIO, Desk
from tests.parcels.storage.torture_disk import mounted, room
from tests.parcels.storage.torture_link import Link

REVISED = "UPDATE alembic_version SET version_num = {}"


@pytest.fixture
def database(postgres_url):
    """Name of the database of this test."""
    return postgres_url.rpartition("/")[2]


@pytest.fixture
def link(postgres):
    """Give a way to the server that can break."""
    made = Link(postgres.port)
    yield made
    made.close()


@pytest.fixture
def desk(postgres, link, database):
    """Work that has begun, over that way."""
    return Desk(postgres.address(database, link.port))


def test_a_line_that_breaks_before_the_commit_saves_nothing(desk, link):
    link.at_word = lambda: False

    assert desk.refused().code == "store_unreachable"
    assert desk.is_whole()

    desk.save()
    assert desk.is_whole()


def test_a_line_that_breaks_after_the_commit_is_settled_by_the_same_key(desk, link):
    link.deaf = True

    assert desk.refused().code == "store_unreachable"
    saved = open_store(desk.address).line(SINGLE_DESK, SCENARIO).scenario.version
    assert saved == desk.model.version + 1

    desk.save()
    assert desk.model.version == saved
    assert desk.is_whole()


def test_a_session_that_is_ended_before_its_commit_saves_nothing(desk, link, postgres, database):
    link.at_word = lambda: bool(end_sessions(postgres, database))

    assert desk.refused().code == "store_unreachable"
    assert desk.is_whole()

    desk.save()
    assert desk.is_whole()


def test_sessions_that_ended_between_two_saves_are_not_noticed(desk, postgres, database):
    assert end_sessions(postgres, database)

    desk.save()
    assert desk.is_whole()


def test_a_server_that_crashes_before_the_commit_saves_nothing(desk, link, postgres):
    link.at_word = lambda: postgres.kill() or True

    assert desk.refused().code == "store_unreachable"
    assert desk.refused().code == "store_unreachable"  # it is still down
    postgres.start()

    assert desk.is_whole()
    desk.save()
    assert desk.is_whole()


def test_a_server_that_crashes_after_the_commit_has_the_save(desk, link, postgres):
    link.deaf = True
    assert desk.refused().code == "store_unreachable"
    postgres.kill()
    postgres.start()

    saved = open_store(desk.address).line(SINGLE_DESK, SCENARIO).scenario.version
    assert saved == desk.model.version + 1
    desk.save()
    assert desk.model.version == saved
    assert desk.is_whole()


def test_a_disk_that_fills_up_keeps_every_acknowledged_save(postgres):
    disk = postgres.folder / "disk"
    disk.mkdir()
    owner = postgres.folder.stat().st_uid
    with mounted("-t", "tmpfs", "-o", f"size=48m,mode=700,uid={owner}", "tmpfs", on=disk):
        postgres.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        with postgres.database("TABLESPACE small") as address:
            desk = Desk(address)
            ballast = disk / "ballast"
            ballast.write_bytes(bytes(room(disk) - 64 * 1024))

            assert desk.save_until_refused().code == "store_full"
            assert desk.refused().code == "store_full"
            assert desk.reads()
            ballast.unlink()

            assert desk.is_whole()
            desk.save()
            assert desk.is_whole()
            desk.store = None
        postgres.execute("DROP TABLESPACE small")


def test_a_read_only_database_can_be_read(desk, postgres, database):
    postgres.execute(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    desk.store = open_store(desk.address)

    assert desk.refused().code == "store_read_only"
    assert desk.is_whole()
    postgres.execute(f"ALTER DATABASE {database} RESET default_transaction_read_only")
    desk.store = open_store(desk.address)

    desk.save()
    assert desk.is_whole()


def test_tables_that_somebody_holds_are_busy(desk, postgres, database):
    with psycopg.connect(postgres.address(database).replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE scenario IN EXCLUSIVE MODE")
        assert desk.refused().code == "store_busy"
        assert desk.is_whole()

    desk.save()
    assert desk.is_whole()


@pytest.mark.parametrize("is_open", [False, True])
def test_a_newer_store_is_read_and_left_alone(desk, postgres, database, is_open):
    known = postgres.execute("SELECT version_num FROM alembic_version", database)
    postgres.execute(sql.SQL(REVISED).format("0999"), database)
    if not is_open:
        desk.store = open_store(desk.address)

    error = desk.refused()

    assert (error.code, error.values["found"]) == ("store_newer", "0999")
    assert desk.reads()
    postgres.execute(sql.SQL(REVISED).format(known[0][0]), database)
    desk.store = open_store(desk.address)
    desk.save()
    assert desk.is_whole()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (":wrong-word@", "store_refused"),
        (":@", "store_refused"),
        ("/nowhere", "store_refused"),
        ("127.0.0.1:1", "store_unreachable"),
        ("no-such-host.invalid:5432", "store_unreachable"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    postgres, postgres_url, database, typed, code
):
    place = f"127.0.0.1:{postgres.port}"
    old = {":": f":{postgres.password}@", "/": f"/{database}"}.get(typed[0], place)
    desk = Desk(postgres_url.replace(old, typed), saves=0)

    error = desk.refused()

    assert error.code == code
    told = f"{error} {error.values} {error.__cause__}"
    assert postgres.password not in told
    assert "wrong-word" not in told


def test_a_server_that_never_answers_is_not_waited_for_without_end(postgres, database):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        desk = Desk(postgres.address(database, silent.getsockname()[1]), saves=0)

        assert desk.refused().code == "store_unreachable"


def end_sessions(postgres, database):
    """End the sessions in a database, as its administrator may."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
    return postgres.execute(ended.format(database))
