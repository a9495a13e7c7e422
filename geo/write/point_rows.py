"""Points of a parcel as the rows of a table, and what a table says of its coordinate system."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.units import M2_PER_HECTARE, M2_PER_MU
from geo.zones import zone_of_epsg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.write.model import Outgoing

DEGREE_DECIMALS = 9
METRE_DECIMALS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """One point: north and east, or longitude and latitude.

    ``length`` is the plane length to the next point in metres; None at the end of a ring and for
    degrees.
    """

    ring: int
    name: str
    first: float
    second: float
    length: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSystem:
    """What title and headings say of the coordinate system."""

    name: str
    line: str
    headings: tuple[str, ...]
    decimals: int


def system_of(outgoing: Outgoing) -> TableSystem:
    """Put the coordinate system of a table into words."""
    zone = zone_of_epsg(outgoing.epsg)
    is_cgcs2000 = zone is not None or "2000" in outgoing.crs.name
    name = "2000国家大地坐标系" if is_cgcs2000 else outgoing.crs.name
    if outgoing.is_degrees:
        headings = ("点号", "经度(°)", "纬度(°)", "边长(m)", "备注")
        line = f"坐标系：{name}　经纬度，单位：度"
        return TableSystem(name=name, line=line, headings=headings, decimals=DEGREE_DECIMALS)
    line = f"坐标系：{name}　单位：米"
    if zone is not None:
        prefix = "横坐标含带号" if zone.prefixed else "横坐标不含带号"
        line = (
            f"坐标系：{name}　{zone.width}度分带　带号：{zone.number}　"
            f"中央子午线：{zone.meridian}°　{prefix}　单位：米"
        )
    headings = ("点号", "X(m)", "Y(m)", "边长(m)", "备注")
    return TableSystem(name=name, line=line, headings=headings, decimals=METRE_DECIMALS)


def point_rows(outgoing: Outgoing, parcel: int) -> Iterator[PointRow]:
    """Give the points of a parcel, ring after ring, each closed by its first point.

    Parameters
    ----------
    outgoing : Outgoing
        Parcels.
    parcel : int
        Position from 0.

    Yields
    ------
    PointRow
        Named as in the source where its names fit, else J1, J2 … through all rings.
    """
    rings = shapely.get_rings(shapely.get_parts(outgoing.geometries[parcel]))
    sizes = [len(ring.coords) for ring in rings]
    names = iter(_names(outgoing, parcel, sizes))
    for number, ring in enumerate(rings, start=1):
        east, north = shapely.get_coordinates(ring).T
        first, second = (east, north) if outgoing.is_degrees else (north, east)
        lengths: list[float | None] = [None] * len(first)
        if not outgoing.is_degrees:
            lengths[:-1] = np.hypot(np.diff(first), np.diff(second)).tolist()
        for one, other, length in zip(first.tolist(), second.tolist(), lengths, strict=True):
            yield PointRow(ring=number, name=next(names), first=one, second=other, length=length)


def areas_text(square_metres: float) -> str:
    """Write an area in 平方米, 公顷 and 亩, each rounded half up from the same exact number."""
    exact = Fraction(repr(square_metres))
    return (
        f"{_rounded(exact, 2)} 平方米，约 {_rounded(exact / M2_PER_HECTARE, 4)} 公顷，"
        f"合 {_rounded(exact / M2_PER_MU, 4)} 亩"
    )


def number_text(value: float, decimals: int) -> str:
    """Write a number in full digits, at least so many decimals, without losing any."""
    short = f"{value:.{decimals}f}"
    return short if float(short) == value else np.format_float_positional(value, trim="-")


def numbered(sizes: Sequence[int]) -> list[str]:
    """Name points J1, J2 … on through rings of so many points, each closed by its first."""
    names: list[str] = []
    begun = 1
    for size in sizes:
        names += [f"J{begun + step}" for step in range(size - 1)] + [f"J{begun}"]
        begun += size - 1
    return names


def _names(outgoing: Outgoing, parcel: int, sizes: Sequence[int]) -> list[str]:
    given = outgoing.labels[parcel] if parcel < len(outgoing.labels) else None
    if given is not None and len(given) == sum(sizes):
        return list(given)
    return numbered(sizes)


def _rounded(value: Fraction, places: int) -> Decimal:
    """Round half up without a step through binary or through more digits."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
