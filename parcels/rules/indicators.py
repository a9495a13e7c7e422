"""What rules measure: titles, units, plausible values, and how columns are headed."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from parcels.rules.model import Mark, Words
from parcels.rules.tables import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.rules.model import Rule, Value

_MOST = 1e9  # no length, area, share or amount that a rule limits is greater
_FULL_CIRCLE = 360.0
Kind = Literal["number", "code", "choice", "set", "yes_no"]
Factor = Annotated[Fraction, BeforeValidator(Fraction)]


class Indicator(BaseModel):
    """One quantity or fact that rules ask for.

    Attributes
    ----------
    kind : str
        ``number``; ``code`` a class or code; ``choice`` one of ``options``; ``set`` several of
        them; ``yes_no``.
    unit : str
        In which limits and values are compared: ``ratio`` (0 to 1), ``m2``, 万元/亩 …; "" for a
        plain number such as the FAR.
    denominator : str
        What a share or an intensity refers to; "" where nothing.
    units : mapping of str to Fraction
        Spellings of units in headings and cells: value × factor is in ``unit``.
    plausible : pair of float or None
        Closed range in ``unit``; outside, a value is told and not used.
    parts : pair of str or None
        Indicators whose quotient it is; ``site_area_mu`` is the site area in 亩.
    floor : str
        Of a share of several floor areas: the indicator that holds its own floor area; "" else.
    aliases : tuple of str
        Headings without brackets and units, the likelier ones first; no heading stands twice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    kind: Kind
    unit: str = ""
    denominator: str = ""
    units: dict[str, Factor] = Field(default_factory=dict)
    plausible: tuple[float, float] | None = None
    parts: tuple[str, str] | None = None
    floor: str = ""
    formula: Words | None = None
    options: tuple[str, ...] = ()
    aliases: tuple[str, ...] = Field(min_length=1)
    source: str
    mark: Mark
    note: Words | None = None

    @model_validator(mode="after")
    def _says_what_is_plausible(self) -> Indicator:
        if (self.kind == "number") != (self.plausible is not None):
            raise ValueError("numbers, and only they, have a plausible range")
        if self.unit and self.kind == "number" and self.units.get(self.unit) != 1:
            raise ValueError("units must hold the unit itself with factor 1")
        return self


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return everything that rules may ask for, by id, in the order of the file."""
    document = tomllib.loads((DATA / "indicators.toml").read_text(encoding="utf-8"))
    entries = [Indicator.model_validate(entry) for entry in document["indicator"]]
    return MappingProxyType({entry.id: entry for entry in entries})


def plausible_limits(rule: Rule) -> tuple[float, float]:
    """Return between which values a limit of a rule can lie, in its unit; both ends belong."""
    indicator = indicators().get(rule.metric)
    if indicator and indicator.plausible:
        return indicator.plausible
    return 0.0, {"ratio": 1.0, "deg": _FULL_CIRCLE}.get(rule.unit, _MOST)


def implausible_limit(rule: Rule, value: Value) -> str:
    """Write the plausible range where a limit lies outside (7 for 7 %); "" where it does not."""
    low, high = plausible_limits(rule)
    ends = value if isinstance(value, tuple) else (value,)
    numbers = [one for one in ends if isinstance(one, float)]
    return "" if all(low <= one <= high for one in numbers) else f"{low:,g}–{high:,g} {rule.unit}"


@cache
def indicator_of_heading() -> Mapping[str, str]:
    """Return the indicator that a heading names: `fold_heading` of every alias and id to id."""
    named = {fold_heading(one.id): one.id for one in indicators().values()}
    spelt = {fold_heading(alias): one.id for one in indicators().values() for alias in one.aliases}
    return MappingProxyType(named | spelt)


def fold_heading(text: str) -> str:
    """Return a heading for comparison: no blanks, letters in lower case, brackets half-width."""
    narrowed = text.translate(_NARROW)
    return "".join(narrowed.split()).casefold()


_NARROW = str.maketrans({"（": "(", "）": ")", "／": "/", "％": "%", "　": " "})
