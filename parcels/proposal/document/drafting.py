"""Changes written back into a draft, so that reading it gives exactly the changed proposal."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.units import M2_PER_MU
from parcels.proposal.document.contradictions import row_totals
from parcels.proposal.document.echoing import plain_decimal
from parcels.proposal.document.reading import read_draft
from parcels.proposal.fields import fields, quantity_unit
from parcels.proposal.functions import function_names
from parcels.proposal.model import FLOOR, LAND, changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from parcels.proposal.draft import Draft
    from parcels.proposal.model import Amount, Change

_COLUMN = {FLOOR: "area", LAND: "land"}
_DIFFERS = "proposal_total_differs"
_FEW_DECIMALS = re.compile(r"^[0-9,]+(?:\.[0-9]{1,4})?[^0-9.]")
_ANSWERS = {True: "是", False: "否"}


def put_changes(draft: Draft, changes: Iterable[Change]) -> Draft:
    """Write changed quantities as texts with their unit, new rows at the end.

    Parameters
    ----------
    draft : Draft
    changes : iterable of Change
        Amounts are finite decimals in their unit, land in m² or in 亩.

    Returns
    -------
    Draft
        What is read from it is what `parcels.proposal.model.changed` makes of the proposal that
        is read from ``draft``: a share (40%) of something that changed is written as an amount,
        and a stated total that was the sum of the rows is so again.

    Raises
    ------
    ValueError
        An amount is no finite decimal.
    """
    changes = tuple(changes)
    reading = read_draft(draft)
    rows = list(reading.rows)
    after = draft
    for change in changes:
        kind, _, place = change.quantity.partition(":")
        if kind == FLOOR and int(place) == len(rows):
            rows.append(len(after.floors))
            name = function_names()[change.function]
            row = MappingProxyType({"function": name})
            after = replace(after, floors=(*after.floors, row))
        if isinstance(change.after, bool):
            after = after.put(change.quantity, _ANSWERS[change.after])
        else:
            typed = exact_text(change.quantity, change.after, _typed(after, rows, change.quantity))
            after = _put(after, rows, change.quantity, typed)
    wanted = changed(reading.proposal, changes).amounts
    return _totalled(draft, _restated(after, rows, wanted))


def exact_text(quantity: str, value: Fraction, like: str = "") -> str:
    """Write an amount as one types it, exactly; floor areas without the unit of their column.

    Parameters
    ----------
    quantity : str
        Such as ``site_area`` or ``floor:0``.
    value : Fraction
        In the unit of the quantity; land may be a finite decimal in 亩 only.
    like : str
        What was typed before: land stays in 亩, or in m², where that is exact.

    Raises
    ------
    ValueError
        The value is no finite decimal.
    """
    unit = "" if quantity.startswith(f"{FLOOR}:") else quantity_unit(quantity)
    ways = [(value, f" {unit}".rstrip())]
    if _is_land(quantity):
        ways.append((value / M2_PER_MU, "亩"))
        if "亩" in like:
            ways.reverse()
    written = [
        f"{_grouped(text)}{name}" for number, name in ways if (text := plain_decimal(number))
    ]
    if not written:
        raise ValueError(quantity, str(value))
    return next((one for one in written if _FEW_DECIMALS.search(one)), written[0])


def _grouped(digits: str) -> str:
    whole, point, decimals = digits.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def _is_land(quantity: str) -> bool:
    kind, _, place = quantity.partition(":")
    return kind == LAND if place else fields()[kind].kind == "land"


def _typed(draft: Draft, rows: list[int], quantity: str) -> str:
    kind, _, place = quantity.partition(":")
    if not place:
        return draft.fields.get(kind, "")
    return draft.floors[rows[int(place)]].get(_COLUMN[kind], "")


def _put(draft: Draft, rows: list[int], quantity: str, typed: str) -> Draft:
    kind, _, place = quantity.partition(":")
    if not place:
        return draft.put(kind, typed)
    floors = list(draft.floors)
    at = rows[int(place)]
    floors[at] = MappingProxyType({**floors[at], _COLUMN[kind]: typed})
    return replace(draft, floors=tuple(floors))


def _restated(draft: Draft, rows: list[int], wanted: Mapping[str, Amount]) -> Draft:
    """Write out what was typed as a share of something that changed."""
    found = read_draft(draft).proposal.amounts
    for quantity, amount in wanted.items():
        if found.get(quantity) != amount and amount.exact is not None:
            typed = exact_text(quantity, amount.exact, _typed(draft, rows, quantity))
            draft = _put(draft, rows, quantity, typed)
    return draft


def _totalled(before: Draft, after: Draft) -> Draft:
    """Write stated totals anew that were the sums of the rows before."""
    differing = {fault.where for fault in read_draft(before).faults if fault.code == _DIFFERS}
    reading = read_draft(after)
    sums = row_totals(reading.proposal.parts, reading.proposal.amounts)
    for fault in reading.faults:
        rows = sums.get(fault.where)
        if fault.code == _DIFFERS and fault.where not in differing and rows and rows.exact:
            typed = exact_text(fault.where, rows.exact, before.fields[fault.where])
            after = after.put(fault.where, typed)
    return after
