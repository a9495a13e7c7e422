"""A reference layer from a file that its user loads: every row counts or is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import PlannerError
from geo.read.limits import DEFAULT_LIMITS, Limits
from geo.read.parsed import Note
from geo.read.source import content_of
from geo.read.vector import RawFrame, read_vector
from layers.codes import SCHEMES, code_table
from layers.overlay import Overlay, OverlayReport, frozen
from layers.overlay_columns import Attributes, find_column, find_name_column, texts, worst_accuracy
from layers.overlay_kinds import code_columns, name_columns, overlay_kind
from layers.overlay_rows import counted_remarks, placed_rows, reasons_after, reasons_before
from layers.overlay_stated import Stated, beside, of_members

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geo.read.parsed import Value
    from geo.read.placement import Placed
    from layers.codes import Scheme
    from layers.overlay import ExtentHow, Shapes
    from layers.overlay_kinds import OverlayKind

_SCHEME_COLUMNS = ("land_use_scheme", "code_scheme")
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
        GeoJSON, GeoPackage, FlatGeobuf, GeoParquet or zipped Shapefile; as a path also a
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
        All with ``file``: those of `content_of`, `read_vector`, `beside` and `placed_rows`;
        ``overlay_kind_unknown``, ``overlay_column_unknown``; ``overlay_code_scheme_missing``;
        ``overlay_empty`` for a file without rows; ``overlay_needs_polygons``,
        ``overlay_needs_lines``, ``overlay_far_away``, ``overlay_nothing_usable`` when no row is
        left.
    """
    wanted = overlay_kind(kind)
    try:
        said = stated or Stated()
        if isinstance(source, Path):
            said = said.over(beside(source))
        raw = read_vector(content_of(source, limits), filename, layer=said.layer, limits=limits)
        own, notes = of_members(raw.members)
        reading = _Reading(raw=raw, file=filename, kind=wanted, said=said.over(own), notes=notes)
        return reading.overlay(kind)
    except PlannerError as error:
        raise PlannerError(error.code, **{"file": filename, **error.values}) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Used:
    """The rows that count: positions in the file, shapes, and what became of the others."""

    rows: Sequence[int]
    shapes: Shapes
    skipped: Counter[str]
    repaired: int
    placed: Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One file with all that is said about it."""

    raw: RawFrame
    file: str
    kind: OverlayKind
    said: Stated
    notes: tuple[Note, ...]

    def overlay(self, kind: str) -> Overlay:
        if self.raw.frame.empty:
            raise PlannerError("overlay_empty")
        table = self.raw.frame.drop(columns="geometry")
        name_column = find_name_column(table, self.said.name_column, name_columns())
        code_column = self._code_column(table)
        used = self._used()
        cells = table.iloc[used.rows].reset_index(drop=True)
        codes = texts(cells, code_column)
        scheme = self._scheme(codes, code_column, cells)
        lines = self._lines_without_land(used.shapes)
        extent, how = self._extent(used.shapes)
        report = self._report(
            used, name_column, code_column, (*self._code_notes(codes, scheme), *lines)
        )
        said = self.said
        return Overlay(
            kind=kind,
            title=said.title or self.file,
            shapes=frozen(used.shapes),
            names=texts(cells, name_column),
            codes=codes,
            code_scheme=scheme,
            attributes=Attributes(cells),
            extent=extent,
            extent_how=how,
            accuracy_m=said.accuracy_m or worst_accuracy(cells),
            source=said.source or "",
            date=said.date,
            licence=said.licence or "",
            allowed_use=said.allowed_use or "unknown",
            digest=self.raw.digest,
            report=report,
            complete=not used.skipped and not lines,
        )

    def _used(self) -> _Used:
        reasons = reasons_before(self.raw, self.kind)
        kept = np.flatnonzero(reasons == "")
        if not len(kept):
            raise self._nothing_usable(Counter(reasons))
        shapes = self.raw.frame.geometry.to_numpy()[kept]
        placed = placed_rows(shapes, self.raw, self.said.crs)
        reasons[kept[~placed.inside]] = "outside_crs"
        kept = kept[placed.inside]
        mended, later, repaired = reasons_after(placed.geometries[placed.inside])
        reasons[kept] = later
        usable = later == ""
        skipped = Counter(str(reason) for reason in reasons if reason)
        if not usable.any():
            raise self._nothing_usable(skipped)
        return _Used(
            rows=kept[usable],
            shapes=mended[usable],
            skipped=skipped,
            repaired=repaired,
            placed=placed,
        )

    def _nothing_usable(self, skipped: Counter[str]) -> PlannerError:
        """Tell what most of the rows lack."""
        main, rows = skipped.most_common(1)[0][0], skipped.total()
        if main == "wrong_type" and self.kind.geometry == "polygon":
            return PlannerError("overlay_needs_polygons", rows=rows)
        if main == "wrong_type":
            return PlannerError("overlay_needs_lines", rows=rows)
        if main in ("far_away", "outside_crs"):
            return PlannerError("overlay_far_away", rows=rows)
        return PlannerError("overlay_nothing_usable", rows=rows)

    def _code_column(self, table: pd.DataFrame) -> str | None:
        known = code_columns(self.kind.code).columns if self.kind.code else ()
        return find_column(table, self.said.code_column, known)

    def _scheme(
        self, codes: Sequence[str], column: str | None, cells: pd.DataFrame
    ) -> Scheme | None:
        """Return the scheme of land-use codes; without one they mean nothing."""
        if self.kind.code is None or not code_columns(self.kind.code).scheme or not any(codes):
            return None
        written = set(texts(cells, find_column(cells, None, _SCHEME_COLUMNS)))
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

    def _lines_without_land(self, shapes: Shapes) -> tuple[Note, ...]:
        """Note boundary lines where land is meant: a parcel between two of them meets neither."""
        count = int((shapely.get_dimensions(shapes) == 1).sum())
        if self.kind.geometry == "line" or not count:
            return ()
        return (Note(code="overlay_boundary_lines", values={"count": count}),)

    def _extent(self, shapes: Shapes) -> tuple[BaseGeometry | None, ExtentHow]:
        covers = self.said.covers
        if covers == "all":
            return None, "declared_all"
        if covers is not None and not isinstance(covers, str):
            return covers, "declared"
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        return shapely.envelope(shapely.multipoints([[west, south], [east, north]])), "bounding_box"

    def _report(
        self,
        used: _Used,
        name_column: str | None,
        code_column: str | None,
        notes: tuple[Note, ...],
    ) -> OverlayReport:
        placed = tuple(Note(code=code) for code in used.placed.notes)
        repaired = Note(code="overlay_repaired", values={"count": used.repaired})
        return OverlayReport(
            file=self.file,
            format=self.raw.format,
            layer=self.raw.layer,
            encoding=self.raw.encoding,
            crs=used.placed.crs,
            crs_how=used.placed.how,
            name_column=name_column,
            code_column=code_column,
            rows=len(self.raw.frame),
            used=len(used.rows),
            skipped=dict(sorted(used.skipped.items())),
            repaired=used.repaired,
            notes=(
                *self.raw.notes,
                *placed,
                *((repaired,) if used.repaired else ()),
                *self.notes,
                *notes,
            ),
            remarks=counted_remarks(self.raw),
        )
