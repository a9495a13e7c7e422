"""The one HTML file of a snapshot: what it holds, what it may ask for, that it is the same again."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import zlib

import pytest

from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from parcels.snapshot.page import embedding
from parcels.snapshot.page.page import page_bytes
from parcels.snapshot.page.words import need_titles, pack_titles, page_words
from tests.parcels.snapshot.samples import table_two, two_parcels

HOSTILE = "</script><script>alert(1)</script><!-- ${1} {{7*7}} \u2028 & \" ' \\u003c"
SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def embedded_in(page):
    found = re.search(rb'<script type="([^"]+)" id="snapshot">([^<]*)</script>', page)
    kind, data = found[1].decode(), found[2]
    return kind, data if kind == embedding.PLAIN else zlib.decompress(base64.b64decode(data), 31)


def hostile():
    """Put hostile words where users' words stand."""
    content = json.loads(canonical_bytes(two_parcels().content))
    content["title"] = content["parcels"][0]["name"] = HOSTILE
    content["parcels"][0]["attributes"] = {HOSTILE: HOSTILE}
    content["made"]["by"] = content["answers"]["findings"][0]["message"] = HOSTILE
    return seal(content)


def test_the_canonical_json_stands_in_the_page_once():
    page = page_bytes(two_parcels())
    kind, data = embedded_in(page)
    snapshot = two_parcels()
    assert kind == "application/json"
    assert json.loads(data) == json.loads(
        canonical_bytes({"content": snapshot.content, "digest": snapshot.digest})
    )
    assert page.count("示例地块1".encode()) == data.count("示例地块1".encode())


def test_a_large_snapshot_is_packed_without_time_or_system(monkeypatch):
    monkeypatch.setattr(embedding, "LARGEST_PLAIN", 1_000)
    page = page_bytes(two_parcels())
    kind, data = embedded_in(page)
    assert kind == "application/octet-stream+gzip+base64"
    assert json.loads(data)["digest"] == two_parcels().digest
    assert embedding.packed(b"{}")[:10].hex() == "1f8b08000000000000ff"


def test_words_of_users_end_no_element():
    page = page_bytes(hostile())
    _, data = embedded_in(page)
    assert json.loads(data)["content"]["title"] == HOSTILE
    assert b"alert(1)</script>" not in page
    assert "\u2028".encode() not in data
    assert len(SCRIPT.findall(page)) == 1


def test_the_policy_names_the_one_script_and_the_one_style_sheet():
    page = page_bytes(hostile(), live_url="https://planner.example/?parcel=1")
    policy = re.search(rb'Content-Security-Policy" content="([^"]+)"', page)[1].decode()
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind, blocks in (("script", SCRIPT.findall(page)), ("style", STYLE.findall(page))):
        digests = [base64.b64encode(hashlib.sha256(one).digest()).decode() for one in blocks]
        assert re.search(rf"{kind}-src ([^;]+)", policy)[1] == f"'sha256-{digests[0]}'"
        assert len(blocks) == 1


def test_the_page_names_no_address_but_those_of_namespaces():
    named = set(re.findall(rb"https?://[^\s\"'`)<\\]+", page_bytes(two_parcels())))
    assert named <= {
        b"http://www.w3.org/2000/svg",
        b"https://leafletjs.com",
        b"http://leafletjs.com",
    }
    assert b"url(images" not in page_bytes(two_parcels())


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_says_its_language_and_its_digest_without_script(lang, tag):
    snapshot = two_parcels(lang)
    page = page_bytes(snapshot).decode()
    assert f'<html lang="{tag}">' in page
    assert snapshot.digest in re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    assert snapshot.content["disclaimer"] in page


def test_a_public_page_has_no_coordinates():
    page = page_bytes(reduced(two_parcels(), "public")).decode()
    _, data = embedded_in(page.encode())
    own = json.dumps(json.loads(data), ensure_ascii=False)
    internal = json.dumps(two_parcels().content["parcels"])
    assert not re.search(
        r"11[12]\.\d{3}|3[23]\.\d{4}", page.replace(page_words("zh")["ui.review.status_seed"], "")
    )
    assert {one[:6] for one in re.findall(r"\d{7,8}\.\d", internal)}.isdisjoint(
        re.findall(r"\d{6}", own.replace(json.loads(data)["digest"], ""))
    )


def test_data_and_packs_are_named_where_the_snapshot_has_their_codes_only():
    content = reduced(table_two(), "public").content
    titles = need_titles(content)
    assert titles["geometry"] == "勘测界址（图形）"
    assert titles["layer:farmland"] == "图层：永久基本农田"
    assert not [name for name in titles.values() if ":" in name]
    assert pack_titles(content).keys() == {one["id"] for one in content["answers"]["packs"]}


@pytest.mark.parametrize(
    "damaged", [{}, {"answers": 1, "parcels": "x", "inputs": {"book": {"packs": [3, {}]}}}]
)
def test_a_page_is_made_of_any_content(damaged):
    assert b'id="snapshot"' in page_bytes(seal(damaged))


def test_another_process_writes_the_same_bytes():
    code = (
        "import hashlib, sys; from tests.parcels.snapshot.samples import two_parcels; "
        "from parcels.snapshot.page.page import page_bytes; "
        "print(hashlib.sha256(page_bytes(two_parcels())).hexdigest())"
    )
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "PYTHONPATH": ".", "PATH": ""}
    said = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True)
    assert said.stdout.decode().strip() == hashlib.sha256(page_bytes(two_parcels())).hexdigest()
