"""A rule, a pack of rules, and what a person may change in one."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Op = Literal[
    "<=",
    "<",
    ">=",
    ">",
    "==",
    "between",  # closed at both ends
    "in",
    "not_in",
    "none_of",  # of a set: no member of it is there
    "subset",  # of a set: nothing else is there
    "no_overlap",  # with a layer; a touch is none
    "within",  # a layer; the value is the least share
    "match",  # the class that a plan layer shows
    "report",  # an overlap is told and asks for another step
    "matrix",  # a table of the pack answers
    "calculation",  # how another figure is counted; judges nothing
]
Severity = Literal["error", "warn", "info"]
Status = Literal["mandatory", "recommended", "borrowed", "seed", "product", "local"]
Mark = Literal["S", "V", "R", "U", "P", "L"]
"""S written in the plan, V read in a found text, R well known, its text not read, U uncertain,
P default of this product, L to be set locally."""
CheckId = Literal[
    "geometry",
    "identity",
    "overlap",
    "gaps",
    "boundary",
    "farmland",
    "eco_redline",
    "water_source",
    "planned_use",
    "adjacency",
    "separation",
    "six_lines",
    "corridors",
    "registers",
    "declared_area",
    "control_index",
    "standard_land",
    "per_mu",
    "m0",
    "mixing",  # the last three are no checks of a review
    "expansion",
    "canal_sanity",
]
Value = bool | float | str | tuple[float | str, ...]
RuleId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
PackId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Frozen):
    """A short text in each language of the product."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(_Frozen):
    """Where a rule is written.

    Attributes
    ----------
    document : str
        Title as published, in Chinese.
    number : str
        文号 or standard number; "" where there is none or it is not established.
    clause : str
        Article, clause or table; "" where not known.
    date : str
        ISO date or part of one; "" where not known.
    """

    document: str = Field(min_length=1)
    number: str = ""
    clause: str = ""
    date: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")


class InForce(_Frozen):
    """Days on which a rule applies: ``since`` included, ``until`` not included; None is open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the rule applies on a day."""
        started = self.since is None or self.since <= day
        return started and (self.until is None or day < self.until)

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> InForce:
        if self.since and self.until and self.until <= self.since:
            raise ValueError("until must come after since")
        return self


class Example(_Frozen):
    """What the rule must answer: ``given`` is the measured value, or the keys of a table row."""

    given: Any
    expect: Literal["pass", "breach", "unknown"]


class Rule(_Frozen):
    """One requirement.

    Attributes
    ----------
    check : str
        Id of the check that applies it (``parcels.checks.order``).
    metric : str
        What is measured: an indicator of ``data/indicators.toml``, ``overlap:<kind of overlay>``,
        ``distance:<kind>``, or a name that the check defines.
    value : Value or None
        The limit in ``unit``; shares are ratios from 0 to 1. None: there is no number, so the
        answer is unknown. Never a number that nobody published.
    table : str or None
        CSV in ``data`` that holds the values: for ``matrix``, and for limits that differ by case
        (`parcels.rules.tables`).
    column : str
        Column of the table that holds the limit; "" for ``matrix``.
    denominator : str
        What a share refers to: ``site_area``, ``gfa_total``, ``gfa_above_ground``,
        ``gfa_counted``, ``parcel_area`` …; "" for absolute figures.
    uses : tuple of str
        Use groups (``data/adjacency_groups.csv``) that it applies to; empty: all.
    severity : {"error", "warn", "info"}
        A breach of an error is ``fail``, of the others ``warning``.
    set_locally : bool
        The bureau must confirm or type the number.
    examples : tuple of Example
        At least one pass and one breach; of a rule without a value one unknown. What is given
        for a table: `parcels.rules.examples.answer`.
    """

    id: RuleId
    title: Words
    check: CheckId
    metric: str
    op: Op
    value: Value | None = None
    table: str | None = Field(default=None, pattern=r"^[a-z0-9_]+\.csv$")
    column: str = ""
    unit: str = ""
    denominator: str = ""
    uses: tuple[str, ...] = ()
    severity: Severity
    status: Status
    source: Source
    confidence: Mark
    set_locally: bool = False
    in_force: InForce | None = None
    note: Words | None = None
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_the_examples_it_needs(self) -> Rule:
        expected = {example.expect for example in self.examples}
        numbers = self.value is not None or self.table is not None or self.op in _VALUELESS
        wanted = {"pass", "breach"} if numbers else {"unknown"}
        if self.op == "calculation" or (self.table and expected == {"unknown"}):
            wanted = set()  # judges nothing, or its table has no numbers yet
        if lacking := sorted(wanted - expected):
            raise PydanticCustomError("examples_lacking", "a kind is missing", {"lacking": lacking})
        return self

    @model_validator(mode="after")
    def _has_a_value_that_fits_its_operator(self) -> Rule:
        if self.value is not None and not fits(self.op, self.value):
            unfit = {"op": self.op, "value": str(self.value)}
            raise PydanticCustomError("value_unfit", "value does not fit its operator", unfit)
        if self.table and (self.column == "") != (self.op == "matrix"):
            raise PydanticCustomError("column_unfit", "a table needs a column, a matrix takes none")
        return self


def fits(op: Op, value: Value) -> bool:
    """Whether a value can be the limit of an operator: finite numbers, one, two or a list."""
    ends = value if isinstance(value, tuple) else (value,)
    if any(isinstance(end, float) and not math.isfinite(end) for end in ends):
        return False
    if op == "between":
        return _is_range(ends)
    if op in _SETS:
        return isinstance(value, tuple)
    if op in _ORDERED:
        return isinstance(value, float)
    return op not in _VALUELESS


def _is_range(ends: tuple[Any, ...]) -> bool:
    return len(ends) == 2 and all(isinstance(end, float) for end in ends) and ends[0] <= ends[1]  # noqa: PLR2004


_VALUELESS = {"no_overlap", "report", "match", "matrix"}
_SETS = {"in", "not_in", "none_of", "subset"}
_ORDERED = {"<=", "<", ">=", ">", "within"}


class Pack(_Frozen):
    """Rules that belong together: one document, one city, one edition.

    Attributes
    ----------
    version : str
        Rises with every change of the file; signatures name it.
    place : str
        Where it applies: 全国, 河南省, 郑州高新区 …
    default : bool
        Used unless packs are chosen. Borrowed packs never are.
    legal_status : Words or None
        What a reader must know before relying on it (a draft, a proposal).
    """

    id: PackId
    title: Words
    version: str = Field(min_length=1)
    place: str
    default: bool
    in_force: InForce = InForce()
    legal_status: Words | None = None
    rule: tuple[Rule, ...]


class Override(_Frozen):
    """A limit that a bureau sets for itself; the original stays beside it."""

    rule: RuleId
    value: Value
    by: str = Field(min_length=1)
    day: date
    reason: str = Field(min_length=1)
    document: str = ""
