"""A reference layer from a file that its user loads: every row counts or is counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from geo.errors import PlannerError
from geo.read.columns import NAME
from geo.read.limits import DEFAULT_LIMITS, Limits
from geo.read.parsed import Note
from geo.read.sniff import sniff
from geo.read.source import content_of
from geo.read.vector import read_vector
from layers.codes import SCHEMES, code_table, read_scheme
from layers.overlay import Overlay, OverlayReport, frozen
from layers.overlay_columns import (
    Attributes,
    find_column,
    texts,
    unread_accuracies,
    worst_accuracy,
)
from layers.overlay_kinds import code_columns, name_columns, overlay_kind
from layers.overlay_rows import Rows, rows_of_vector
from layers.overlay_stated import Stated, beside, of_members
from layers.overlay_survey import FORMATS, rows_of_survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.read.parsed import Value
    from layers.codes import Scheme
    from layers.overlay import ExtentHow
    from layers.overlay_kinds import OverlayKind

_SCHEME_COLUMNS = ("land_use_scheme", "code_scheme", "分类标准", "地类标准")
# Notes of readers that leave open whether every row was read, and where it lies.
_DOUBTS = frozenset(("geopackage_in_use", "shapes_in_other_crs"))
_SHOWN = 40


def read_overlay(
    source: Path | bytes,
    filename: str,
    kind: str,
    *,
    stated: Stated | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Overlay:
    """Read a reference layer.

    Parameters
    ----------
    source : Path or bytes
        GeoJSON, GeoPackage, FlatGeobuf, GeoParquet or zipped Shapefile; for kinds of land also
        every format of `geo.survey` (KML, DXF, coordinate texts, tables). As a path also a
        ``.shp`` with its files beside, and with what ``<file>.toml`` beside it says.
    filename : str
        Named in errors and in the report; it decides nothing.
    kind : str
        Id of ``data/overlay_kinds.toml``.
    stated : Stated, optional
        What its user says of the layer and settles where the file leaves a question. It counts
        before the file beside the layer, and that before what the layer's file says of itself.
    limits : Limits
        Size, time, memory, counts.

    Returns
    -------
    Overlay
        Features in the file's order.

    Raises
    ------
    PlannerError
        All with ``file``: those of `content_of`, `read_vector`, `read_survey`, `beside` and
        `rows_of_vector`; ``overlay_kind_unknown``, ``overlay_column_unknown``,
        ``overlay_code_scheme_missing``; ``overlay_empty`` for a file without rows;
        ``overlay_axes_format`` for axes in a format of which only land is read;
        ``overlay_needs_polygons``, ``overlay_needs_lines``, ``overlay_far_away``,
        ``overlay_nothing_usable`` when no row is left.
    """
    wanted = overlay_kind(kind)
    try:
        said = stated or Stated()
        if isinstance(source, Path):
            said = said.over(beside(source))
        rows = _rows(content_of(source, limits), filename, wanted, said, limits)
        own, notes = of_members(rows.members)
        reading = _Reading(
            rows=rows, file=filename, id=kind, kind=wanted, said=said.over(own), notes=notes
        )
        return reading.overlay()
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error


def _rows(data: bytes, filename: str, kind: OverlayKind, said: Stated, limits: Limits) -> Rows:
    """Read a file of land by whichever reader knows it; axes stand in vector files only."""
    found = str(sniff(data, filename))
    if found not in FORMATS:
        raw = read_vector(data, filename, layer=said.layer, limits=limits)
        found = raw.format  # what an archive turned out to hold
    if found in FORMATS and kind.geometry == "line":
        raise PlannerError("overlay_axes_format", found=found.upper())
    if found in FORMATS:
        return rows_of_survey(data, filename, said, limits)
    if raw.frame.empty:
        raise PlannerError("overlay_empty")
    return rows_of_vector(raw, kind, said.crs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The rows of one file with all that is said about it."""

    rows: Rows
    file: str
    id: str
    kind: OverlayKind
    said: Stated
    notes: tuple[Note, ...]

    def overlay(self) -> Overlay:
        rows, said = self.rows, self.said
        if not len(rows.shapes):
            raise self._nothing_usable()
        named = any(rows.names) and not said.name_column
        name_column = None if named else self._name_column()
        code_column = self._code_column()
        codes = texts(rows.cells, code_column)
        scheme = self._scheme(codes, code_column)
        lines = self._lines_without_land()
        extent, how = self._extent()
        return Overlay(
            kind=self.id,
            title=said.title or self.file,
            shapes=frozen(rows.shapes),
            names=rows.names if named else texts(rows.cells, name_column),
            codes=codes,
            code_scheme=scheme,
            attributes=Attributes(rows.cells),
            extent=extent,
            extent_how=how,
            accuracy_m=said.accuracy_m or worst_accuracy(rows.cells),
            source=said.source or "",
            date=said.date,
            licence=said.licence or "",
            allowed_use=said.allowed_use or "unknown",
            digest=self._digest(),
            report=self._report(
                name_column,
                code_column,
                (*self._code_notes(codes, scheme), *self._accuracy_notes(), *lines),
            ),
            complete=not (rows.skipped or lines or self._doubtful()),
        )

    def _doubtful(self) -> bool:
        return any(note.code in _DOUBTS for note in self.rows.notes)

    def _digest(self) -> str:
        """Tell this reading from any other: the bytes, the kind and all that was said."""
        parts = [self.rows.digest, self.id, self.file]
        parts += [f"{name}={value}" for name, value in self.said if value is not None]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _nothing_usable(self) -> PlannerError:
        """Tell what most of the rows lack."""
        skipped = Counter(self.rows.skipped)
        if not skipped:
            return PlannerError("overlay_empty")
        main, rows = skipped.most_common(1)[0][0], skipped.total()
        if main == "wrong_type" and self.kind.geometry == "polygon":
            return PlannerError("overlay_needs_polygons", rows=rows)
        if main == "wrong_type":
            return PlannerError("overlay_needs_lines", rows=rows)
        if main in ("far_away", "outside_crs"):
            return PlannerError("overlay_far_away", rows=rows)
        return PlannerError("overlay_nothing_usable", rows=rows)

    def _name_column(self) -> str | None:
        return find_column(self.rows.columns, self.said.name_column, (*NAME, *name_columns()))

    def _code_column(self) -> str | None:
        known = code_columns(self.kind.code).columns if self.kind.code else ()
        return find_column(self.rows.columns, self.said.code_column, known)

    def _scheme(self, codes: Sequence[str], column: str | None) -> Scheme | None:
        """Return the scheme of land-use codes; without one they mean nothing."""
        if self.kind.code is None or not code_columns(self.kind.code).scheme or not any(codes):
            return None
        cells = self.rows.cells
        stated = texts(cells, find_column(cells, None, _SCHEME_COLUMNS))
        written = {read_scheme(one) for one, code in zip(stated, codes, strict=True) if code}
        by_column = next((one for one in SCHEMES if written == {one}), None)
        scheme = self.said.code_scheme or by_column
        if scheme is None:
            first = next(code for code in codes if code)
            raise PlannerError("overlay_code_scheme_missing", column=column, value=first[:_SHOWN])
        return scheme

    def _code_notes(self, codes: Sequence[str], scheme: Scheme | None) -> tuple[Note, ...]:
        strangers = (
            [one for one in codes if one and one not in code_table(scheme)] if scheme else []
        )
        if not strangers:
            return ()
        first = strangers[0][:_SHOWN]
        values: dict[str, Value] = {"count": len(strangers), "value": first, "scheme": scheme}
        return (Note(code="overlay_codes_unknown", values=values),)

    def _accuracy_notes(self) -> tuple[Note, ...]:
        unread = [] if self.said.accuracy_m else unread_accuracies(self.rows.cells)
        if not unread:
            return ()
        values: dict[str, Value] = {"count": len(unread), "value": unread[0][:_SHOWN]}
        return (Note(code="overlay_accuracy_unread", values=values),)

    def _lines_without_land(self) -> tuple[Note, ...]:
        """Note boundary lines where land is meant: a parcel between two of them meets neither."""
        count = int((shapely.get_dimensions(self.rows.shapes) == 1).sum())
        if self.kind.geometry == "line" or not count:
            return ()
        return (Note(code="overlay_boundary_lines", values={"count": count}),)

    def _extent(self) -> tuple[BaseGeometry | None, ExtentHow]:
        covers = self.said.covers
        if covers == "all":
            return None, "declared_all"
        if covers is not None and not isinstance(covers, str):
            return covers, "declared"
        west, south, east, north = shapely.total_bounds(self.rows.shapes).tolist()
        corners = shapely.multipoints([[west, south], [east, north]])
        return shapely.envelope(corners), "bounding_box"

    def _report(
        self, name_column: str | None, code_column: str | None, notes: tuple[Note, ...]
    ) -> OverlayReport:
        rows = self.rows
        repaired = Note(code="overlay_repaired", values={"count": rows.repaired})
        return OverlayReport(
            file=self.file,
            format=rows.format,
            digest=rows.digest,
            layer=rows.layer,
            encoding=rows.encoding,
            crs=rows.crs,
            crs_how=rows.crs_how,
            name_column=name_column,
            code_column=code_column,
            rows=len(rows.shapes) + sum(rows.skipped.values()),
            used=len(rows.shapes),
            skipped=dict(sorted(rows.skipped.items())),
            repaired=rows.repaired,
            notes=(*rows.notes, *((repaired,) if rows.repaired else ()), *self.notes, *notes),
            remarks=rows.remarks,
        )
