"""Schemes and class tables: data with sources, and those that a user brings along."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from geo.errors import PlannerError
from parcels.permu.terms import Frozen, indicators, load_table, origins
from parcels.rules.model import Mark, Words  # noqa: TC001 -- pydantic reads the annotations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Size = Literal["above_scale", "below_scale", "zone", "any"]
Method = Literal["ratio", "minmax", "order"]
Letter = Literal["A", "B", "C", "D"]
Trade = Literal["utilities", "waste", "start_up", "building"]
Amount = Annotated[Decimal, Field(max_digits=30)]
_WHOLE = Decimal(100)
_SHOWN = 80


class SchemeIndicator(Frozen):
    """An index of a scheme; what was not published is None.

    Attributes
    ----------
    cap : Decimal or None
        Points are cut at cap × weight.
    missing : {"peer_mean"} or None
        What a firm without this datum gets: the mean of its peers' points.
    """

    id: str
    weight: Amount | None = Field(default=None, gt=0)
    base: Amount | None = Field(default=None, gt=0)
    cap: Amount | None = Field(default=None, gt=0)
    missing: Literal["peer_mean"] | None = None

    @model_validator(mode="after")
    def _is_known(self) -> SchemeIndicator:
        if self.id not in indicators():
            raise ValueError(f"unknown index {self.id}")
        return self


class Example(Frozen):
    """Values of indices, and the score that they give; None: nothing can be said."""

    title: str
    values: dict[str, Decimal]
    score: Decimal | None = None


class Scheme(Frozen):
    """A way of rating firms by what their land yields.

    Attributes
    ----------
    size : str
        Which firms it rates.
    least_area_mu, least_leased_m2 : Decimal or None
        Firms with less of both are not rated.
    not_rated, not_graded : tuple of str
        Firms that are left out; firms that are scored and get no class.
    classes : str or None
        Its own class table; None: none was published.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    year: int | None = None
    size: Size
    source: str
    mark: Mark
    method: Method | None = None
    low: Amount = Decimal(0)
    high: Amount = _WHOLE
    indicator: tuple[SchemeIndicator, ...] = Field(min_length=1)
    least_area_mu: Amount | None = Field(default=None, gt=0)
    least_leased_m2: Amount | None = Field(default=None, gt=0)
    not_rated: tuple[Trade, ...] = ()
    not_graded: tuple[Trade, ...] = ()
    classes: str | None = None
    remarks: tuple[Words, ...] = ()
    example: tuple[Example, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        """What was not published and keeps every score unknown: formula, weights, bases."""
        wanted = self.method in {"ratio", "minmax", None}
        lacking = {
            "method": self.method is None,
            "weights": wanted and any(one.weight is None for one in self.indicator),
            "bases": self.method in {"ratio", None}
            and any(one.base is None for one in self.indicator),
        }
        return tuple(name for name, lacks in lacking.items() if lacks)

    @model_validator(mode="after")
    def _is_consistent(self) -> Scheme:
        names = [one.id for one in self.indicator]
        if len(set(names)) < len(names):
            raise ValueError("an index stands twice")
        if self.method == "order" and len(names) > 1:
            raise ValueError("order takes one index")
        if self.low >= self.high:
            raise ValueError("low must be less than high")
        return self


class ClassExample(Frozen):
    """Letters of ``count`` firms without equal scores, the best first."""

    count: int
    expected: str


class ClassTable(Frozen):
    """Where each class ends in the ranking, as a share of the ranked firms, the end included."""

    id: str
    title: Words
    source: str
    mark: Mark
    ends: dict[Letter, Decimal]
    remarks: tuple[Words, ...] = ()
    example: tuple[ClassExample, ...] = ()

    @model_validator(mode="after")
    def _rises_to_one(self) -> ClassTable:
        ends = list(self.ends.values())
        if ends != sorted(set(ends)) or list(self.ends) != sorted(self.ends) or ends[-1] != 1:
            raise ValueError("ends must rise from A on and reach 1")
        return self


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the published schemes by id, in the order of the data file."""
    listed = [Scheme.model_validate(one) for one in load_table("schemes.toml")["scheme"]]
    return MappingProxyType({one.id: one for one in listed})


@cache
def class_tables() -> Mapping[str, ClassTable]:
    """Return the published class tables by id."""
    listed = [ClassTable.model_validate(one) for one in load_table("classes.toml")["classes"]]
    return MappingProxyType({one.id: one for one in listed})


def find_scheme(name: str) -> Scheme:
    """Return a published scheme; ``permu_scheme_unknown`` with the ids that there are."""
    if name not in schemes():
        raise PlannerError("permu_scheme_unknown", value=name[:_SHOWN], schemes=list(schemes()))
    return schemes()[name]


def find_classes(name: str) -> ClassTable:
    """Return a published class table; ``permu_classes_unknown`` with the ids that there are."""
    if name not in class_tables():
        known = list(class_tables())
        raise PlannerError("permu_classes_unknown", value=name[:_SHOWN], classes=known)
    return class_tables()[name]


def read_schemes(path: Path) -> tuple[Scheme, ...]:
    """Read a user's own file of schemes, written like ``data/schemes.toml``.

    Returns
    -------
    tuple of Scheme
        Every ``[[scheme]]`` of the file; ``source`` is any text.

    Raises
    ------
    PlannerError
        ``permu_scheme_file`` when it cannot be read, ``permu_scheme_field`` with the first field
        that is wrong.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlannerError("permu_scheme_file", file=path.name, reason=_reason(error)) from error
    listed = document.get("scheme")
    if not isinstance(listed, list) or not listed:
        raise PlannerError("permu_scheme_file", file=path.name, reason="[[scheme]]")
    return tuple(_validated(one, path.name) for one in listed)


def source_title(scheme: Scheme | ClassTable, lang: str) -> str:
    """Name the document that a scheme comes from, its number behind it."""
    known = origins().get(scheme.source)
    if known is None:
        return scheme.source
    title = known.title.zh if lang == "zh" else known.title.en
    return f"{title}（{known.number}）" if known.number and lang == "zh" else title


def _validated(raw: object, file: str) -> Scheme:
    try:
        found = Scheme.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "scheme"
        value = repr(first["input"])[:_SHOWN]
        raise PlannerError(
            "permu_scheme_field", file=file, field=field, value=value, expected=first["msg"]
        ) from None
    if found.classes is not None:
        find_classes(found.classes)
    return found


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
