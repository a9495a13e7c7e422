"""Firms as a table gives them: amounts in known units, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from geo.read.parsed import Fault, Note
    from parcels.permu.schemes import Size

Status = Literal["production", "promised", "building", "start_up", "stopped", "unknown"]
STATUSES: tuple[Status, ...] = get_args(Status)
Denominator = Literal["land", "registered", "mapped", "granted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the user settled about a table.

    Attributes
    ----------
    columns : mapping
        Role (a quantity, an index, or a word column) to heading.
    units : mapping
        Quantity, index or kind (``money``, ``land`` …) to unit; it wins over headings.
    sheet : str or None
        Name of the sheet; None: the first one with firms.
    status : Status or None
        Of rows that state none; None: those of a table without such a column are firms in
        production, for that is what these tables list, and it is noted.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that was understood.

    Attributes
    ----------
    at : int
        Position in the table, from 0.
    heading : str
        As typed.
    role : str
        Quantity, index or word column.
    unit : str
        As understood; "" where a column needs none or none is given; with the problem
        ``permu_unit_unread`` as typed.
    factor : Fraction or None
        To the own unit of the quantity or index; None: not known, so no number is taken.
    inverse : bool
        It holds the reciprocal of its index.
    problem : str
        Code of the reason why no number is taken from it; "" for none.
    """

    at: int
    heading: str
    role: str
    unit: str = ""
    factor: Fraction | None = None
    inverse: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """One row: a firm, a project or a parcel.

    Attributes
    ----------
    id : str
        Number, credit code, parcel or name, whichever the table has first; else the row.
    row : int
        Row or line of the file, from 1.
    amounts : mapping
        Quantity to value in the unit of its kind.
    stated : mapping
        Index to value as the table states it, in the index's unit.
    faults : mapping
        Quantity or index to the reason why its cell is no number; empty cells are not here.
    notes : tuple of Fault
        Remarks about the row that concern no single number.
    at : int or None
        Position among the parcels it was read from; None: it came from a table.
    """

    id: str
    row: int
    name: str = ""
    credit_code: str = ""
    parcel: str = ""
    status: Status = "production"
    size: Size | None = None
    trade: str | None = None
    amounts: Mapping[str, Fraction] = field(default_factory=dict)
    stated: Mapping[str, Fraction] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    notes: tuple[Fault, ...] = ()
    at: int | None = None


@dataclass(frozen=True, kw_only=True)
class FirmTable:
    """All rows of a table, each once: ``firms`` or ``skipped``.

    Attributes
    ----------
    columns : tuple of Column
        Those that were understood, in the order of the table.
    unread : tuple of str
        Headings that were not.
    notes : tuple of Note
        What holds for the whole table.
    """

    title: str
    firms: tuple[Firm, ...]
    columns: tuple[Column, ...]
    unread: tuple[str, ...] = ()
    skipped: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()

    def has(self, role: str) -> bool:
        """Whether a column of this role was understood."""
        return role in self._roles

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(column.role for column in self.columns)

    @property
    def denominators(self) -> tuple[Denominator, ...]:
        """The areas that the table gives, in the order in which one is taken."""
        return tuple(one for one in get_args(Denominator) if self.has(one))
