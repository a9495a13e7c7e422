"""What a scenario measures, as figures that can be compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from parcels.expansion.indices import indices
from parcels.planning.conflicts.judging import judge
from parcels.planning.figures.extension import extension_of
from parcels.planning.figures.ledger import SETBACK, ledger_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.expansion.model import Index
    from parcels.expansion.surroundings import Surroundings
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.model import State

CONFLICT = "conflict:"
"""Before the layer, in the id of an area in conflict; a layer without conflicts has no figure."""
LEDGER = ("gross", "road", "green", "setback", "net")


@dataclass(frozen=True, kw_only=True, eq=False)
class Measuring:
    """What scenarios are measured against: the same for all that are compared.

    Attributes
    ----------
    ground : Ground
        With the book of rules.
    around : Surroundings
        The roads that a scenario draws are added to it.
    settings : mapping
        Of the scenario: widths and setbacks of its ledger.
    """

    ground: Ground
    around: Surroundings
    settings: Mapping[str, Any]

    def figures(self, state: State) -> dict[str, float | None]:
        """Measure what stands.

        Returns
        -------
        dict
            ``count``; the areas of `LEDGER` in m², setbacks where some are set; ``E_…`` of each
            index in its unit; areas in certain conflict by layer, in m². None: not known.
        """
        ledger = ledger_of(state, self.settings, self.ground.backdrops)
        return {
            "count": float(len(state)),
            **{part: getattr(ledger, f"{part}_m2") for part in self._parts},
            **{one.id: one.value for one in self.indices(state)},
            **self._conflicts(state),
        }

    @property
    def _parts(self) -> tuple[str, ...]:
        """Lines of the ledger that are asked for: no setback is none, and not unknown."""
        asked = self.settings.get(SETBACK)
        return LEDGER if asked else tuple(one for one in LEDGER if one != "setback")

    def indices(self, state: State) -> tuple[Index, ...]:
        """Measure the extension that the scenario draws."""
        roads = tuple(one.shape for one in state.values() if one.kind == "road")
        around = replace(self.around, drawn_roads=roads)
        return indices(extension_of(state), around, self.ground.book)

    def _conflicts(self, state: State) -> dict[str, float | None]:
        found: dict[str, float | None] = {}
        elements = list(state.values())
        for place, element in enumerate(elements, 1):
            for one in judge(element, self.ground, elements).conflicts:
                if one.layer == "elements" and one.finding.values.get("row", 0) > place:
                    continue  # land that two elements share counts once, for the second of them
                if one.finding.outcome == "fail" and one.area_m2 is not None:
                    name = f"{CONFLICT}{one.layer}"
                    found[name] = (found.get(name) or 0.0) + one.area_m2
        return found
