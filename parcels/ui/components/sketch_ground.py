"""What a sketch may run into, as the page has it now: layers, parcels, reference features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from parcels.planning.ground.prepared import Backdrop, ground_of
from parcels.review import TABLE_TWO
from parcels.ui import cache, state
from parcels.ui.components.review_current import parcels_now
from parcels.ui.components.set_choice import shown_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.catalog import LayerEntry
    from layers.model import Feature
    from layers.overlay import Overlay
    from parcels.checks.subject import Parcels
    from parcels.planning.ground.prepared import Ground
    from parcels.rules.load import RuleBook
    from parcels.workspace import Reference

_KINDS = ("road", "water", "park", "landmark")
_ZONE = "zone"


@dataclass(frozen=True, kw_only=True, eq=False)
class Held:
    """A ground, and what tells it from others."""

    ground: Ground
    version: str


def ground_now(book: RuleBook) -> Held:
    """Prepare the ground unless that was done before, here or for somebody else."""
    held, loaded = shown_set(), state.loaded_network()
    overlays, parcels = state.overlays(), parcels_now()
    stated = (
        held.digest if held else (loaded.report.digest if loaded else TABLE_TWO),
        held.survey.layer if held else "",
        book.digest,
        book.as_of,
        sorted((kind, one.digest) for kind, one in overlays.items()),
        state.once("sketch_parcels", id(parcels), lambda: _said(parcels)),
    )
    version = sha256(repr(stated).encode()).hexdigest()[:16]
    made = cache.ground(version, partial(_made, book, overlays, parcels))
    return Held(ground=made, version=version)


def backdrops_of(reference: Reference) -> tuple[Backdrop, ...]:
    """Give the built-in layers that no rule judges: roads, water, parks, landmarks, the zone."""
    return tuple(
        _backdrop(entry, placed)
        for entry, features in reference.layers
        if entry.kind in _KINDS or entry.id == _ZONE
        if (placed := [one for one in features if one.geometry is not None])
    )


def _made(book: RuleBook, overlays: Mapping[str, Overlay], parcels: Parcels) -> Ground:
    backdrops = backdrops_of(cache.reference())
    return ground_of(book=book, overlays=overlays, parcels=parcels, backdrops=backdrops)


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


def _said(parcels: Parcels) -> str:
    """Digest what people said about parcels: codes, areas, facts."""
    said = (parcels.uses, parcels.declared_texts, sorted(parcels.attributes.items()))
    return sha256(repr(said).encode()).hexdigest()
