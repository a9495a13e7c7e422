"""The separation distances as tasks: who must keep how far away from what, by which layers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import PlannerError
from geo.read.numbers import read_number
from parcels.checks.keeping_away.sewage import (
    CAPACITY,
    SEWAGE_RULES,
    by_capacity,
    capacities,
    sewage_works,
)
from parcels.checks.keeping_away.targets import (
    Limits,
    cells_of,
    hazard_of,
    may_be,
    of_land_use,
    of_layer,
    of_parcels,
    of_works,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.overlay import Overlay
    from parcels.checks.keeping_away.targets import Targets
    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats
    from parcels.rules.load import AppliedRule

SENSITIVE = frozenset({"R", "EDU", "MED"})
"""Receptors of the hygiene distances (GB/T 39499, GB 50318)."""
_RECEPTORS = {
    "SEP_SCREEN_M2": SENSITIVE,
    "SEP_SCREEN_M3": SENSITIVE | {"PUB", "B1", "B2", "RD"},
    "SEP_AIR": SENSITIVE,
    "SEP_QRA": SENSITIVE | {"PUB", "B1", "B2"},
    "SEP_GAS": frozenset({"R", "PUB"}),
}
_INPUTS = {
    "SEP_AIR": ("eia_distance_m", "大气环境防护距离", "大气环境防护距离(m)"),
    "SEP_QRA": ("qra_distance_m", "外部安全防护距离", "外部安全防护距离(m)"),
}
"""Columns that hold the result of a study, the first by its own name."""
_FAMILIES = (
    SEWAGE_RULES,
    ("SEP_FIRE_A1", "SEP_FIRE_A2"),
    ("SEP_FIRE_A3",),
    ("SEP_RAIL_SCHOOL",),
    ("SEP_ROAD_SCHOOL",),
    ("SEP_SCREEN_M2",),
    ("SEP_SCREEN_M3",),
    ("SEP_AIR",),
    ("SEP_QRA",),
    ("SEP_GAS",),
)
_SENSITIVE_LAYERS = ("land_use", "hospital_sensitive", "school")


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """One distance to keep.

    Attributes
    ----------
    given : CheckInput
    rules : tuple of AppliedRule
        One, or those among which the class of the other side chooses.
    """

    given: CheckInput
    rules: tuple[AppliedRule, ...]

    @property
    def rule(self) -> AppliedRule:
        """The rule that is named where several may apply: that of the widest distance."""
        return _widest(self.rules)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Layers that hold what to keep away from; all of them are needed for a pass."""
        if self.rules[0].id in _RECEPTORS:
            return _SENSITIVE_LAYERS
        return (self.rules[0].rule.metric.partition(":")[2],)

    @cached_property
    def applies(self) -> tuple[Bools, Bools]:
        """To which parcels the rule applies for sure, and to which it may, shape (n,)."""
        wanted = frozenset(use for one in self.rules for use in one.rule.uses)
        uses = [use.groups for use in self.given.parcels.uses]
        sure = [bool(groups) and wanted.issuperset(groups) for groups in uses]
        may = [bool(groups) and may_be(groups, wanted) for groups in uses]
        return np.array(sure, dtype=bool), np.array(may, dtype=bool)

    @cached_property
    def inputs(self) -> tuple[Floats, list[str]] | None:
        """Distances that a study gave for each parcel, and the cells as typed; None: no study."""
        columns = _INPUTS.get(self.rules[0].id)
        if columns is None:
            return None
        cells = cells_of(self.given.parcels, columns)
        return np.array([_distance(cell) for cell in cells], dtype=float), cells

    @property
    def input_name(self) -> str:
        """The column that holds the result of the study; "" where none is needed."""
        return _INPUTS.get(self.rules[0].id, ("",))[0]

    @cached_property
    def limits_m(self) -> Floats:
        """The widest distance that each parcel may have to keep; NaN: no number, shape (n,)."""
        if self.inputs is not None:
            return self.inputs[0]
        widest = [metres for one in self.rules if (metres := _metres(one)) is not None]
        return np.full(len(self.given.parcels), max(widest, default=np.nan))

    @property
    def lowest_m(self) -> Floats:
        """The least distance that each parcel may have to keep, shape (n,)."""
        return self.limits_m

    @property
    def own_need(self) -> str:
        """The datum that settles which distance it is."""
        return f"input:{self.input_name}"

    @property
    def receptors(self) -> frozenset[str]:
        """Uses to keep away from; none where a layer of its own holds the other side."""
        return _RECEPTORS.get(self.rules[0].id, frozenset())

    @property
    def is_about_sewage(self) -> bool:
        """Whether the other side is sewage works."""
        return self.rules[0].id in SEWAGE_RULES

    @cached_property
    def others(self) -> Bools:
        """Parcels of the set that may be the other side, shape (n,)."""
        parcels = self.given.parcels
        if self.receptors:
            may = [may_be(use.groups, self.receptors) for use in parcels.uses]
            return np.array(may, dtype=bool)
        if self.is_about_sewage:
            return sewage_works(parcels)[1]
        return np.zeros(len(parcels), dtype=bool)

    def targets(self, rows: Ints) -> Iterator[Targets]:
        """Give what to keep away from; ``rows`` are the parcels that are drawn well enough."""
        parcels, layers = self.given.parcels, self.given.overlays
        if self.receptors:
            yield of_parcels(parcels, rows, self.receptors, self.rule.id)
        elif self.is_about_sewage:
            yield of_works(parcels, rows, sewage_works(parcels), self._works)
        for kind in self.kinds:
            if kind == "land_use" and kind in layers:
                yield of_land_use(layers[kind], parcels, self.receptors, self.rule.id)
            elif kind in layers:
                yield of_layer(layers[kind], parcels, self._limits(layers[kind]))

    @cached_property
    def _works(self) -> Limits:
        return self._limits_of(capacities(self.given.parcels), "input:sewage_capacity")

    def _limits(self, overlay: Overlay) -> Limits:
        doubt = "input:sewage_capacity" if overlay.kind == "sewage" else "neighbours"
        return self._limits_of(overlay.codes, doubt)

    def _limits_of(self, codes: Sequence[str], doubt: str) -> Limits:
        chosen = [self._chosen(code) for code in codes]
        metres = [[_metres(one) or np.nan for one in rules] or [np.nan] for rules in chosen]
        one_rule = len(self.rules) == 1
        return Limits(
            low_m=np.array(
                [self._least(some, code) for some, code in zip(metres, codes, strict=True)],
                dtype=float,
            ),
            high_m=np.array([np.nan if one_rule else max(some) for some in metres], dtype=float),
            rule=[_widest(rules).id if rules else "" for rules in chosen],
            doubt=doubt,
        )

    def _least(self, metres: Sequence[float], code: str) -> float:
        """Return the least limit; 0 where the feature may be none that the rule means."""
        if self.rules[0].id == "SEP_FIRE_A3" and not hazard_of(code):
            return 0.0
        return np.nan if len(self.rules) == 1 else min(metres)

    def _chosen(self, code: str) -> Sequence[AppliedRule]:
        """Return the rules that a feature of this class may fall under."""
        by_id = {one.id: one for one in self.rules}
        if "SEP_FIRE_A3" in by_id:
            return () if hazard_of(code) == "warehouse" else self.rules
        if by_id.keys() & {"SEP_FIRE_A1", "SEP_FIRE_A2"}:
            wanted = {"workshop": "SEP_FIRE_A1", "warehouse": "SEP_FIRE_A2"}.get(hazard_of(code))
            return self.rules if wanted is None else [one for one in self.rules if one.id == wanted]
        return by_capacity(self.rules, code) if self.is_about_sewage else self.rules


