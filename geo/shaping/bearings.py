"""Angles, directions and legs as surveyors type them, in English and Chinese."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from typing import Literal, NamedTuple

from geo.errors import PlannerError
from geo.read.numbers import narrow
from geo.units import parse_length

North = Literal["grid", "true", "magnetic"]


class LineError(ValueError):
    """A line that cannot be read; ``code`` of the error that names it with its number and text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Leg(NamedTuple):
    """A direction and a length: degrees clockwise from north (of which kind: ``north``), metres."""

    azimuth: float
    metres: float
    north: North


_ALIKE = str.maketrans(
    {"º": "°", "˚": "°", "度": "°", "分": "'", "秒": '"', "′": "'", "’": "'", "‘": "'", "`": "'"}
    | {"″": '"', "”": '"', "“": '"', "，": ",", "；": ";", "：": ":", "—": "-", "–": "-"}
)
_PART = r"[0-9]{1,3}(?:\.[0-9]{1,12})?"
_MARKED = re.compile(rf"({_PART})\s*°(?:\s*({_PART})\s*'(?:\s*({_PART})\s*(?:\"|''))?)?")
_BARE_MINUTES = re.compile(r"([0-9]{1,3})°([0-9]{1,2}(?:\.[0-9]{1,10})?)(?![0-9.'])")
_DASHED = re.compile(r"([0-9]{1,3})-([0-9]{2})(?:-([0-9]{2}(?:\.[0-9]{1,8})?))?(?![0-9.-])")
_DECIMAL = re.compile(rf"({_PART})(?![0-9.])")
_SIXTY = 60
_QUADRANT = 90
_CIRCLE = 360

_SIDES = {"N": 0, "北": 0, "E": 90, "东": 90, "S": 180, "南": 180, "W": 270, "西": 270}
_LEANING = re.compile(r"([东南西北])偏([东南西北])\s*")
_FROM = re.compile(r"([NS北南])\s*(?=[0-9])", re.IGNORECASE)
_TO = re.compile(r"\s*([EW东西])", re.IGNORECASE)
_DUE = re.compile(r"(?:正|due\s+)([NESW东南西北])(?![A-Z])", re.IGNORECASE)
_AZIMUTH = re.compile(
    r"(?P<kind>磁|真|坐标|大地)?(?:方位角|方向角)\s*[:=]?\s*|(?:azimuth|bearing|az\.?)\s*[:=]?\s*",
    re.IGNORECASE,
)
_NORTHS: dict[str | None, North] = {"磁": "magnetic", "真": "true", "大地": "true"}
_POINT = r"[0-9]{1,4}\s*(?:-+>?|→|~|至|到)\s*"
_LABEL = re.compile(
    rf"[(]?[0-9]{{1,4}}[)、]\s*|[A-Z]{{1,2}}{_POINT}[A-Z]{{0,2}}[0-9]{{1,4}}(?:\s*[:,]\s*|\s+)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"{_POINT}[0-9]{{1,4}}(?:\s*[:,]\s*|\s+)")  # 1-2, or 45-30 for 45°30'
_DISTANCE = re.compile(
    r"(?:水平距离|平距|距离|边长|长度|长|distance|dist\.?|length|[ld](?=\s*[=:]))\s*[:=]?\s*",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:米|m|公尺|km|公里|千米)?(?![a-z])", re.IGNORECASE
)
_BETWEEN = " \t,;、"


def plain(line: str) -> str:
    """Write full-width characters and the many marks of degrees, minutes, seconds in one way."""
    return narrow(line.translate(_ALIKE)).translate(_ALIKE).strip()


def read_leg(line: str) -> Leg:
    """Read one leg of a traverse.

    Directions: ``N45°30'E``, ``北偏东45°30′``, ``东偏北30°``, ``正南``, ``方位角 45.5``,
    ``45°30'00"``, ``45-30-00``; a number without a mark is an azimuth only after 方位角 or azimuth,
    and counts as decimal degrees. Then, or before, the distance: ``120.5``, ``120.5 m``,
    ``距离 120.5``. Names of points (``J1-J2``) may stand before.

    Parameters
    ----------
    line : str
        As typed.

    Returns
    -------
    Leg

    Raises
    ------
    LineError
        ``shape_leg_unreadable``, ``shape_angle_unusable`` (minutes or seconds from 60 on, a
        quadrant beyond 90°, a circle beyond 360°), ``shape_leg_length_unusable`` (none, not
        positive, not readable).
    """
    text = plain(line)
    if numbered := _NUMBERS.match(text):
        with suppress(LineError):
            return _read(text[numbered.end() :])
    labelled = _LABEL.match(text)
    return _read(text[labelled.end() :] if labelled else text)


