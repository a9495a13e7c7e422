"""What strangers send to the editor's routes."""

from __future__ import annotations

import pytest

from tests.parcels.api.asking import OWN_PAGE, ask
from tests.parcels.api.editors import assert_says_nothing_of_the_server

MILLION = b"".join(
    (
        b'{"command": {"do": "draw", "kind": "parcel", "geometry": {"type": "Polygon", ',
        b'"coordinates": [[' + b"[112.5,33.0]," * 1_000_000 + b"[112.5,33.0]]]}},",
        b' "seen": 1, "key": "k"}',
    )
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "request_unreadable"),
        (b"nothing", "request_unreadable"),
        (b"\xff\xfe", "request_unreadable"),
        (b"[" * 100_000, "request_unreadable"),
        (b'{"a":' * 100_000, "request_unreadable"),
        (b'{"command": {}, "seen": NaN, "key": "k"}', "request_unreadable"),
        (b'{"command": {}, "seen": 1e999, "key": "k"}', "request_unreadable"),
        (b'{"command": {}, "seen": ' + b"9" * 5000 + b', "key": "k"}', "request_unreadable"),
        (b'{"command": {"do": "describe", "name": "\\ud800"}, "seen": 1, "key": "k"}', "request_unreadable"),
        (b'{"command": {"do": "describe", "name": "\\u0000"}, "seen": 1, "key": "k"}', "request_unreadable"),
        ({}, "request_unreadable"),
        ([], "request_unreadable"),
        ({"command": [], "seen": 1, "key": "k"}, "request_unreadable"),
        ({"command": {}, "seen": True, "key": "k"}, "request_unreadable"),
        ({"command": {}, "seen": "1", "key": "k"}, "request_unreadable"),
        ({"command": {}, "seen": 1, "key": ""}, "request_unreadable"),
        ({"command": {}, "seen": 1, "key": "a b"}, "request_unreadable"),
        ({"command": {}, "seen": 1, "key": "k", "more": 1}, "request_unreadable"),
        ({"command": {}, "seen": 1, "key": "k"}, "command_unreadable"),
        ({"command": {"do": "rob"}, "seen": 1, "key": "k"}, "command_unreadable"),
        ({"command": {"do": "draw", "kind": "parcel", "geometry": {"type": "Point", "coordinates": [1, 2]}}, "seen": 1, "key": "k"}, "shape_wrong_kind"),
        (MILLION, "shape_too_many_points"),
        ({"command": {"do": "delete", "elements": ["nobody"]}, "seen": 1, "key": "k"}, "element_unknown"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_hostile_bodies_are_refused_with_a_code(editor, body, code):
    answer = editor.post("do", body)
    assert (answer.status, answer.json["code"]) == (400, code)
    assert_says_nothing_of_the_server(answer)
    assert editor.read().json["elements"] == []


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        (OWN_PAGE | {"sec-fetch-site": "cross-site"}, 403, "request_foreign"),
        (OWN_PAGE | {"sec-fetch-site": "same-site"}, 403, "request_foreign"),
        ({"content-type": "application/json", "origin": "https://evil.example", "host": "planner:8501"}, 403, "request_foreign"),
        ({"content-type": "application/json", "origin": "null", "host": "planner:8501"}, 403, "request_foreign"),
        ({"content-type": "application/json", "origin": "http://planner:8501", "host": "planner:8501"}, 200, None),
        ({"content-type": "application/json; charset=utf-8"}, 200, None),
        ({"content-type": "text/plain"}, 415, "request_not_json"),
        ({"content-type": "application/x-www-form-urlencoded"}, 415, "request_not_json"),
        ({"sec-fetch-site": "same-origin"}, 415, "request_not_json"),
        (OWN_PAGE | {"content-length": "30000001"}, 413, "request_too_large"),
    ],
)  # fmt: skip
def test_only_our_own_pages_may_change_anything(editor, headers, status, code):
    answer = editor.post("draft", {"content": {"a": 1}}, headers)
    assert (answer.status, answer.json.get("code")) == (status, code)
    assert (editor.read().json["draft"] is None) == (status != 200)


def test_a_body_longer_than_it_says_is_cut_off(editor):
    answer = editor.post("draft", b" " * 30_000_001, OWN_PAGE | {"content-length": "2"})
    assert (answer.status, answer.json["code"]) == (413, "request_too_large")


def test_an_unknown_token_is_no_desk(editor):
    for method, path in (
        ("GET", ""),
        ("GET", "/version"),
        ("POST", "/do"),
        ("POST", "/look"),
        ("POST", "/draft"),
    ):
        answer = ask(
            editor.app, method, f"/api/sketch/guess{path}", {} if method == "POST" else None
        )
        assert (answer.status, answer.json["code"]) == (404, "desk_unknown")
