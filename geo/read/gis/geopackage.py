"""GeoPackage through SQLite alone: tables only, read-only, never a view, never an index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.gis.blobs import place, shapes_of
from geo.read.gis.cells import column, table_of_columns
from geo.read.gis.declared import declared_crs, same_crs
from geo.read.parsed import Fault, Note, Parsed, choose_layer, require_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from geo.read.formats import Request
    from geo.read.limits import Limits

_MAGIC = b"GP"
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_EXTENDED, _LITTLE = 0x20, 0x01
_FLAT = {"POINT", "MULTIPOINT", "LINESTRING", "MULTILINESTRING", "CIRCULARSTRING"}
_FLAT |= {"COMPOUNDCURVE", "MULTICURVE", "CURVE"}
_UNDEFINED = (-1, 0)
_KEY = "primary key"
_SQLITE_HEADER = 100
_LAYERS = """
SELECT c.table_name, g.column_name, upper(g.geometry_type_name), g.srs_id, m.type,
       upper(ltrim(m.sql)) LIKE 'CREATE VIRTUAL%'
FROM gpkg_contents c
JOIN sqlite_master m ON lower(m.name) = lower(c.table_name) AND m.type IN ('table', 'view')
LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)
WHERE c.data_type = 'features' ORDER BY c.table_name
"""
_CRS = """
SELECT organization, organization_coordsys_id, definition
FROM gpkg_spatial_ref_sys WHERE srs_id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    name: str
    geometry: str
    kind: str
    srs: int


