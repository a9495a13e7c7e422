"""What the map shows, as plain values; ``layers.render`` turns a scene into folium elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

GeometryClass = Literal["surveyed", "digitized", "solved_from_text", "schematic"]
Basis = Literal["known", "inferred", "guess"]
Status = Literal["existing", "planned"]
Kind = Literal[
    "parcel", "road", "expressway", "river", "canal", "landmark", "park", "area", "admin"
]

# Sentences of the map itself; the page passes them in its language from messages `[map]`.
TEXT_KEYS = (
    "accuracy",
    "base_map",
    "base_map_failed",
    "base_map_none",
    "basis_evident",
    "basis_guess",
    "basis_planned",
    "block",
    "candidate",
    "conflict",
    "coordinates",
    "envelope",
    "fullscreen",
    "geometry_digitized",
    "geometry_schematic",
    "geometry_solved_from_text",
    "geometry_surveyed",
    "hectares",
    "hide_layer",
    "layer_failed",
    "legend",
    "measure",
    "measure_hint",
    "mu",
    "show_layer",
    "sources",
    "use_commercial",
    "use_green",
    "use_industrial",
    "use_logistics",
    "use_m0",
    "use_public",
    "use_residential",
    "use_road",
    "use_unknown",
    "use_utility",
    "use_water",
    "zoom_in",
    "zoom_out",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapFeature:
    """One thing on the map.

    Attributes
    ----------
    id : str
        Unique in its layer; comes back when the feature is clicked.
    geometry : BaseGeometry
        EPSG:4490 longitude and latitude.
    label : str
        Name drawn beside it; empty: none.
    number : str
        Row number drawn on a parcel; empty: none.
    tooltip : str
        The name under the pointer; empty: the label. The map adds number and accuracy.
    use : str
        Key of ``style.USES``; a key that is not there is drawn as ``unknown``.
    vertical : bool or None
        Name set vertically; None: decided from the line's course on the screen.
    """

    id: str
    geometry: BaseGeometry
    label: str = ""
    number: str = ""
    tooltip: str = ""
    use: str = ""
    geometry_class: GeometryClass = "schematic"
    status: Status = "existing"
    basis: Basis = "known"
    accuracy_m: float | None = None
    vertical: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapLayer:
    """Features of one kind that are switched on and off together.

    ``kind`` decides how they are drawn, ``id`` names the layer in clicks and in the legend.
    """

    id: str
    title: str
    kind: Kind
    features: tuple[MapFeature, ...] = ()
    visible: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BigLayer:
    """A layer that stays on the server: tiles at low zoom, features of the view at high zoom.

    Attributes
    ----------
    tiles_url : str
        With ``{z}``, ``{x}``, ``{y}``.
    features_url : str
        Answers a GeoJSON FeatureCollection; the map adds ``bbox=w,s,e,n`` and ``z``.
    viewport_min_zoom : int
        From this zoom on features are fetched, below it tiles are shown.
    """

    id: str
    title: str
    tiles_url: str
    features_url: str
    kind: Kind = "parcel"
    viewport_min_zoom: int = 14
    count: int = 0
    visible: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGroup:
    """A heading of the legend and its layers, drawn in this order, the last on top."""

    id: str
    title: str
    layers: tuple[MapLayer | BigLayer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseMap:
    """A tiled base map; ``gcj02`` tiles are moved back to where things are.

    The user chooses by title, none at first; entries with one title are shown together.
    """

    title: str
    url: str
    type: Literal["xyz", "wmts", "gcj02"] = "xyz"
    subdomains: str = ""
    min_zoom: int = 0
    max_zoom: int = 18
    tms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The chosen feature."""

    layer: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Where the map should look once, when ``serial`` is new.

    The map moves only as far as it must: not at all if the box (west, south, east, north) is in
    view and large enough to see, unless ``fit`` asks for the box to fill the view.
    """

    bbox: tuple[float, float, float, float]
    serial: int
    fit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """All that the map shows beyond its paper.

    Attributes
    ----------
    texts : mapping of str to str
        Every key of ``TEXT_KEYS`` in the user's language.
    notice : str
        The uncertainty sentence at the top left; it cannot be closed. Empty: none.
    dimmed : frozenset of str
        Ids of parcels that a filter leaves out: they stay, faintly.
    envelope, block, candidate : BaseGeometry or None
        Possible extent, most likely block and drawn proposal of the chosen parcel, EPSG:4490.
    conflict : BaseGeometry or None
        Where something does not fit, hatched red, EPSG:4490.
    patterns : bool
        Draw land uses with patterns too, for colour-blind readers and grey print.
    sketch : mapping or None
        Elements that are drawn and edited, as values of JSON: ``url`` of the routes, ``answer`` of
        the last save (None: the browser asks for it, again when ``version`` rises), ``texts``,
        ``readonly``, ``chosen`` element, ``group`` of the maps that move together, ``tools`` to
        offer (missing: all). Needs a base map that was made with ``sketch=True``.
    """

    lang: Literal["zh", "en"]
    texts: Mapping[str, str]
    notice: str = ""
    groups: tuple[LayerGroup, ...] = ()
    selected: Selection | None = None
    dimmed: frozenset[str] = frozenset()
    envelope: BaseGeometry | None = None
    block: BaseGeometry | None = None
    candidate: BaseGeometry | None = None
    conflict: BaseGeometry | None = None
    focus: Focus | None = None
    patterns: bool = False
    base_maps: tuple[BaseMap, ...] = ()
    sketch: Mapping[str, Any] | None = None
