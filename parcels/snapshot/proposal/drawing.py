"""The parcel of a proposal and the parcels around it, as layers of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from layers.payload import plain_groups
from layers.scene import LayerGroup, MapFeature, MapLayer
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.scene import GeometryClass
    from parcels.snapshot.proposal.case import Place, ProposalCase

OWN_GROUP = "proposal-place"
"""Id of the group that is drawn from the case; the others are kept as they were given."""


def proposal_drawing(case: ProposalCase, lang: str) -> dict[str, Any]:
    """Give the layers under the proposal, then its parcel among the others."""
    groups = [dict(one) for one in case.under]
    if case.place is not None:
        groups += plain_groups([_group(case.place, lang)])
    return {"notice": case.notice, "groups": groups}


def _group(place: Place, lang: str) -> LayerGroup:
    everybody = range(len(place.parcels))
    others = [at for at in everybody if at != place.at]
    own = [] if place.at is None else [place.at]
    layers = tuple(
        MapLayer(
            id=f"{OWN_GROUP}-{name}",
            title=text(lang, f"snapshot_kinds.{name}"),
            kind="parcel",
            features=_features(place, rows),
        )
        for name, rows in (("neighbours", others), ("own_parcel", own))
    )
    return LayerGroup(id=OWN_GROUP, title=text(lang, "snapshot_kinds.place"), layers=layers)


def _features(place: Place, rows: Sequence[int]) -> tuple[MapFeature, ...]:
    """Draw outlines, and of parcels without one the extent inside which they lie."""
    parcels = place.parcels
    drawn = {at: parcels.shapes[at] or parcels.places[at] for at in rows}
    return tuple(
        MapFeature(
            id=str(at + 1),
            geometry=shape,
            label=parcels.names[at] or parcels.ids[at],
            number=str(at + 1),
            geometry_class=cast("GeometryClass", parcels.geometry_class[at]),
            accuracy_m=accuracy if (accuracy := float(parcels.accuracy_m[at])) >= 0 else None,
        )
        for at, shape in drawn.items()
        if shape is not None and not shape.is_empty
    )
