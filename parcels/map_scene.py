"""What the parcels page puts on its map: reference layers, parcels, and what a phrase leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import shapely

from layers.scene import TEXT_KEYS, Focus, LayerGroup, MapFeature, MapLayer, Scene, Selection
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.location.solve import Location
    from layers.catalog import LayerEntry
    from layers.model import Feature
    from layers.scene import BaseMap, Kind, Status
    from parcels.workspace import LoadedNetwork, PlannedParcel, Reference

Lang = Literal["zh", "en"]
PARCELS = "parcels"
NETWORK = "network"
_DISPLAY_BOXES = "parcels_schematic"
USE_KEYS = {"工业": "industrial", "居住": "residential", "仓储": "logistics", "新型产业": "m0"}
_MAP_KINDS: dict[str, Kind] = {
    "road": "road",
    "water": "river",
    "admin": "admin",
    "park": "park",
    "project": "area",
    "settlement": "landmark",
    "landmark": "landmark",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the user chose: a location to draw, the feature that is marked, where to look.

    ``focus_serial`` rises with each choice, so that the map looks there once.
    """

    location: Location | None = None
    selection: Selection | None = None
    place: BaseGeometry | None = None
    focus_serial: int = 0


def use_key(use_text: str) -> str:
    """Return the key of a use as written in the table of signs; ``unknown`` if it has none."""
    return USE_KEYS.get(use_text, "unknown")


def reference_groups(reference: Reference, lang: Lang) -> tuple[LayerGroup, ...]:
    """Draw every built-in layer that has places, in the order of the catalogue."""
    layers = [_layer(entry, features, lang) for entry, features in reference.layers]
    shown = tuple(layer for layer in layers if layer.features and layer.id != _DISPLAY_BOXES)
    return (LayerGroup(id="reference", title=text(lang, "ui.map.reference"), layers=shown),)


def network_groups(loaded: LoadedNetwork, lang: Lang) -> tuple[LayerGroup, ...]:
    """Draw a user's own network."""
    features = tuple(
        MapFeature(
            id=feature.id,
            geometry=feature.geometry,
            label=feature.name,
            geometry_class="digitized",
            accuracy_m=feature.accuracy_m,
        )
        for feature in loaded.network.features
        if feature.geometry is not None
    )
    layer = MapLayer(id=NETWORK, title=loaded.title, kind="road", features=features)
    return (LayerGroup(id=NETWORK, title=text(lang, "ui.map.own_network"), layers=(layer,)),)


def parcel_group(
    parcels: Sequence[PlannedParcel], boxes: dict[str, BaseGeometry], lang: Lang
) -> LayerGroup:
    """Draw the rows that have a place; ``boxes`` are drawing aids by parcel id."""
    features = tuple(
        MapFeature(
            id=parcel.row.parcel_id,
            geometry=geometry,
            number=str(parcel.row.number),
            tooltip=f"{parcel.row.number} {parcel.row.name}",
            use=use_key(parcel.row.use_text),
            geometry_class="schematic" if parcel.row.parcel_id in boxes else "solved_from_text",
            accuracy_m=parcel.location.parts[0].accuracy_m,
        )
        for parcel in parcels
        if (geometry := boxes.get(parcel.row.parcel_id) or _most_likely(parcel.location))
    )
    layer = MapLayer(
        id=PARCELS, title=text(lang, "ui.map.parcels"), kind="parcel", features=features
    )
    return LayerGroup(id="plan", title=text(lang, "ui.map.plan"), layers=(layer,))


def display_boxes(reference: Reference) -> dict[str, BaseGeometry]:
    """Return the schematic boxes of 表2 by parcel id, EPSG:4490: places to put a number, no more."""
    return {
        feature.properties.parcel_id: feature.geometry
        for entry, features in reference.layers
        if entry.id == _DISPLAY_BOXES
        for feature in features
        if feature.properties.parcel_id and feature.geometry is not None
    }


def compose(
    lang: Lang,
    groups: Iterable[LayerGroup],
    chosen: Chosen,
    *,
    notice: str,
    dimmed: frozenset[str] = frozenset(),
    patterns: bool = False,
    base_maps: tuple[BaseMap, ...] = (),
) -> Scene:
    """Put the groups and what is chosen together as the scene of the map."""
    return Scene(
        lang=lang,
        texts={key: text(lang, f"map.{key}") for key in TEXT_KEYS},
        notice=notice,
        groups=tuple(groups),
        selected=chosen.selection,
        dimmed=dimmed,
        envelope=_joined(chosen.location, "envelope"),
        block=_joined(chosen.location, "block"),
        candidate=_joined(chosen.location, "candidate"),
        focus=_focus(chosen),
        patterns=patterns,
        base_maps=base_maps,
    )


def _layer(entry: LayerEntry, features: Iterable[Feature], lang: Lang) -> MapLayer:
    return MapLayer(
        id=entry.id,
        title=entry.title.en if lang == "en" else entry.title.zh,
        kind=_MAP_KINDS.get(entry.kind, "area"),
        features=tuple(_feature(feature) for feature in features if feature.geometry is not None),
        visible=entry.visible,
        source=", ".join(entry.source),
    )


def _feature(feature: Feature) -> MapFeature:
    stated = feature.properties
    status: Status = "planned" if stated.status in {"planned", "extension"} else "existing"
    return MapFeature(
        id=stated.id,
        geometry=feature.geometry,
        label=stated.name,
        geometry_class=stated.geometry_class or "schematic",
        status=status,
        basis=stated.basis or "guess",
        accuracy_m=stated.accuracy_m,
        vertical={"NS": True, "EW": False}.get(stated.orientation or ""),
    )


def _most_likely(location: Location) -> BaseGeometry | None:
    """Where a parcel without a drawing aid is marked: its block, else a closed extent."""
    for part in location.parts:
        if part.block is not None:
            return part.block
        if part.class_ == "closed" and part.envelope is not None:
            return part.envelope
    return None


def _joined(location: Location | None, what: str) -> BaseGeometry | None:
    """One geometry of all parts of a location, None where no part has one."""
    parts = [getattr(part, what) for part in location.parts] if location else []
    drawn = [geometry for geometry in parts if geometry is not None]
    return shapely.union_all(drawn) if drawn else None


def _focus(chosen: Chosen) -> Focus | None:
    """Look at the place that is marked; a location without one is shown by its block or extent."""
    place = chosen.place
    for what in ("candidate", "block", "envelope"):
        place = place if place is not None else _joined(chosen.location, what)
    if place is None:
        return None
    west, south, east, north = place.bounds
    return Focus(bbox=(west, south, east, north), serial=chosen.focus_serial)
