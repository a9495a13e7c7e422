"""Areas that phrases state, from everyday land notices."""

import pytest

from geo.location.phrases import area_in, parse
from tests.geo.location.test_phrases import as_case

MU = 2000 / 3


@pytest.mark.parametrize(
    ("phrase", "square_metres"),
    [
        ("信臣路以南，总面积280亩", 280 * MU),
        ("用地约 260 亩，东至甲路", 260 * MU),
        ("占地35000平方米的地块", 35_000),
        ("面积为1.2公顷", 12_000),
        ("4.5万㎡", 45_000),
        ("信臣路以南200米、面积3.5 万平方米", 35_000),
        ("二百八十亩", 280 * MU),
        ("总建筑面积3.5万平方米，用地面积280亩", 280 * MU),
        ("總面積280畝", 280 * MU),
        ("一块120亩，另一块80亩", 120 * MU),
        ("六亩塘路以南，280亩", 280 * MU),
        ("280亩园区用地", 280 * MU),
        ("百亩园以东、十亩地村以南", None),
        ("信臣路以南，280", None),
        ("信臣路全长1.68公里以南", None),
        ("建筑面积35000平方米", None),
        ("300-400亩", None),
        ("-5亩", None),
    ],
)
def test_area_of_a_phrase(phrase, square_metres):
    assert area_in(phrase) == (square_metres and pytest.approx(square_metres))


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("六亩塘路以南、280亩", {"N": ["六亩塘路"]}),
        ("百亩园以东", {"W": ["百亩园"]}),
        ("信臣路以南280亩土地", {"N": ["信臣路"]}),
        ("信臣路以南（面积280亩）、热电厂以西", {"N": ["信臣路"], "E": ["热电厂"]}),
        ("占地35000平方米的地块位于信臣路以南", {"N": ["信臣路"]}),
    ],
)
def test_area_disturbs_no_name(phrase, part):
    assert [as_case(read) for read in parse(phrase).parts] == [part]


def test_each_part_keeps_its_place_beside_its_area():
    parts = parse("一块120亩位于信臣路以南，另一块80亩位于光武路以北").parts

    assert [as_case(part) for part in parts] == [{"N": ["信臣路"]}, {"S": ["光武路"]}]
