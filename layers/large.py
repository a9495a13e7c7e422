"""A layer too large to be sent to the browser whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import PlannerError
from layers import tiles, viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Texts = npt.NDArray[np.str_]
Geometries = npt.NDArray[np.object_]

_DRAWN = [
    shapely.GeometryType.LINESTRING,
    shapely.GeometryType.POLYGON,
    shapely.GeometryType.MULTILINESTRING,
    shapely.GeometryType.MULTIPOLYGON,
]
_TILES_KEPT = 512


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class LargeLayer:
    """Polygons or lines with an index: tiles, features of a window, what lies at a place.

    Safe to use from several threads: nothing in it is prepared or changed.

    Attributes
    ----------
    title : str
        For people; any text.
    geometries : array, shape (n,)
        (Multi)Polygon and (Multi)LineString, EPSG:4490 longitude and latitude.
    ids, labels, uses, classes : array of str, shape (n,)
        Unique id, name to show, key of the palette, geometry class.
    tree : shapely.STRtree
        Over `geometries`.
    skipped : int
        Rows that were given but cannot be drawn: empty, points, without finite coordinates.
    """

    title: str
    geometries: Geometries
    ids: Texts
    labels: Texts
    uses: Texts
    classes: Texts
    tree: shapely.STRtree
    skipped: int
    _draw: Callable[[int, int, int], bytes] = field(repr=False)

    @classmethod
    def build(
        cls,
        geometries: Geometries,
        *,
        title: str,
        columns: Mapping[str, Texts],
        palette: Mapping[str, str],
    ) -> LargeLayer:
        """Index and flatten a layer.

        Parameters
        ----------
        geometries : array of geometry, shape (n,)
            EPSG:4490 longitude and latitude.
        columns : mapping of array of str, shape (n,)
            ``id``, ``label``, ``use``, ``geometry_class``; a missing one is empty, missing or
            repeated ids become row numbers counted from 1.
        palette : mapping
            Use to ``#RRGGBB``.

        Raises
        ------
        PlannerError
            ``layer_empty`` when no row can be drawn.
        """
        drawn = _can_be_drawn(geometries)
        if not drawn.any():
            raise PlannerError("layer_empty", title=title, rows=len(geometries))
        kept = geometries[drawn]
        own = {name: np.asarray(values, dtype=str)[drawn] for name, values in columns.items()}
        blank = np.full(len(kept), "")
        classes = own.get("geometry_class", np.full(len(kept), "digitized"))
        uses = own.get("use", blank)
        tree = shapely.STRtree(kept)
        styles = list(zip(uses.tolist(), classes.tolist(), strict=True))
        drawing = tiles.flatten(kept, tree, styles, palette)
        return cls(
            title=title,
            geometries=kept,
            ids=_unique_ids(own.get("id", blank), np.flatnonzero(drawn) + 1),
            labels=own.get("label", blank),
            uses=uses,
            classes=classes,
            tree=tree,
            skipped=len(geometries) - len(kept),
            _draw=lru_cache(maxsize=_TILES_KEPT)(partial(tiles.render, drawing)),
        )

    @property
    def bounds(self) -> viewport.Box:
        """West, south, east, north in degrees."""
        west, south, east, north = shapely.total_bounds(self.geometries).tolist()
        return west, south, east, north

    def tile(self, z: int, x: int, y: int) -> bytes:
        """Draw one PNG tile of 256 by 256 pixels; the last 512 are remembered.

        Raises
        ------
        PlannerError
            ``tile_out_of_range``.
        """
        return self._draw(z, x, y)

    def features(self, bbox: viewport.Box, zoom: int, limit: int) -> bytes:
        """Write the features that meet a window as GeoJSON, simplified for the zoom level.

        Each has the properties ``id``, ``label``, ``use`` and ``geometry_class``; the
        collection's ``total`` tells how many there are when `limit` cuts some off.
        """
        found, total = viewport.in_window(self.geometries, self.tree, bbox, limit)
        shapes = viewport.simplify(self.geometries[found], zoom)
        return viewport.collection(shapes, map(self.properties, found), total=total)

    def properties(self, position: int) -> dict[str, str]:
        """Tell the browser about the feature at one position."""
        return {
            "id": str(self.ids[position]),
            "label": str(self.labels[position]),
            "use": str(self.uses[position]),
            "geometry_class": str(self.classes[position]),
        }

    def at(self, lon: float, lat: float, reach_deg: float = 0.0) -> tuple[str, ...]:
        """Ids of what lies within reach of a place, the smallest first.

        Parameters
        ----------
        lon, lat : float
            Degrees on CGCS2000.
        reach_deg : float
            Some screen pixels in degrees, so that lines can be hit.
        """
        place = shapely.Point(lon, lat)
        found = self.tree.query(place, predicate="dwithin", distance=reach_deg)
        size = shapely.area(self.geometries[found])
        return tuple(self.ids[found[np.argsort(size, kind="stable")]].tolist())


def _can_be_drawn(geometries: Geometries) -> npt.NDArray[np.bool_]:
    """Polygons and lines that are not empty and have finite coordinates."""
    kind = np.isin(shapely.get_type_id(geometries), _DRAWN)
    finite = np.isfinite(shapely.bounds(geometries)).all(axis=1)
    drawn: npt.NDArray[np.bool_] = kind & finite
    return drawn


def _unique_ids(ids: Texts, rows: npt.NDArray[np.intp]) -> Texts:
    whole = (ids != "").all() and len(np.unique(ids)) == len(ids)
    return ids if whole else rows.astype(str)
