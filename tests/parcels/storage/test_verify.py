"""What `verify` finds in stores that were damaged on purpose, behind the store's back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from parcels.messages import LANGUAGES, text
from parcels.storage.store import open_store
from tests.parcels.storage import dumps

DAMAGES = {
    "operation_digest": "UPDATE operation SET parameters = '{\"x\":1}' WHERE number = 1",
    "row_unreadable": "UPDATE operation_element SET properties = '{' WHERE position = 0",
    "line": "UPDATE scenario SET head = 'gone' WHERE number = 1",
    "versions": "UPDATE scenario SET version = 9 WHERE number = 1",
    "reference": "DELETE FROM scenario WHERE number = 1",
}
MORE = {
    "an outline moved": "UPDATE operation_element SET shape = (SELECT shape FROM operation_element WHERE position = 1 LIMIT 1) WHERE position = 0",
    "an element gone": "DELETE FROM operation_element WHERE position = 1",
    "an operation gone": "DELETE FROM operation WHERE number = 1",
    "a loop": "UPDATE operation SET after = (SELECT tip FROM scenario) WHERE number = 1",
    "a base after the head": "UPDATE scenario SET base = tip WHERE number = 1",
    "a lost save": "DELETE FROM save_key WHERE key = 'k1'",
    "no outline": "UPDATE operation_element SET shape = x'00' WHERE position = 0",
}


def damaged(tmp_path, statement):
    path = dumps.sqlite_file("0002", tmp_path / "store.sqlite")
    with closing(sqlite3.connect(path)) as link, link:
        for (name,) in link.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            link.execute(f"DROP TRIGGER {name}")
        assert link.execute(statement).rowcount > 0
    return open_store(path).verify()


@pytest.mark.parametrize("code", DAMAGES)
def test_a_damage_is_named(tmp_path, code):
    report = damaged(tmp_path, DAMAGES[code])
    assert not report.sound
    assert code in {one.code for one in report.flaws}
    for lang in LANGUAGES:
        assert all(text(lang, f"store.flaw.{one.code}", **one.values) for one in report.flaws)


@pytest.mark.parametrize("statement", MORE.values(), ids=MORE)
def test_no_damage_stays_hidden(tmp_path, statement):
    assert not damaged(tmp_path, statement).sound


def test_a_sound_store_is_called_sound_and_is_not_changed(tmp_path):
    path = dumps.sqlite_file(dumps.REVISIONS[-1], tmp_path / "store.sqlite")
    before = path.read_bytes()
    assert open_store(path).verify().sound
    assert path.read_bytes() == before


def test_a_server_that_does_not_sync_is_no_sound_store(postgres_url, postgres):
    store = open_store(postgres_url)
    assert store.verify().sound
    postgres.execute("ALTER SYSTEM SET full_page_writes = off")
    postgres.execute("SELECT pg_reload_conf()")
    try:
        for _ in range(100):
            found = [one.values for one in store.verify().flaws]
            if found:
                break
        assert found == [{"setting": "full_page_writes"}]
    finally:
        postgres.execute("ALTER SYSTEM RESET full_page_writes")
        postgres.execute("SELECT pg_reload_conf()")
