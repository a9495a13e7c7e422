"""A snapshot's parcels and layers in the plane of a sheet: metres, east and north."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from geo.systems import LONLAT, System, read_system, zone_system
from geo.zones import NUMBERS, Zone
from parcels.sheets.rings import Ring, rings_of
from parcels.snapshot.review.statements import findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcels.sheets.options import SheetOptions
    from parcels.snapshot.model import Content, Snapshot

Entry = dict[str, Any]
Bounds = tuple[float, float, float, float]
_SEAM_DEGREES = 0.05  # about 5 km: a survey there may be kept in either zone


@dataclass(frozen=True, kw_only=True, eq=False)
class Plot:
    """A parcel on the plane.

    Attributes
    ----------
    entry : dict
        As in the snapshot.
    shape, place, box : geometry or None
        Outline; land inside which it lies; drawing aid. Metres of the plane.
    rings : tuple of Ring
        Its boundary points; none where the outline is not known or must not be shown.
    """

    entry: Entry
    shape: Any
    place: Any
    box: Any
    rings: tuple[Ring, ...]

    @property
    def mark(self) -> str:
        """Number that people call it by."""
        return str(self.entry.get("id") or self.entry.get("key") or "")

    @property
    def title(self) -> str:
        """Number and name, once where they are the same."""
        name = str(self.entry.get("name") or "")
        return self.mark if name in {"", self.mark} else f"{self.mark} {name}"

    @property
    def is_located(self) -> bool:
        """Whether its outline is known."""
        return self.shape is not None

    @property
    def extent(self) -> Any:
        """What of it must be seen: the outline, else all that it may cover."""
        known = [one for one in (self.shape, self.place, self.box) if one is not None]
        return known[0] if self.shape is not None else shapely.union_all(known) if known else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """A layer of the map: its features with their plane geometries."""

    kind: str
    title: str
    source: str
    features: tuple[Entry, ...]
    shapes: npt.NDArray[np.object_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """All that a sheet draws, in one plane.

    Attributes
    ----------
    content : mapping
        Of the snapshot.
    system : System or None
        The plane; None: metres from a local origin whose place is not told.
    plots : tuple of Plot
        The parcels of the sheet.
    around : tuple of Plot
        All other parcels.
    layers : tuple of Layer
        Nothing is judged by them.
    findings : mapping of parcel key to tuple of dict
        What the checks say of the parcels of the sheet, as the snapshot keeps it.
    """

    content: Content
    system: System | None
    plots: tuple[Plot, ...]
    around: tuple[Plot, ...]
    layers: tuple[Layer, ...]
    findings: Mapping[str, tuple[Entry, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def lang(self) -> str:
        """Language of the snapshot."""
        return str(self.content["lang"])

    @property
    def is_local(self) -> bool:
        """Whether places are hidden: no coordinates, no boundary points, no side lengths."""
        return self.system is None

    @cached_property
    def bounds(self) -> Bounds:
        """West, south, east, north of all that must be seen, metres.

        Raises
        ------
        PlannerError
            ``sheet_no_place``: nothing is known of where the parcels lie.
        """
        return self.bounds_of(self.plots)

    def bounds_of(self, plots: Sequence[Plot]) -> Bounds:
        """Give the bounds of some parcels; see `bounds`."""
        extents = [one.extent for one in plots if one.extent is not None]
        if not extents:
            raise PlannerError("sheet_no_place", parcels=[one.mark for one in plots])
        west, south, east, north = shapely.total_bounds(np.asarray(extents, dtype=object))
        return float(west), float(south), float(east), float(north)

    @property
    def near_seam(self) -> bool:
        """Whether the parcels lie so near to the border of a zone that either may be used."""
        if self.system is None or self.system.zone is None:
            return False
        west, south, east, north = self.bounds
        middle = np.array([[(west + east) / 2, (south + north) / 2]])
        lon = float(self.system.lonlat_of(middle)[0, 0])
        half = self.system.zone.width / 2
        return abs(abs(lon - self.system.zone.meridian) - half) < _SEAM_DEGREES


def ground_of(snapshot: Snapshot, options: SheetOptions) -> Ground:
    """Bring parcels and layers of a snapshot to the plane of a sheet.

    Raises
    ------
    PlannerError
        ``sheet_parcel_unknown``, ``sheet_no_parcels``, ``sheet_system_refused``, those of
        `read_system`.
    """
    content = snapshot.content
    entries = list(content.get("parcels") or ())
    chosen = _chosen(entries, options.parcels)
    system = plane_of(content, [entries[at] for at in sorted(chosen)], options.system)
    plots = _plots(content, entries, system)
    return Ground(
        content=content,
        system=system,
        plots=tuple(plots[at] for at in sorted(chosen)),
        around=tuple(one for at, one in enumerate(plots) if at not in chosen),
        layers=tuple(layers_of(content, system)),
        findings=_findings(content, {str(entries[at].get("key")) for at in chosen}),
    )


def _findings(content: Content, keys: set[str]) -> Mapping[str, tuple[Entry, ...]]:
    """Put the findings about some parcels together, in their order."""
    found: dict[str, list[Entry]] = {}
    if content["kind"] == "review" and content.get("answers"):
        for one in findings_of(content):
            if str(one.get("key")) in keys:
                found.setdefault(str(one["key"]), []).append(one)
    return {key: tuple(said) for key, said in found.items()}


def _chosen(entries: Sequence[Entry], wanted: Sequence[str]) -> set[int]:
    """Find parcels by key or number; without a wish those that the snapshot selected."""
    if not entries:
        raise PlannerError("sheet_no_parcels")
    if not wanted:
        selected = {at for at, one in enumerate(entries) if one.get("selected", True)}
        return selected or set(range(len(entries)))
    places: dict[str, set[int]] = {}
    for at, one in enumerate(entries):
        for name in {str(one.get("key")), str(one.get("id"))}:
            places.setdefault(name, set()).add(at)
    unknown = [one for one in wanted if one not in places]
    if unknown:
        raise PlannerError("sheet_parcel_unknown", parcels=unknown)
    return set().union(*(places[one] for one in wanted))


def is_local(content: Content) -> bool:
    """Tell whether the geometry of a snapshot has a local origin that is not told."""
    return bool((content.get("frame") or {}).get("local"))


def plane_of(content: Content, entries: Sequence[Entry], wanted: str) -> System | None:
    """Give the plane of a sheet: that which is asked for or the file's, else the zone of the place.

    Parameters
    ----------
    entries : sequence of dict
        With ``shape``, ``place`` or ``box``: what must lie in the zone.

    Returns
    -------
    System or None
        None: metres from a local origin.
    """
    if is_local(content):
        return None
    system = read_system(wanted or content.get("system") or LONLAT.definition)
    if not system.is_degrees:
        return system
    if wanted:
        raise PlannerError("sheet_system_refused", system=wanted)
    known = [one for entry in entries for one in map(geometry, map(entry.get, _GEOMETRIES)) if one]
    if not known:
        raise PlannerError("sheet_no_place", parcels=[str(one.get("id")) for one in entries])
    west, _, east, _ = shapely.total_bounds(np.asarray(known, dtype=object))
    number = int(((west + east) / 2 + 1.5) // 3)
    if number not in NUMBERS[3]:
        raise PlannerError("outside_zones", value=number)
    return zone_system(Zone(width=3, number=number, prefixed=True))


_GEOMETRIES = ("shape", "place", "box")


def geometry(plain: Mapping[str, Any] | None) -> Any:
    """Read a GeoJSON geometry; None where there is none."""
    return shapely.from_geojson(json.dumps(plain)) if plain else None


def _plots(content: Content, entries: Sequence[Entry], system: System | None) -> list[Plot]:
    kinds = [
        on_plane([geometry(entry.get(name)) for entry in entries], system) for name in _GEOMETRIES
    ]
    written = str(content.get("system") or "")
    return [
        Plot(
            entry=entry,
            shape=shape,
            place=place,
            box=box,
            rings=rings_of(entry.get("rings") or (), shape, written, system),
        )
        for entry, shape, place, box in zip(entries, *kinds, strict=True)
    ]


def on_plane(geometries: Sequence[Any], system: System | None) -> npt.NDArray[np.object_]:
    """Bring geometries of EPSG:4490 to the plane, all at once; None stays None."""
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    if system is not None and len(array):
        known = np.flatnonzero([one is not None for one in array])
        array[known] = system.from_lonlat(array[known])
    return array


def layers_of(content: Content, system: System | None) -> list[Layer]:
    """Bring the layers of the map to the plane; those without features are left out."""
    groups = (content.get("drawn") or {}).get("groups") or ()
    return [
        Layer(
            kind=layer["kind"],
            title=layer["title"],
            source=layer.get("source") or "",
            features=tuple(one["properties"] for one in layer["features"]),
            shapes=on_plane([geometry(one["geometry"]) for one in layer["features"]], system),
        )
        for group in groups
        for layer in group["layers"]
        if layer.get("features")
    ]
