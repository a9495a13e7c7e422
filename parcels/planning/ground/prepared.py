"""Everything that a sketch can run into, prepared once and asked many times by any thread.

Large layers are kept as `geo.overlap.base.Base` in one plane, which gives shared areas at once,
and as boxes in degrees, by which the land around a sketch is cut out for the product's checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import local_tm, to_local
from layers.overlay import frozen
from parcels.checks.over_layers.pairs import is_land
from parcels.checks.over_layers.rules import kind_words
from parcels.checks.subject import EXACT_M
from parcels.planning.ground.boxes import METRES_A_DEGREE, grown, meets, near_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from geo.overlap.base import Base
    from layers.overlay import Overlay
    from parcels.checks.subject import Floats, Objects, Parcels
    from parcels.planning.ground.memory import Memory
    from parcels.rules.load import RuleBook

    Ints = npt.NDArray[np.int64]

WHOLE_KINDS = frozenset({"power_line", "highway", "railway", "planned_corridor"})
"""Layers of which every feature counts: one of unknown reach may reach anywhere."""
ZONE = "zone"
FEW = 500
"""Layers up to this size are handed to the checks as a whole."""
_FAR_M = 50_000.0
"""Beyond this from its middle the plane of the ground is not used: 30 ppm of area."""
_NOTHING: Mapping[str, Overlay] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, eq=False)
class Backdrop:
    """Reference features that no rule judges: roads, water, parks, the zone, n of them.

    Attributes
    ----------
    id, kind : str
        Of the layer: ``road``, ``water``, ``park``, ``landmark``, ``zone`` …
    title : mapping of language to str
    names : tuple of str
    shapes : object array, shape (n,)
        EPSG:4490, points, lines or polygons; never None.
    accuracy_m : float array, shape (n,)
        NaN: not stated.
    width_m : float array, shape (n,)
        Reserve of a road that is drawn as a line; NaN: not known.
    """

    id: str
    kind: str
    title: Mapping[str, str]
    names: tuple[str, ...]
    shapes: Objects
    accuracy_m: Floats
    width_m: Floats

    @cached_property
    def boxes(self) -> Floats:
        """West, south, east and north in degrees, grown by the accuracy, shape (n, 4)."""
        return grown(shapely.bounds(self.shapes), np.nan_to_num(self.accuracy_m, posinf=0.0))


@dataclass(frozen=True, kw_only=True, eq=False)
class Surface:
    """Land that shares area with a sketch: a layer of polygons, ready to be measured.

    Attributes
    ----------
    id : str
        Kind of the overlay, or ``parcels``.
    shapes : object array, shape (n,)
        EPSG:4490; None and lines share nothing.
    boxes : float array, shape (n, 4)
        Degrees; NaN where there is no land.
    base : Base
        The same in the plane of the ground.
    """

    id: str
    shapes: Objects
    boxes: Floats
    base: Base


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """Layers, parcels, reference features and rules; read-only, see `ground_of`.

    Attributes
    ----------
    book : RuleBook
    overlays : mapping of kind to Overlay
    parcels : Parcels or None
        Rows of the plan or the accepted set; None: there are none to run into.
    backdrops : tuple of Backdrop
    plane : CRS
        Metres; of all surfaces.
    centre : tuple of float
        Longitude and latitude of its origin.
    surfaces : tuple of Surface
    memory : Memory
        What was judged already on this ground.
    """

    book: RuleBook
    overlays: Mapping[str, Overlay]
    parcels: Parcels | None
    backdrops: tuple[Backdrop, ...]
    plane: CRS
    centre: tuple[float, float]
    surfaces: tuple[Surface, ...]
    memory: Memory
    _boxes: Mapping[str, Floats] = field(repr=False)

    def is_near(self, shape: BaseGeometry) -> bool:
        """Whether the plane of the ground measures a shape as well as one of its own would."""
        west, south, east, north = np.array(shape.bounds)
        reach = _FAR_M / METRES_A_DEGREE
        narrow = reach / max(float(np.cos(np.radians(self.centre[1]))), 0.1)
        across = max(abs(west - self.centre[0]), abs(east - self.centre[0]))
        along = max(abs(south - self.centre[1]), abs(north - self.centre[1]))
        return bool(across <= narrow and along <= reach)

    def overlays_near(self, shape: BaseGeometry, reach_m: float) -> dict[str, Overlay]:
        """Cut large layers down to the features within a distance of a shape.

        Parameters
        ----------
        shape : geometry
            EPSG:4490.
        reach_m : float
            Metres beyond which no check looks; infinite: the layers as they are.

        Returns
        -------
        dict of kind to Overlay
            With extent, source and completeness of the whole; features without a name carry their
            number in the whole layer.
        """
        return {
            kind: self._cut(one, near_box(shape, reach_m + (one.accuracy_m or 0.0)))
            for kind, one in self.overlays.items()
        }

    def parcels_near(self, shape: BaseGeometry, reach_m: float) -> Ints:
        """List the parcels that a check of a shape may have to know, in order.

        Those without a place or a stated accuracy may lie anywhere and are always among them. At
        least one is given, so that no check takes the shape for alone where it is not.
        """
        boxes = self._boxes["parcels"]
        if not len(boxes):
            return np.empty(0, dtype=np.int64)
        lost = ~np.isfinite(boxes[:, 0])
        found = np.flatnonzero(lost | meets(boxes, near_box(shape, reach_m)))
        return found if len(found) else np.zeros(1, dtype=np.int64)

    def _cut(self, overlay: Overlay, box: Floats) -> Overlay:
        if len(overlay) <= FEW or overlay.kind in WHOLE_KINDS or not np.isfinite(box).all():
            return overlay
        rows = np.flatnonzero(meets(self._boxes[overlay.kind], box))
        return replace(
            overlay,
            shapes=frozen(overlay.shapes[rows]),
            names=tuple(overlay.names[at] or f"#{at + 1}" for at in rows.tolist()),
            codes=tuple(overlay.codes[at] for at in rows.tolist()),
            attributes={
                name: [column[at] for at in rows.tolist()]
                for name, column in overlay.attributes.items()
            },
            title=_title(overlay, rows),
            parts=(),
        )


def ground_of(
    *,
    book: RuleBook,
    overlays: Mapping[str, Overlay] = _NOTHING,
    parcels: Parcels | None = None,
    backdrops: Sequence[Backdrop] = (),
    plane_at: tuple[float, float] | None = None,
) -> Ground:
    """Prepare what sketches are compared with: about a second for 100,000 polygons.

    Parameters
    ----------
    book : RuleBook
    overlays : mapping of kind to Overlay, optional
    parcels : Parcels, optional
    backdrops : sequence of Backdrop, optional
    plane_at : tuple of float, optional
        Longitude and latitude of the middle; default: the middle of the largest of the parcels'
        and the layers' boxes.

    Returns
    -------
    Ground
        Independent of how the kernels are loaded; any thread may ask it.
    """
    from parcels.planning.ground.memory import Memory

    shapes = {kind: one.shapes for kind, one in overlays.items()}
    if parcels is not None:
        shapes["parcels"] = parcels.shapes
    boxes = {name: shapely.bounds(some) for name, some in shapes.items()}
    centre = plane_at or _middle([*boxes.values(), *(one.boxes for one in backdrops)])
    plane = local_tm(*centre)
    return Ground(
        book=book,
        overlays=overlays,
        parcels=parcels,
        backdrops=tuple(_with_zone(backdrops, overlays.get(ZONE))),
        plane=plane,
        centre=centre,
        surfaces=tuple(
            surface
            for name, some in shapes.items()
            if (surface := _surface(name, some, boxes[name], plane)) is not None
        ),
        memory=Memory(),
        _boxes=boxes | {"parcels": _places(parcels)},
    )


def _with_zone(backdrops: Sequence[Backdrop], zone: Overlay | None) -> Iterator[Backdrop]:
    """Put a loaded zone in the place of the schematic one: an extension may not lie inside it."""
    yield from (one for one in backdrops if zone is None or one.kind != ZONE)
    if zone is not None and len(zone):
        yield Backdrop(
            id=ZONE,
            kind=ZONE,
            title=kind_words(ZONE),
            names=tuple(name or zone.title for name in zone.names),
            shapes=zone.shapes,
            accuracy_m=np.full(len(zone), zone.accuracy_m or 0.0),
            width_m=np.full(len(zone), np.nan),
        )


def _surface(name: str, shapes: Objects, boxes: Floats, plane: CRS) -> Surface | None:
    from geo.overlap.base import Base
    from geo.overlap.polygons import Polygons

    land = is_land(shapes) & shapely.is_valid(shapes)
    if not land.any():
        return None
    moved = np.full(len(shapes), None, dtype=object)
    moved[land] = to_local(shapes[land], plane)
    kept = boxes.copy()
    kept[~land] = np.nan
    return Surface(id=name, shapes=shapes, boxes=kept, base=Base(Polygons.from_shapes(moved)))


def _places(parcels: Parcels | None) -> Floats:
    """Give the boxes of outlines and places grown by their accuracy; NaN: may lie anywhere."""
    if parcels is None:
        return np.empty((0, 4))
    drawn = np.where(parcels.has_shape, parcels.shapes, parcels.places)
    accuracy = np.where(parcels.accuracy_m <= EXACT_M, 0.0, parcels.accuracy_m)
    return grown(shapely.bounds(drawn), accuracy)


def _middle(boxes: Sequence[Floats]) -> tuple[float, float]:
    known = [one[np.isfinite(one).all(axis=1)] for one in boxes]
    known = [one for one in known if len(one)]
    if not known:
        return 0.0, 0.0
    middles = np.concatenate([(one[:, :2] + one[:, 2:]) / 2 for one in known])
    lon, lat = np.median(middles, axis=0).round(1).tolist()
    return lon, lat


def _title(overlay: Overlay, rows: Ints) -> str:
    """Name the files that features came from, as the layer does of one file."""
    titles = dict.fromkeys(overlay.part_of(int(at)).title for at in rows[:FEW])
    return "；".join(titles) or overlay.title
