"""Units beside a table: in a line 单位：万元、亩 above it, in a row below its heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcels.permu.units import OWN_UNIT, Kind, factor_of, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNIT_LINE = re.compile(r"单位[:：]\s*([^()（）]+?)(?=\S*单位[:：]|[()（）]|$)")
_SPLIT = re.compile(r"[、,，;；\s]+")
_SHARES = {"1", "%"}


def stated_units(above: Sequence[str]) -> dict[Kind, str]:
    """Read the lines above a table.

    Parameters
    ----------
    above : sequence of str
        Cells; ``单位：万元、亩``, ``面积单位：亩 金额单位：万元``.

    Returns
    -------
    dict
        Kind to unit, the first that is named for it.
    """
    found: dict[Kind, str] = {}
    for cell in above:
        for unit in (one for line in _UNIT_LINE.findall(cell) for one in _SPLIT.split(line)):
            for kind in OWN_UNIT:
                if factor_of(kind, unit) is not None:
                    found.setdefault(kind, unit)
    return found


def are_units(cells: Sequence[str]) -> bool:
    """Tell whether a row below a heading holds nothing but units."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(_is_unit(fold(cell).strip("()[]")) for cell in filled)


def _is_unit(text: str) -> bool:
    if text in _SHARES or any(factor_of(kind, text) is not None for kind in OWN_UNIT):
        return True
    first, slash, second = text.partition("/")
    return bool(slash) and _is_unit(first) and _is_unit(second)
