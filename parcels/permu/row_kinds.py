"""What a row is: a firm and in which state, or a sum, a remark, the heading once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from geo.read.parsed import Fault
from parcels.permu.terms import (
    answer_words,
    indicators,
    is_total,
    quantities,
    says_nothing,
    status_words,
)
from parcels.permu.units import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcels.permu.model import Column, Status
    from parcels.permu.rows import Row

_SHOWN = 40
_AGAIN = 2  # headings that make a row the heading of the next page
_REMARK = re.compile(
    r"^(?:注释?|备注|附注|说明|(?:填表|制表|审核|填报|统计|联系|复核)(?:人|单位|日期|时间|电话)?"
    r"|单位?负责人|(?:数据|资料)来源|日期|notes?|remarks?|sources?)\d*[:、.．]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_ANSWERED = {
    ("promised", "yes"): "promised",
    ("promised", "no"): "production",
    ("producing", "yes"): "production",
    ("producing", "no"): "building",
}


def set_aside(row: Row, columns: Sequence[Column]) -> Fault | None:
    """Tell a row that is no firm: a sum, a remark below the table, the heading repeated.

    Parameters
    ----------
    row : Row
    columns : sequence of Column
        Of the heading.

    Returns
    -------
    Fault or None
        What it is; None for a firm.
    """
    headings = sum(
        bool(cell) and fold(cell) == fold(column.heading)
        for column in columns
        if (cell := row.cells[column.at])
    )
    if headings >= _AGAIN:
        return Fault(code="permu_row_heading", where=row.where)
    labels = list(_labels(row, columns))
    total = next((label for label in labels if is_total(label)), None)
    if total is not None:
        return Fault(code="permu_row_total", where=row.where, values={"value": total[:_SHOWN]})
    numbers = [row.cells[column.at] for column in columns if _is_numeric(column)]
    remark = next((label for label in labels if _REMARK.match(fold(label))), None)
    if remark is not None and all(map(says_nothing, numbers)):
        return Fault(code="permu_row_remark", where=row.where, values={"value": remark[:_SHOWN]})
    return None


def status_of(
    words: Mapping[str, str], where: str, unstated: Status
) -> tuple[Status, Fault | None]:
    """Read in which state a firm is.

    Parameters
    ----------
    words : mapping
        Role of a column of words to the cell.
    where : str
        Place, for the fault.
    unstated : str
        What a row is in a table without a column for it.

    Returns
    -------
    (str, Fault or None)
        The first state that is not production, if any column or a bracket behind the name says
        one; an empty column or a word that is not known leaves it unknown.
    """
    asked = [role for role in ("status", "promised", "producing") if role in words]
    found: list[Status] = [state for role in asked if (state := _state(role, words[role]))]
    found += _named_states(words.get("name", ""))
    other = next((one for one in found if one != "production"), None)
    if other is not None:
        return other, None
    typed = [words[role] for role in asked if not says_nothing(words[role])]
    unread = [one for role in asked if (one := words[role]) in typed and not _state(role, one)]
    if not unread and (found or not asked):
        return (found[0] if found and asked else unstated), None
    text = next(iter(unread), "—")[:_SHOWN]
    return "unknown", Fault(code="permu_status_unread", where=where, values={"value": text})


def _state(role: str, text: str) -> Status | None:
    answer = answer_words().get(fold(text), "")
    meant = _ANSWERED.get((role, answer)) or status_words().get(fold(text))
    return cast("Status | None", meant)


def _named_states(name: str) -> list[Status]:
    """Read brackets behind a name: 某某（承诺值）, 某某（停产）."""
    inside = _BRACKET.findall(fold(name))
    return [cast("Status", status_words()[one]) for one in inside if one in status_words()]


def _labels(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    """Give the cells that may name a row: those left of the first number, and its names."""
    first = min((column.at for column in columns if _is_numeric(column)), default=0)
    places = {*range(first), *(one.at for one in columns if one.role in {"id", "name", "parcel"})}
    return (cell.strip() for at in sorted(places) if (cell := row.cells[at]).strip())


def _is_numeric(column: Column) -> bool:
    return column.role in quantities() or column.role in indicators()
