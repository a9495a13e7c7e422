"""Rows of a table as firms: every cell a number in a known unit, a word, or a fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from geo.read.parsed import Fault
from parcels.permu.cells import read_cell, split_percent
from parcels.permu.headings import unit_factor
from parcels.permu.model import Firm
from parcels.permu.row_kinds import set_aside, status_of
from parcels.permu.terms import (
    answer_words,
    indicators,
    quantities,
    says_nothing,
    size_words,
    trade_of,
)
from parcels.permu.units import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.permu.model import Column, Status
    from parcels.permu.schemes import Size

_SHOWN = 40
_NAMES = ("id", "credit_code", "parcel", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row before it is read: cells as typed, what the sheet says of them, its place.

    Attributes
    ----------
    is_shifted : bool
        It has more cells than the heading, so nobody knows which number stands where.
    """

    cells: Sequence[str]
    number: int
    where: str
    kinds: Mapping[int, str] = field(default_factory=dict)
    at: int | None = None
    is_shifted: bool = False


def read_row(row: Row, columns: Sequence[Column], unstated: Status) -> Firm | Fault | None:
    """Read a row.

    Parameters
    ----------
    row : Row
    columns : sequence of Column
        Of the heading.
    unstated : Status
        What a row is in a table without a column for it.

    Returns
    -------
    Firm, Fault or None
        A fault for a row that is set aside; None for one that says nothing.
    """
    words = {
        column.role: row.cells[column.at].strip()
        for column in columns
        if column.role not in quantities() and column.role not in indicators()
    }
    aside = set_aside(row, columns)
    if aside is not None:
        return aside
    if not any(row.cells[column.at].strip() for column in columns):
        return None
    read = _Numbers(row)
    for column in columns:
        if column.role in quantities() or column.role in indicators():
            read.take(column)
    status, status_fault = status_of(words, row.where, unstated)
    size, size_fault = _size(words, row.where)
    return Firm(
        id=next((words[role] for role in _NAMES if words.get(role)), f"#{row.number}"),
        row=row.number,
        name=words.get("name", ""),
        credit_code=words.get("credit_code", ""),
        parcel=words.get("parcel", ""),
        status=status,
        size=size,
        trade=trade_of(words.get("industry_code", ""), words.get("industry", "")),
        amounts=read.amounts,
        stated=read.stated,
        faults=read.faults,
        notes=tuple(fault for fault in (status_fault, size_fault) if fault),
        at=row.at,
    )


def told_apart(firms: Sequence[Firm]) -> tuple[Firm, ...]:
    """Give equal ids their row, and note it: no firm may hide behind another."""
    counts = Counter(firm.id for firm in firms)
    rows = Counter(_firm_key(firm) for firm in firms)
    return tuple(
        _numbered(firm)
        if counts[firm.id] > 1
        else _repeated(firm, rows[key])
        if (key := _firm_key(firm)) and rows[key] > 1
        else firm
        for firm in firms
    )


def _firm_key(firm: Firm) -> str:
    """Return what tells a firm of a table from others; parcels of a file may share a name."""
    return fold(firm.credit_code or firm.name) if firm.at is None else ""


def _repeated(firm: Firm, count: int) -> Firm:
    note = Fault(
        code="permu_firm_repeated",
        where=f"row:{firm.row}",
        values={"value": firm.name or firm.credit_code, "count": count},
    )
    return replace(firm, notes=(*firm.notes, note))


def _numbered(firm: Firm) -> Firm:
    repeated = Fault(code="permu_id_repeated", where=f"row:{firm.row}", values={"value": firm.id})
    return replace(firm, id=f"{firm.id}#{firm.row}", notes=(*firm.notes, repeated))


class _Numbers:
    """What the cells of a row hold."""

    def __init__(self, row: Row) -> None:
        self.amounts: dict[str, Fraction] = {}
        self.stated: dict[str, Fraction] = {}
        self.faults: dict[str, Fault] = {}
        self._row = row

    def take(self, column: Column) -> None:
        """Read the cell of a column."""
        text, percent = self._row.cells[column.at], False
        if column.role in indicators():
            text, percent = split_percent(text)
        kind = "shifted" if self._row.is_shifted else self._row.kinds.get(column.at)
        found = read_cell(text, kind=kind, where=self._row.where)
        if found is None:
            return
        value = found if isinstance(found, Fault) else self._judged(column, found, percent=percent)
        if isinstance(value, Fault):
            named = {**value.values, "column": column.heading, "role": column.role}
            self.faults[column.role] = replace(value, values=named)
        elif column.role in indicators():
            self.stated[column.role] = value
        else:
            self.amounts[column.role] = value

    def _judged(self, column: Column, number: Fraction, *, percent: bool) -> Fraction | Fault:
        """Bring a number to its unit; refuse what the quantity cannot be."""
        shown = self._row.cells[column.at].strip()[:_SHOWN]
        if percent:
            is_share = unit_factor(column.role, "%") is not None
            problem, factor = "" if is_share else "permu_cell_text", Fraction(1, 100)
        else:
            problem = column.problem or ("" if column.factor is not None else "permu_unit_missing")
            factor = column.factor or Fraction(1)
        if problem:
            values = {"value": shown, "unit": column.unit}
            return Fault(code=problem, where=self._row.where, values=values)
        value = number * factor
        if column.inverse and not value:
            return Fault(code="permu_cell_zero", where=self._row.where, values={"value": shown})
        value = 1 / value if column.inverse else value
        code = _refusal(column.role, value)
        if code:
            values = {"value": shown, "unit": column.unit}
            return Fault(code=code, where=self._row.where, values=values)
        return value


def _refusal(role: str, value: Fraction) -> str:
    quantity, index = quantities().get(role), indicators().get(role)
    signed = (
        quantity.signed
        if quantity
        else any(quantities()[one].signed for one in (index.numerator if index else ()))
    )
    most = quantity.most if quantity else index.most if index else None
    if value < 0 and not signed:
        return "permu_cell_negative"
    return "permu_cell_absurd" if most is not None and abs(value) > most else ""


def _size(words: Mapping[str, str], where: str) -> tuple[Size | None, Fault | None]:
    answer = answer_words().get(fold(words.get("above", "")))
    if answer:
        size: Size | None = "above_scale" if answer == "yes" else "below_scale"
        other = cast("Size | None", size_words().get(fold(words.get("size", "")), size))
        if other == size:
            return size, None
        typed = f"{words['above']} / {words['size']}"[:_SHOWN]
        return None, Fault(code="permu_size_unread", where=where, values={"value": typed})
    text = words.get("size", words.get("above", ""))
    if "size" not in words and "above" not in words:
        return None, None
    size = cast("Size | None", size_words().get(fold(text)))
    if size:
        return size, None
    shown = "—" if says_nothing(text) else text[:_SHOWN]
    return None, Fault(code="permu_size_unread", where=where, values={"value": shown})
