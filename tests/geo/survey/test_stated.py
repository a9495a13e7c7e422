import pytest

from geo.errors import PlannerError
from geo.survey.place.stated import read_stated
from geo.zones import Zone

BARE_37 = Zone(width=3, number=37, prefixed=False)


@pytest.mark.parametrize(
    "header",
    [
        {"带号": "37"},
        {"带号": "37带"},
        {"带号": "３７"},
        {"带号": "第37带"},
        {" 带号 ": " 37 "},
        {"带号": "37", "几度分带": "3"},
        {"带号": "37", "几度分带": "3度"},
        {"带号": "37", "分带": "3度带"},
        {"带号": "37", "分带": "三度带"},
        {"中央经线": "111"},
        {"中央子午线": "111°"},
        {"中央子午线": "东经111度"},
        {"中央经线": "111°00′", "带号": ""},
        {"带号": "37", "中央经线": "111", "投影类型": "高斯-克吕格", "计量单位": "m"},
        {"坐标系": "CGCS2000_3_Degree_GK_Zone_37"},
        {"坐标系": "2000国家大地坐标系（37带）"},
    ],
)
def test_spellings_of_zone_37(header):
    assert read_stated(header).bare_zone() == BARE_37


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"带号": ""},
        {"带号": "24"},
        {"带号": "37", "几度分带": "6"},
        {"带号": "37", "中央经线": "114"},
        {"中央经线": "112.5"},
        {"几度分带": "3"},
        {"精度": "0.001", "转换参数": ",,,,,,"},
    ],
)
def test_no_zone_or_two(header):
    assert read_stated(header).bare_zone() is None


def test_six_degrees():
    zone = Zone(width=6, number=19, prefixed=False)
    assert read_stated({"带号": "19"}).bare_zone() == zone
    assert read_stated({"中央经线": "111", "几度分带": "6"}).bare_zone() == zone
    assert read_stated({"中央经线": "112°30′"}).meridian == 112.5


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"坐标系": "1980西安坐标系"}, "crs_refused"),
        ({"坐标系": "1954北京坐标系"}, "crs_refused"),
        ({"坐标系": "地方坐标系"}, "crs_local"),
        ({"坐标系": "不知道"}, "crs_unreadable"),
        ({"计量单位": "毫米"}, "unit_not_metre"),
        ({"投影类型": "UTM"}, "projection_not_gauss"),
        ({"带号": "37/38"}, "header_unreadable"),
        ({"几度分带": "?"}, "header_unreadable"),
        ({"中央经线": "百十一"}, "header_unreadable"),
    ],
)
def test_what_cannot_be_right_is_named(header, code):
    with pytest.raises(PlannerError) as caught:
        read_stated(header)
    assert caught.value.code == code
    (value,) = header.values()
    assert value in caught.value.values.values()
