"""Tables that are refused as a whole, and damage of all kinds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.limits import Limits
from parcels.messages import LANGUAGES, error_text, messages, text
from tests.geo.read.table_samples import read_book, read_text, workbook

FOLDER = Path(__file__).parents[2] / "rejects" / "tables"
REJECTS = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["reject"]
TABLE = "地块号,点号,X(m),Y(m),边长\n甲,J1,1000,0,100\n甲,J2,1100,0,100\n甲,J3,1100,100,\n面积,0.5,公顷,,\n"


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: case["title"])
def test_a_bad_table_is_refused_with_a_sentence(case: dict, tmp_path: Path) -> None:
    is_book = "sheets" in case
    read, data = (read_book, workbook(case["sheets"])) if is_book else (read_text, case["text"])
    with pytest.raises(PlannerError) as caught:
        read(tmp_path, data, **case.get("options", {}))
    assert caught.value.code == case["code"]
    expected = case.get("values", {})
    assert {key: caught.value.values.get(key) for key in expected} == expected
    caught.value.values["file"] = "表.csv"
    for lang in LANGUAGES:
        assert all(error_text(lang, caught.value))


def test_no_sentence_is_left_of_what_no_table_says() -> None:
    root = Path(__file__).parents[3]
    sources = [path.read_text(encoding="utf-8") for path in (root / "geo").rglob("*.py")]
    written = tomllib.loads((root / "parcels/messages/zh/tables.toml").read_text(encoding="utf-8"))
    for kind in ("note", "fault", "error"):
        for code in written[kind]:
            assert any(f'"{code}"' in source for source in sources), code


def test_limits_of_points_columns_and_cells(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="file_too_many_vertices"):
        read_text(tmp_path, TABLE, limits=Limits(vertices=2))
    with pytest.raises(PlannerError, match="file_too_many_columns"):
        read_text(tmp_path, TABLE, limits=Limits(columns=4))
    with pytest.raises(PlannerError, match="file_too_many_features"):
        read_text(tmp_path, TABLE, limits=Limits(features=0))
    with pytest.raises(PlannerError, match="table_too_large"):
        read_text(tmp_path, "a," * 900 + "\n" + "1\n" * 6_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    edits=st.lists(
        st.tuples(
            st.integers(0, len(TABLE) - 1), st.text("甲J10.,;\t\"'\n面积合计=-XY　＋", max_size=3)
        ),
        max_size=8,
    )
)
def test_damage_is_answered_with_a_code(tmp_path: Path, edits: list[tuple[int, str]]) -> None:
    damaged = list(TABLE)
    for position, piece in edits:
        damaged[position] = piece
    parsed = answer(read_text, tmp_path, "".join(damaged))
    if isinstance(parsed, PlannerError):
        return
    for fault in (*parsed.faults.values(), *parsed.skipped, *parsed.remarks):
        assert text("zh", f"fault.{fault.code}.text", **fault.values)
    for note in parsed.notes:
        assert text("zh", f"note.{note.code}.text", **note.values)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_answered_with_a_code(tmp_path: Path, data: bytes) -> None:
    for read in (read_text, read_book):
        answer(read, tmp_path, data)


def answer(read, folder: Path, data):
    """Give what a reader finds or its refusal, which must have a sentence."""
    try:
        return read(folder, data)
    except PlannerError as error:
        key = f"error.{error.code}.text"
        refusal = error
    assert key in messages("zh")
    return refusal
