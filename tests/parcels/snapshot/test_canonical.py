"""Canonical bytes: another reader and writer of JSON comes to the same ones."""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcels.snapshot.canonical import canonical_bytes, digest_of

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [1.0, -0.0, 0.1]}, b'{"a":[1,0,0.1],"b":1}'),
        ({"名": "南阳\n<&>"}, '{"名":"南阳\\n<&>"}'.encode()),
        (1e300, b"1e+300"),
        (2.0**53, b"9007199254740992"),
        (112.46757200430946, b"112.46757200430946"),
        ((1, (2,)), b"[1,[2]]"),
        ({"a": None, "b": True}, b'{"a":null,"b":true}'),
    ],
)
def test_bytes_are_as_written_down_here(value, written):
    assert canonical_bytes(value) == written
    assert digest_of(value) == hashlib.sha256(written).hexdigest()


@settings(max_examples=60, deadline=None)
@given(values)
def test_reading_and_writing_again_changes_nothing(value):
    once = canonical_bytes(value)
    assert canonical_bytes(json.loads(once)) == once
    pretty = json.dumps(json.loads(once), indent=3, ensure_ascii=True).replace("\n", "\r\n")
    assert canonical_bytes(json.loads(pretty)) == once


@pytest.mark.parametrize(
    "value", [math.nan, [math.inf], {"a": -math.inf}, {1: "a"}, "\ud800", ["x"] and {"s": "\udfff"}]
)
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match=r".+"):
        canonical_bytes(value)


def test_other_values_are_refused():
    with pytest.raises(TypeError, match="set"):
        canonical_bytes({"a": {1}})


def test_endless_nesting_is_refused():
    value: list = []
    for _ in range(100):
        value = [value]
    with pytest.raises(ValueError, match="deep"):
        canonical_bytes(value)


def test_the_order_of_keys_does_not_depend_on_the_process():
    program = (
        "from parcels.snapshot.canonical import digest_of;"
        "print(digest_of({k: len(k) for k in {'甲', 'b', 'A', '乙', 'é'}}))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Shanghai"))
    }
    assert len(found) == 1
