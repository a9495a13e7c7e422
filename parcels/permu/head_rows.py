"""Headings of two rows: 用地面积 above 登记(亩) and 测绘(亩), joined to one heading a column."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from parcels.permu.cells import read_cell
from parcels.permu.headings import role_of
from parcels.permu.units import split_heading

if TYPE_CHECKING:
    from collections.abc import Sequence


def joined_head(above: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """Join a heading with the row below it, if that belongs to the heading too.

    Parameters
    ----------
    above, below : sequence of str
        Cells of the two rows; an empty cell above stands under the one to its left.

    Returns
    -------
    list of str or None
        One heading a column; None when the row below holds a number, or any cell that makes
        no known heading: it is a firm then.
    """
    if any(isinstance(read_cell(cell), Fraction) for cell in below):
        return None
    found: list[str] = []
    shared = ""
    for upper, lower in zip(above, below, strict=True):
        shared = upper.strip() or shared
        joined = _joined(shared, lower.strip()) if lower.strip() else upper
        if joined is None:
            return None
        found.append(joined)
    return found if any(cell.strip() for cell in below) else None


def _joined(upper: str, lower: str) -> str | None:
    tried = (lower, f"{upper}{lower}", f"{lower}{upper}")
    return next((one for one in tried if role_of(split_heading(one))[0]), None)
