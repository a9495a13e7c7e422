"""Phrases that nobody means well: no failure, no invented name, no runaway work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.location.phrases import LONGEST_PHRASE, area_in, parse
from geo.location.solve import solve
from tests.geo.location import town
from tests.geo.location.test_phrases import names_of

NETWORK, _ = town.load(town.CASES / "grid.toml")
PIECES = [
    *"南北东西侧与和至的自由沿跨界路、，；。：（）()/|&“”《》-—①",
    *("以南", "之间", "两侧", "交叉口", "东北角", "东至", "南至", "四至：", "围合", "内", "附近"),
    *("距", "500米", "以内", "一里", "位于", "原", "（规划）", "一块", "另一块", "地块一：", "1."),
    *("280亩", "3.5万㎡", "1,200", "一二百千万", "路段", "的地块", "東", "側", "與"),
    *("中路", "北路", "东路", "大园区", "电厂", "未知厂", "<b>", "{{7*7}}", "{% x"),
    *("\u202e", "\u200b", "\x00", "\x1b[31m", "\ud800", "👨\u200d👩", "\ufeff", "\r\n", "\t", " "),
    *("é", "İ", "ﬁ", "½", "²", "٣", "१", "𠮷"),
]
PHRASES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


class CountingLexicon:
    def __init__(self):
        self.asked = 0

    def known(self, name):
        self.asked += 1
        return name in {"中路", "北路"}

    def kind(self, name):
        self.asked += 1
        return "road" if self.known(name) else None


def squeezed(text):
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


@settings(max_examples=300, deadline=None)
@given(PHRASES)
def test_any_mix_is_solved_and_names_stay_as_typed(phrase):
    location = solve(phrase, NETWORK)

    area_in(phrase)
    assert location.phrase == phrase
    for part in parse(phrase, NETWORK.gazetteer).parts:
        for name in names_of(part):
            assert squeezed(name.text) in squeezed(phrase)


@pytest.mark.parametrize(
    "piece", ["东", "\r\n\t", "和北", "人民路以南、", "1,", "（", "甲路至", "①"]
)
def test_long_phrases_ask_few_questions(piece):
    lexicon = CountingLexicon()
    phrase = (piece * LONGEST_PHRASE)[:LONGEST_PHRASE]

    parse(phrase, lexicon)

    assert lexicon.asked < 60 * LONGEST_PHRASE


def test_blanks_without_end_are_read():
    blanks = "\r\n\t" * 300

    part = parse(f"中路{blanks}以南、北路{blanks}以东").parts[0]

    assert [name.text for name in names_of(part)] == ["中路", "北路"]


def test_unknown_place_with_a_distance_leaves_the_known_bounds():
    part = solve("中路以南、正路以东，距未知厂500米", NETWORK).parts[0]

    assert part.class_ == "half_open"
    assert "near_not_used" in part.notes
    assert part.envelope is not None
