"""What of an expansion area can be built on, as far as the loaded layers tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.units import square_metres_to_mu
from parcels.checks.subject import EXACT_M
from parcels.expansion.clipping import clipped, land_near
from parcels.expansion.coverage import LayerGap, layer_gap
from parcels.expansion.model import Detail, Measured
from parcels.expansion.placement import over_placements
from parcels.expansion.shape_indices import parts_of
from parcels.expansion.water_levels import is_level_one, may_be_level_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from layers.overlay import Overlay
    from parcels.expansion.placement import Site
    from parcels.findings import Cause

CONSTRAINTS = (
    "farmland",
    "eco_redline",
    "canal_zone_1",
    "water_source",
    "water_body",
    "dense_village",
)
"""Kinds of layers that take land away."""
FARMLAND = "farmland"
LEVELLED = "water_source"
"""Of this kind only the first level takes land away."""
PIECES_MU = (100.0, 300.0, 500.0)
_CAUSES: tuple[Cause, ...] = (
    "layer_missing",
    "layer_incomplete",
    "layer_out_of_extent",
    "input_missing",
)
_LEVEL_NEED = "input:water_source_level"


@dataclass(frozen=True, kw_only=True, eq=False)
class Land:
    """The constraints over one area: what they take, and where they leave it open."""

    site: Site
    overlays: Mapping[str, Overlay]

    @cached_property
    def gaps(self) -> dict[str, LayerGap]:
        """Where each kind says nothing, in the order of `CONSTRAINTS`."""
        found = {kind: layer_gap(self.site, self.overlays.get(kind), kind) for kind in CONSTRAINTS}
        doubtful = self.overlays.get(LEVELLED)
        if doubtful is not None:
            land = clipped(self.site.shape, self._near(doubtful, may_be_level_one(doubtful)))
            found[LEVELLED] = found[LEVELLED].with_land(self.site, land, _LEVEL_NEED)
        return found

    @cached_property
    def features(self) -> dict[str, Any]:
        """Land of each loaded kind that the area may meet, arrays in the plane."""
        loaded = {kind: self.overlays[kind] for kind in CONSTRAINTS if kind in self.overlays}
        return {
            kind: self._near(layer, is_level_one(layer) if kind == LEVELLED else None)
            for kind, layer in loaded.items()
        }

    @cached_property
    def taken(self) -> dict[str, Any]:
        """What each loaded kind takes of the area as it is drawn."""
        return {kind: clipped(self.site.shape, some) for kind, some in self.features.items()}

    @cached_property
    def at_most(self) -> Any:
        """Usable land if whatever is left open is free."""
        return self._left(self.site.shape)

    @cached_property
    def at_least(self) -> Any:
        """Usable land if whatever is left open is taken."""
        if any(gap.share == 1.0 for gap in self.gaps.values()):
            return shapely.Polygon()
        left = [gap.land for gap in self.gaps.values() if gap.is_open]
        return shapely.difference(self.at_most, shapely.union_all(left)) if left else self.at_most

    def usable(self) -> Measured:
        """Measure usable / area; without a layer only an upper bound is known."""
        if not self.features:
            return replace(self._open(Measured(), low=0.0), low=None)
        found = self._placed(CONSTRAINTS, lambda shape: 1 - self._share(shape, CONSTRAINTS))
        details = [
            Detail(kind="taken", name=kind, figures=self._figures(land))
            for kind, land in self.taken.items()
        ]
        low = min(self.at_least.area / self.site.shape.area, found.low or 0.0)
        return replace(self._open(found, low=low), details=tuple(details))

    def farmland(self) -> Measured:
        """Measure the share of permanent farmland."""
        gap = self.gaps[FARMLAND]
        if FARMLAND not in self.features:
            return Measured(cause=gap.cause, needs=gap.needs, reason="no_farmland")
        found = self._placed((FARMLAND,), lambda shape: self._share(shape, (FARMLAND,)))
        figures = self._figures(self.taken[FARMLAND])
        found = replace(found, details=(Detail(kind="taken", name=FARMLAND, figures=figures),))
        if not gap.is_open:
            return found
        return replace(
            found,
            value=None,
            high=min(1.0, (found.high or 0.0) + gap.share),
            cause=gap.cause,
            needs=gap.needs,
            reason="layer_not_everywhere",
            values={"open_share": gap.share},
        )

    def chunks(self) -> Measured:
        """Measure the largest usable piece in 亩 and count those of at least 100, 300, 500 亩."""
        most, least = self._pieces(self.at_most), self._pieces(self.at_least)
        counts = [
            Detail(
                kind="pieces",
                figures={
                    "least": f"{size:g}",
                    "at_most": str(_count(most, size)),
                    "at_least": str(_count(least, size)),
                },
            )
            for size in PIECES_MU
        ]
        largest = max(most, default=0.0)
        found = Measured(value=largest, low=largest, high=largest, details=tuple(counts))
        if self._coarse(CONSTRAINTS):
            found = self._placed(CONSTRAINTS, self._largest_left)
            found = replace(found, details=tuple(counts))
        return self._open(found, low=min(max(least, default=0.0), found.low or 0.0))

    def _open(self, found: Measured, *, low: float) -> Measured:
        """Widen a figure downwards where a layer leaves land open."""
        gaps = [one for one in self.gaps.values() if one.is_open]
        if not gaps:
            return found
        causes = {one.cause for one in gaps}
        cause = next(one for one in _CAUSES if one in causes)
        missing = "upper_bound" if self.features else "no_constraints"
        return replace(
            found,
            value=None,
            low=low,
            cause=cause,
            needs=tuple(dict.fromkeys(need for one in gaps for need in one.needs)),
            reason=missing if cause == "layer_missing" else "layers_not_everywhere",
            values={"loaded": str(len(self.features)), "all": str(len(CONSTRAINTS))},
        )

    def _placed(self, kinds: Iterable[str], measure: Any) -> Measured:
        needs = tuple(f"layer:{kind}" for kind in kinds if kind in self.overlays)
        return over_placements(self.site, self._coarse(kinds), measure, needs=needs)

    def _coarse(self, kinds: Iterable[str]) -> float | None:
        """Return the worst accuracy that measured areas cannot rest on; None where all may."""
        stated = [self.overlays[kind].accuracy_m or 0.0 for kind in kinds if kind in self.overlays]
        worst = max(stated, default=0.0)
        return worst if worst > EXACT_M else None

    @cached_property
    def _reach(self) -> Any:
        """All land that the area may meet where it may lie."""
        return shapely.buffer(self.site.shape, self._coarse(CONSTRAINTS) or 0.0)

    def _near(self, layer: Overlay, some: npt.NDArray[np.bool_] | None = None) -> Any:
        shapes = layer.in_plane(self.site.plane)
        return land_near(self._reach, shapes if some is None else shapes[some])

    def _share(self, shape: Any, kinds: Iterable[str]) -> float:
        return float(self._cut(shape, kinds).area / shape.area)

    def _left(self, shape: Any) -> Any:
        return shapely.difference(shape, self._cut(shape, CONSTRAINTS))

    def _cut(self, shape: Any, kinds: Iterable[str]) -> Any:
        """Join what some kinds take of the area where it may lie."""
        arrays = [self.features[kind] for kind in kinds if kind in self.features]
        return clipped(shape, np.concatenate([np.empty(0, dtype=object), *arrays]))

    def _largest_left(self, shape: Any) -> float:
        return max(self._pieces(self._left(shape)), default=0.0)

    def _pieces(self, land: Any) -> list[float]:
        return [square_metres_to_mu(self.site.area(one)) for one in parts_of(land)]

    def _figures(self, land: Any) -> dict[str, float | str | None]:
        share = float(land.area / self.site.shape.area)
        return {"area_m2": self.site.area(land), "in_share": share}


def _count(pieces: list[float], least: float) -> int:
    return int(np.count_nonzero(np.asarray(pieces) >= least))
