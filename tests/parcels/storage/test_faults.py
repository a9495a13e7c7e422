"""Faults of a file: each is named, the version before stays whole, and once it is over the same save goes through."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing

import pytest

from parcels.storage import embedded
from parcels.storage.store import open_store
from tests.parcels.storage.torture_desk import Desk
from tests.parcels.storage.torture_disk import room

PAGE = 4096
SPOILED = """UPDATE operation_element SET shape = {}
    WHERE rowid = (SELECT min(rowid) FROM operation_element)"""
REVISED = "UPDATE alembic_version SET version_num = '{}'"


@pytest.fixture
def desk(tmp_path):
    """Work that has begun, in a file."""
    return Desk(str(tmp_path / "planner.sqlite"))


def test_a_disk_that_fills_up_keeps_every_acknowledged_save(small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(128 * 1024))
    desk = Desk(str(small_disk / "planner.sqlite"))

    assert desk.save_until_refused().code == "store_full"
    assert desk.refused().code == "store_full"
    assert desk.reads()
    ballast.unlink()

    assert desk.is_whole()
    desk.save()
    assert desk.is_whole()


@pytest.mark.parametrize("free", [0, 1, 2, 5, 8, 9, 12, 20])
def test_a_full_disk_never_harms_what_is_there(small_disk, free):
    desk = Desk(str(small_disk / "planner.sqlite"))
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(room(small_disk) - free * PAGE))

    error = desk.save_until_refused()
    ballast.unlink()

    assert error.code == "store_full"
    assert desk.is_whole()
    desk.save()
    assert desk.is_whole()


def test_a_store_is_not_begun_on_a_full_disk(small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(room(small_disk) - 2 * PAGE))
    desk = Desk(str(small_disk / "planner.sqlite"), saves=0)

    assert desk.refused().code == "store_full"
    ballast.unlink()

    desk.save()
    assert desk.is_whole()


def test_a_quota_is_a_full_disk(desk):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024, before[1]))
    try:
        error = desk.save_until_refused()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert error.code == "store_full"
    assert desk.is_whole()
    desk.save()
    assert desk.is_whole()


@pytest.mark.parametrize("what", ["planner.sqlite", "."])
def test_a_read_only_store_can_be_read(desk, tmp_path, read_only, what):
    with read_only(tmp_path / what):
        assert desk.refused().code == "store_read_only"
        assert desk.is_whole()

    desk.save()
    assert desk.is_whole()


def test_a_store_that_somebody_holds_is_busy(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(desk.address, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert desk.refused().code == "store_busy"
        assert desk.is_whole()
        other.execute("ROLLBACK")

    desk.save()
    assert desk.is_whole()


def test_a_newer_store_is_read_and_left_alone(desk, tmp_path):
    change(desk, REVISED, "0999")
    before = (tmp_path / "planner.sqlite").read_bytes()
    desk.store = open_store(desk.address)

    error = desk.refused()

    assert error.code == "store_newer"
    assert error.values["found"] == "0999"
    assert desk.reads()
    assert (tmp_path / "planner.sqlite").read_bytes() == before


def test_a_store_that_becomes_newer_under_an_open_program_is_left_alone(desk):
    change(desk, REVISED, "0999")

    assert desk.refused().code == "store_newer"
    assert desk.reads()


def test_a_store_that_comes_back_goes_on(desk, tmp_path):
    change(desk, REVISED, "0999")
    desk.store = open_store(desk.address)
    error = desk.refused()
    change(desk, REVISED, error.values["known"])
    desk.store = open_store(desk.address)

    desk.save()
    assert desk.is_whole()


def test_a_store_that_comes_back_under_an_open_program_goes_on(desk):
    change(desk, REVISED, "0999")
    desk.store = open_store(desk.address)
    error = desk.refused()
    change(desk, REVISED, error.values["known"])

    desk.save()
    assert desk.is_whole()


def test_broken_pages_are_told_and_no_page_more_is_broken(desk, tmp_path):
    file = tmp_path / "planner.sqlite"
    whole = file.read_bytes()
    for page in range(len(whole) // PAGE):
        file.write_bytes(whole[: page * PAGE] + b"\xa5" * PAGE + whole[(page + 1) * PAGE :])
        assert not open_store(desk.address).verify().sound, f"page {page}"

    file.write_bytes(whole)
    assert desk.is_whole()


@pytest.mark.parametrize(
    "spoiled",
    [
        "CAST(substr(shape, 1, 30) || x'01' || substr(shape, 32) AS BLOB)",  # one byte of a number
        "substr(shape, 1, 20)",  # cut off
        "x'00ff'",  # no geometry at all
        "'text' || x'c3'",  # neither bytes nor text
    ],
)
def test_a_spoiled_outline_is_found(desk, spoiled):
    change(desk, "DROP TRIGGER {}", *triggers(desk, "operation_element"))
    change(desk, SPOILED, spoiled)

    assert not open_store(desk.address).verify().sound


@pytest.mark.parametrize("content", [b"", b"not a database, " * 400])
def test_a_file_of_something_else_is_not_written_over(tmp_path, content):
    file = tmp_path / "planner.sqlite"
    file.write_bytes(content)
    desk = Desk(str(file), saves=0)

    if content:
        assert desk.refused().code == "store_broken"
        assert file.read_bytes() == content
    else:  # what a program leaves that was stopped before its first save
        desk.save()
        assert desk.is_whole()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    (tmp_path / "planner.sqlite").mkdir()

    assert Desk(str(tmp_path / "planner.sqlite"), saves=0).refused().code == "store_closed"


def test_a_store_that_was_moved_away_is_not_written_to(desk, tmp_path):
    (tmp_path / "planner.sqlite").rename(tmp_path / "away.sqlite")

    assert desk.refused().code == "store_closed"
    (tmp_path / "away.sqlite").rename(tmp_path / "planner.sqlite")

    desk.save()
    assert desk.is_whole()


def change(desk, statement, *names):
    """Change a store behind its back."""
    with closing(sqlite3.connect(desk.address)) as other, other:
        for name in names or ("",):
            other.execute(statement.format(name))


def triggers(desk, table):
    """Names of what guards a table."""
    with closing(sqlite3.connect(desk.address)) as other:
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        return [name for (name,) in other.execute(asked, [table])]
