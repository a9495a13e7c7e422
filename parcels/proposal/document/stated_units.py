"""Units that a heading or a column 单位 states for the plain numbers under or beside it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parcels.permu.units import fold, looks_like_unit, split_heading
from parcels.proposal.document.quantities import read_quantity
from parcels.proposal.document.typed_units import plain_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parcels.proposal.fields import ProposalField

_BARE = re.compile(r"[-+]?[0-9][0-9.,]*[万亿]?")


def stated_name(
    heading: str, id_of: Callable[[str], str | None], asked: Mapping[str, ProposalField]
) -> tuple[str, str] | None:
    """Return the id that a heading names, and the unit that it states; None: it names none.

    A unit that the field does not take is given as well: what stands under it must not be read in
    another one.
    """
    whole = id_of(heading)
    if whole is not None:
        return whole, ""
    parted = split_heading(heading)
    name = next((found for one in parted.names if (found := id_of(one))), None)
    if name is None:
        return None
    units = sorted(parted.units, key=lambda unit: not _is_unit(asked[name], unit))
    return name, next((one for one in units if _is_unit(asked[name], one) or _is_other(one)), "")


def with_unit(typed: str, asked: ProposalField | None, units: tuple[str, ...]) -> str:
    """Add the unit that a heading states to a number without one; else the text as it stands."""
    if asked is None or not (asked.unit or plain_unit(asked)):
        return typed
    bare = read_quantity(typed, asked)
    for unit in units:
        if unit.strip() in {"%", "％"} and asked.share_of:
            return f"{typed.strip()}%" if bare.problem == "proposal_unit_missing" else typed
        if not _is_unit(asked, unit):
            if _is_other(unit) and _is_bare(typed) and bare.amount is not None:
                return f"{typed.strip()} {unit.strip()}"
            continue
        meant = read_quantity(typed, asked, unit=unit)
        written = f"{typed.strip()} {unit.strip()}"
        is_other = meant.amount is not None and meant.amount != bare.amount
        if is_other and read_quantity(written, asked).amount == meant.amount:
            return written
    return typed


def _is_unit(asked: ProposalField, unit: str) -> bool:
    if unit in {"%", "％"}:
        return bool(asked.share_of)
    if not (asked.unit or plain_unit(asked)):
        return False
    return bool(unit.strip()) and read_quantity(f"1{unit}", asked).amount is not None


def _is_other(unit: str) -> bool:
    return unit.strip() in {"%", "％"} or (bool(unit.strip()) and looks_like_unit(fold(unit)))


def _is_bare(typed: str) -> bool:
    return _BARE.fullmatch(unicodedata.normalize("NFKC", typed).strip()) is not None
