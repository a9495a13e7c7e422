"""A report as neutral blocks: what is said, and what in the snapshot each sentence rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from decimal import Decimal

    from parcels.findings import Outcome
    from parcels.snapshot.model import Level

ReportName = Literal["opinion", "points", "balance", "memo", "ranking"]
REPORTS: tuple[ReportName, ...] = get_args(ReportName)
"""Reports of blocks; the notice is a page of its own (`parcels.report.notice`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One thing that is said.

    Attributes
    ----------
    text : str
        As printed: rounded, with its unit where no heading gives it.
    number : Decimal or None
        What is printed, for a workbook; None: it is no number.
    unit : str
        Of a number whose heading names none.
    rests : tuple of str
        What it rests on: ids of findings, or places in the content, as ``parcels/0/area_m2``.
        Empty: it says nothing about land (a heading, a blank to be filled in).
    outcome : str
        A verdict that is shown by its sign; "" for anything else.
    moved : bool
        Rounded one step off, so that the parts add up to their total.
    """

    text: str = ""
    number: Decimal | None = None
    unit: str = ""
    rests: tuple[str, ...] = ()
    outcome: Outcome | Literal[""] = ""
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title inside the report; a new parcel begins on a new page.

    ``key`` is the parcel that everything up to the next heading is about, ``label`` its name;
    other sections have a ``name``.
    """

    text: str
    name: str = ""
    key: str = ""
    label: str = ""
    new_page: bool = False
    rests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One named fact; the name is what a template of the bureau's calls it.

    ``wide``: it takes the whole width of the page.
    """

    name: str
    label: str
    value: Cell
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Named facts, one below the other."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        What templates call it.
    label : str
        Its heading, with the unit where all numbers have one.
    width : float
        Share of the page's width, in any common unit.
    kind : str
        ``number``: right-aligned; ``amount``: a number with a unit of its own; else ``text``.
    places : int
        Decimals of the numbers.
    """

    name: str
    label: str
    width: float = 1.0
    kind: Literal["text", "number", "amount"] = "text"
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``name`` is shared by the tables of one sort, which a workbook puts together.

    Attributes
    ----------
    title : str
        "" where the heading above says it.
    rows, foot : tuple of tuple of Cell
        One cell a column; the foot holds totals.
    empty : str
        What stands there when there are no rows.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Boxes to sign; what was signed already stands in its box, one line a cell."""

    boxes: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Sentences, one below the other."""

    name: str
    title: str
    lines: tuple[Cell, ...]


Block = Heading | Facts | Table | Signatures | Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report, ready to be written.

    Attributes
    ----------
    digest : str
        Of the snapshot, 64 hex digits; it stands on every page.
    made_at : str
        UTC, ISO 8601: the time in every file.
    disclaimer : str
        Stands on every page.
    watermark : str
        What stands behind every page of a copy that leaves the house; "" for none.
    foot : tuple of str
        What stands at the foot of every page, beside the page's number.
    """

    name: ReportName
    lang: str
    level: Level
    title: str
    subtitle: str
    digest: str
    made_at: str
    disclaimer: str
    watermark: str
    foot: tuple[str, ...]
    blocks: tuple[Block, ...]
