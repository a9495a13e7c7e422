"""What the head of a survey file says of its coordinates: datum, zone, width, meridian, unit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.systems import System, read_system
from geo.zones import Zone, zone_of_meridian, zone_of_number

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = {
    "datum": ("坐标系", "坐标系统", "坐标系名称", "平面坐标系", "平面坐标系统", "大地基准"),
    "width": ("几度分带", "分带", "分带方式", "度带"),
    "zone": ("带号", "投影带号", "分带号"),
    "meridian": ("中央经线", "中央子午线", "中央子午线经度", "中央经度"),
    "projection": ("投影类型", "投影", "投影方式", "投影方法"),
    "unit": ("计量单位", "坐标单位", "长度单位"),
}
_METRES = {"米", "m", "metre", "meter", "metres", "meters", "公尺"}
_DEGREES = {"度", "degree", "degrees", "°", "十进制度"}
_GAUSS = re.compile(r"高斯|gauss|横轴墨卡托|transversemercator|^gk$")
_WORDS = {"三": "3", "六": "6", "一点五": "1.5"}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ANGLE = re.compile(
    r"(?:东经|e)?([0-9]+(?:\.[0-9]+)?)(?:[°度d](?:([0-9]+(?:\.[0-9]+)?)['′分])?)?e?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The head of a file; None where it says nothing.

    Attributes
    ----------
    datum : System or None
        Of ``坐标系``.
    zone : int or None
        Of ``带号``.
    width, meridian : float or None
        Degrees.
    degrees : bool
        The unit is the degree.
    """

    datum: System | None = None
    zone: int | None = None
    width: float | None = None
    meridian: float | None = None
    degrees: bool = False

    @property
    def names_zone(self) -> bool:
        """Tell whether it names a zone by number or by meridian."""
        return self.zone is not None or self.meridian is not None

    def agrees(self, zone: Zone) -> bool:
        """Tell whether nothing that is stated speaks against a zone."""
        return (
            self.zone in (None, zone.number)
            and self.width in (None, zone.width)
            and self.meridian in (None, zone.meridian)
        )

    def bare_zone(self) -> Zone | None:
        """Return the zone that is stated, for eastings without prefix; None: none, or two."""
        if self.zone is not None:
            found = zone_of_number(self.zone, prefixed=False)
        elif self.meridian is not None:
            found = zone_of_meridian(self.meridian, width=6 if self.width == 6 else 3)  # noqa: PLR2004
        else:
            return None
        return found if found and self.agrees(found) else None


def read_stated(header: Mapping[str, str]) -> Stated:
    """Read what a survey file says of its coordinates.

    Parameters
    ----------
    header : mapping
        Keys and values as written, such as ``带号`` → ``37带``; full width counts as half width.

    Returns
    -------
    Stated
        Empty values and unknown keys say nothing.

    Raises
    ------
    PlannerError
        ``crs_refused``, ``crs_local`` and ``crs_unreadable`` for 坐标系, ``unit_not_metre``,
        ``projection_not_gauss``, ``header_unreadable`` with ``key`` and ``value``.
    """
    given = {_folded(key): value for key, value in header.items()}
    texts = {
        role: next((given[key] for key in keys if given.get(key, "").strip()), "")
        for role, keys in _KEYS.items()
    }
    unit = _folded(texts["unit"])
    if unit and unit not in _METRES | _DEGREES:
        raise PlannerError("unit_not_metre", value=texts["unit"])
    projection = _folded(texts["projection"])
    if projection and not _GAUSS.search(projection):
        raise PlannerError("projection_not_gauss", value=texts["projection"])
    datum = read_system(texts["datum"]) if texts["datum"] else None
    named = datum.zone if datum else None
    zone = _number("带号", texts["zone"])
    if zone is None and named is not None:
        zone = float(named.number)
    return Stated(
        datum=datum,
        zone=None if zone is None else int(zone),
        width=_number("几度分带", texts["width"]),
        meridian=_angle(texts["meridian"]),
        degrees=unit in _DEGREES,
    )


def _number(key: str, text: str) -> float | None:
    folded = _folded(text)
    for word, digits in _WORDS.items():
        folded = folded.replace(word, digits)
    found = _NUMBER.findall(folded)
    if not folded:
        return None
    if len(found) != 1:
        raise PlannerError("header_unreadable", key=key, value=text)
    return float(found[0])


def _angle(text: str) -> float | None:
    folded = _folded(text)
    if not folded:
        return None
    found = _ANGLE.fullmatch(folded)
    if not found:
        raise PlannerError("header_unreadable", key="中央经线", value=text)
    return float(found[1]) + float(found[2] or 0) / 60


def _folded(text: str) -> str:
    return re.sub(r"[\s_\-—－]+", "", unicodedata.normalize("NFKC", text)).lower()
