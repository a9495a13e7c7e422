"""A reference layer that a user loads: what parcels are judged against, and how far it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import to_local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from geo.read.parsed import Fault, Note
    from layers.codes import Scheme
    from layers.overlay_stated import AllowedUse

Shapes = npt.NDArray[np.object_]
ExtentHow = Literal["declared_all", "declared", "bounding_box"]
_MOST_PLANES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayReport:
    """What was read and how; ``rows`` = ``used`` + the sum of ``skipped``.

    Attributes
    ----------
    file, format, digest : str
        Name as given, format as found, SHA-256 of the file.
    layer, encoding : str or None
        As found in the file.
    crs, crs_how : str
        The CRS that was read from, and how it is known: as in `geo.read.placement.Placed`, for
        survey files as in `geo.survey.model.CrsDecision`.
    name_column, code_column : str or None
        Where names and codes were taken from; None: there are none.
    rows, used : int
        Rows of the file, and those that count in checks.
    skipped : mapping of str to int
        Reason to count: ``empty_geometry``, ``invalid_geometry``, ``wrong_type``, ``outside_crs``,
        ``far_away``, ``zero_area``, ``zero_length``; a row has one reason.
    repaired : int
        Polygons of ``used`` that crossed themselves and could be read in one way only.
    notes : tuple of Note
        What was assumed.
    remarks : tuple of (Fault, int)
        What was changed or doubtful in rows that count: the first of each code, and how many.
    """

    file: str
    format: str
    digest: str
    layer: str | None
    encoding: str | None
    crs: str
    crs_how: str
    name_column: str | None
    code_column: str | None
    rows: int
    used: int
    skipped: Mapping[str, int]
    repaired: int
    notes: tuple[Note, ...]
    remarks: tuple[tuple[Fault, int], ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Overlay:
    """A layer of one kind, n features; nothing in it changes any more.

    Attributes
    ----------
    kind : str
        Id of ``data/overlay_kinds.toml``.
    title : str
        As given, else the name of the file; any text.
    shapes : object array, shape (n,)
        EPSG:4490, valid, never empty: (Multi)Polygon in kinds of land; in kinds of lines and
        where boundary lines are taken also (Multi)LineString.
    names, codes : tuple of str
        As written, "" where there is none. A code is what `OverlayKind.code` says.
    code_scheme : str or None
        Scheme of land-use codes; known wherever there are such codes.
    attributes : mapping of str to sequence
        The file's own columns, one plain value a feature; None where empty.
    extent : geometry or None
        EPSG:4490: where "nothing here" may be concluded. None: everywhere, as its user declared.
    extent_how : str
        ``declared_all``, ``declared``, or ``bounding_box`` of the features: nobody declared it.
    accuracy_m : float or None
        Distance by which its features may be off, the worst that is stated; None: not stated.
    source, licence : str
        "" where not stated.
    date : str or None
        State of the data: ISO date or the beginning of one; of several files the oldest, and
        None as soon as one of them states none.
    allowed_use : str
        Of several files the strictest; ``unknown`` where not stated.
    digest : str
        SHA-256 of the file, the kind and all that was stated: another reading has another. Of
        several files that of their digests.
    complete : bool
        Every row of the file counts, and nothing leaves open whether more belong to it. If not,
        "no hit" proves nothing, a hit does.
    parts : tuple of Overlay
        The layers that this one was merged from, in order; () for one file.
    """

    kind: str
    title: str
    shapes: Shapes
    names: tuple[str, ...]
    codes: tuple[str, ...]
    code_scheme: Scheme | None = None
    attributes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    extent: BaseGeometry | None
    extent_how: ExtentHow
    accuracy_m: float | None = None
    source: str = ""
    date: str | None = None
    licence: str = ""
    allowed_use: AllowedUse = "unknown"
    digest: str
    report: OverlayReport
    complete: bool
    parts: tuple[Overlay, ...] = ()
    _planes: dict[str, Shapes] = field(default_factory=dict, init=False, repr=False)

    def __len__(self) -> int:
        """Count the features."""
        return len(self.shapes)

    def in_plane(self, plane: CRS) -> Shapes:
        """Return the shapes in a metric plane, valid there too; kept for the last few planes.

        Parameters
        ----------
        plane : CRS
            Metres, usually from `geo.crs.local_tm`.

        Returns
        -------
        object array, shape (n,)
            Read-only, in the order of ``shapes``; x east, y north.
        """
        key = plane.srs
        held = self._planes.get(key)
        if held is None:
            held = _sound(np.asarray(to_local(self.shapes, plane)))
            for old in list(self._planes)[: len(self._planes) + 1 - _MOST_PLANES]:
                self._planes.pop(old, None)
            self._planes[key] = held
        return held

    def part_of(self, feature: int) -> Overlay:
        """Return the layer of one file that a feature came from, for its source and date."""
        for part in self.parts:
            if feature < len(part):
                return part
            feature -= len(part)
        return self


def frozen(shapes: Shapes) -> Shapes:
    """Return an array that nobody can change."""
    shapes.setflags(write=False)
    return shapes


def _sound(shapes: Shapes) -> Shapes:
    """Mend what rounding in the projection broke: edges a nanometre apart may cross there."""
    broken = ~shapely.is_valid(shapes)
    if broken.any():
        shapes = shapes.copy()
        shapes[broken] = shapely.make_valid(
            shapes[broken], method="structure", keep_collapsed=False
        )
    return frozen(shapes)