def read_angle(text: str) -> tuple[float, str, bool] | None:
    """Read an angle at the beginning of a text.

    Parameters
    ----------
    text : str
        From `plain`.

    Returns
    -------
    (float, str, bool) or None
        Decimal degrees, the rest of the text, and whether a mark shows that it is an angle.

    Raises
    ------
    LineError
        ``shape_angle_unusable``: minutes or seconds from 60 on, or decimals before the last part.
    """
    for form in (_BARE_MINUTES, _MARKED, _DASHED, _DECIMAL):
        if found := form.match(text):
            return _degrees(found), text[found.end() :], form is not _DECIMAL
    return None


def _degrees(found: re.Match[str]) -> float:
    parts = [part for part in found.groups() if part]
    if any("." in part for part in parts[:-1]) or any(float(part) >= _SIXTY for part in parts[1:]):
        raise LineError("shape_angle_unusable")
    return math.fsum(float(part) / 60.0**power for power, part in enumerate(parts))


def _read(text: str) -> Leg:
    if label := _DISTANCE.match(text):
        length = _LENGTH.match(text, label.end())
        if length is None:
            raise LineError("shape_leg_length_unusable")
        azimuth, north, rest = _direction(text[length.end() :].lstrip(_BETWEEN))
        if rest.strip(_BETWEEN):
            raise LineError("shape_leg_unreadable")
        return Leg(azimuth, _metres(length.group()), north)
    azimuth, north, rest = _direction(text)
    rest = rest.strip(_BETWEEN)
    label = _DISTANCE.match(rest)
    return Leg(azimuth, _metres(rest[label.end() :] if label else rest), north)


def _metres(text: str) -> float:
    try:
        metres = parse_length(text)
    except PlannerError:
        raise LineError("shape_leg_length_unusable") from None
    if metres <= 0:
        raise LineError("shape_leg_length_unusable")
    return metres


def _direction(text: str) -> tuple[float, North, str]:
    """Read a direction at the beginning of a text: azimuth, its north, the rest."""
    if due := _DUE.match(text):
        return float(_SIDES[due[1].upper()]), "grid", text[due.end() :]
    if leaning := _LEANING.match(text):
        angle, rest, _ = _angle_in(text[leaning.end() :])
        return _leaned(leaning[1], leaning[2], angle), "grid", rest
    if start := _FROM.match(text):
        angle, rest, _ = _angle_in(text[start.end() :])
        if not (towards := _TO.match(rest)):
            raise LineError("shape_leg_unreadable")
        azimuth = _leaned(start[1].upper(), towards[1].upper(), angle)
        return azimuth, "grid", rest[towards.end() :]
    named = _AZIMUTH.match(text)
    angle, rest, is_marked = _angle_in(text[named.end() :] if named else text)
    if not (named or is_marked):
        raise LineError("shape_leg_unreadable")
    return angle % _CIRCLE, _NORTHS.get(named["kind"] if named else None, "grid"), rest


def _angle_in(text: str) -> tuple[float, str, bool]:
    read = read_angle(text)
    if read is None:
        raise LineError("shape_leg_unreadable")
    if read[0] > _CIRCLE:
        raise LineError("shape_angle_unusable")
    return read


def _leaned(side: str, towards: str, angle: float) -> float:
    """Turn from one side of the compass by an angle towards a neighbouring one."""
    if angle > _QUADRANT:
        raise LineError("shape_angle_unusable")
    turn = (_SIDES[towards] - _SIDES[side]) % _CIRCLE
    if turn not in {_QUADRANT, _CIRCLE - _QUADRANT}:
        raise LineError("shape_leg_unreadable")
    return (_SIDES[side] + (angle if turn == _QUADRANT else -angle)) % _CIRCLE
