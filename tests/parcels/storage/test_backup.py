"""Backups: the same bytes for the same content, readable without the product, restored whole or not at all."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256

import pytest
import shapely

from geo.errors import PlannerError
from parcels.planning.model import Element, Operation, Scenario
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage import dumps

AT = "2026-11-22T08:00:00Z"


@pytest.fixture
def store(tmp_path):
    return open_store(dumps.sqlite_file("0002", tmp_path / "store.sqlite"))


@pytest.fixture
def backup(store, tmp_path):
    store.backup(SINGLE_DESK, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path, into, **changed):
    """Write an archive again with other members."""
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in (members(path) | changed).items():
            archive.writestr(name, content)
    return into


def test_the_same_store_gives_the_same_bytes(store, backup, tmp_path):
    store.backup(SINGLE_DESK, tmp_path / "again.zip")
    assert backup.read_bytes() == (tmp_path / "again.zip").read_bytes()


def test_a_backup_goes_from_engine_to_engine_and_back(store, backup, tmp_path, postgres_url):
    served = open_store(postgres_url)
    served.restore(SINGLE_DESK, backup, at=AT)
    assert served.verify() == store.verify()
    assert served.line(SINGLE_DESK, "1" * 32).state == store.line(SINGLE_DESK, "1" * 32).state
    served.backup(SINGLE_DESK, tmp_path / "served.zip")
    assert (tmp_path / "served.zip").read_bytes() == backup.read_bytes()

    again = open_store(tmp_path / "again.sqlite")
    again.restore(SINGLE_DESK, tmp_path / "served.zip", at=AT)
    again.backup(SINGLE_DESK, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == backup.read_bytes()
    for one in (served, again):  # numbers go on where they stood
        step = Operation(id="e" * 32, after=f"{0xA00:032x}", kind="describe", at=AT)
        assert one.add(SINGLE_DESK, "1" * 32, step, seen=4, key="next").version == 5
        assert one.verify().sound


def test_a_backup_is_read_with_nothing_but_json(backup):
    """As somebody would in ten years: a zip, text, the order of the read-me."""
    files = members(backup)
    assert "EPSG:4490" in files["README.txt"].decode()
    manifest = json.loads(files["manifest.json"])
    for name, promised in manifest["tables"].items():
        content = files[f"{name}.jsonl"]
        assert sha256(content).hexdigest() == promised["sha256"]
        assert content.count(b"\n") == promised["rows"]
    rows = {
        name: [json.loads(line) for line in files[f"{name}.jsonl"].splitlines()]
        for name in manifest["tables"]
    }
    scenario = next(one for one in rows["scenario"] if one["name"] == "南扩二（副本）")
    operations = {one["id"]: one for one in rows["operation"]}
    way, at = [], scenario["head"]
    while at is not None:
        way.insert(0, operations[at])
        at = operations[at]["after"]
    state = {}
    for one in way:
        for dropped in one["drops"]:
            state.pop(dropped, None)
        for put in sorted(rows["operation_element"], key=lambda row: row["position"]):
            if put["operation"] == one["id"]:
                state[put["element"]] = put
    assert [one["shape"]["type"] for one in state.values()] == ["Polygon", "MultiPolygon"]
    assert state[f"{1:032x}"]["shape"]["coordinates"][0][0] == [112.402 + 0.01 / 3, 32.85]
    assert "南扩一".encode() in files["scenario.jsonl"]  # Chinese is written as Chinese


def test_half_characters_and_nul_survive(tmp_path):
    store = open_store(tmp_path / "store.sqlite")
    odd = Element(
        id="e", kind="extension", shape=shapely.box(112, 32, 113, 33), name="a\ud800\x00b"
    )
    step = Operation(id="o", after=None, kind="draw", puts=(odd,), at=AT)
    store.create(SINGLE_DESK, Scenario(id="s", name="一", made_at=AT), [step], key="k")
    store.backup(SINGLE_DESK, tmp_path / "b.zip")
    other = open_store(tmp_path / "other.sqlite")
    other.restore(SINGLE_DESK, tmp_path / "b.zip", at=AT)
    assert other.line(SINGLE_DESK, "s").state == {"e": odd}


def test_a_store_that_holds_something_is_not_written_over(store, backup):
    before = store.verify()
    with pytest.raises(PlannerError, match="store_not_empty"):
        store.restore(SINGLE_DESK, backup, at=AT)
    assert store.verify() == before


def test_replacing_keeps_what_was_there_in_a_file(store, backup, tmp_path):
    store.create(SINGLE_DESK, Scenario(id="new", name="新", made_at=AT), key="k")
    store.backup(SINGLE_DESK, tmp_path / "with-new.zip")
    safety = tmp_path / "safety.zip"

    store.restore(SINGLE_DESK, backup, at=AT, safety=safety)

    assert safety.read_bytes() == (tmp_path / "with-new.zip").read_bytes()
    assert [one.name for one in store.scenarios(SINGLE_DESK)] == ["南扩一"]
    last = store.audit(SINGLE_DESK)[-1]
    assert (last.action, last.target, last.at) == ("restore", "backup.zip", AT)
    assert store.verify().sound
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as link:  # its guards are back
        for statement in ("DELETE FROM audit", "DELETE FROM operation"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                link.execute(statement)


def test_the_safety_copy_writes_over_nothing(store, backup, tmp_path):
    (tmp_path / "safety.zip").write_text("precious")
    before = store.verify()
    with pytest.raises(PlannerError, match="output_exists"):
        store.restore(SINGLE_DESK, backup, at=AT, safety=tmp_path / "safety.zip")
    assert (tmp_path / "safety.zip").read_text() == "precious"
    assert store.verify() == before


def spoiled(backup, into, how):
    """Spoil a backup in one of many ways."""
    files = members(backup)
    manifest = json.loads(files["manifest.json"])
    lines = files["operation.jsonl"].splitlines(keepends=True)

    def promised(**contents):
        """Let the manifest agree with what was changed."""
        for name, content in contents.items():
            manifest["tables"][name] = {
                "rows": content.count(b"\n"),
                "sha256": sha256(content).hexdigest(),
            }
        return {"manifest.json": json.dumps(manifest)} | {
            f"{name}.jsonl": content for name, content in contents.items()
        }

    changed = {
        "a row less": lambda: {"operation.jsonl": b"".join(lines[1:])},
        "a row twice": lambda: promised(operation=b"".join([*lines, lines[-1]])),
        "another letter": lambda: {
            "scenario.jsonl": files["scenario.jsonl"].replace("南".encode(), "北".encode())
        },
        "no manifest": lambda: {"manifest.json": b""},
        "another format": lambda: {"manifest.json": json.dumps(manifest | {"format": "x"})},
        "a row of nothing": lambda: promised(operation=b"".join(lines) + b"[]\n"),
        "half a row": lambda: promised(operation=b"".join(lines) + b'{"id":\n'),
        "a column less": lambda: promised(store_meta=b'{"name":"x"}\n'),
        "an orphan": lambda: promised(operation=b"".join(lines[1:])),
        "no outline": lambda: promised(
            operation_element=files["operation_element.jsonl"].replace(b"Polygon", b"Nonsense")
        ),
    }[how]()
    return rewritten(backup, into, **changed)


HOWS = (
    "a row less",
    "a row twice",
    "another letter",
    "no manifest",
    "another format",
    "a row of nothing",
    "half a row",
    "a column less",
    "an orphan",
    "no outline",
)


@pytest.mark.parametrize("how", HOWS)
def test_a_spoiled_backup_restores_nothing(backup, tmp_path, how):
    bad = spoiled(backup, tmp_path / "bad.zip", how)
    store = open_store(tmp_path / "empty.sqlite")
    before = store.verify()
    with pytest.raises(PlannerError) as raised:
        store.restore(SINGLE_DESK, bad, at=AT)
    assert raised.value.code in {"backup_damaged", "backup_unreadable"}
    assert raised.value.values["file"] == "bad.zip"
    assert store.verify() == before


def test_every_torn_backup_is_refused(backup, tmp_path):
    whole = backup.read_bytes()
    store = open_store(tmp_path / "empty.sqlite")
    for length in range(0, len(whole), 97):
        (tmp_path / "torn.zip").write_bytes(whole[:length])
        with pytest.raises(PlannerError, match="backup_unreadable"):
            store.restore(SINGLE_DESK, tmp_path / "torn.zip", at=AT)


def test_a_backup_with_a_flipped_bit_is_refused(backup, tmp_path):
    whole = backup.read_bytes()
    start = whole.index(b"scenario.jsonl") + len("scenario.jsonl") + 20
    spoilt = whole[:start] + bytes([whole[start] ^ 4]) + whole[start + 1 :]
    (tmp_path / "bad.zip").write_bytes(spoilt)
    with pytest.raises(PlannerError, match=r"backup_(unreadable|damaged)"):
        open_store(tmp_path / "e.sqlite").restore(SINGLE_DESK, tmp_path / "bad.zip", at=AT)


def test_a_backup_of_a_later_version_is_named_so(backup, tmp_path):
    manifest = json.loads(members(backup)["manifest.json"]) | {"store_version": "0009"}
    later = rewritten(backup, tmp_path / "later.zip", **{"manifest.json": json.dumps(manifest)})
    with pytest.raises(PlannerError) as raised:
        open_store(tmp_path / "e.sqlite").restore(SINGLE_DESK, later, at=AT)
    assert raised.value.code == "backup_newer"
    assert raised.value.values["found"] == "0009"


@pytest.mark.parametrize("place", ["nothing.zip", "folder"])
def test_a_backup_that_is_not_there(tmp_path, place):
    (tmp_path / "folder").mkdir()
    with pytest.raises(PlannerError, match=r"backup_(missing|unreadable)"):
        open_store(tmp_path / "e.sqlite").restore(SINGLE_DESK, tmp_path / place, at=AT)


def test_a_backup_that_cannot_be_written_leaves_the_old_one(store, backup, monkeypatch):
    before = backup.read_bytes()

    def fail(_part, _path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(PlannerError, match="output_failed"):
        store.backup(SINGLE_DESK, backup)
    assert backup.read_bytes() == before
    assert [one.name for one in backup.parent.iterdir() if one.suffix == ".part"] == []


def test_a_zip_of_something_else_is_refused(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.shp", b"")
    (tmp_path / "x.zip").write_bytes(content.getvalue())
    with pytest.raises(PlannerError, match="backup_unreadable"):
        open_store(tmp_path / "e.sqlite").restore(SINGLE_DESK, tmp_path / "x.zip", at=AT)
