"""The place where a traverse begins: survey coordinates, or longitude and latitude."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import shapely

from geo.crs import local_tm, meridian_tm, to_lonlat
from geo.shaping.bearings import LineError, plain, read_angle
from geo.survey.place.axes import CHINA, NORTHING
from geo.zones import FALSE_EASTING, MILLION, zone_of_number

if TYPE_CHECKING:
    from pyproj import CRS


class Start(NamedTuple):
    """A place in a plane; in one of its own, true north is its grid north (``is_geographic``)."""

    east: float
    north: float
    crs: CRS
    is_geographic: bool


class _Value(NamedTuple):
    axis: str
    number: float


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?![0-9.])")
_LEAD = re.compile(
    r"(?:起点|起始点|始点|start|point|J?[0-9]{1,4}(?=\s*[:,]))\s*[:,]?\s*", re.IGNORECASE
)
_AXES = {
    "X": "north", "N": "north", "B": "north", "北坐标": "north", "纵坐标": "north",
    "Y": "east", "E": "east", "L": "east", "东坐标": "east", "横坐标": "east",
    "纬度": "north", "北纬": "north", "LAT": "north", "LATITUDE": "north",
    "经度": "east", "东经": "east", "LON": "east", "LNG": "east", "LONGITUDE": "east",
}  # fmt: skip
_NAMES = "|".join(sorted(_AXES, key=len, reverse=True))
_BEFORE = re.compile(rf"({_NAMES})\s*[:=]?\s*", re.IGNORECASE)
_METRES = re.compile(r"\s*(?:米|m(?![a-z]))", re.IGNORECASE)
_AFTER = re.compile(r"\s*([NE])(?![a-z])", re.IGNORECASE)
_BETWEEN = " \t,;、"
_DEGREES = 180.0
_FARTHEST_M = 400_000.0
_ZONE = re.compile(
    r"(?:第\s*)?(?:带号|zone)\s*[:=]?\s*([0-9]{2})|第?\s*([0-9]{2})\s*带", re.IGNORECASE
)
_MERIDIAN = re.compile(
    r"(?:中央经线|中央子午线|central meridian|CM)\s*[:=]?\s*([0-9]{2,3}(?:\.[0-9]+)?)\s*°?\s*E?",
    re.IGNORECASE,
)


def read_meridian(line: str) -> float | None:
    """Read a line that tells the zone of the coordinates: ``带号 38``, ``中央经线 114``.

    Returns
    -------
    float or None
        Degrees east; None: the line says something else, or no such zone.
    """
    text = plain(line)
    if told := _MERIDIAN.fullmatch(text):
        return float(told[1])
    told = _ZONE.fullmatch(text)
    zone = zone_of_number(int(told[1] or told[2]), prefixed=False) if told else None
    return None if zone is None else float(zone.meridian)


def read_start(line: str, *, meridian: float | None = None) -> Start:
    """Read the start of a traverse.

    ``X=3653788.12 Y=38362617.50`` (X is north; the order is free when letters stand there),
    ``3653788.12, 38362617.50``, ``112.5 33.0``, ``东经112°30′ 北纬33°``. Without letters the size
    of the numbers decides. Degrees are put into a plane of their own whose grid north is true
    north there.

    Parameters
    ----------
    line : str
        As typed.
    meridian : float, optional
        Central meridian of coordinates without zone prefix, in degrees.

    Returns
    -------
    Start
        Metres; an easting with prefix keeps it.

    Raises
    ------
    LineError
        ``shape_start_unreadable``, ``shape_start_without_zone`` (no prefix and no meridian),
        ``shape_start_two_zones`` (the prefix says another meridian), ``shape_start_outside_china``.
    """
    values = _two_values(plain(line))
    if values is None:
        raise LineError("shape_start_unreadable")
    east, north = values
    is_geographic = max(east, north) <= _DEGREES
    if is_geographic:
        _refuse_outside(shapely.Point(east, north))
        return Start(0.0, 0.0, local_tm(east, north), is_geographic=True)
    crs = _plane(east, north, meridian)
    _refuse_outside(to_lonlat(shapely.Point(east, north), crs))
    return Start(east, north, crs, is_geographic=False)


def _plane(east: float, north: float, meridian: float | None) -> CRS:
    """Find the plane of survey coordinates by the prefix, or by the meridian that was told."""
    prefix = int(east // MILLION)
    zone = zone_of_number(prefix, prefixed=True) if prefix else None
    false_easting = zone.false_easting if zone else FALSE_EASTING
    low, high = NORTHING
    fits = abs(east - false_easting) <= _FARTHEST_M and low <= north <= high
    if not fits or (prefix and zone is None):
        raise LineError("shape_start_unreadable")
    if zone is None:
        if meridian is None:
            raise LineError("shape_start_without_zone")
        return meridian_tm(meridian)
    if meridian is not None and meridian != zone.meridian:
        raise LineError("shape_start_two_zones")
    return meridian_tm(zone.meridian, false_easting)


def _two_values(text: str) -> tuple[float, float] | None:
    """Read two numbers as (east, north), or longitude and latitude; None: not two, or unclear."""
    lead = _LEAD.match(text)
    first, rest = _value(text[lead.end() :] if lead else text)
    second, rest = _value(rest.strip(_BETWEEN)) if first else (None, "")
    if first is None or second is None or rest.strip(_BETWEEN):
        return None
    if {first.axis, second.axis} == {"east", "north"}:
        return _ordered(first, second) if first.axis == "east" else _ordered(second, first)
    if first.axis or second.axis:
        return None
    fitting = [pair for pair in ((first, second), (second, first)) if _can_be(*pair)]
    return _ordered(*fitting[0]) if len(fitting) == 1 else None


def _ordered(east: _Value, north: _Value) -> tuple[float, float]:
    return east.number, north.number


def _can_be(east: _Value, north: _Value) -> bool:
    """Tell by size whether two numbers can be east and north, or longitude and latitude."""
    west, south, east_most, north_most = CHINA
    if max(east.number, north.number) <= _DEGREES:
        return west <= east.number <= east_most and south <= north.number <= north_most
    low, high = NORTHING
    offset = east.number % MILLION - FALSE_EASTING
    prefix = int(east.number // MILLION)
    known = not prefix or zone_of_number(prefix, prefixed=True) is not None
    return known and abs(offset) <= _FARTHEST_M and low <= north.number <= high


def _value(text: str) -> tuple[_Value | None, str]:
    """Read a number or an angle with the name of its axis before or after it."""
    before = _BEFORE.match(text)
    axis = _AXES[before[1].upper()] if before else ""
    text = text[before.end() :] if before else text
    angle = read_angle(text)
    if angle is not None and angle[2]:
        number, rest = angle[0], angle[1]
    elif found := _NUMBER.match(text):
        number, rest = float(found.group()), text[found.end() :]
    else:
        return None, text
    rest = _METRES.sub("", rest, count=1) if _METRES.match(rest) else rest
    if not axis and (after := _AFTER.match(rest)):
        axis, rest = _AXES[after[1].upper()], rest[after.end() :]
    return _Value(axis, number), rest


def _refuse_outside(place: shapely.Point) -> None:
    west, south, east, north = CHINA
    if not (west <= place.x <= east and south <= place.y <= north):
        raise LineError("shape_start_outside_china")
