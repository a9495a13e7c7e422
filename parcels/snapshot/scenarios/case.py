"""What a snapshot of scenarios is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.planning.comparing.metrics import Measuring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.expansion.surroundings import Surroundings
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.line import Line

MOST = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class ScenariosCase:
    """Scenarios with all their operations, and what they are measured against.

    Attributes
    ----------
    lines : tuple of Line
        One to four; the others are compared with the first.
    ground : Ground
        Layers, parcels, reference features and rules that the elements run into.
    around : Surroundings
        What the indices of an expansion area rest on; its overlays are those of the ground, and
        each scenario's own roads are added to it.
    under : tuple of mapping
        Groups of layers as `layers.payload.plain_groups` writes them: nothing is judged by them.
    notice : str
        How far off the drawn elements are; "": the sentence of the page.

    Raises
    ------
    PlannerError
        ``snapshot_scenarios_count``: none, more than four, or one twice.
    """

    lines: tuple[Line, ...]
    ground: Ground
    around: Surroundings
    under: tuple[Mapping[str, Any], ...] = ()
    notice: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be shown side by side."""
        ids = [one.scenario.id for one in self.lines]
        if not 1 <= len(ids) <= MOST or len(set(ids)) < len(ids):
            raise PlannerError("snapshot_scenarios_count", count=len(ids), most=MOST)

    @cached_property
    def measuring(self) -> Measuring:
        """Measures all with the settings of the first, as a comparison has to."""
        settings = self.lines[0].scenario.settings
        return Measuring(ground=self.ground, around=self.around, settings=settings)
