"""Which column of a table of firms holds what, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from geo.errors import PlannerError
from geo.read.parsed import Note
from parcels.permu.model import Answers, Column
from parcels.permu.terms import indicators, quantities, text_columns
from parcels.permu.unit_lines import stated_units
from parcels.permu.units import (
    Heading,
    Kind,
    factor_of,
    fold,
    looks_like_unit,
    ratio_factor,
    split_heading,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from parcels.permu.terms import Indicator

_LEAST = 2  # roles that make a row of cells a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The heading of a table: columns that were understood, headings that were not."""

    columns: tuple[Column, ...]
    unread: tuple[str, ...]
    notes: tuple[Note, ...] = ()


def looks_like_head(cells: Sequence[str]) -> bool:
    """Tell whether a row of cells names columns, at least one of them of numbers."""
    roles = [role for cell in cells if (role := role_of(split_heading(cell))[0])]
    return len(roles) >= _LEAST and any(map(_is_numeric, roles))


def role_of(heading: Heading) -> tuple[str, bool]:
    """Return the role that a heading names and whether it is its reciprocal; "" for none."""
    for name in heading.names:
        role = _roles().get(_key(name))
        if role is not None:
            return role
    return "", False


def read_head(
    cells: Sequence[str], answers: Answers, *, above: Sequence[str] = (), below: Sequence[str] = ()
) -> Head:
    """Understand the heading of a table.

    Parameters
    ----------
    cells : sequence of str
        Headings as typed.
    answers : Answers
        Columns and units that the user settled; they win.
    above : sequence of str
        Cells above the heading, where 单位：万元 may stand.
    below : sequence of str
        The row below it, if that holds nothing but units.

    Returns
    -------
    Head

    Raises
    ------
    PlannerError
        ``permu_column_absent`` when the user names a column that is not there,
        ``permu_role_unknown`` and ``permu_unit_unknown`` for other answers that cannot be used.
    """
    _require_known(answers)
    chosen = {_position(cells, heading): role for role, heading in answers.columns.items()}
    named = [(at, *_named(at, cell, chosen)) for at, cell in enumerate(cells) if cell.strip()]
    stated = stated_units(above)
    columns = [
        _with_unit(
            Column(at=at, heading=cells[at].strip(), role=role, inverse=inverse),
            [*split_heading(cells[at]).units, *below[at : at + 1]],
            answers,
            stated,
        )
        for at, role, inverse in named
        if role
    ]
    unread = tuple(cells[at].strip() for at, role, _ in named if not role)
    kept, twice = _once(columns, chosen)
    kept, borrowed = _from_others(kept)
    return Head(columns=tuple(kept), unread=unread, notes=(*twice, *borrowed))


def kind_of(role: str) -> Kind | None:
    """Return the kind of a quantity; None: it is no quantity."""
    known = quantities().get(role)
    return known.kind if known else None


def unit_factor(role: str, unit: str, *, inverse: bool = False) -> Fraction | None:
    """Return the factor from a unit to the own unit of a quantity or an index.

    Parameters
    ----------
    role : str
        Quantity or index.
    unit : str
        As written.
    inverse : bool
        The column holds the reciprocal of the index; the factor is for the reciprocal then.

    Returns
    -------
    Fraction or None
        None: no unit of this role.
    """
    kind = kind_of(role)
    if kind is not None:
        return factor_of(kind, unit)
    index = indicators()[role]
    above, below = _kinds(index)
    if above == below or index.land_in_m2:
        return factor_of("share", unit)
    found = ratio_factor(below, above, unit) if inverse else ratio_factor(above, below, unit)
    if found is None:
        return factor_of("money", unit) if index.is_named_per_mu and not inverse else None
    return found / index.scale if inverse else found * index.scale


@cache
def _roles() -> Mapping[str, tuple[str, bool]]:
    """Return folded spelling to role and whether it is the reciprocal."""
    found = {_key(name): (name, False) for name in indicators()}
    for index in indicators().values():
        found |= {_key(name): (index.id, False) for name in index.headings}
        found |= {_key(name): (index.id, True) for name in index.inverse}
    for quantity in quantities().values():
        found |= {_key(name): (quantity.id, False) for name in (quantity.id, *quantity.headings)}
    found |= {_key(name): (role, False) for name, role in text_columns().items()}
    return MappingProxyType(found)


def _key(name: str) -> str:
    return fold(name).replace("_", "")


