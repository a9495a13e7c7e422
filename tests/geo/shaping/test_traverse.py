"""Traverses by hand (cases/shaping/traverses.toml), against geodesics, and every way to type."""

import math
import tomllib
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.crs import gauss_kruger, local_tm, meridian_tm, to_lonlat
from geo.errors import PlannerError
from geo.shaping.bearings import Leg, LineError, read_leg
from geo.shaping.start_point import Start, read_meridian, read_start
from geo.shaping.traverse import MOST_LINES, read_traverse, walked
from parcels.messages import LANGUAGES, error_text

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/shaping/traverses.toml").read_text(encoding="utf-8")
)["case"]
GOOD = [case for case in CASES if "points" in case]
BAD = [case for case in CASES if "code" in case]
GEOD = Geod(a=6378137, rf=298.257222101)
HERE = Start(0.0, 0.0, local_tm(112.5, 33.0), is_geographic=True)


def named(case):
    return case["name"]


@pytest.mark.parametrize("case", GOOD, ids=named)
def test_walks_as_the_hand_works_out(case):
    made = read_traverse(case["text"])
    room = case.get("within", 1e-8)
    corners = shapely.get_coordinates(made.ring)[:-1]
    offset = (corners - corners[0]).ravel().tolist()
    assert offset == pytest.approx([one for place in case["points"] for one in place], abs=room)
    assert made.closed is case["closed"]
    assert made.misclosure_m == pytest.approx(case["misclosure"], abs=room)
    assert made.length_m == pytest.approx(case["length"], abs=1e-6)
    for name in ("misclosure_east", "misclosure_north", "ratio"):
        if name in case:
            assert getattr(made, name) == pytest.approx(case[name], abs=1e-3)
    closing = case.get("closing")
    assert (made.closing is None) == (closing is None)
    if closing:
        assert [made.closing.azimuth, made.closing.metres] == pytest.approx(closing, abs=1e-6)


@pytest.mark.parametrize("case", BAD, ids=named)
def test_refuses_with_the_number_of_the_line(case):
    with pytest.raises(PlannerError) as refused:
        read_traverse(case["text"])
    assert refused.value.code == case["code"]
    if "line" in case:
        assert refused.value.values["line"] == case["line"]
        assert refused.value.values["value"] == case["text"].splitlines()[case["line"] - 1].strip()
    if "others" in case:
        assert refused.value.values["others"] == case["others"]
    for lang in LANGUAGES:
        sentence, hint = error_text(lang, refused.value)
        assert hint
        assert str(refused.value.values.get("value", "")) in sentence


def test_a_start_with_prefix_keeps_its_place():
    made = read_traverse("X=3653788.12 Y=38362617.50\n0° 100\n90° 100\n180° 100")
    place = to_lonlat(shapely.Point(shapely.get_coordinates(made.ring)[0]), made.crs)
    zone, north, east = gauss_kruger(place.x, place.y, 38)
    assert (zone, round(north, 4), round(east, 4)) == (38, 3653788.12, 38362617.50)


def test_the_meridian_can_be_told_beside_the_text():
    text = "X=3653788.12 Y=362617.50\n0° 100\n90° 100"
    told = read_traverse(text, meridian=114.0)
    typed = read_traverse("带号 38\n" + text)
    assert told.ring.equals(typed.ring)
    assert told.crs == typed.crs == meridian_tm(114.0)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 359.99), st.floats(1, 2000))
def test_legs_from_a_place_are_geodesics(azimuth, metres):
    """From longitude and latitude, north is true north: pyproj's geodesics from the same place."""
    made = walked(HERE, [Leg(azimuth, metres, "grid"), Leg((azimuth + 120) % 360, metres, "grid")])
    place = to_lonlat(shapely.Point(shapely.get_coordinates(made.ring)[1]), made.crs)
    lon, lat, _ = GEOD.fwd(112.5, 33.0, azimuth, metres)
    assert GEOD.inv(lon, lat, place.x, place.y)[2] < 0.001


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 12), st.floats(1, 500), st.floats(0, 359.99))
def test_a_polygon_with_equal_sides_closes(corners, side, first):
    legs = [Leg((first + at * 360 / corners) % 360, side, "grid") for at in range(corners)]
    made = walked(HERE, legs)
    assert made.closed
    assert made.misclosure_m < 1e-9
    assert made.ratio is None
    area = corners * side**2 / (4 * math.tan(math.pi / corners))
    assert made.ring.area == pytest.approx(area, rel=1e-9)


