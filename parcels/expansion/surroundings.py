"""What an expansion area is compared with: the present zone, its parks and roads, layers."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.model import Feature
    from layers.overlay import Overlay
    from parcels.expansion.stock import Stock
    from parcels.workspace import Reference

ZONE_LAYER, PARKS_LAYER, ROADS_LAYER = "zone", "parks", "roads"
_AREAS = Path(__file__).parent / "data" / "functional_areas.csv"
_BUILT = {"existing", "former"}
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Zone:
    """The present zone.

    Attributes
    ----------
    shape : geometry
        (Multi)Polygon, EPSG:4490.
    accuracy_m : float or None
        Distance by which it may be off; None: not stated.
    is_whole : bool
        All of it is there.
    is_schematic : bool
        It was drawn only so that known relations hold.
    title : str
        Of the layer.
    """

    shape: BaseGeometry
    accuracy_m: float | None
    is_whole: bool
    is_schematic: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """A functional area of the plan; without a shape only its name is known."""

    name: str
    part_of: str
    shape: BaseGeometry | None
    accuracy_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Road:
    """A road, all lines of one name; EPSG:4490."""

    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surroundings:
    """Everything beside the area itself that indices rest on.

    Attributes
    ----------
    zone : Zone or None
        None: no outline is known.
    areas : tuple of Place
        Functional areas in the order of the plan.
    roads : tuple of Road
        Roads that exist.
    roads_are_main : bool
        They are known to be main roads; else their class is not known.
    roads_accuracy_m : float or None
    drawn_roads : tuple of geometry
        Roads that the scenario draws; EPSG:4490.
    overlays : mapping of kind to Overlay
    stock : Stock or None
        Idle and inefficient land of the zone as given.
    """

    zone: Zone | None = None
    areas: tuple[Place, ...] = ()
    roads: tuple[Road, ...] = ()
    roads_are_main: bool = False
    roads_accuracy_m: float | None = None
    drawn_roads: tuple[BaseGeometry, ...] = ()
    overlays: Mapping[str, Overlay] = field(default_factory=lambda: _NOTHING)
    stock: Stock | None = None


def surroundings_of(
    reference: Reference,
    overlays: Mapping[str, Overlay] = _NOTHING,
    *,
    drawn_roads: Sequence[BaseGeometry] = (),
    stock: Stock | None = None,
) -> Surroundings:
    """Gather what the built-in layers and the user's own say.

    A layer of the kind ``zone`` takes the place of the built-in outline, one of the kind
    ``main_road`` that of the built-in roads.

    Parameters
    ----------
    reference : Reference
        The built-in layers.
    overlays : mapping of kind to Overlay
    drawn_roads : sequence of geometry
        EPSG:4490, lines or surfaces.
    stock : Stock, optional

    Returns
    -------
    Surroundings
    """
    main = overlays.get("main_road")
    own = overlays.get("zone")
    return Surroundings(
        zone=_zone_of_layer(own) if own is not None else _builtin_zone(reference),
        areas=_areas(reference),
        roads=_roads_of_layer(main) if main is not None else _builtin_roads(reference),
        roads_are_main=main is not None,
        roads_accuracy_m=main.accuracy_m if main is not None else None,
        drawn_roads=tuple(drawn_roads),
        overlays=overlays,
        stock=stock,
    )


def _zone_of_layer(layer: Overlay) -> Zone:
    land = [one for one in layer.shapes.tolist() if one.geom_type.endswith("Polygon")]
    return Zone(
        shape=shapely.union_all(land),
        accuracy_m=layer.accuracy_m,
        is_whole=layer.complete,
        is_schematic=False,
        title=layer.title,
    )


def _builtin_zone(reference: Reference) -> Zone | None:
    drawn = [one for one in _features(reference, ZONE_LAYER) if one.geometry is not None]
    if not drawn:
        return None
    return Zone(
        shape=shapely.union_all([one.geometry for one in drawn]),
        accuracy_m=max(one.properties.accuracy_m or 0.0 for one in drawn),
        is_whole=True,
        is_schematic=True,
        title="",
    )


def _areas(reference: Reference) -> tuple[Place, ...]:
    parks = {one.properties.id: one for one in _features(reference, PARKS_LAYER)}
    return tuple(
        Place(
            name=parks[park].properties.name,
            part_of=parks[whole].properties.name if whole else "",
            shape=parks[park].geometry,
            accuracy_m=parks[park].properties.accuracy_m,
        )
        for park, whole in _listed_areas()
        if park in parks
    )


def _builtin_roads(reference: Reference) -> tuple[Road, ...]:
    return tuple(
        Road(name=one.properties.name, shape=one.geometry)
        for one in _features(reference, ROADS_LAYER)
        if one.geometry is not None and one.properties.status in _BUILT
    )


def _roads_of_layer(layer: Overlay) -> tuple[Road, ...]:
    """Put lines of one name together; those without a name stand alone."""
    named: dict[str, list[BaseGeometry]] = {}
    for number, (name, shape) in enumerate(zip(layer.names, layer.shapes, strict=True), 1):
        named.setdefault(name or f"#{number}", []).append(shape)
    return tuple(Road(name=name, shape=shapely.union_all(one)) for name, one in named.items())


def _features(reference: Reference, layer: str) -> tuple[Feature, ...]:
    return next((found for entry, found in reference.layers if entry.id == layer), ())


@cache
def _listed_areas() -> tuple[tuple[str, str], ...]:
    with _AREAS.open(encoding="utf-8", newline="") as file:
        return tuple((row["park"], row["part_of"]) for row in csv.DictReader(file))
