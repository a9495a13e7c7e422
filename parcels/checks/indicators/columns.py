"""Which columns of the source hold which indicator, in which unit and of which whole.

Only what a heading says counts. A heading that is the id of an indicator is in that indicator's
own unit; any other says its unit in brackets, or leaves it to the cells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from parcels.rules.indicators import fold_heading, indicator_of_heading, indicators

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.checks.subject import Parcels
    from parcels.rules.indicators import Indicator

_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_REPEATED = re.compile(r"(.+)_[0-9]+", re.DOTALL)  # how the reading names a second 容积率
_BELOW = re.compile(r"/\(([^()]*)\)")
_DOTS = re.compile(r"[•∙⋅・*×]")
_COMMAS = re.compile(r"[,，;；、]")
_LABEL = re.compile(r"^(?:计量)?单位:?")
_LOOKS_LIKE_UNIT = re.compile(r"[/%‰元亩顷吨²]|m2|米$")
_PROMISED = "承诺"
_PER_MU = "亩均"
_MONEY_PER_MU = "万元/亩"
_IN_MU = "亩数"
_WHOLES: Mapping[str, str] = {
    "地上": "gfa_above_ground",
    "计容": "gfa_counted",
    "总建筑": "gfa_total",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One column of an indicator.

    Attributes
    ----------
    heading : str
        As written.
    cells : sequence
        As they are, one a parcel; None where empty.
    factor : Fraction or None
        To the unit of the indicator; None: the heading states no unit.
    odd_unit : bool
        The heading states a unit that the indicator does not have.
    per_mu : bool
        The heading itself says that it is per 亩.
    whole : str
        The denominator that the heading names; "" where it names none.
    promised : bool
        The heading calls the values promised.
    """

    heading: str
    cells: Sequence[Any]
    factor: Fraction | None
    odd_unit: bool = False
    per_mu: bool = False
    whole: str = ""
    promised: bool = False


def columns_of(parcels: Parcels, metric: str) -> tuple[Column, ...]:
    """Return the columns of an indicator in the order of the source."""
    found = []
    for heading, cells in parcels.attributes.items():
        repeated = _REPEATED.fullmatch(heading)
        named = repeated[1] if repeated and repeated[1] in parcels.attributes else heading
        if metric_of(named) == metric:
            column = _column(named, cells, indicators()[metric])
            found.append(replace(column, heading=heading.strip()))
    return tuple(found)


def metric_of(heading: str) -> str:
    """Return the indicator that a heading names; "" where it names none."""
    named = indicator_of_heading()
    folded = fold_heading(heading)
    bare = _BRACKETS.sub("", fold_unit(folded))
    spelt = (folded, bare, bare.replace(_PROMISED, "", 1))
    return next((named[one] for one in spelt if one in named), "")


def fold_unit(text: str) -> str:
    """Write a unit for comparison: half width, lower case, no blanks, no brackets behind a /."""
    narrowed = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return _DOTS.sub("·", _BELOW.sub(r"/\1", narrowed))


@cache
def unit_factors(metric: str, *, per_mu: bool = False) -> Mapping[str, Fraction]:
    """Return the units of an indicator by their folded spelling, with the factor to its own.

    Parameters
    ----------
    per_mu : bool
        The heading itself says that it is per 亩: 亩均税收(万元).
    """
    indicator = indicators()[metric]
    units = dict(indicator.units)
    if per_mu and indicator.unit == _MONEY_PER_MU:
        units |= {"万元": Fraction(1), "万": Fraction(1), "元": Fraction(1, 10_000)}
    return {fold_unit(unit): factor for unit, factor in units.items()}


def _column(heading: str, cells: Sequence[Any], indicator: Indicator) -> Column:
    folded = fold_heading(heading)
    inside = [
        _LABEL.sub("", fold_unit(one))
        for bracket in _BRACKETS.findall(fold_unit(heading))
        for one in _COMMAS.split(bracket)
    ]
    per_mu = _PER_MU in folded
    factors = unit_factors(indicator.id, per_mu=per_mu)
    known = [factors[one] for one in inside if one in factors]
    is_own_name = folded == fold_heading(indicator.id) or _IN_MU in folded
    odd = [one for one in inside if one not in factors and _LOOKS_LIKE_UNIT.search(one)]
    return Column(
        heading=heading.strip(),
        cells=cells,
        factor=known[0] if known else Fraction(1) if is_own_name or not indicator.unit else None,
        odd_unit=bool(odd) and not known,
        per_mu=per_mu,
        whole=next((whole for word, whole in _WHOLES.items() if word in folded), ""),
        promised=_PROMISED in folded,
    )
