"""Snapshots read from their files, and files that hold none."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from dataclasses import replace

import pytest

from geo.errors import PlannerError
from parcels.messages import error_text
from parcels.snapshot import files
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.files import open_snapshot, read_snapshot
from parcels.snapshot.writers import json_bytes
from tests.parcels.snapshot.samples import two_parcels

PAGE = '<!DOCTYPE html>\n<html><head></head><body><script type="{kind}" id="snapshot">{held}</script>\n<p>after</p></body></html>'


@pytest.fixture(scope="module")
def plain():
    return json_bytes(two_parcels())


def _page(plain):
    held = plain.decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return PAGE.format(kind="application/json", held=held).encode()


def _packed_page(plain):
    held = base64.b64encode(gzip.compress(plain)).decode()
    return PAGE.format(kind="application/octet-stream+gzip+base64", held=held).encode()


def _zip(plain, folder="", **more):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{folder}snapshot.json", plain)
        for name, data in more.items():
            archive.writestr(name, data)
    return held.getvalue()


def _indented(plain):
    return json.dumps(json.loads(plain), indent=2, ensure_ascii=True).replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (lambda plain: plain, "json"),
        (lambda plain: b"\xef\xbb\xbf" + _indented(plain), "json"),
        (lambda plain: plain.decode().encode("utf-16"), "json"),
        (_page, "html"),
        (lambda plain: b"\xef\xbb\xbf" + _page(_indented(plain)).replace(b"\n", b"\r\n"), "html"),
        (_packed_page, "html"),
        (_zip, "zip"),
        (lambda plain: _zip(_indented(plain), folder="快照/"), "zip"),
    ],
)
def test_the_digest_is_the_same_in_every_file(plain, written, form):
    sample = two_parcels()
    data = written(plain)
    assert open_snapshot(data, "a").form == form
    read = read_snapshot(data, "a")
    assert read.digest == sample.digest
    assert canonical_bytes(read.content) == canonical_bytes(sample.content)


def _refused(data):
    with pytest.raises(PlannerError) as caught:
        read_snapshot(data, "文件.json")
    assert all("文件.json" in error_text(lang, caught.value)[0] for lang in ("zh", "en"))
    return caught.value


FOREIGN = {
    b"%PDF-1.7 ...": "PDF",
    b"\x89PNG\r\n": "PNG",
    b"": "0 B",
    b"J1,37636000,3649000": "J1,37636000,3649000",
    b'{"type": "FeatureCollection", "features": []}': "GeoJSON FeatureCollection",
    b'{"content": {"format": "other/1"}, "digest": ""}': "JSON (content, digest)",
    b"[1, 2]": "JSON (list)",
    b"<html><body>hello</body></html>": "HTML",
    b"<kml></kml>": "XML",
    b"\x00\x01\x02": "···",
}


@pytest.mark.parametrize(("data", "found"), FOREIGN.items())
def test_a_foreign_file_is_named(data, found):
    error = _refused(data)
    assert (error.code, error.values["found"]) == ("snapshot_not_one", found)


def test_foreign_archives_are_named(plain):
    office, other = io.BytesIO(), io.BytesIO()
    for held, name in ((office, "[Content_Types].xml"), (other, "a.txt")):
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(name, "x")
    assert _refused(office.getvalue()).values["found"] == "DOCX / XLSX"
    assert _refused(other.getvalue()).values["found"] == "ZIP"


@pytest.mark.parametrize("part", [0.01, 0.3, 0.999])
@pytest.mark.parametrize("written", [lambda plain: plain, _page, _packed_page, _zip])
def test_a_file_that_breaks_off_says_where(plain, written, part):
    data = written(plain)
    cut = data[: int(len(data) * part)]
    if b'id="snapshot"' in data and b'id="snapshot"' not in cut:
        return
    if data.endswith(b"</html>") and b"</script>" in cut:
        return
    error = _refused(cut)
    assert (error.code, error.values["bytes"]) == ("snapshot_truncated", len(cut))


def test_a_package_that_breaks_off_after_its_workbook_is_no_workbook(plain):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("snapshot.json", plain)
        archive.writestr("findings.xlsx", book.getvalue())
    assert _refused(whole.getvalue()[:-30]).code == "snapshot_truncated"


def _envelope(plain, **changes):
    value = json.loads(plain)
    return json.dumps({**value, "content": {**value["content"], **changes}}).encode()


@pytest.mark.parametrize(
    ("data", "code", "values"),
    [
        (lambda plain: plain.replace(b'"digest":', b'"digest"='), "snapshot_unreadable", {"line": 1}),
        (lambda plain: b"\n\n" + plain.replace(b'"kind"', b"kind", 1), "snapshot_unreadable", {"line": 3}),
        (lambda plain: plain.replace("预检".encode(), b"\xff\xfe", 1), "snapshot_unreadable", {"problem": "0xff"}),
        (lambda plain: plain.replace(b'"kind":', b'"title":"b","kind":', 1), "snapshot_key_twice", {"key": "title"}),
        (lambda plain: plain.replace(b'"accuracy_m":0.1', b'"accuracy_m":NaN', 1), "snapshot_value_unfit", {}),
        (lambda plain: plain.replace(b'"accuracy_m":0.1', b'"accuracy_m":1' + b"0" * 5000, 1), "snapshot_value_unfit", {}),
        (lambda _: b'{"a":' * 100_000, "snapshot_value_unfit", {}),
        (lambda _: b'{"content":' + b"[" * 100 + b"]" * 100 + b"}", "snapshot_value_unfit", {}),
        (lambda plain: _envelope(plain, format="parcel-planner-snapshot/2"), "snapshot_format_newer", {"format": "parcel-planner-snapshot/2"}),
        (lambda plain: _envelope(plain, kind="poem"), "snapshot_field", {"path": "content.kind", "value": '"poem"'}),
        (lambda plain: _envelope(plain, parcels={}), "snapshot_field", {"path": "content.parcels", "value": "{}"}),
        (lambda plain: _envelope(plain, made=None), "snapshot_field", {"path": "content.made", "value": "null"}),
        (lambda plain: plain.replace(two_parcels().digest.encode(), b"ABC"), "snapshot_field", {"path": "digest"}),
        (lambda plain: plain.replace("示例地块1".encode(), "示例地块2".encode(), 1), "snapshot_changed", {"stated": two_parcels().digest[:8]}),
        (lambda plain: _packed_page(plain).replace(b"H4sI", b"H4s!"), "snapshot_packing_broken", {}),
        (lambda plain: _zip(plain, **{"../a": b""}), "archive_unsafe_path", {}),
        (lambda plain: _zip(plain)[:5000] + b"xx" + _zip(plain)[5002:], "snapshot_packing_broken", {}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_named(plain, data, code, values):
    error = _refused(data(plain))
    assert error.code == code
    assert {name: error.values[name] for name in values} == values


def test_a_bomb_is_refused(monkeypatch):
    few = replace(files.DEFAULT_LIMITS, unpacked_bytes=2_000_000)
    monkeypatch.setattr(files, "DEFAULT_LIMITS", few)
    assert _refused(_packed_page(b" " * 3_000_000)).code == "snapshot_too_large"
    assert _refused(b" " * 3_000_000).code == "snapshot_too_large"
    assert _refused(_zip(b" " * 3_000_000)).code == "archive_too_large"
