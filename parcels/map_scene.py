"""What the parcels page puts on its map: layers, parcels, what a phrase leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import shapely

from layers.scene import TEXT_KEYS, Focus, LayerGroup, MapFeature, MapLayer, Scene, Selection
from parcels.messages import messages, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.location.features import NamedFeature
    from geo.location.location import Location
    from geo.location.network import Network
    from layers.catalog import LayerEntry, Source, Title
    from layers.model import Feature
    from layers.scene import BaseMap, BigLayer, Kind, Status
    from parcels.workspace import LoadedNetwork, PlannedParcel, Reference

Lang = Literal["zh", "en"]
PARCELS = "parcels"
OWN_LINES = "network-lines"
_NETWORK_KINDS: tuple[Kind, ...] = ("area", "river", "road", "landmark")
_AREA_DIMENSION = 2
_INLINE_FEATURES = 2_000
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

    ``focus_serial`` rises with each choice, so that the map looks there once; 0 is no reason to.
    ``fit``: the place shall fill the view.
    """

    location: Location | None = None
    selection: Selection | None = None
    place: BaseGeometry | None = None
    focus_serial: int = 0
    fit: bool = False


def use_key(use_text: str) -> str:
    """Return the key of a use as written in the table of signs; ``unknown`` if it has none."""
    return USE_KEYS.get(use_text, "unknown")


def reference_groups(
    reference: Reference, sources: Mapping[str, Source], lang: Lang
) -> tuple[LayerGroup, ...]:
    """Draw every built-in layer that has places, in the order of the catalogue.

    The legend names the leading source of each layer; the page 数据 lists all.
    """
    layers = [
        _layer(entry, features, in_language(sources[entry.source[0]].title, lang), lang)
        for entry, features in reference.layers
    ]
    shown = tuple(layer for layer in layers if layer.features and layer.id != _DISPLAY_BOXES)
    return (LayerGroup(id="reference", title=text(lang, "ui.map.reference"), layers=shown),)


def network_groups(loaded: LoadedNetwork, lang: Lang) -> tuple[LayerGroup, ...]:
    """Draw a user's own network: lines, places and areas; from the server if it is large."""
    places = [feature for feature in loaded.network.features if feature.geometry is not None]
    by_kind: dict[Kind, list[MapFeature]] = {kind: [] for kind in _NETWORK_KINDS}
    for feature in places:
        by_kind[_network_kind(feature)].append(_network_feature(feature))
    if loaded.lines:
        by_kind["road"] = []
    layers: tuple[MapLayer | BigLayer, ...] = tuple(
        MapLayer(
            id=f"{NETWORK}-{kind}",
            title=text(lang, f"ui.map.network_{kind}"),
            kind=kind,
            features=tuple(features),
            source=loaded.title,
        )
        for kind, features in by_kind.items()
        if features
    )
    drawn = (loaded.lines.drawn, *layers) if loaded.lines else layers
    return (LayerGroup(id=NETWORK, title=text(lang, "ui.map.own_network"), layers=drawn),)


def network_layer(feature: NamedFeature) -> str:
    """Return the layer that a feature of a user's own network is drawn in."""
    return f"{NETWORK}-{_network_kind(feature)}"


def operator_groups(layers: tuple[BigLayer, ...], lang: Lang) -> tuple[LayerGroup, ...]:
    """Put the operator's large layers under one heading; nothing if there are none."""
    title = text(lang, "ui.map.operator")
    return (LayerGroup(id="operator", title=title, layers=layers),) if layers else ()


def large_lines(network: Network) -> tuple[NamedFeature, ...]:
    """Return the lines of a network that is too large to be drawn inline; empty if it is not."""
    lines = tuple(feature for feature in network.features if _network_kind(feature) == "road")
    return lines if len(lines) > _INLINE_FEATURES else ()


def _network_kind(feature: NamedFeature) -> Kind:
    dimension = shapely.get_dimensions(feature.geometry)
    if dimension == 0:
        return "landmark"
    if dimension == _AREA_DIMENSION:
        return "area"
    return "river" if feature.kind in {"river", "canal"} else "road"


def _network_feature(feature: NamedFeature) -> MapFeature:
    return MapFeature(
        id=feature.id,
        geometry=feature.geometry,
        label=feature.name,
        geometry_class="digitized",
        accuracy_m=feature.accuracy_m,
    )


def parcel_group(
    parcels: Sequence[PlannedParcel], boxes: dict[str, BaseGeometry], lang: Lang
) -> LayerGroup:
    """Draw the rows that have a place; ``boxes`` are drawing aids by parcel id."""
    features = tuple(
        MapFeature(
            id=parcel.row.parcel_id,
            geometry=geometry,
            number=str(parcel.row.number),
            tooltip=parcel.row.name,
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
    shown = (layer,) if features else ()
    return LayerGroup(id="plan", title=text(lang, "ui.map.plan"), layers=shown)


def display_boxes(reference: Reference) -> dict[str, BaseGeometry]:
    """Return the schematic boxes of 表2 by parcel id, EPSG:4490: places for a number."""
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
        texts={key: messages(lang)[f"map.{key}"] for key in TEXT_KEYS},
        notice=notice,
        groups=tuple(group for group in groups if group.layers),
        selected=chosen.selection,
        dimmed=dimmed,
        envelope=_joined(chosen.location, "envelope"),
        block=_joined(chosen.location, "block"),
        candidate=_joined(chosen.location, "candidate"),
        focus=_focus(chosen),
        patterns=patterns,
        base_maps=base_maps,
    )


def in_language(title: Title, lang: str) -> str:
    """Return a title of the data files in the language of the page."""
    return title.en if lang == "en" else title.zh


def _layer(entry: LayerEntry, features: Iterable[Feature], source: str, lang: Lang) -> MapLayer:
    return MapLayer(
        id=entry.id,
        title=in_language(entry.title, lang),
        kind="expressway" if entry.id == "expressways" else _MAP_KINDS.get(entry.kind, "area"),
        features=tuple(_feature(feature) for feature in features if feature.geometry is not None),
        visible=entry.visible,
        source=source,
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
    if not chosen.focus_serial:
        return None
    places = [chosen.place]
    if chosen.place is None:
        places = [_joined(chosen.location, what) for what in ("candidate", "block")]
    known = [place for place in places if place is not None]
    extent = _joined(chosen.location, "envelope")
    if not known and extent is None:
        return None
    west, south, east, north = shapely.total_bounds(known or [extent])
    return Focus(bbox=(west, south, east, north), serial=chosen.focus_serial, fit=chosen.fit)
