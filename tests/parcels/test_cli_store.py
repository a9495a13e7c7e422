"""``store`` as a script and a person meet it: what is printed, exit codes, mistakes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from parcels.cli import app
from parcels.planning.model import Scenario
from parcels.settings import ENVIRONMENT_KEY
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store

PASSWORD = "s3cret"  # noqa: S105 -- of nothing


@pytest.fixture
def store(tmp_path):
    """Make a store with one scenario; its path."""
    path = tmp_path / "planner.sqlite"
    made = Scenario(id="s", name="南扩", made_at="2026-11-22T08:00:00Z")
    open_store(path).create(SINGLE_DESK, made, key="k")
    return path


def run(*words: object):
    return CliRunner().invoke(app, ["store", *map(str, words)])


def test_a_backup_is_made_restored_and_verified(store, tmp_path):
    backup, other = tmp_path / "b.zip", tmp_path / "other.sqlite"
    done = run("backup", backup, "--store", store)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "b.zip" in done.stdout
    assert str(tmp_path) not in done.stdout

    assert run("restore", backup, "--store", other).exit_code == 0
    found = [json.loads(run("verify", "--store", one, "--json").stdout) for one in (store, other)]
    assert found[0]["tables"] == found[1]["tables"]
    assert (found[0]["sound"], found[0]["flaws"], found[1]["store"]) == (True, [], "other.sqlite")
    assert found[0]["tables"]["scenario"]["rows"] == 1


def test_a_backup_is_not_written_over_unasked(store, tmp_path):
    backup = tmp_path / "b.zip"
    backup.write_text("precious")
    refused = run("backup", backup, "--store", store)
    assert (refused.exit_code, backup.read_text()) == (2, "precious")
    assert run("backup", backup, "--store", store, "--force").exit_code == 0
    assert backup.read_bytes()[:2] == b"PK"


def test_a_store_is_replaced_only_after_a_safety_backup(store, tmp_path):
    backup, safety = tmp_path / "b.zip", tmp_path / "before.zip"
    run("backup", backup, "--store", store)
    refused = run("restore", backup, "--store", store, "--lang", "en", "--json")
    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["error"]["code"] == "store_not_empty"
    assert "--replace" in refused.stderr
    assert run("restore", backup, "--store", store, "--replace", safety).exit_code == 0
    assert safety.is_file()


@pytest.mark.parametrize("command", [["verify"], ["backup", "b.zip"]])
def test_a_store_that_is_not_there_is_no_sound_store(tmp_path, command):
    missing = run(*command, "--store", tmp_path / "typo.sqlite")
    assert missing.exit_code == 2
    assert "typo.sqlite" in missing.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_flaw_ends_with_1_and_is_said(store):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(store)) as link, link:
        link.execute("UPDATE scenario SET version = 7")
    flawed = run("verify", "--store", store)
    assert flawed.exit_code == 1
    assert "南扩" in flawed.stdout
    told = json.loads(run("verify", "--store", store, "--json").stdout)
    assert [one["code"] for one in told["flaws"]] == ["versions"]
    assert told["flaws"][0]["message"].startswith("情景“南扩”")


def test_a_file_that_is_no_store_is_flawed_and_left_alone(tmp_path):
    path = tmp_path / "x.sqlite"
    path.write_text("no database at all, but long enough to be read as one" * 20)
    before = path.read_bytes()
    assert run("verify", "--store", path).exit_code == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "address",
    [
        f"mysql://planner:{PASSWORD}@127.0.0.1/x",
        f"postgresql://planner:{PASSWORD}@127.0.0.1:1/x",
        f"postgresql://planner:{PASSWORD}@127.0.0.1:port/x",
        f"postgresql://planner:{PASSWORD}@/",
    ],
)
def test_a_password_is_never_shown(address):
    refused = run("verify", "--store", address, "--json")
    assert refused.exit_code == 2
    assert PASSWORD not in refused.output
    assert json.loads(refused.stdout)["error"]["code"] in {"store_address", "store_unreachable"}


def test_the_settings_name_the_store(store, tmp_path, monkeypatch):
    settings = tmp_path / "settings.toml"
    settings.write_text('store = "planner.sqlite"\n', encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT_KEY, str(settings))
    assert run("verify").exit_code == 0
    assert "planner.sqlite" in run("verify").stdout
