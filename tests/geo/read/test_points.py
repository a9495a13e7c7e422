"""Tables of boundary points: cases in ``tests/cases/tables``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.geo.read.table_samples import read_book, read_text, summary, workbook

FOLDER = Path(__file__).parents[2] / "cases" / "tables"
CASES = [
    case | {"file": path.name}
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']} {case['title']}")
def test_a_table_is_read_as_expected(case: dict, tmp_path: Path) -> None:
    options = case.get("options", {})
    if "sheets" in case:
        data = workbook(case["sheets"], case.get("merged"))
        found = summary(read_book(tmp_path, data, **options))
    else:
        text = case["text"].encode(case.get("encoding", "utf-8"))
        found = summary(read_text(tmp_path, text, **options))
    expected = case["expected"]
    assert {key: found[key] for key in expected} == expected
    assert [code for code, *_ in found["remarks"]] == [
        code for code, *_ in expected.get("remarks", [])
    ]
    assert found["faults"] == expected.get("faults", [])
    assert found["skipped"] == expected.get("skipped", [])
    assert found["notes"] == expected.get("notes", [])