@dataclass(frozen=True, kw_only=True, eq=False)
class SewageWorks(Task):
    """Parcels that are to hold sewage works: the same distances, seen from the other side.

    ``rules`` are those among which the capacity chooses, one where it is stated.

    Attributes
    ----------
    of_size : bool array, shape (n,)
        Parcels of such a capacity.
    """

    of_size: Bools

    @property
    def kinds(self) -> tuple[str, ...]:
        """Layers of sensitive places."""
        return _SENSITIVE_LAYERS

    @property
    def receptors(self) -> frozenset[str]:
        """Sensitive uses."""
        return SENSITIVE

    @cached_property
    def applies(self) -> tuple[Bools, Bools]:
        """Environmental facilities of this size; for sure those whose code or words say sewage."""
        sure, may = sewage_works(self.given.parcels)
        return sure & self.of_size, may & self.of_size

    @property
    def lowest_m(self) -> Floats:
        """The distance for the capacity of each parcel; the least one where it is not stated."""
        metres = [known for one in self.rules if (known := _metres(one)) is not None]
        return np.full(len(self.given.parcels), min(metres, default=np.nan))

    @property
    def own_need(self) -> str:
        """The capacity."""
        return f"input:{CAPACITY[0]}"

    def _limits_of(self, codes: Sequence[str], doubt: str) -> Limits:
        """Let the capacity of the parcel decide: a sensitive place has none."""
        own = np.full(len(codes), np.nan)
        return Limits(low_m=own, high_m=own, rule=[self.rule.id] * len(codes), doubt=doubt)


def tasks(given: CheckInput) -> tuple[Task, ...]:
    """Return the distances that the rules in force ask for, in the order of the table."""
    known = {one.id: one for one in given.book.of("separation")}
    found = [tuple(known[one] for one in family if one in known) for family in _FAMILIES]
    asked = [Task(given=given, rules=rules) for rules in found if rules]
    if asked and asked[0].is_about_sewage:
        asked[1:1] = _works_by_size(given, asked[0].rules)
    return tuple(asked)


def _works_by_size(given: CheckInput, rules: tuple[AppliedRule, ...]) -> Iterator[SewageWorks]:
    chosen = [by_capacity(rules, cell) for cell in capacities(given.parcels)]
    for some in (*((one,) for one in rules), rules):
        of_size = np.array([one == some for one in chosen], dtype=bool)
        if of_size.any():
            yield SewageWorks(given=given, rules=some, of_size=of_size)
            chosen = [() if one == some else one for one in chosen]


def _widest(rules: Sequence[AppliedRule]) -> AppliedRule:
    return max(rules, key=lambda one: _metres(one) or 0.0)


def _metres(applied: AppliedRule) -> float | None:
    limit = applied.limit
    return float(limit) if isinstance(limit, float) else None


def _distance(cell: str) -> float:
    """Read a distance in metres; NaN for what is none."""
    try:
        value = read_number(cell, metres=True).value
    except PlannerError:
        return np.nan
    return value if value >= 0 else np.nan