def _require_known(answers: Answers) -> None:
    numeric = {*quantities(), *indicators()}
    known = {*numeric, *text_columns().values()}
    for role in answers.columns:
        if role not in known:
            raise PlannerError("permu_role_unknown", value=role, roles=sorted(known))
    for role, unit in answers.units.items():
        kind = next((one for one in get_args(Kind) if one == role), None)
        found = factor_of(kind, unit) if kind else None
        if found is None and (role not in numeric or unit_factor(role, unit) is None):
            raise PlannerError("permu_unit_unknown", value=f"{role}={unit}")


def _position(cells: Sequence[str], heading: str) -> int:
    folded = [fold(cell) for cell in cells]
    if fold(heading) not in folded:
        raise PlannerError(
            "permu_column_absent", value=heading, columns=[cell for cell in cells if cell.strip()]
        )
    return folded.index(fold(heading))


def _named(at: int, cell: str, chosen: Mapping[int, str]) -> tuple[str, bool]:
    if at in chosen:
        return chosen[at], False
    return role_of(split_heading(cell))


def _with_unit(
    column: Column, units: Sequence[str], answers: Answers, stated: Mapping[Kind, str]
) -> Column:
    """Find the unit of a column of numbers: the user's, the heading's, that of the title."""
    if not _is_numeric(column.role):
        return column
    kind = kind_of(column.role)
    asked = answers.units.get(column.role) or (answers.units.get(kind) if kind else None)
    is_id = column.role in indicators() and fold(column.heading) == column.role
    title = stated.get(kind) if kind else None
    tried = [asked] if asked else list(units)
    odd = "" if is_id else next((one for one in tried if looks_like_unit(fold(one))), "")
    if not asked and not odd:
        tried += [title] if title else []
        tried += [indicators()[column.role].unit] if is_id else []
        tried += ["人"] if kind == "people" else []
    for unit in filter(None, tried):
        factor = unit_factor(column.role, unit, inverse=column.inverse)
        if factor is not None:
            return replace(column, unit=unit, factor=factor)
    return replace(column, unit=odd, problem="permu_unit_unread") if odd else column


def _once(columns: Sequence[Column], chosen: Mapping[int, str]) -> tuple[list[Column], list[Note]]:
    """Take one column a role; of several that say the same the user must choose one."""
    kept, notes = [], []
    for role in dict.fromkeys(column.role for column in columns):
        same = [column for column in columns if column.role == role]
        picked = [column for column in same if column.at in chosen] or _by_unit(same)
        if len(picked) > 1 and _is_numeric(role):
            names = "、".join(column.heading for column in same)
            notes.append(Note(code="permu_column_twice", values={"role": role, "columns": names}))
            kept.append(replace(same[0], unit="", factor=None, problem="permu_column_twice"))
            continue
        kept.append(picked[0])
        if len(same) > 1:
            others = "、".join(one.heading for one in same if one is not picked[0])
            values = {"column": picked[0].heading, "others": others}
            notes.append(Note(code="permu_column_left", values=values))
    return sorted(kept, key=lambda column: column.at), notes


def _by_unit(same: Sequence[Column]) -> Sequence[Column]:
    """Of columns that differ in nothing but their unit take the first."""
    units = {column.unit for column in same}
    return same[:1] if len(set(map(_stem, same))) == 1 and len(units) == len(same) else same


def _stem(column: Column) -> str:
    """Return what a heading says without its unit; a year stays."""
    return split_heading(column.heading).names[0].removesuffix(fold(column.unit)).rstrip("_/-")


def _from_others(columns: Sequence[Column]) -> tuple[list[Column], list[Note]]:
    """Let a column without a unit have that of the others of its kind, if they agree."""
    found, notes = [], []
    for column in columns:
        kind = kind_of(column.role)
        same = [one for one in columns if kind_of(one.role) == kind]
        units = {one.unit for one in same if one.factor is not None}
        if column.problem == "permu_unit_unread":
            values = {"column": column.heading, "role": column.role, "unit": column.unit}
            notes.append(Note(code="permu_unit_unread", values=values))
            found.append(column)
        elif column.factor is not None or column.problem or not _is_numeric(column.role):
            found.append(column)
        elif kind and len(units) == 1:
            values = {"column": column.heading, "unit": (unit := units.pop())}
            notes.append(Note(code="permu_unit_borrowed", values=values))
            found.append(replace(column, unit=unit, factor=factor_of(kind, unit)))
        else:
            values = {"column": column.heading, "role": column.role}
            notes.append(Note(code="permu_unit_missing", values=values))
            found.append(replace(column, problem="permu_unit_missing"))
    return found, notes


def _is_numeric(role: str) -> bool:
    return role in quantities() or role in indicators()


def _kinds(index: Indicator) -> tuple[Kind, Kind]:
    return quantities()[index.numerator[0]].kind, quantities()[index.denominator[0]].kind
