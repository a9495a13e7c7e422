"""What a source says of an indicator: numbers of all parcels, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.units import M2_PER_MU
from parcels.checks.indicators.cells import PROBLEMS, read_cell
from parcels.checks.indicators.columns import columns_of
from parcels.checks.indicators.facts import Facts, facts
from parcels.checks.indicators.witness import (
    MISSING,
    Values,
    Words,
    areas,
    joined,
    nothing,
    quotient,
    scaled,
)
from parcels.rules.indicators import indicators
from parcels.rules.tables import table

if TYPE_CHECKING:
    from parcels.checks.indicators.cells import Cell
    from parcels.checks.indicators.columns import Column
    from parcels.checks.subject import Parcels

_COMPUTED_AGREES = 0.01
_SITE_MU = "site_area_mu"


@dataclass(kw_only=True, eq=False)
class Source:
    """The indicators of some parcels, each read once."""

    parcels: Parcels
    _read: dict[tuple[str, str], Values] = field(default_factory=dict)
    _facts: dict[str, Facts] = field(default_factory=dict)

    def facts(self, metric: str) -> Facts:
        """Return an indicator that is no number."""
        if metric not in self._facts:
            self._facts[metric] = facts(self.parcels, metric)
        return self._facts[metric]

    def values(self, metric: str, whole: str = "") -> Values:
        """Return a number indicator: its columns, else the quotient of its parts.

        Parameters
        ----------
        metric : str
        whole : str
            The floor area that a share is asked of, where it has several; "" else.
        """
        whole = whole if indicators()[metric].floor else ""
        if (metric, whole) not in self._read:
            stated, computed = self._stated(metric), self._computed(metric)
            if computed is None:
                computed = self._of_floor(metric, whole, stated)
            if computed is not None:
                stated = joined(stated, computed, within=_COMPUTED_AGREES)
            self._read[metric, whole] = stated
        return self._read[metric, whole]

    def _stated(self, metric: str) -> Values:
        found = nothing(len(self.parcels))
        for column in columns_of(self.parcels, metric):
            found = joined(found, _of_column(column, metric))
        return found

    def _computed(self, metric: str) -> Values | None:
        parts = indicators()[metric].parts
        if parts is None:
            return None
        above = self._stated(parts[0])
        if above.missing.all():
            return None
        is_site = parts[1] in {_SITE_MU, "site_area_m2"}
        below = self.site_area() if is_site else self._stated(parts[1])
        per_mu = float(M2_PER_MU) if parts[1] == _SITE_MU else 1.0
        return quotient(metric, above, below, per_mu)

    def _of_floor(self, metric: str, whole: str, stated: Values) -> Values | None:
        """Divide a floor area by the one that is asked for, where both are of the same kind."""
        indicator, held = indicators()[metric], f"{whole}_m2"
        if not indicator.floor or held not in indicators():
            return None
        above = self._stated(indicator.floor)
        if above.missing.all():
            return None
        usual = "" if whole == indicator.denominator else whole
        alike = np.isin(above.whole.astype(str), (whole, usual))
        alike &= stated.missing | np.isin(stated.whole.astype(str), (whole, usual))
        computed = quotient(metric, above, self._stated(held), 1.0)
        named = np.full(len(self.parcels), whole, dtype=object)
        return replace(computed, whole=named).only(alike)

    def site_area(self) -> Values:
        """Return the site area in m²: as a column states it, else the outline's, else declared.

        Those that come after the one that is used are its witnesses.
        """
        in_mu = scaled(self._stated("area_mu"), float(M2_PER_MU))
        stated = joined(self._stated("site_area_m2"), in_mu)
        parcels = self.parcels
        outlined = np.where(parcels.measurable, parcels.area_m2, np.nan)
        declared = np.where(parcels.declared_m2 > 0, parcels.declared_m2, np.nan)
        # The reading of the file settles the unit of a column of areas by their size.
        unclear = stated.problem == PROBLEMS.index("unit_not_stated")
        settled = unclear & np.isfinite(declared)
        stated = replace(stated, problem=np.where(settled, MISSING, stated.problem))
        by_column = areas(np.where(settled, declared, np.nan), words("site_declared"))
        stated = joined(stated, by_column)
        for area, word in ((outlined, "site_by_outline"), (declared, "site_declared")):
            known = np.where(stated.missing | stated.usable, area, np.nan)
            stated = joined(stated, areas(known, words(word)), within=_COMPUTED_AGREES)
        return stated


def words(word_id: str) -> Words:
    """Return a phrase of ``indicator_words.csv`` by language; an unknown id as it is."""
    for row in table("indicator_words.csv"):
        if row["id"] == word_id:
            return {"zh": row["zh"], "en": row["en"]}
    return {"zh": word_id, "en": word_id}


def _of_column(column: Column, metric: str) -> Values:
    """Read a column; equal cells are read once."""
    indicator = indicators()[metric]
    known: dict[tuple[type, Any], Cell] = {}
    cells = []
    for raw in column.cells:
        key = (type(raw), raw if isinstance(raw, (str, int, float)) else str(raw))
        if key not in known:
            known[key] = read_cell(raw, column, indicator)
        cells.append(known[key])
    count = len(cells)
    heading = {"zh": column.heading, "en": column.heading}
    return replace(
        nothing(count),
        value=np.array([cell.value for cell in cells], dtype=float),
        rounding=np.array([cell.rounding for cell in cells], dtype=float),
        problem=np.array([PROBLEMS.index(cell.problem) for cell in cells], dtype=np.int8),
        typed=np.array([cell.typed for cell in cells], dtype=object),
        origin=np.full(count, heading, dtype=object),
        whole=np.full(count, column.whole, dtype=object),
        assumed=np.array([cell.assumed for cell in cells], dtype=bool),
        slight=np.array([cell.slight for cell in cells], dtype=bool),
        promised=np.full(count, column.promised),
    )
