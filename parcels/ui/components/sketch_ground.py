"""What a sketch may run into, as the page has it now: layers, parcels, reference features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from parcels.planning.ground.backdrops import backdrops_of
from parcels.planning.ground.prepared import ground_of
from parcels.review import TABLE_TWO
from parcels.ui import cache, state
from parcels.ui.components.review_current import parcels_now
from parcels.ui.components.set_choice import shown_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.overlay import Overlay
    from parcels.checks.subject import Parcels
    from parcels.planning.ground.prepared import Ground
    from parcels.rules.load import RuleBook


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


def _made(book: RuleBook, overlays: Mapping[str, Overlay], parcels: Parcels) -> Ground:
    backdrops = backdrops_of(cache.reference())
    return ground_of(book=book, overlays=overlays, parcels=parcels, backdrops=backdrops)


def _said(parcels: Parcels) -> str:
    """Digest what people said about parcels: codes, areas, facts."""
    said = (parcels.uses, parcels.declared_texts, sorted(parcels.attributes.items()))
    return sha256(repr(said).encode()).hexdigest()
