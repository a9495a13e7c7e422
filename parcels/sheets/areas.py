"""Areas of a parcel in three units, each with its method."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from geo.units import decimal_mu
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def three_units(lang: str, square_metres: float) -> str:
    """Write an area in m², 公顷 and 亩; rounded once each, half up, from the same number."""
    metres, hectares, mu = unit_cells(lang, square_metres)
    return text(lang, "sheet.three_units", m2=metres, hectares=hectares, mu=mu)


def unit_cells(lang: str, square_metres: float | None) -> tuple[str, str, str]:
    """Give the numbers of an area in m², 公顷 and 亩; 未知 where it is not known."""
    if square_metres is None:
        unknown = text(lang, "outcome.unknown")
        return unknown, unknown, unknown
    exact = Decimal(repr(float(square_metres)))
    hectares = _fixed(exact / 10_000, 4)
    return _fixed(exact, 2), hectares, f"{decimal_mu(square_metres, 2):,}"


def _fixed(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def area_line(lang: str, entry: Mapping[str, Any]) -> str:
    """Say the area on the ellipsoid, or that it is not known."""
    area = entry.get("area_m2")
    if area is None:
        return text(lang, "sheet.area_unknown")
    return text(lang, "sheet.area_ellipsoid", area=three_units(lang, area))


def plane_line(lang: str, entry: Mapping[str, Any]) -> str:
    """Say the area on the file's own plane; "" where the file has none."""
    area = entry.get("plane_m2")
    return "" if area is None else text(lang, "sheet.area_plane", area=three_units(lang, area))


def declared_line(lang: str, entry: Mapping[str, Any]) -> str:
    """Say the area that the file declares; "" where it declares none."""
    area, words = entry.get("declared_m2"), entry.get("declared_text") or ""
    if area is not None:
        return text(lang, "sheet.area_declared", area=three_units(lang, area))
    return text(lang, "sheet.area_declared", area=f"“{words}”") if words else ""


def total(values: Iterable[float | None]) -> float | None:
    """Add up areas; one that is not known makes the sum unknown."""
    known = 0.0
    for one in values:
        if one is None:
            return None
        known += one
    return known
