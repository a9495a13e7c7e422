"""The separation distances as tasks: who must keep how far away from what, by which layers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import PlannerError
from geo.read.numbers import read_number
from parcels.checks.separation_targets import (
    Limits,
    capacity_of,
    hazard_of,
    may_be,
    of_land_use,
    of_layer,
    of_parcels,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.overlay import Overlay
    from parcels.checks.model import CheckInput
    from parcels.checks.separation_targets import Targets
    from parcels.checks.subject import Floats, Parcels
    from parcels.checks.uncertain import Bools, Ints
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
    ("SEP_SEW_S", "SEP_SEW_M", "SEP_SEW_L"),
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
_CAPACITY = ("sewage_capacity", "处理规模", "设计规模", "处理能力")
_SEWAGE_CODES = ("U21", "1302")
_SMALL, _LARGE = 50_000.0, 100_000.0
"""m³ a day, the classes of the rules SEP_SEW_*: up to 5, 5 to 10, from 10万."""


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

    def targets(self, rows: Ints) -> Iterator[Targets]:
        """Give what to keep away from; ``rows`` are the parcels that are drawn well enough."""
        parcels, layers = self.given.parcels, self.given.overlays
        if self.receptors:
            yield of_parcels(parcels, rows, self.receptors, self.rule.id)
        for kind in self.kinds:
            if kind == "land_use" and kind in layers:
                yield of_land_use(layers[kind], parcels, self.receptors, self.rule.id)
            elif kind in layers:
                yield of_layer(layers[kind], parcels, self._limits(layers[kind]))

    def _limits(self, overlay: Overlay) -> Limits:
        chosen = [self._chosen(code) for code in overlay.codes]
        metres = [[_metres(one) or np.nan for one in rules] or [np.nan] for rules in chosen]
        one_rule = len(self.rules) == 1
        return Limits(
            low_m=np.array(
                [self._least(some, code) for some, code in zip(metres, overlay.codes, strict=True)],
                dtype=float,
            ),
            high_m=np.array([np.nan if one_rule else max(some) for some in metres], dtype=float),
            rule=[_widest(rules).id if rules else "" for rules in chosen],
            doubt="input:sewage_capacity" if overlay.kind == "sewage" else "neighbours",
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
        if by_id.keys() & {"SEP_SEW_S", "SEP_SEW_M", "SEP_SEW_L"}:
            return _by_capacity(self.rules, capacity_of(code))
        return self.rules


class SewageWorks(Task):
    """Parcels that are to hold sewage works: the same distances, seen from the other side."""

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
        """Environmental facilities; for sure those whose code or words say sewage."""
        parcels = self.given.parcels
        sure = [
            use.groups == ("U2",)
            and (use.code.startswith(_SEWAGE_CODES) or "污水" in f"{use.text}{name}")
            for use, name in zip(parcels.uses, parcels.names, strict=True)
        ]
        may = ["U2" in use.groups for use in parcels.uses]
        return np.array(sure, dtype=bool), np.array(may, dtype=bool)

    @cached_property
    def _ends(self) -> Floats:
        cells = cells_of(self.given.parcels, _CAPACITY)
        rules = [_by_capacity(self.rules, capacity_of(cell)) for cell in cells]
        ends = [[_metres(one) or 0.0 for one in some] for some in rules]
        return np.array([(min(some), max(some)) for some in ends]).reshape(-1, 2)

    @property
    def lowest_m(self) -> Floats:
        """The distance for the capacity of each parcel; the least one where it is not stated."""
        return self._ends[:, 0]

    @property
    def limits_m(self) -> Floats:
        """The distance for the capacity of each parcel; the widest one where it is not stated."""
        return self._ends[:, 1]

    @property
    def own_need(self) -> str:
        """The capacity."""
        return f"input:{_CAPACITY[0]}"


def cells_of(parcels: Parcels, columns: Sequence[str]) -> list[str]:
    """Return what some columns say of each parcel, "" for nothing; contradictions side by side."""
    held = [
        column
        for name, column in parcels.attributes.items()
        if unicodedata.normalize("NFKC", name).strip() in columns
    ]
    said = [
        dict.fromkeys(str(cell).strip() for cell in row if cell is not None)
        for row in zip(*held, strict=True)
    ]
    cells = [" / ".join(one for one in some if one) for some in said]
    return cells or [""] * len(parcels)


def tasks(given: CheckInput) -> tuple[Task, ...]:
    """Return the distances that the rules in force ask for, in the order of the table."""
    known = {one.id: one for one in given.book.of("separation")}
    found = [tuple(known[one] for one in family if one in known) for family in _FAMILIES]
    asked = [Task(given=given, rules=rules) for rules in found if rules]
    if asked and asked[0].rules[0].id in _FAMILIES[0]:
        asked.insert(1, SewageWorks(given=given, rules=asked[0].rules))
    return tuple(asked)


def _by_capacity(rules: Sequence[AppliedRule], capacity: float | None) -> Sequence[AppliedRule]:
    if capacity is None:
        return rules
    wanted = "SEP_SEW_S" if capacity <= _SMALL else "SEP_SEW_M"
    wanted = "SEP_SEW_L" if capacity >= _LARGE else wanted
    return [one for one in rules if one.id == wanted] or rules


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
