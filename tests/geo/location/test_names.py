"""Names in phrases: place prefixes, brackets, qualifiers, pairs."""

import pytest

from geo.location.features import NamedFeature
from geo.location.gazetteer import Gazetteer
from geo.location.lexicon import EMPTY
from geo.location.names import is_admin, is_line, read_name, split_pair, split_place
from geo.location.numerals import arabic, whole
from geo.location.reading import Name
from geo.location.text import clean


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("信臣路", Name(text="信臣路")),
        ("（信臣路）", Name(text="信臣路")),
        ("信臣路（规划）", Name(text="信臣路")),
        ("(规划)信臣路", Name(text="信臣路")),
        ("甲路(乙路)", Name(text="甲路", aliases=("乙路",))),
        ("甲路（原乙路）（在建）", Name(text="甲路", aliases=("乙路",))),
        ("原西环路", Name(text="原西环路", former=True)),
        ("某某（临港）产业园", Name(text="某某（临港）产业园")),
        ("现代大道", Name(text="现代大道")),
        ("规划一路", Name(text="规划一路")),
        ("拟建甲路", Name(text="甲路")),
        ("a/b", Name(text="a/b")),
        ("<b>", Name(text="<b>")),
        ("--", None),
        ("", None),
    ],
)
def test_read_name(written, expected):
    assert read_name(clean(written), EMPTY) == expected


@pytest.mark.parametrize(
    ("written", "place", "rest"),
    [
        ("南阳市高新区信臣路", "南阳市高新区", "信臣路"),
        ("张衡街道信臣路", "张衡街道", "信臣路"),
        ("信臣路", None, "信臣路"),
        ("城市大道", None, "城市大道"),
        ("开发区南路", None, "开发区南路"),
        ("和谐小区经二路", None, "和谐小区经二路"),
        ("南阳市第二医院", None, "南阳市第二医院"),
    ],
)
def test_split_place_by_endings(written, place, rest):
    before, name = split_place(clean(written), EMPTY)
    assert (before and before.written, name.written) == (place, rest)


def test_split_place_takes_the_longest_known_name():
    lexicon = Gazetteer.build(
        [NamedFeature(id=name, name=name, geometry=None) for name in ("第二医院", "高新区第二医院")]
    )
    before, name = split_place(clean("南阳市高新区第二医院"), lexicon)
    assert before is not None
    assert (before.written, name.written) == ("南阳市", "高新区第二医院")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("甲路乙路", ["甲路", "乙路"]),
        ("甲路/乙路", ["甲路", "乙路"]),
        ("中光学与热电厂", ["中光学", "热电厂"]),
        ("人民路", ["人民路"]),
        ("百里奚南路", ["百里奚南路"]),
    ],
)
def test_split_pair(written, expected):
    assert [text.written for text in split_pair(clean(written), EMPTY)] == expected


def test_kinds_of_names_by_their_endings():
    assert is_line("G40沪陕高速")
    assert is_line("白河")
    assert not is_line("热电厂")
    assert is_admin("张衡街道")
    assert not is_admin("和谐小区")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十一", 21), ("二百", 200), ("两千零五", 2005), ("一五", 15), ("三万", 30_000)],
)
def test_chinese_numerals(numeral, value):
    assert whole(numeral) == value


def test_numbers_in_names_are_written_with_digits():
    assert arabic("经二十一路") == "经21路"
    assert arabic("十二里河") == "十二里河"
    assert arabic("百里奚路") == "百里奚路"


def test_text_keeps_what_is_written_and_folds_beside_it():
    text = clean("信臣路\u200b （１期）")
    assert (text.written, text.folded) == ("信臣路（１期）", "信臣路(1期)")
    assert clean("Main  Street 以南").written == "Main Street以南"
