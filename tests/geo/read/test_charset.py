"""Encodings: what was written is what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.charset import declared_encoding, decode, find_encoding
from tests.geo.read.read_samples import code_of

NAMES = ["信臣路", "热电厂", "百里奚南路", "独山大道", "经十路东侧支路"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_text_is_decoded(codec: str) -> None:
    assert decode("\n".join(NAMES).encode(codec))[0] == "\n".join(NAMES)


@pytest.mark.parametrize(
    ("written", "declared", "found"),
    [
        ("utf-8", "gb18030", "utf-8"),
        ("gbk", "utf-8", "gb18030"),
        ("gbk", "gb18030", "gb18030"),
        ("gbk", None, "gb18030"),
        ("utf-8", None, "utf-8"),
        ("big5", "cp950", "cp950"),
    ],
)
def test_a_declaration_wins_unless_the_bytes_contradict_it(
    written: str, declared: str | None, found: str
) -> None:
    names = ["道路", "中山路"] if written == "big5" else NAMES
    assert find_encoding([name.encode(written) for name in names], declared) == found


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_half_a_character_at_the_end_of_a_cell_does_not_mislead(codec: str) -> None:
    cells = [name.encode(codec) for name in NAMES] + ["第三完全学校西侧支路".encode(codec)[:-1]]
    assert find_encoding(cells) == codec


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=6))
def test_any_chinese_text_survives_utf8_and_gbk(text: str) -> None:
    assert decode(text.encode("utf-8"))[0] == text
    assert find_encoding([text.encode("utf-8")], "gb18030") == "utf-8"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("65001", "utf-8"),
        (" GBK\n", "gb18030"),
        ("ANSI 936", "gb18030"),
        ("Big5", "cp950"),
        ("ISO-8859-1", None),
        ("rot13", None),
        ("", None),
    ],
)
def test_labels(label: str, codec: str | None) -> None:
    assert declared_encoding(label) == codec


def test_bytes_of_no_encoding_are_refused() -> None:
    assert code_of(decode, b"\xff\xff\x00\xff") == "file_encoding_unknown"


SURVEY = "数据产生单位=示例测绘单位\n带号=37\n地块名称=示例地块\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(codec: str) -> None:
    assert decode(SURVEY.encode(codec)) == (SURVEY, codec)


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (SURVEY.encode().replace(b"\x9d\x97", b"\xff", 1), ("UTF-8", 3, "E5")),
        (
            SURVEY.encode("gb18030").removesuffix(b"\xbf\xe9\n") + b"\xbf\n",
            ("GB18030", 3, "BF"),
        ),
    ],
    ids=["UTF-8", "GB18030"],
)
def test_broken_bytes_are_named_by_line(data: bytes, values: tuple[str, int, str]) -> None:
    with pytest.raises(PlannerError) as caught:
        decode(data)
    said = (caught.value.values[key] for key in ("encoding", "line", "value"))
    assert (caught.value.code, *said) == ("text_bytes_broken", *values)


def test_gbk_is_not_taken_for_broken_utf_8() -> None:
    for size in range(1, len(SURVEY)):
        assert decode(SURVEY[:size].encode("gb18030"))[0] == SURVEY[:size]
