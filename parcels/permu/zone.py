"""The zone's own figures of 表1, reckoned per 亩, beside the levels that Henan published."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 -- pydantic reads the annotations when it runs
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal

from geo.units import M2_PER_KM2, M2_PER_MU
from parcels.permu.terms import Frozen, load_table
from parcels.permu.units import factor_of
from parcels.rules.model import Words  # noqa: TC001 -- pydantic reads the annotations

if TYPE_CHECKING:
    from collections.abc import Mapping

Year = Literal["2020", "2025"]
YEARS: tuple[Year, Year] = ("2020", "2025")


class _Area(Frozen):
    text: str
    unit: str
    source: str
    where: str


class _Figure(Frozen):
    id: str = ""
    title: Words
    unit: str
    values: dict[str, str]
    source: str
    where: str
    remarks: tuple[str, ...] = ()


class _Level(Frozen):
    id: str
    title: Words
    figure: str
    year: int
    value: Decimal
    source: str


class _Growth(Frozen):
    figure: str
    factor: Decimal
    source: str


class _ZoneData(Frozen):
    land: _Area
    expansion: _Area
    figure: tuple[_Figure, ...]
    level: tuple[_Level, ...]
    growth: tuple[_Growth, ...]
    energy: _Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFigure:
    """A total of the zone and what it is per 亩.

    Attributes
    ----------
    written : mapping of year to str
        As 表1 prints it; a year without a figure is not there.
    per_mu : mapping of year to Fraction
        万元/亩, by the zone's present area.
    per_mu_expanded : Fraction or None
        2025, 万元/亩, by the present area and the planned expansion together.
    growth : Fraction or None
        2025 / 2020; the area cancels out.
    wanted : Fraction or None
        The growth that Henan wants of its zones; its index may be defined otherwise.
    levels : tuple of (Words, Fraction)
        Levels to hold beside it, 万元/亩, 2020.
    """

    id: str
    title: Words
    unit: str
    written: Mapping[str, str]
    per_mu: Mapping[str, Fraction]
    per_mu_expanded: Fraction | None
    growth: Fraction | None
    wanted: Fraction | None
    levels: tuple[tuple[Words, Fraction], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The zone: areas in 亩, figures in the order of 表1, energy as written and inverted.

    Attributes
    ----------
    energy : mapping of year to str
        吨标准煤/万元 as written; ``<`` is part of it.
    va_energy : mapping of year to (str, Fraction)
        Its reciprocal in 万元/吨标准煤, with ``>`` where the text has ``<``.
    """

    land_text: str
    land_mu: Fraction
    expansion_text: str
    expansion_mu: Fraction
    figures: tuple[ZoneFigure, ...]
    energy_title: Words
    energy: Mapping[str, str]
    va_energy: Mapping[str, tuple[str, Fraction]]


@cache
def zone() -> Zone:
    """Return the zone's figures; 43.27 km² are exactly 64,905 亩."""
    data = _ZoneData.model_validate(load_table("zone.toml"))
    land, expansion = _mu(data.land), _mu(data.expansion)
    return Zone(
        land_text=f"{data.land.text} {data.land.unit}",
        land_mu=land,
        expansion_text=f"{data.expansion.text} {data.expansion.unit}",
        expansion_mu=expansion,
        figures=tuple(_figure(one, data, land, land + expansion) for one in data.figure),
        energy_title=data.energy.title,
        energy=data.energy.values,
        va_energy={year: _inverted(text) for year, text in data.energy.values.items()},
    )


def _figure(figure: _Figure, data: _ZoneData, land: Fraction, expanded: Fraction) -> ZoneFigure:
    factor = factor_of("money", figure.unit) or Fraction(0)
    totals = {year: Fraction(text) * factor for year, text in figure.values.items()}
    first, last = (totals.get(year) for year in YEARS)
    return ZoneFigure(
        id=figure.id,
        title=figure.title,
        unit=figure.unit,
        written=figure.values,
        per_mu={year: total / land for year, total in totals.items()},
        per_mu_expanded=None if last is None else last / expanded,
        growth=last / first if first and last else None,
        wanted=next((Fraction(one.factor) for one in data.growth if one.figure == figure.id), None),
        levels=tuple(
            (one.title, Fraction(one.value)) for one in data.level if one.figure == figure.id
        ),
        remarks=figure.remarks,
    )


def _mu(area: _Area) -> Fraction:
    return Fraction(area.text) * M2_PER_KM2 / M2_PER_MU


def _inverted(text: str) -> tuple[str, Fraction]:
    sign = ">" if text.startswith("<") else ""
    return sign, 1 / Fraction(text.lstrip("<"))