SAME = {
    "N45°30'E 120.5": 45.5,
    "n 45°30' e, 120.5 m": 45.5,
    "N45-30E 120.50": 45.5,
    "N45.5E 120.5m": 45.5,
    "北45°30′东 120.5": 45.5,
    "北偏东45°30′ 120.5米": 45.5,
    "东偏北 44°30′00″ 120.5米": 45.5,
    "45°30'00\" 120.5 m": 45.5,
    "45°30’00” 120.5": 45.5,
    "45º30'00'' 120.5": 45.5,
    "45度30分00秒 120.5米": 45.5,
    "45°30 120.5": 45.5,
    "45-30-00 120.5": 45.5,
    "45-30 120.5": 45.5,
    "方位角 45.5 距离 120.5": 45.5,
    "方位角：45.5，边长：120.5": 45.5,
    "坐标方位角=45°30′ L=120.5": 45.5,
    "距离 120.5 方位角 45.5": 45.5,
    "azimuth 45.5 distance 120.5": 45.5,
    "Az. 45.5, 120.5": 45.5,
    "J1-J2 N45°30'E 120.5": 45.5,
    "J1→J2：45°30′ 120.5": 45.5,
    "1-2 45°30' 120.5": 45.5,
    "(3) 45°30' 120.5": 45.5,
    "１、北偏东４５°３０′　１２０．５米": 45.5,
    "45°30' 0.1205公里": 45.5,
    "S45°30'E 120.5": 134.5,
    "南偏东45°30′ 120.5": 134.5,
    "东偏南44°30′ 120.5": 134.5,
    "S45°30'W 120.5": 225.5,
    "南偏西45°30′ 120.5": 225.5,
    "N45°30'W 120.5": 314.5,
    "西偏北44°30′ 120.5": 314.5,
    "360° 120.5": 0.0,
    "正东 120.5": 90.0,
    "due s 120.5": 180.0,
}


@pytest.mark.parametrize("line", SAME)
def test_one_leg_in_many_ways(line):
    leg = read_leg(line)
    assert leg.azimuth == pytest.approx(SAME[line], abs=1e-12)
    assert leg.metres == pytest.approx(120.5, abs=1e-12)
    assert leg.north == "grid"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "shape_leg_unreadable"),
        ("120.5", "shape_leg_unreadable"),
        ("45.5 120.5", "shape_leg_unreadable"),
        ("北偏北45° 120.5", "shape_leg_unreadable"),
        ("N45°N 120.5", "shape_leg_unreadable"),
        ("东北 120.5", "shape_leg_unreadable"),
        ("{{7*7}} <b>", "shape_leg_unreadable"),
        ("N45°E", "shape_leg_length_unusable"),
        ("N45°E abc", "shape_leg_length_unusable"),
        ("N45°E -120.5", "shape_leg_length_unusable"),
        ("N45°E 0", "shape_leg_length_unusable"),
        ("N45°E 12O.5", "shape_leg_length_unusable"),
        ("N45°E 1e5", "shape_leg_length_unusable"),
        ("N45°E inf", "shape_leg_length_unusable"),
        ("N45°E 120.5 亩", "shape_leg_length_unusable"),
        ("N90°00'01\"E 120.5", "shape_angle_unusable"),
        ("360°00'01\" 120.5", "shape_angle_unusable"),
        ("45°60' 120.5", "shape_angle_unusable"),
        ("45°30'60\" 120.5", "shape_angle_unusable"),
        ("45.5°30' 120.5", "shape_angle_unusable"),
        ("J1-J2 N45°70'E 120.5", "shape_angle_unusable"),
        ("方位角 400 距离 120.5", "shape_angle_unusable"),
    ],
)
def test_a_leg_that_is_none(line, code):
    with pytest.raises(LineError, match=code):
        read_leg(line)


@pytest.mark.parametrize(
    "line",
    [
        "X=3653788.12 Y=38362617.50",
        "Y=38362617.50，X=3653788.12",
        "起点 X 3653788.12, Y 38362617.50",
        "J1: X=3653788.12m Y=38362617.50m",
        "N 3653788.12 E 38362617.50",
        "3653788.12 38362617.50",
        "38362617.50,3653788.12",
        "北坐标3653788.12 东坐标38362617.50",
    ],
)
def test_one_start_in_many_ways(line):
    start = read_start(line)
    assert (start.east, start.north) == (38362617.50, 3653788.12)
    assert start.crs == meridian_tm(114.0, 38_500_000.0)


@pytest.mark.parametrize(
    "line",
    [
        "112.5 33.0",
        "33.0, 112.5",
        "lon=112.5 lat=33",
        "112°30′00″E 33°00′00″N",
        "东经112°30′ 北纬33°00′",
    ],
)
def test_a_start_in_degrees(line):
    start = read_start(line)
    assert start.is_geographic
    assert start.crs == local_tm(112.5, 33.0)


@pytest.mark.parametrize("line", ["", "X=1", "12 45", "a b", "X=3653788.12 X=38362617.50", "1 2 3"])
def test_a_start_that_is_none(line):
    with pytest.raises(LineError, match="shape_start_unreadable"):
        read_start(line)


@pytest.mark.parametrize(
    ("line", "meridian"),
    [
        ("带号 38", 114.0),
        ("带号：37", 111.0),
        ("38带", 114.0),
        ("zone 19", 111.0),
        ("中央经线 112.5", 112.5),
        ("中央子午线114°E", 114.0),
        ("CM 111", 111.0),
        ("带号 99", None),
        ("X=1", None),
    ],
)
def test_a_zone_that_is_told(line, meridian):
    assert read_meridian(line) == meridian


def test_too_many_lines():
    with pytest.raises(PlannerError, match="shape_traverse_too_long") as refused:
        read_traverse("0° 1\n" * (MOST_LINES + 1))
    assert refused.value.values == {"count": MOST_LINES + 1, "most": MOST_LINES}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (read_leg, read_start, read_traverse):
        try:
            read(text)
        except (LineError, PlannerError) as error:
            assert error.code.startswith("shape_")  # noqa: PT017
