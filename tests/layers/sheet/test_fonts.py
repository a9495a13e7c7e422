"""The font is the packaged one, its widths are those of the file, nothing of a text is lost."""

from __future__ import annotations

import importlib.util

import pytest
from fontTools.ttLib import TTCollection
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from layers.sheet import fonts

SIZE = 3.0


@pytest.fixture(scope="module")
def chinese():
    collection = TTCollection(fonts.font_file(), lazy=True)
    [face] = [one for one in collection.fonts if one["name"].getDebugName(1) == fonts.FONT_NAME]
    yield face
    collection.close()


def test_widths_are_those_of_the_chinese_face(chinese):
    letters, advances = chinese.getBestCmap(), chinese["hmtx"]
    for one in "地块J1,.0²±…·　Aigj（":
        expected = advances[letters[ord(one)]][0] / chinese["head"].unitsPerEm
        assert expected * SIZE <= fonts.width(one, SIZE) <= expected * SIZE * 1.03


def test_a_missing_package_is_said_in_words(monkeypatch):
    fonts.font_file.cache_clear()
    monkeypatch.setattr(fonts, "find_spec", lambda _name: None)
    with pytest.raises(PlannerError, match="font_missing"):
        fonts.font_file()
    monkeypatch.setattr(fonts, "find_spec", importlib.util.find_spec)
    assert fonts.font_file().is_file()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("$x_1$ {{7*7}} <b>", "$x_1$ {{7*7}} <b>"),
        ("a\nb\tc", "a b c"),
        ("\u202eabc", "[U+202E]abc"),
        ("房\U0001f600", "房[U+1F600]"),
        ("\x00", "[U+0000]"),
        ("第　一", "第　一"),
    ],
)
def test_what_has_no_sign_is_written_by_number(typed, printed):
    assert fonts.printable(typed) == printed


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="地块面积（）“”，。abc 123 /-²", max_size=60), st.floats(4, 40))
def test_lines_fit_and_lose_nothing(words, room):
    lines = fonts.wrapped(words, SIZE, room)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    for line in lines:
        closing = len(line) > 1 and line[-1] in "，。）”"
        assert fonts.width(line.rstrip("，。）”"), SIZE) <= room or len(line) == 1 or closing


def test_a_cut_line_says_so_and_fits():
    cut = fonts.shortened("名称很长的工业项目用地", SIZE, 15.0)
    assert cut.endswith("…")
    assert fonts.width(cut, SIZE) <= 15.0
    assert fonts.shortened("短", SIZE, 15.0) == "短"
