"""Areas of parcels in three units, each with its method; what is not known is said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.report.figures import (
    AREA_PLACES,
    exact,
    in_unit,
    is_number,
    rounded,
    shares,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNITS = ("m2", "ha", "mu")


def three_units(lang: str, square_metres: float) -> str:
    """Write an area in m², 公顷 and 亩; rounded once each, half up, from the same number."""
    area = exact(float(square_metres))
    metres, hectares, mu = (
        written(rounded(in_unit(area, unit), AREA_PLACES[unit])) for unit in UNITS
    )
    return text(lang, "sheet.three_units", m2=metres, hectares=hectares, mu=mu)


def area_columns(lang: str, areas: Sequence[Any]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Write the areas of parcels so that they add up to their sum in each unit.

    Parameters
    ----------
    areas : sequence of float or None
        m²; one that is not known makes the sum unknown.

    Returns
    -------
    rows : list of (str, str, str)
        m², 公顷, 亩 of each; a number that was moved to fit the sum carries a mark.
    total : (str, str, str)
        Their sums.
    """
    unknown = text(lang, "outcome.unknown")
    known = [exact(float(one)) for one in areas if is_number(one)]
    columns, totals = [], []
    for unit in UNITS:
        parts = shares([in_unit(one, unit) for one in known], AREA_PLACES[unit])
        found = iter([written(number, moved=moved) for number, moved in parts])
        columns.append([next(found) if is_number(one) else unknown for one in areas])
        whole = written(sum((number for number, _ in parts), start=exact(0.0)))
        totals.append(whole if len(known) == len(areas) else unknown)
    return list(zip(*columns, strict=True)), tuple(totals)


def area_line(lang: str, entry: Mapping[str, Any]) -> str:
    """Say the area on the ellipsoid, or that it is not known."""
    area = entry.get("area_m2")
    if not is_number(area):
        return text(lang, "sheet.area_unknown")
    return text(lang, "sheet.area_ellipsoid", area=three_units(lang, float(area or 0)))


def plane_line(lang: str, entry: Mapping[str, Any]) -> str:
    """Say the area on the file's own plane; "" where the file has none."""
    area = entry.get("plane_m2")
    if not is_number(area):
        return ""
    return text(lang, "sheet.area_plane", area=three_units(lang, float(area or 0)))


def declared_line(lang: str, entry: Mapping[str, Any]) -> str:
    """Say the area that the file declares; "" where it declares none."""
    area, words = entry.get("declared_m2"), entry.get("declared_text") or ""
    if is_number(area):
        return text(lang, "sheet.area_declared", area=three_units(lang, float(area or 0)))
    return text(lang, "sheet.area_declared", area=f"“{words}”") if words else ""
