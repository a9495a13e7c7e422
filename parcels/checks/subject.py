"""Parcels as checks see them: columns, with where each lies and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import local_tm, to_local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyproj import CRS

    from geo.overlap.polygons import Polygons

Objects = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
EXACT_M = 1.0
"""A place known to a metre or better counts as exact: verdicts then rest on areas alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The planned use of a parcel and the use groups that it may mean.

    Attributes
    ----------
    text : str
        As written; "" where nothing is.
    groups : tuple of str
        Use groups of ``data/adjacency_groups.csv``: one where the use is settled, several where
        the sub-class is open (工业: M1, M2, M3), none where the use is not known.
    code, scheme : str
        "" where no code is given.
    problem : str
        Why there is no one group: ``class_open``, ``class_unknown``, ``code_without_scheme``,
        ``code_unknown``; "" where there is.
    """

    text: str = ""
    groups: tuple[str, ...] = ()
    code: str = ""
    scheme: str = ""
    problem: str = "class_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFinding:
    """What the reading of a file found about one parcel: a row of `geo.survey.model.FINDINGS`.

    Attributes
    ----------
    code : str
        Q_… of ``geo/survey/quality/data/geometry_qc.toml``.
    severity : str
        ``error``, ``warn`` or ``info``.
    ring, point : int
        From 1; 0: the whole parcel, the whole ring.
    value, limit : float or None
        In ``unit``: m, m2, deg, or "" for counts.
    other : int
        Position of the other parcel; -1: none.
    """

    code: str
    severity: str
    ring: int = 0
    point: int = 0
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    other: int = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Parcels:
    """Parcels to be assessed, n of them.

    Attributes
    ----------
    ids, names : tuple of str
        ``ids`` as the user knows them; they may repeat, which a check then tells. Positions are
        what findings refer to.
    shapes : object array, shape (n,)
        Polygon or MultiPolygon in EPSG:4490 of the parcel itself; None where no outline is known.
    places : object array, shape (n,)
        Where ``shapes`` is None: the land inside which the parcel lies as a whole, solved from
        its words; None where not even that is known.
    geometry_class : tuple of str
        ``surveyed``, ``digitized``, ``solved_from_text``, ``schematic`` or "" without a place.
    accuracy_m : float array, shape (n,)
        Distance by which the drawn place may be off; NaN: not stated.
    uses : tuple of Use
    declared_m2 : float array, shape (n,)
        NaN: nothing declared.
    declared_texts : tuple of str
        As written.
    attributes : mapping of str to sequence
        Columns of the source as they are, one entry a parcel; None where empty.
    quality : mapping of int to sequence of QualityFinding
        Findings of the reading about geometry by position.
    quality_known : bool
        The reading examined the geometry; without, ``quality`` says nothing.
    plane_m2 : float array, shape (n,), optional
        Areas in the projection of the file; NaN, or left out: not known.
    bounds_by_words : tuple of mapping
        For parcels located by words: side (N, E, S, W) to ids of named features that bound it.
    twins : tuple of tuple of int
        For each parcel the positions of the others whose location phrase says the same; empty:
        no phrases.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Objects
    places: Objects
    geometry_class: tuple[str, ...]
    accuracy_m: Floats
    uses: tuple[Use, ...]
    declared_m2: Floats
    declared_texts: tuple[str, ...]
    attributes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    quality: Mapping[int, Sequence[QualityFinding]] = field(default_factory=dict)
    quality_known: bool = False
    plane_m2: Floats | None = None
    bounds_by_words: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    twins: tuple[tuple[int, ...], ...] = ()

    def __len__(self) -> int:
        """Count the parcels."""
        return len(self.ids)

    @cached_property
    def has_shape(self) -> npt.NDArray[np.bool_]:
        """Which parcels have an outline of their own, shape (n,)."""
        return np.array([shape is not None for shape in self.shapes], dtype=bool)

    @cached_property
    def has_place(self) -> npt.NDArray[np.bool_]:
        """Which parcels have only an extent inside which they lie, shape (n,)."""
        placed = np.array([place is not None for place in self.places], dtype=bool)
        return placed & ~self.has_shape

    @cached_property
    def exact(self) -> npt.NDArray[np.bool_]:
        """Which outlines are right to `EXACT_M`, shape (n,)."""
        return self.has_shape & (np.nan_to_num(self.accuracy_m, nan=np.inf) <= EXACT_M)

    @cached_property
    def plane(self) -> CRS:
        """Transverse Mercator centred on the parcels: metres, x east, y north."""
        drawn = [one for one in (*self.shapes, *self.places) if one is not None]
        if not drawn:
            return local_tm(0.0, 0.0)
        west, south, east, north = shapely.total_bounds(drawn).tolist()
        return local_tm((west + east) / 2, (south + north) / 2)

    @cached_property
    def in_plane(self) -> Objects:
        """The outlines in `plane`, None where there is none, shape (n,)."""
        return self._to_plane(self.shapes)

    @cached_property
    def places_in_plane(self) -> Objects:
        """The extents in `plane`, None where there is none, shape (n,)."""
        return self._to_plane(self.places)

    @cached_property
    def drawn(self) -> Objects:
        """The outline, else the extent, in `plane`; None where there is neither, shape (n,)."""
        return np.where(self.has_shape, self.in_plane, self.places_in_plane)

    @cached_property
    def sound(self) -> npt.NDArray[np.bool_]:
        """Which of `drawn` are valid: of others nothing can be measured, shape (n,)."""
        sound: npt.NDArray[np.bool_] = shapely.is_valid(self.drawn) & (
            self.has_shape | self.has_place
        )
        return sound

    @cached_property
    def measurable(self) -> npt.NDArray[np.bool_]:
        """Which outlines are exact and sound, so that areas and distances decide, shape (n,)."""
        return self.exact & self.sound

    @cached_property
    def polygons(self) -> Polygons:
        """The outlines that areas decide about, as flat arrays; other rows have no area."""
        from geo.overlap.polygons import Polygons

        judged = self.in_plane.copy()
        judged[~self.measurable] = None
        return Polygons.from_shapes(judged)

    @cached_property
    def area_m2(self) -> Floats:
        """Areas on the ellipsoid by 1/k² in `plane`; NaN without an outline, shape (n,)."""
        from geo.area import ellipsoidal_area

        areas = np.full(len(self), np.nan)
        areas[self.has_shape] = ellipsoidal_area(self.in_plane[self.has_shape], self.plane)
        return areas

    @cached_property
    def scale(self) -> Floats:
        """Area on the ellipsoid for 1 m² of `plane` at each outline; 1 elsewhere, shape (n,)."""
        with np.errstate(invalid="ignore", divide="ignore"):
            factor = self.area_m2 / shapely.area(self.in_plane)
        return np.where(np.isfinite(factor) & (factor > 0), factor, 1.0)

    def _to_plane(self, shapes: Objects) -> Objects:
        moved = np.full(len(self), None, dtype=object)
        there = np.array([shape is not None for shape in shapes], dtype=bool)
        if there.any():
            moved[there] = to_local(shapes[there], self.plane)
        return moved
