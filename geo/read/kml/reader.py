"""KML and KMZ: polygons of placemarks, everything else named as skipped."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import PlannerError
from geo.read.archive import Archive
from geo.read.charset import declared_encoding, find_encoding
from geo.read.kml.coordinates import read_coordinates
from geo.read.kml.document import read_placemarks
from geo.read.parsed import Fault, Note, Parsed, choose_layer, require_size, unique_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.read.formats import Request
    from geo.read.kml.document import Placemark, PolygonText
    from geo.read.limits import Limits

_HEAD = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_HEAD_BYTES = 200
_WIDE_HEADS = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_DEGREES = 180.0
_CORNERS = 3
_MAIN = "doc.kml"
_WGS84 = "EPSG:4326"


def parse_kml(request: Request) -> Parsed:
    """Read KML.

    Parameters
    ----------
    request : Request
        One document, in any encoding of Chinese; namespaces and prefixes do not matter.

    Returns
    -------
    Parsed
        A row for each placemark with a polygon, longitude first. Its own texts and extended
        data are columns. Placemarks of any other shape, links and overlays are skipped.

    Raises
    ------
    PlannerError
        ``kml_doctype``, ``kml_broken``, ``kml_too_deep``, ``file_format_refused``,
        ``file_encoding_unknown``, ``file_too_many_*``.
    """
    return _parse(request.data, request.limits)


def parse_kmz(request: Request) -> Parsed:
    """Read the KML inside of a KMZ archive.

    Parameters
    ----------
    request : Request
        ``layer`` names the member when there are several documents and none is ``doc.kml``.

    Returns
    -------
    Parsed
        As `parse_kml`; other documents of the archive are skipped, pictures are counted.

    Raises
    ------
    PlannerError
        As `parse_kml`; ``archive_*``, ``kmz_no_kml``, ``file_many_layers``,
        ``file_layer_unknown``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(request.data)) as packed:
            archive = Archive(packed, request.limits)
            members = list(archive.members)
            documents = [name for name in members if name.lower().endswith(".kml")]
            chosen = _main_document(documents, request.layer)
            data = archive.read(chosen)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise PlannerError("archive_broken") from error
    skipped = tuple(
        Fault(code="kmz_document_skipped", where=f"member:{name}", values={"member": name})
        for name in documents
        if name != chosen
    )
    files = len(members) - len(documents)
    notes = (Note(code="kmz_files_ignored", values={"count": files}),) if files else ()
    return _parse(data, request.limits, layer=chosen, skipped=skipped, notes=notes)


def _main_document(documents: Sequence[str], layer: str | None) -> str:
    if not documents:
        raise PlannerError("kmz_no_kml")
    main = [name for name in documents if name.lower() == _MAIN]
    return main[0] if layer is None and main else choose_layer(sorted(documents), layer)


def _parse(
    data: bytes,
    limits: Limits,
    *,
    layer: str | None = None,
    skipped: tuple[Fault, ...] = (),
    notes: tuple[Note, ...] = (),
) -> Parsed:
    text, encoding, own_notes = _decode(data)
    apart: list[Fault] = []
    rows = _Rows(limits)
    for placemark in read_placemarks(text, apart):
        rows.add(placemark)
    require_size(
        features=rows.count + len(rows.skipped), columns=0, vertices=rows.vertices, limits=limits
    )
    table = rows.table()
    crs, crs_notes = rows.crs()
    return Parsed(
        table=table,
        wkb=pa.array(rows.wkb, type=pa.binary()),
        where=pa.array(rows.where, type=pa.string()),
        faults=rows.faults,
        skipped=(*skipped, *rows.skipped, *apart),
        remarks=tuple(rows.remarks),
        crs=crs,
        fields={"name": "name"} if "name" in table.column_names else {},
        encoding=encoding,
        layer=layer,
        notes=(*notes, *own_notes, *crs_notes),
    )


def _decode(data: bytes) -> tuple[str, str, tuple[Note, ...]]:
    """Decode the document; a head that the bytes contradict is noted and does not count."""
    wide = _WIDE_HEADS.get(data[:2])
    found = _HEAD.search(data[:_HEAD_BYTES])
    label = found[1].decode("ascii") if found else ""
    codec = wide or find_encoding([data], declared_encoding(label))
    try:
        text = data.decode(codec).lstrip().rstrip("\x00")
    except UnicodeDecodeError as error:
        raise PlannerError("file_encoding_unknown") from error
    encoding = codec.removesuffix("-sig")
    declared = declared_encoding(label) or label.lower()
    if not label or encoding.startswith(declared) or data.isascii():
        return text, encoding, ()
    note = Note(code="kml_head_contradicted", values={"declared": label, "encoding": encoding})
    return text, encoding, (note,)


