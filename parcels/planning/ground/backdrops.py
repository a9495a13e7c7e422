"""The built-in layers as what sketches run into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.planning.ground.prepared import Backdrop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.catalog import LayerEntry
    from layers.model import Feature
    from parcels.workspace import Reference

_KINDS = ("road", "water", "park", "landmark")
_ZONE = "zone"


def backdrops_of(reference: Reference) -> tuple[Backdrop, ...]:
    """Give the built-in layers that no rule judges: roads, water, parks, landmarks, the zone."""
    return tuple(
        _backdrop(entry, placed)
        for entry, features in reference.layers
        if entry.kind in _KINDS or entry.id == _ZONE
        if (placed := [one for one in features if one.geometry is not None])
    )


def _backdrop(entry: LayerEntry, features: Sequence[Feature]) -> Backdrop:
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [one.geometry for one in features]
    stated = [one.properties.accuracy_m for one in features]
    return Backdrop(
        id=entry.id,
        kind=_ZONE if entry.id == _ZONE else entry.kind,
        title={"zh": entry.title.zh, "en": entry.title.en},
        names=tuple(one.properties.name for one in features),
        shapes=shapes,
        accuracy_m=np.array([np.nan if metres is None else metres for metres in stated]),
        width_m=np.full(len(features), np.nan),
    )
