"""Areas that a file declares: their unit decided by what is written and by what is computed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from geo.errors import PlannerError
from geo.read.numbers import read_number
from geo.units import M2_PER_HECTARE, M2_PER_KM2, M2_PER_MU, parse_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from geo.survey.model import AreaUnit

_Floats = npt.NDArray[np.float64]
UnitHow = Literal["chosen", "written", "header", "format", "size"]
SQUARE_METRES: Mapping[AreaUnit, float] = {
    "m2": 1.0,
    "ha": float(M2_PER_HECTARE),
    "mu": float(M2_PER_MU),
    "km2": float(M2_PER_KM2),
}
_NUMBER = re.compile(r"[0-9]+(?:\.([0-9]+))?")
_FAR_OFF = 3.0  # a stated unit whose areas are wrong by this factor is doubted …
_AGREES = 1.05  # … if another unit makes half of them right to 5 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Declared areas of n parcels.

    Attributes
    ----------
    square_metres : float array, shape (n,)
        NaN where nothing (readable) is declared or its unit is not known.
    rounding_m2 : float array, shape (n,)
        Half a unit of the last digit as written.
    texts : sequence of (str or None), length n
        As written.
    unit, how : str or None
        Unit of the numbers without a unit of their own; None: none, or it could not be told.
    faults : Mapping of int to (str, str)
        Position to code and value of what is no area.
    doubted : str or None
        The unit that the file states and that its own geometry contradicts.
    """

    square_metres: _Floats
    rounding_m2: _Floats
    texts: Sequence[str | None]
    unit: AreaUnit | None
    how: UnitHow | None
    faults: Mapping[int, tuple[str, str]]
    doubted: AreaUnit | None = None


def declared_areas(
    column: pa.ChunkedArray | pa.Array,
    computed: _Floats,
    *,
    stated: tuple[AreaUnit, UnitHow] | None,
    chosen: AreaUnit | None,
) -> Declared:
    """Read a column of declared areas.

    Parameters
    ----------
    column : array, length n
        Numbers, or texts with or without a unit.
    computed : float array, shape (n,)
        Square metres of the geometries.
    stated : (unit, how), optional
        What the format or the column's name says.
    chosen : str, optional
        What the user says; it wins.

    Returns
    -------
    Declared
        A stated unit is believed unless it is wrong by a factor of three for half of the parcels
        and another is right to 5 %; without a statement the size decides, or nobody.
    """
    texts = [None if value is None else str(value).strip() for value in column.to_pylist()]
    values, own, decimals, faults = _read(texts)
    bare = own == 0
    unit, how, doubted = _unit(values[bare], computed[bare], stated=stated, chosen=chosen)
    factor = np.where(bare, SQUARE_METRES[unit] if unit else np.nan, own)
    return Declared(
        square_metres=values * factor,
        rounding_m2=0.5 * 10.0**-decimals * factor,
        texts=texts,
        unit=unit,
        how=how,
        faults=faults,
        doubted=doubted,
    )


def _read(
    texts: Sequence[str | None],
) -> tuple[_Floats, _Floats, _Floats, dict[int, tuple[str, str]]]:
    """Give value, factor of its own unit (0: none is written), decimals, and what is no area."""
    values, own = np.full(len(texts), np.nan), np.zeros(len(texts))
    decimals = np.zeros(len(texts))
    faults: dict[int, tuple[str, str]] = {}
    for row, text in enumerate(texts):
        if not text:
            continue
        try:
            values[row], own[row], decimals[row] = _area(text)
        except PlannerError as error:
            faults[row] = (error.code, text)
        else:
            if values[row] <= 0:
                values[row] = np.nan
                faults[row] = ("area_not_positive", text)
    return values, own, decimals, faults


def _area(text: str) -> tuple[float, float, int]:
    """Read one cell: number, square metres per unit (0: none is written), decimals."""
    try:
        number = read_number(text)
    except PlannerError:
        square_metres = parse_area(text)
        found = _NUMBER.search(text.replace(",", ""))
        plain = float(found[0]) if found else square_metres
        return plain, square_metres / plain, len(found[1] or "") if found else 0
    return number.value, 0.0, number.decimals


def _unit(
    values: _Floats,
    computed: _Floats,
    *,
    stated: tuple[AreaUnit, UnitHow] | None,
    chosen: AreaUnit | None,
) -> tuple[AreaUnit | None, UnitHow | None, AreaUnit | None]:
    known = np.isfinite(values) & (computed > 0)
    if chosen or not known.any():
        return (chosen, "chosen", None) if chosen else (*(stated or (None, None)), None)
    ratio = computed[known] / values[known]
    off = {unit: _off(ratio, factor) for unit, factor in SQUARE_METRES.items()}
    best = min(off, key=lambda unit: off[unit])
    if stated is None:
        return (best, "size", None) if off[best] <= _AGREES else (None, None, None)
    if off[stated[0]] > _FAR_OFF and off[best] <= _AGREES:
        return best, "size", stated[0]
    return (*stated, None)


def _off(ratio: _Floats, factor: float) -> float:
    """Give the factor by which half of the declared areas would be wrong at most."""
    return float(np.exp(np.median(np.abs(np.log(ratio / factor)))))
