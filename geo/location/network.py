"""A named network that phrases are solved against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import local_tm, to_local
from geo.errors import PlannerError
from geo.location.blocks import Blocks
from geo.location.course import Course, courses_of
from geo.location.gather import LINEAR_KINDS, clean, is_line, merge
from geo.location.gazetteer import Gazetteer
from geo.location.halves import Half, Horizon, half_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyproj import CRS

    from geo.location.features import NamedFeature
    from geo.location.reading import Direction

_MARGIN_M = 500.0
_MARGIN_SHARE = 0.05
_STEP_DEGREES = 0.02
_GAP_M = (60.0, 250.0)
_GAP_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """Roads, rivers, landmarks and areas by name, with the geometry to solve phrases.

    Attributes
    ----------
    features : tuple of NamedFeature
        One per road after merging; EPSG:4490.
    gazetteer : Gazetteer
        Its positions are positions in ``features``.
    shapes : array of geometry or None
        Of each feature, in metres of ``crs``.
    crs : CRS
        Transverse Mercator on CGCS2000 in the middle of the network.
    window : Polygon
        Bounds of the network and a margin; metres. Open sides are cut there.
    windows : dict of str to Polygon
        The same for each district.
    horizon : Horizon
        In which the sides of features are drawn.
    courses : tuple of Course or None
        Of lines, and of rivers drawn as areas.
    blocks : Blocks
        Faces between the lines.
    notes : tuple of (str, int)
        Why rows of the input were left out, and how many.
    """

    features: tuple[NamedFeature, ...]
    gazetteer: Gazetteer
    shapes: npt.NDArray[np.object_]
    crs: CRS
    window: Any
    windows: dict[str, Any]
    horizon: Horizon
    courses: tuple[Course | None, ...]
    blocks: Blocks
    notes: tuple[tuple[str, int], ...]
    _halves: dict[tuple[int, Direction], Half]

    @classmethod
    def build(cls, features: Sequence[NamedFeature]) -> Network:
        """Merge the rows of a file into a network.

        Parameters
        ----------
        features : sequence of NamedFeature
            EPSG:4490, in any order; rows without name or drawable geometry are counted in
            ``notes``, never an error.

        Raises
        ------
        PlannerError
            ``network_empty`` when no row with a name and a geometry is left.
        """
        kept, dropped = clean(features)
        lonlat = np.array([feature.geometry for feature in kept], dtype=object)
        drawn = ~shapely.is_missing(lonlat)
        if not drawn.any():
            raise PlannerError("network_empty", rows=len(features), left_out=dropped.total())
        bounds = shapely.bounds(lonlat[drawn])
        middle = np.median((bounds[:, :2] + bounds[:, 2:]) / 2, axis=0)
        crs = local_tm(*(float(degree) for degree in middle.round(6)))
        shapes = to_local(shapely.segmentize(lonlat, _STEP_DEGREES), crs)
        merged = merge(kept, shapes)
        return cls._of([row[0] for row in merged], [row[1] for row in merged], crs, dropped.items())

    @classmethod
    def _of(cls, features: list[NamedFeature], shapes: list[Any], crs: CRS, notes: Any) -> Network:
        places = np.array(shapes, dtype=object)
        drawn = ~shapely.is_missing(places)
        window = _window(places[drawn])
        lines = [drawn[at] and is_line(places[at]) for at in range(len(places))]
        linear = [
            line or feature.kind in LINEAR_KINDS
            for line, feature in zip(lines, features, strict=True)
        ]
        districts: dict[str, list[int]] = {}
        for position, feature in enumerate(features):
            if feature.district is not None and drawn[position]:
                districts.setdefault(feature.district, []).append(position)
        return cls(
            features=tuple(features),
            gazetteer=Gazetteer.build(features),
            shapes=places,
            crs=crs,
            window=window,
            windows={name: _window(places[members]) for name, members in districts.items()},
            horizon=Horizon.around(crs, window.bounds),
            courses=tuple(courses_of(np.where(linear, places, np.array(None)))),
            blocks=Blocks(shapely.line_merge(places[lines]), window, _gaps(features)[lines]),
            notes=tuple(sorted(notes)),
            _halves={},
        )

    def half(self, position: int, direction: Direction) -> Half:
        """Land in one direction of a feature that has a geometry; computed once."""
        key = (position, direction)
        if key not in self._halves:
            self._halves[key] = half_of(
                self.features[position].geometry, self.courses[position], direction, self.horizon
            )
        return self._halves[key]

    def window_of(self, positions: Sequence[int]) -> Any:
        """Window of the district that all these features share, else of the network."""
        districts = {self.features[position].district for position in positions} - {None}
        shared = districts.pop() if len(districts) == 1 else None
        return self.window if shared is None else self.windows[shared]


def _gaps(features: list[NamedFeature]) -> npt.NDArray[np.float64]:
    """Tell how far a loose end may miss the next line: the more, the less accurate it is."""
    stated = np.array([feature.accuracy_m or 0.0 for feature in features])
    return np.clip(stated * _GAP_SHARE, *_GAP_M)


def _window(places: npt.NDArray[np.object_]) -> Any:
    west, south, east, north = shapely.total_bounds(places)
    margin = max(_MARGIN_M, _MARGIN_SHARE * max(east - west, north - south))
    return shapely.box(west - margin, south - margin, east + margin, north + margin)
