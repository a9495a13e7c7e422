"""What an index of an expansion area says: a figure, its bands, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.findings import Cause, Outcome
    from parcels.rules.judge import Verdict
    from parcels.rules.load import AppliedRule

IndexId = Literal[
    "E_AREA",
    "E_SHARED",
    "E_GAP",
    "E_UNION_PARTS",
    "E_PARTS",
    "E_PP",
    "E_REOCK",
    "E_HULL",
    "E_BATTY",
    "E_HOLES",
    "E_WHOLE_UNITS",
    "E_SOUTH",
    "E_FUNCTION",
    "E_ROADS",
    "E_USABLE",
    "E_PBF",
    "E_CHUNK",
    "E_INTENSITY",
]
Principle = Literal[
    "size", "connected", "compact", "whole_units", "south", "function", "layout", "stock"
]
Grade = Literal["good", "acceptable", "outside", "broken"]
"""Within every band; outside a good one only; outside a wide one; a principle is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What an index measures: metric and unit are those of the rules that judge it."""

    principle: Principle
    metric: str
    unit: str


KINDS: Mapping[IndexId, Kind] = {
    "E_AREA": Kind(principle="size", metric="expansion_area_km2", unit="km2"),
    "E_SHARED": Kind(principle="connected", metric="expansion_shared_boundary_share", unit="ratio"),
    "E_GAP": Kind(principle="connected", metric="expansion_gap_m", unit="m"),
    "E_UNION_PARTS": Kind(principle="connected", metric="expansion_more_parts", unit="count"),
    "E_PARTS": Kind(principle="compact", metric="expansion_largest_part_share", unit="ratio"),
    "E_PP": Kind(principle="compact", metric="expansion_polsby_popper", unit="number"),
    "E_REOCK": Kind(principle="compact", metric="expansion_reock", unit="number"),
    "E_HULL": Kind(principle="compact", metric="expansion_hull_ratio", unit="number"),
    "E_BATTY": Kind(principle="compact", metric="expansion_batty", unit="number"),
    "E_HOLES": Kind(principle="compact", metric="expansion_hole_share", unit="ratio"),
    "E_WHOLE_UNITS": Kind(
        principle="whole_units", metric="expansion_whole_units_share", unit="ratio"
    ),
    "E_SOUTH": Kind(principle="south", metric="expansion_bearing_deg", unit="deg"),
    "E_FUNCTION": Kind(principle="function", metric="expansion_function_distance_m", unit="m"),
    "E_ROADS": Kind(principle="layout", metric="expansion_road_share", unit="ratio"),
    "E_USABLE": Kind(principle="layout", metric="expansion_usable_share", unit="ratio"),
    "E_PBF": Kind(principle="layout", metric="expansion_farmland_share", unit="ratio"),
    "E_CHUNK": Kind(principle="layout", metric="expansion_largest_piece_mu", unit="亩"),
    "E_INTENSITY": Kind(principle="stock", metric="zone_idle_share", unit="ratio"),
}
"""All 18, in the order in which they are shown."""
INDEX_IDS: tuple[IndexId, ...] = tuple(KINDS)
KIND_OF_METRIC: Mapping[str, Kind] = {kind.metric: kind for kind in KINDS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One line below an index: a part, a unit, an area, a layer.

    Attributes
    ----------
    kind : str
        The sentence is ``expansion.detail.<kind>``.
    name : str
        As written in the data; "" where the line is about nothing that has a name.
    figures : mapping of str to float or str or None
        The suffix tells the unit: ``_m2``, ``_m``, ``_km2``, ``_share``, ``_mu``, ``_deg``.
    """

    kind: str
    name: str = ""
    figures: Mapping[str, float | str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured before any rule is asked.

    Attributes
    ----------
    value : float or None
        On the outlines as they are drawn; None: not known.
    low, high : float or None
        Ends between which the true figure lies; infinite where one end is open, None where
        nothing is known. Both equal to ``value``: it is certain.
    cause : Cause or ""
        Why it is not certain.
    needs : tuple of str
        Which data would settle it.
    reason : str
        Of what is not certain: the sentence is ``expansion.reason.<reason>``.
    details : tuple of Detail
    values : mapping
        What the sentence of the reason names.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    cause: Cause | Literal[""] = ""
    needs: tuple[str, ...] = ()
    reason: str = ""
    details: tuple[Detail, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_certain(self) -> bool:
        """Whether the figure is known."""
        return self.value is not None and self.low == self.high == self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One rule of a pack on the metric of an index, and what it says of the figure.

    ``verdict`` is unknown where the ends of the figure do not agree.
    """

    applied: AppliedRule
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index of an expansion area; there is no sum and no score of several.

    Attributes
    ----------
    id : IndexId
    principle : Principle
        Of the plan, under which lists show it.
    unit : str
        ``km2``, ``m``, ``ratio``, ``count``, ``number``, ``deg``, ``亩``.
    outcome : Outcome
        ``not_applicable`` where the figure is known and no rule judges it.
    grade : Grade or None
        Which bands hold; None where that is not known or nothing is judged.
    bands : tuple of Band
        In the order of the packs.
    method : mapping of str to float
        Tolerances that were used, in the unit of the suffix (``_m``).

    The other attributes are those of `Measured`.
    """

    id: IndexId
    principle: Principle
    unit: str
    value: float | None
    low: float | None
    high: float | None
    outcome: Outcome
    grade: Grade | None
    bands: tuple[Band, ...]
    cause: Cause | Literal[""]
    needs: tuple[str, ...]
    reason: str
    details: tuple[Detail, ...]
    method: Mapping[str, float]
    values: Mapping[str, object] = field(default_factory=dict)