class _Texts:
    """Texts are UTF-8 by definition; what is not is GBK, and is reported."""

    def __init__(self) -> None:
        self.foreign = False

    def __call__(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            self.foreign = True
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise PlannerError("file_encoding_unknown") from error


def parse_geopackage(request: Request) -> Parsed:
    """Read one feature table of a GeoPackage.

    Parameters
    ----------
    request : Request
        ``layer`` is the name of the table, when there are several.

    Returns
    -------
    Parsed
        Rows in the order of their keys; the key is an attribute where it does not simply
        count them. Faults ``geometry_broken``, ``curve_geometry`` and others of
        `shapes_of`; notes ``other_layers`` (lines and points beside the one table of
        polygons), ``views_left_out``, ``binary_left_out``, ``shapes_in_other_crs``,
        ``encoding_not_as_declared``, ``geopackage_in_use`` (changes may lie in a journal that
        did not come along).

    Raises
    ------
    PlannerError
        ``file_broken``, ``file_many_layers``, ``file_layer_unknown``,
        ``geopackage_no_features``, ``file_too_many_*``, ``file_encoding_unknown``.
    """
    with request.path.open("rb") as file:
        header = file.read(_SQLITE_HEADER)
    journal = _look_at_header(header, request.path.stat().st_size)
    address = f"{request.path.resolve().as_uri()}?mode=ro&immutable=1"
    texts = _Texts()
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.text_factory = texts
            connection.execute("PRAGMA trusted_schema = OFF")
            parsed = _read(connection, request)
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise PlannerError("file_broken") from error
    if texts.foreign:
        note = Note(code="encoding_not_as_declared")
        parsed = replace(parsed, encoding="gb18030", notes=(*parsed.notes, note))
    return replace(parsed, notes=(*parsed.notes, *journal))


def _look_at_header(header: bytes, size: int) -> tuple[Note, ...]:
    """Refuse a file that is shorter than it says; say that changes may lie beside it."""
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    is_current = header[24:28] == header[92:96]
    if is_current and pages * (1 << 16 if page == 1 else page) > size:
        raise PlannerError("file_broken")
    return (Note(code="geopackage_in_use"),) if header[18:20] == b"\x02\x02" else ()


def _read(connection: sqlite3.Connection, request: Request) -> Parsed:
    layer, notes = _choose(connection, request.layer)
    names, types = _columns(connection, layer, request.limits)
    faults: dict[int, Fault] = {}
    systems: set[int] = set()
    rows: list[tuple[Any, ...]] = []
    values = _taken(connection.execute(_query(names, layer)), rows, request.limits)
    blobs = (_blob(value, row, systems, faults) for row, value in enumerate(values))
    shapes = shapes_of(blobs, request.limits, faults)
    table, left_out = _attributes(names[1:], types, rows)
    crs, crs_notes = _crs(connection, layer.srs)
    strangers = sorted(systems - {layer.srs, *_UNDEFINED})
    if strangers and layer.srs not in _UNDEFINED:
        shown = "、".join(map(str, strangers[:8]))
        notes += (Note(code="shapes_in_other_crs", values={"found": shown, "stated": layer.srs}),)
    return Parsed(
        table=table,
        wkb=shapes.wkb,
        faults=shapes.faults,
        remarks=shapes.remarks,
        crs=crs,
        encoding="utf-8",
        layer=layer.name,
        notes=(*notes, *shapes.notes, *crs_notes, *left_out),
    )


def _choose(connection: sqlite3.Connection, wanted: str | None) -> tuple[_Layer, tuple[Note, ...]]:
    """Take the table that was asked for, the only one, or the only one that can hold polygons."""
    found = connection.execute(_LAYERS).fetchall()
    layers = {
        row[0]: _Layer(name=row[0], geometry=row[1] or "geom", kind=row[2] or "", srs=row[3] or 0)
        for row in found
        if row[4] == "table" and not row[5]
    }
    views = sorted({row[0] for row in found} - set(layers))
    notes: tuple[Note, ...] = ()
    if views:
        notes = (Note(code="views_left_out", values={"layers": "、".join(views)}),)
    if not layers:
        raise PlannerError("geopackage_no_features", layers=views)
    areas = [name for name, layer in layers.items() if layer.kind not in _FLAT]
    if wanted is None and len(areas) == 1 < len(layers):
        others = "、".join(name for name in layers if name != areas[0])
        notes += (Note(code="other_layers", values={"layers": others}),)
        return layers[areas[0]], notes
    return layers[choose_layer(list(layers), wanted)], notes


def _columns(
    connection: sqlite3.Connection, layer: _Layer, limits: Limits
) -> tuple[list[str], dict[str, str]]:
    """Give the columns, that of the geometry first, and their types."""
    described = connection.execute(f"PRAGMA table_xinfo({_quoted(layer.name)})").fetchall()
    names = [_named(row[1], layer.geometry) for row in described]
    types = {row[1]: _KEY if row[5] else (row[2] or "").upper() for row in described}
    if layer.geometry not in names:
        raise PlannerError("file_broken")
    require_size(features=0, columns=len(names), vertices=0, limits=limits)
    return [layer.geometry, *(name for name in names if name != layer.geometry)], types


def _query(names: Sequence[str], layer: _Layer) -> str:
    columns = ", ".join(map(_quoted, names))
    return f"SELECT {columns} FROM {_quoted(layer.name)}"  # noqa: S608 -- quoted identifiers


def _taken(
    found: Iterable[tuple[Any, ...]], rows: list[tuple[Any, ...]], limits: Limits
) -> Iterator[Any]:
    """Give the first value of each row, and keep the others."""
    for geometry, *others in found:
        rows.append(tuple(others))
        if len(rows) > limits.features:
            require_size(features=len(rows), columns=0, vertices=0, limits=limits)
        yield geometry


def _named(name: str, geometry: str) -> str:
    """Give the column of the geometry the name by which it is announced: case does not count."""
    return geometry if name.casefold() == geometry.casefold() else name


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _blob(value: Any, row: int, systems: set[int], faults: dict[int, Fault]) -> bytes | None:
    """Take the well-known binary out of the envelope of GeoPackage."""
    if value is None:
        return None
    head = 8
    if isinstance(value, bytes) and len(value) > head and value.startswith(_MAGIC):
        flags = value[3]
        envelope = _ENVELOPES.get(flags >> 1 & 0x07)
        if envelope is not None and not flags & _EXTENDED:
            order = "little" if flags & _LITTLE else "big"
            shape = value[head + envelope :]
            if shape[:1] in {b"\0", b"\1"}:  # else the whole blob is broken, its code too
                systems.add(int.from_bytes(value[4:8], order, signed=True))  # type: ignore[arg-type]
            return shape
    size = len(value) if isinstance(value, (bytes, str)) else 0
    faults[row] = Fault(code="geometry_broken", where=place(row), values={"bytes": size})
    return None


def _attributes(
    names: Sequence[str], types: Mapping[str, str], rows: Sequence[tuple[Any, ...]]
) -> tuple[pa.Table, tuple[Note, ...]]:
    kept: dict[str, pa.Array] = {}
    binary: list[str] = []
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    for name, values in zip(names, cells, strict=True):
        kind = types[name]
        if kind == _KEY and values == tuple(range(1, len(values) + 1)):
            continue
        if any(isinstance(value, bytes) for value in values):
            binary.append(name)
        else:
            kept[name] = _column(kind, values)
    notes = (Note(code="binary_left_out", values={"columns": "、".join(binary)}),) if binary else ()
    return table_of_columns(list(kept), list(kept.values()), len(rows)), notes


def _column(kind: str, values: Sequence[Any]) -> pa.Array:
    if kind == "BOOLEAN" and {0, 1, None} >= set(values):
        return column([None if value is None else bool(value) for value in values])
    return column(list(values))


def _crs(connection: sqlite3.Connection, srs: int) -> tuple[str | None, tuple[Note, ...]]:
    if srs in _UNDEFINED:
        return None, ()
    row = connection.execute(_CRS, (srs,)).fetchone()
    if row is None:
        note = Note(code="crs_text_unreadable", values={"text": f"srs_id {srs}"})
        return None, (note,)
    organization, number, definition = row
    defined, notes = declared_crs(str(definition or ""))
    if str(organization or "").upper() != "EPSG":
        return defined, notes
    code = f"EPSG:{number}"
    if defined is not None and not same_crs(defined, code):
        values = {"code": code, "definition": defined[:80]}
        return None, (Note(code="crs_definition_differs", values=values),)
    return code, ()
