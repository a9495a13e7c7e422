"""Names to features: exact, alias, former, short, ambiguous, unknown with candidates."""

import pytest

from geo.location.features import NamedFeature
from geo.location.gazetteer import Gazetteer, key
from geo.location.reading import Name


def feature(name, kind="road", **more):
    return NamedFeature(id=more.pop("id", name), name=name, geometry=None, kind=kind, **more)


NETWORK = Gazetteer.build(
    [
        feature("信臣路", aliases=("信臣大街",)),
        feature("仲景路", aliases=("仲景大道",)),
        feature("原西环路"),
        feature("雁河大道", former=("东环路",)),
        feature("纬十一路"),
        feature("经10路"),
        feature("人民路", id="a"),
        feature("人民路", id="b"),
        feature("中光学 (信臣路 site)", kind="landmark"),
        feature("卧龙集团", kind="landmark"),
        feature("卧龙大道"),
        feature("G312"),
        feature("半导体产业园（二期）", kind="park"),
    ]
)


def found(name):
    match = NETWORK.match(name)
    return match.status, [NETWORK.features[position].name for position in match.positions]


@pytest.mark.parametrize(
    ("name", "feature_name"),
    [
        (Name(text="信臣路"), "信臣路"),
        (Name(text=" 信 臣 路 "), "信臣路"),
        (Name(text="仲景大道"), "仲景路"),
        (Name(text="原西环路", former=True), "原西环路"),
        (Name(text="西环路"), "原西环路"),
        (Name(text="原东环路", former=True), "雁河大道"),
        (Name(text="东环路"), "雁河大道"),
        (Name(text="纬11路"), "纬十一路"),
        (Name(text="经十路"), "经10路"),
        (Name(text="经１０路"), "经10路"),
        (Name(text="312国道"), "G312"),
        (Name(text="中光学"), "中光学 (信臣路 site)"),
        (Name(text="半导体产业园(二期)"), "半导体产业园（二期）"),
        (Name(text="新名路", aliases=("信臣路",)), "信臣路"),
        (Name(text="信臣路", aliases=("新名路",)), "信臣路"),
        (Name(text="仲景路", aliases=("仲景大道",)), "仲景路"),
    ],
)
def test_matched(name, feature_name):
    assert found(name) == ("matched", [feature_name])


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        (Name(text="人民路"), ("人民路 (road, a)", "人民路 (road, b)")),
        (Name(text="信臣路", aliases=("仲景路",)), ("信臣路", "仲景路")),
        (Name(text="卧龙"), ("卧龙集团", "卧龙大道")),
    ],
)
def test_ambiguous_names_every_feature_and_chooses_none(name, candidates):
    match = NETWORK.match(name)
    assert match.status == "ambiguous"
    assert len(match.positions) == len(candidates)
    assert match.candidates == candidates


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("信臣大道", "信臣路"),
        ("信陈路", "信臣路"),
        ("新臣路", "信臣路"),
        ("纬十二路", "纬十一路"),
        ("仲井路", "仲景路"),
    ],
)
def test_unknown_names_bring_similar_ones_and_choose_none(name, first):
    match = NETWORK.match(Name(text=name))
    assert (match.status, match.positions) == ("unknown", ())
    assert match.candidates[0] == first
    assert len(match.candidates) <= 5


def test_nothing_similar_brings_no_candidate():
    assert NETWORK.match(Name(text="乌鲁木齐机场")).candidates == ()
    assert Gazetteer.build([]).match(Name(text="信臣路")).candidates == ()


def test_a_current_name_comes_before_a_former_one():
    network = Gazetteer.build([feature("雁河大道", former=("西环路",)), feature("西环路")])
    assert network.match(Name(text="西环路")).positions == (1,)
    assert network.match(Name(text="原西环路", former=True)).positions == (0,)


def test_lexicon_knows_names_but_not_short_forms():
    assert NETWORK.known("信臣大街")
    assert NETWORK.known("中光学")
    assert not NETWORK.known("信臣")
    assert not NETWORK.known("")
    assert NETWORK.kind("半导体产业园（二期）") == "park"
    assert NETWORK.kind("天知道路") is None


def test_key_is_the_same_for_every_way_to_write_a_name():
    assert key("经 十 路") == key("经１０路") == key("经10路")
    assert key("国道312") == key("312国道") == key("Ｇ312")
    assert key("园（二期）") == key("园(二期)") == key("园【2期】")
    assert key("信臣路") != key("信臣大道")
