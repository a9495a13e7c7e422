"""What the adjacency check works on: the uses of parcels, and how far each of them looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from parcels.checks.side_by_side.land import land_of_parcels, located, uses_of_parcels
from parcels.checks.side_by_side.readings import fits_everywhere, reach_of
from parcels.checks.use_groups import group_titles

if TYPE_CHECKING:
    from parcels.checks.model import CheckInput
    from parcels.checks.over_layers.uncertain import Ints
    from parcels.checks.side_by_side.meeting import Land
    from parcels.checks.side_by_side.readings import Bools, UseSet
    from parcels.checks.subject import Floats

CHECK_ID = "adjacency"
MATRIX = "ADJ_MATRIX"
BAND = "ADJ_EIA"
NAMED = 20
"""So many are named where very many may lie near."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Setting:
    """Parcels and rules of one run.

    Attributes
    ----------
    given : CheckInput
    band_m : float
        Conflicting uses nearer than this need the evidence of an EIA; 0 where no rule says so.
    """

    given: CheckInput
    band_m: float

    @cached_property
    def uses(self) -> tuple[UseSet, ...]:
        """The use of each parcel, shape (n,)."""
        return uses_of_parcels(self.given.parcels)

    @cached_property
    def free(self) -> Bools:
        """Parcels whose use may stand beside every other, shape (n,)."""
        return np.array(
            [bool(use.groups) and fits_everywhere(use) for use in self.uses], dtype=bool
        )

    @cached_property
    def asking(self) -> Bools:
        """Parcels of a known use that may conflict with some other, shape (n,)."""
        return np.array([bool(use.groups) for use in self.uses], dtype=bool) & ~self.free

    @cached_property
    def reach_m(self) -> Floats:
        """How far each asking parcel must know its surroundings, shape (n,)."""
        return np.array(
            [
                reach_of(use, self.band_m) if asks else 0.0
                for use, asks in zip(self.uses, self.asking, strict=True)
            ]
        )

    @cached_property
    def rows(self) -> Ints:
        """Positions of the parcels that are drawn with a stated accuracy."""
        return located(self.given.parcels)

    @cached_property
    def asking_rows(self) -> Ints:
        """Those of `rows` that ask."""
        return self.rows[self.asking[self.rows]]

    @cached_property
    def lost(self) -> Ints:
        """Positions of parcels without a drawing that says how far it may be off."""
        return np.setdiff1d(np.arange(len(self.given.parcels)), self.rows)

    @cached_property
    def land(self) -> Land:
        """The parcels of `rows`."""
        return land_of_parcels(self.given.parcels, self.rows, self.uses)

    def land_of(self, rows: Ints) -> Land:
        """Return some of the located parcels."""
        return land_of_parcels(self.given.parcels, rows, self.uses)


def use_words(use: UseSet) -> dict[str, str]:
    """Name the groups of a use in each language."""
    if len(use.groups) > 1:
        classes = "/".join(use.groups)
        return {"zh": f"{classes}（小类未定）", "en": f"{classes} (sub-class open)"}
    titles = group_titles()
    group = use.groups[0] if use.groups else "—"
    title = titles.get(group, {"zh": "用途未知", "en": "use unknown"})
    return {"zh": f"{title['zh']}（{group}）", "en": f"{title['en']} ({group})"}
