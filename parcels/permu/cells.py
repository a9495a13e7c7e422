"""Cells of a table of firms as exact numbers, or the reason why they are none."""

from __future__ import annotations

import re
from fractions import Fraction

from geo.errors import PlannerError
from geo.read.numbers import narrow, read_number
from geo.read.parsed import Fault
from parcels.permu.terms import says_nothing

_SHOWN = 40
_GROUPED = "number_grouped"
_REASONS = {
    "number_exponent": "permu_cell_exponent",
    "number_not_finite": "permu_cell_not_finite",
}
_BROKEN = {"error": "permu_cell_error", "formula": "permu_cell_formula", "long": "permu_cell_long"}
_BROKEN |= {"merged": "permu_cell_merged", "shifted": "permu_cell_shifted"}
_PERCENT = re.compile(r"\s*[%％]\s*$")


def exact(text: str) -> Fraction:
    """Return a plain decimal number exactly; ``number_*`` of `geo.read.numbers.read_number`."""
    read_number(text)
    return Fraction(narrow(text).strip())


def read_cell(text: str, *, kind: str | None = None, where: str = "") -> Fraction | Fault | None:
    """Read the number of a cell.

    Parameters
    ----------
    text : str
        As typed; thousands commas are read.
    kind : str, optional
        What the sheet says of the cell: ``error``, ``formula``, ``long``; ``merged`` over rows,
        ``shifted`` against the heading.
    where : str
        Place, for the fault.

    Returns
    -------
    Fraction, Fault or None
        None: the cell is empty or says that there is nothing.
    """
    shown = text.strip()[:_SHOWN]
    if kind in _BROKEN:
        return Fault(code=_BROKEN[kind], where=where, values={"value": shown})
    if says_nothing(text):
        return None
    try:
        return exact(text)
    except PlannerError as error:
        if error.code == _GROUPED:
            return exact(narrow(text).replace(",", ""))
        code = _REASONS.get(error.code, "permu_cell_text")
        return Fault(code=code, where=where, values={"value": shown})


def split_percent(text: str) -> tuple[str, bool]:
    """Take a percent sign off the end of a cell; tell whether there was one."""
    bare = _PERCENT.sub("", text)
    return bare, bare != text
