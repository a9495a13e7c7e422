"""The map of a review: the chosen parcel, and the evidence of the chosen check."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from layers.scene import Selection
from parcels.findings import RANK
from parcels.map_scene import PARCELS, Chosen, compose
from parcels.messages import text
from parcels.overlay_scene import overlay_groups
from parcels.set_scene import CHOSEN_PARCEL, is_large
from parcels.ui import cache, state
from parcels.ui.components.map_layers import under_layers
from parcels.ui.components.parcel_map import parcel_map
from parcels.ui.components.plan_map import plan_boxes, plan_group, plan_notice, planned_parcels
from parcels.ui.components.set_map import set_map_group

_LEAST_DEGREES = 0.0002  # about 20 m: evidence may be a point or a hair's breadth

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from layers.scene import Focus, LayerGroup, Scene
    from parcels.parcel_sets import ParcelSet
    from parcels.ui.components.review_current import Current


def review_map(now: Current) -> None:
    """Draw it; what is wrong is hatched, and looked at when its check is chosen."""
    evidence = _evidence(now)
    scene = _table_two(now) if now.held is None else _set(now, now.held)
    parcel_map(replace(scene, conflict=evidence, focus=_focus(scene, evidence)))


def _table_two(now: Current) -> Scene:
    lang = state.lang()
    planned = planned_parcels()
    chosen = planned[now.parcel]
    parcel_id = chosen.row.parcel_id
    marked = Chosen(
        location=chosen.location,
        selection=Selection(layer=PARCELS, id=parcel_id),
        place=plan_boxes().get(parcel_id),
        focus_serial=_serial(now),
    )
    return compose(
        lang,
        (*under_layers(lang), *_layers(now), plan_group(planned)),
        marked,
        notice=plan_notice(planned),
        base_maps=cache.base_maps(),
    )


def _set(now: Current, held: ParcelSet) -> Scene:
    lang = state.lang()
    layer = CHOSEN_PARCEL if is_large(held.survey) else PARCELS
    marked = Chosen(
        selection=Selection(layer=layer, id=str(now.parcel + 1)),
        place=held.shapes[now.parcel],
        focus_serial=_serial(now),
    )
    return compose(
        lang,
        (*under_layers(lang), *_layers(now), set_map_group(held, now.parcel)),
        marked,
        notice=text(lang, "ui.set.notice"),
        base_maps=cache.base_maps(),
    )


def _layers(now: Current) -> tuple[LayerGroup, ...]:
    """Draw what the layers in use hold near the chosen parcel."""
    parcels = now.parcels
    drawn = parcels.shapes[now.parcel]
    place = drawn if drawn is not None else parcels.places[now.parcel]
    overlays = now.review.given.overlays
    if place is None or not overlays:
        return ()
    version = (id(now.review), now.parcel, state.lang())
    return state.once(
        "review_layers", version, lambda: overlay_groups(overlays, place, state.lang())
    )


def _evidence(now: Current) -> BaseGeometry | None:
    """Join what the chosen check drew, of its worst findings only; EPSG:4490."""
    if now.check is None:
        return None
    drawn = [
        (RANK[finding.outcome], batch.evidence(row))
        for finding, batch, row in now.review.assessment.rows_of(now.parcel)
        if finding.check == now.check and batch.evidence is not None
    ]
    worst = min((rank for rank, shape in drawn if shape is not None), default=None)
    shapes = [shape for rank, shape in drawn if rank == worst and shape is not None]
    return shapely.union_all(shapes) if shapes else None


def _focus(scene: Scene, evidence: BaseGeometry | None) -> Focus | None:
    """Look at the evidence, with as much around it, rather than at the whole parcel."""
    if scene.focus is None or evidence is None:
        return scene.focus
    west, south, east, north = evidence.bounds
    around = max(east - west, north - south, _LEAST_DEGREES)
    bbox = (west - around, south - around, east + around, north + around)
    return replace(scene.focus, bbox=bbox, fit=True)


def _serial(now: Current) -> int:
    """Look again when another parcel or another check is chosen."""
    return state.serial("review_focus", (now.review.batch, now.parcel, now.check))