class _BrokenRingError(Exception):
    """A ring that cannot be taken; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.code)


@dataclass
class _Rows:
    """Placemarks turned into rows of a layer."""

    limits: Limits
    attributes: list[list[tuple[str, str]]] = field(default_factory=list)
    wkb: list[bytes | None] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    skipped: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    vertices: int = 0
    heights: bool = False
    in_degrees: int = 0

    @property
    def count(self) -> int:
        return len(self.where)

    def add(self, placemark: Placemark) -> None:
        where = f"feature:{placemark.number}"
        if not placemark.polygons:
            self.skipped.append(_without_polygon(placemark, where))
            return
        extra = [("folder", placemark.folder)] if placemark.folder else []
        self.attributes.append(placemark.attributes + extra)
        self.where.append(where)
        try:
            shape = self._shape(placemark.polygons, where)
            self.wkb.append(shapely.to_wkb(shape))
            self.in_degrees += bool(np.abs(shape.bounds).max() <= _DEGREES)
        except _BrokenRingError as error:
            self.faults[self.count - 1] = error.fault
            self.wkb.append(None)
        if placemark.others:
            parts = {"kinds": _counted(placemark), "name": placemark.name}
            self.remarks.append(Fault(code="kml_parts_skipped", where=where, values=parts))
        require_size(features=self.count, columns=0, vertices=self.vertices, limits=self.limits)

    def _shape(self, polygons: Sequence[PolygonText], where: str) -> shapely.Geometry:
        shapes, number = [], 0
        for polygon in polygons:
            if len(polygon.outer) != 1:
                values = {"count": len(polygon.outer)}
                raise _BrokenRingError(Fault(code="kml_outer_rings", where=where, values=values))
            rings = [
                self._ring(text, f"{where};ring:{number + position}")
                for position, text in enumerate([*polygon.outer, *polygon.inner], start=1)
            ]
            number += len(rings)
            shapes.append(shapely.polygons(rings[0], holes=rings[1:] or None))
        return shapes[0] if len(shapes) == 1 else shapely.multipolygons(shapes)

    def _ring(self, text: str, where: str) -> shapely.LinearRing:
        read = read_coordinates(text)
        if read.points is None:
            number, value = read.broken
            raise _BrokenRingError(
                Fault(
                    code="kml_coordinates_broken",
                    where=f"{where};point:{number}",
                    values={"value": value, "point": number},
                )
            )
        if read.repaired:
            written = {"value": read.repaired}
            self.remarks.append(Fault(code="kml_coordinates_repaired", where=where, values=written))
        self.heights = self.heights or read.heights
        self.vertices += len(read.points)
        return shapely.linearrings(self._closed(read.points, where))

    def _closed(self, points: npt.NDArray[np.float64], where: str) -> npt.NDArray[np.float64]:
        count = len(set(map(tuple, points.tolist())))
        if count < _CORNERS:
            fault = Fault(code="kml_ring_short", where=where, values={"count": count})
            raise _BrokenRingError(fault)
        if (points[0] == points[-1]).all():
            return points
        self.remarks.append(Fault(code="ring_closed", where=where))
        return np.vstack([points, points[:1]])

    def table(self) -> pa.Table:
        """Make the columns: the name first, then the others as they came."""
        rows = [
            dict(zip(unique_names([k for k, _ in row]), row, strict=True))
            for row in self.attributes
        ]
        names = [
            name for name in dict.fromkeys(key for row in rows for key in row) if name != "name"
        ]
        names = ["name", *names] if any("name" in row for row in rows) else names
        require_size(features=0, columns=len(names), vertices=0, limits=self.limits)
        columns = {
            name: pa.array([row[name][1] if name in row else None for row in rows], pa.string())
            for name in names
        }
        return pa.table(columns) if columns else pa.table({"": pa.nulls(len(rows))}).select([])

    def crs(self) -> tuple[str | None, tuple[Note, ...]]:
        """KML means degrees; numbers that are none have no stated CRS."""
        notes = (Note(code="z_dropped"),) if self.heights else ()
        read = self.count - len(self.faults)
        if read and not self.in_degrees:
            return None, (*notes, Note(code="kml_not_degrees"))
        return _WGS84, notes


def _without_polygon(placemark: Placemark, where: str) -> Fault:
    values = {"kinds": _counted(placemark), "name": placemark.name}
    if placemark.closed_line:
        return Fault(code="kml_line_closed", where=where, values=values)
    if placemark.others:
        return Fault(code="kml_kind_skipped", where=where, values=values)
    return Fault(code="kml_no_geometry", where=where, values={"name": placemark.name})


def _counted(placemark: Placemark) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(placemark.others.items()))
