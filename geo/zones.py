"""Gauss-Krüger zones of CGCS2000: numbers, central meridians, prefixes and EPSG codes.

3-degree zone n has the central meridian 3n° (25 to 45 in China), 6-degree zone n 6n - 3°
(13 to 23), so that two leading digits of an easting tell both zone and width (EPSG registry,
codes 4491 to 4554).
"""

from __future__ import annotations

from dataclasses import dataclass

MILLION = 1_000_000
FALSE_EASTING = 500_000.0
NUMBERS = {3: range(25, 46), 6: range(13, 24)}
# EPSG code of zone 0: with the zone as prefix of the easting, and without.
_EPSG_OF_ZONE_0 = {(3, True): 4488, (3, False): 4509, (6, True): 4478, (6, False): 4489}
_FARTHEST_M = {3: 170_000.0, 6: 340_000.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One zone and whether its eastings begin with its number.

    Attributes
    ----------
    width : int
        3 or 6 degrees.
    number : int
        In `NUMBERS` of the width.
    prefixed : bool
        37,642,990 m and not 642,990 m.
    """

    width: int
    number: int
    prefixed: bool

    @property
    def meridian(self) -> int:
        """Central meridian in degrees east."""
        return 3 * self.number if self.width == 3 else 6 * self.number - 3  # noqa: PLR2004

    @property
    def epsg(self) -> int:
        """Code of the projected CRS."""
        return _EPSG_OF_ZONE_0[self.width, self.prefixed] + self.number

    @property
    def false_easting(self) -> float:
        """Easting of the central meridian in metres."""
        return FALSE_EASTING + (self.number * MILLION if self.prefixed else 0)

    @property
    def farthest_m(self) -> float:
        """Distance from the central meridian beyond which a survey is not expected.

        Half a zone is 167 km wide at 3°N (3-degree) or 333 km (6-degree); farther north it is
        less, which leaves room for surveys that stay in one zone across its border.
        """
        return _FARTHEST_M[self.width]


_BY_EPSG = {
    zone.epsg: zone
    for width, numbers in NUMBERS.items()
    for number in numbers
    for prefixed in (True, False)
    for zone in [Zone(width=width, number=number, prefixed=prefixed)]
}


def zone_of_epsg(code: int | None) -> Zone | None:
    """Return the zone of an EPSG code; None: the code is no CGCS2000 Gauss-Krüger zone."""
    return None if code is None else _BY_EPSG.get(code)


def zone_of_number(number: int, *, prefixed: bool) -> Zone | None:
    """Return the zone of a zone number, which also tells the width; None: no such zone."""
    for width, numbers in NUMBERS.items():
        if number in numbers:
            return Zone(width=width, number=number, prefixed=prefixed)
    return None


def zone_of_meridian(degrees: float, *, width: int = 3, prefixed: bool = False) -> Zone | None:
    """Return the zone of a central meridian; None: no zone of that width has it.

    A 6-degree zone without prefix is the same projection as the 3-degree zone of its meridian.
    """
    number = degrees / 3 if width == 3 else (degrees + 3) / 6  # noqa: PLR2004
    if not number.is_integer() or int(number) not in NUMBERS[width]:
        return None
    return Zone(width=width, number=int(number), prefixed=prefixed)
