"""Whatever happens to a survey text: an answer that adds up, or an expected refusal."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.txt.reader import looks_like_txt
from tests.geo.read.txt_samples import read, vertices

CASES = Path(__file__).parents[2] / "cases" / "txt"
SOURCES = [path.read_bytes() for path in sorted(CASES.glob("*.txt"))]
BYTES = [
    b",",
    b"@",
    b"\r",
    b"\n",
    b"\xa3\xac",
    b"E",
    b"9",
    b".",
    b"[",
    b"]",
    b"=",
    b" ",
    b"\xff",
    b"NaN",
]


def damaged(source: bytes, seed: int) -> bytes:
    """Cut, repeat and overwrite some places of a file; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    data = bytearray(source)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice([0, 1, 1, 2, 20]))
        data[start:end] = chance.choice([b"", chance.choice(BYTES), bytes(data[start:end]) * 2])
    return bytes(data)


def adds_up(folder: Path, data: bytes) -> None:
    try:
        parsed = read(folder, data)
    except PlannerError:
        return
    shapes = parsed.wkb.to_pylist()
    assert parsed.table.num_rows == len(shapes) == len(parsed.where) > 0 or parsed.skipped
    assert {row for row, wkb in enumerate(shapes) if wkb is None} == set(parsed.faults)
    assert all(vertices(wkb) >= 3 for wkb in shapes if wkb is not None)
    assert all(fault.where.startswith("line:") for fault in parsed.faults.values())


@pytest.mark.parametrize("source", range(len(SOURCES)))
def test_damaged_files_never_end_in_a_traceback(tmp_path: Path, source: int) -> None:
    for seed in range(12):
        adds_up(tmp_path, damaged(SOURCES[source], 1000 * source + seed))


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_a_file_cut_anywhere_is_never_taken_for_whole(tmp_path: Path, codec: str) -> None:
    whole = (CASES / "example-1.txt").read_bytes().decode("gbk").encode(codec)
    second = whole.index(b"5,1.6650")
    for length in range(whole.index(b"J1,"), len(whole) - 2):
        if second - 2 <= length <= second:
            continue  # all of the first parcel: nothing can tell that a second should follow
        parsed = read(tmp_path, whole[:length])
        said = [*parsed.faults.values(), *parsed.remarks, *parsed.skipped]
        assert said, whole[length - 40 : length]


lines = st.lists(
    st.one_of(
        st.text("J1，,.9 \t@E[]=-面", max_size=20),
        st.sampled_from(["[地块坐标]", "5,1,1,名,面,,,,@", "J1,1,3650000.1,37637000.1", ""]),
    ),
    max_size=12,
)


@settings(max_examples=300)
@given(lines, st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_lines_add_up(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], end: str
) -> None:
    text = end.join(texts)
    assert looks_like_txt(text) in {True, False}
    adds_up(tmp_path_factory.getbasetemp(), text.encode("gb18030"))


@given(st.binary(max_size=200))
def test_any_bytes_add_up(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    adds_up(tmp_path_factory.getbasetemp(), data)
