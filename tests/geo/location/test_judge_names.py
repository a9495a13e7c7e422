"""Names as phrases write them and as networks of other towns spell them."""

import pytest

from geo.location.features import NamedFeature
from geo.location.gazetteer import Gazetteer
from geo.location.reading import Name

SPELLINGS = (
    "信\u200b臣路",
    "锦江（府河）",
    "中光学集团有限公司",
    "规划东一路",
    "天府大道南段",
    "经十路（规划）",
    "312国道",
    "  空 格 路 ",
    "東風路",
    "临港产业园",
)
NETWORK = Gazetteer.build(
    [NamedFeature(id=name, name=name, geometry=None) for name in SPELLINGS],
)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("信臣路", "信\u200b臣路"),
        ("府河", "锦江（府河）"),
        ("锦江", "锦江（府河）"),
        ("中光学", "中光学集团有限公司"),
        ("中光学集团", "中光学集团有限公司"),
        ("东一路", "规划东一路"),
        ("天府大道", "天府大道南段"),
        ("天府大道北段", None),
        ("经10路", "经十路（规划）"),
        ("经十路", "经十路（规划）"),
        ("Ｇ３１２", "312国道"),
        ("空格路", "  空 格 路 "),
        ("东風路", "東風路"),
        ("规划空格路", "  空 格 路 "),
        ("临港产业园（一期）", "临港产业园"),
        ("西一路", None),
        ("府", None),
    ],
)
def test_name_finds_its_feature_and_no_other(name, spelling):
    match = NETWORK.match(Name(text=name))

    assert [NETWORK.features[at].name for at in match.positions] == [spelling][: bool(spelling)]
