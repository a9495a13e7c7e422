"""Parcels and points of a survey text, put together: rows, faults and remarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.read.numbers import narrow
from geo.read.parsed import Fault, Note, Parsed, require_size
from geo.read.txt.parcel import COLUMNS, FIELDS, NO_POLYGON
from geo.read.txt.rings import Rings, measure_rings, ring_shapes, ring_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from geo.read.limits import Limits
    from geo.read.parsed import Value
    from geo.read.txt.parcel import ParcelLine
    from geo.read.txt.points import Points
    from geo.read.txt.survey import Draft

    _Ints = npt.NDArray[np.intp]
    _Bools = npt.NDArray[np.bool_]

_AT_ONCE = 50_000  # points


def assemble(draft: Draft, encoding: str, limits: Limits) -> Parsed:
    """Make the answer of the reader.

    Parameters
    ----------
    draft : Draft
        The file with its lines told apart.
    encoding : str
        Of the file.
    limits : Limits
        For the number of parcels and columns.

    Returns
    -------
    Parsed
        A row a parcel of kind 面; all others are skipped.

    Raises
    ------
    PlannerError
        ``file_too_many_features``, ``file_too_many_columns``, ``file_too_many_vertices``.
    """
    require_size(features=len(draft.parcels), columns=0, vertices=0, limits=limits)
    layer, skipped = _polygons(draft)
    faults = dict(sorted(_faults(draft, layer)))
    good = ~np.isin(layer.row, list(faults))
    remarks = [*draft.remarks, *_parcel_remarks(layer), *_ring_remarks(layer, good)]
    table = _table(layer.parcels, limits)
    return Parsed(
        table=table,
        wkb=_shapes(layer, good),
        where=pa.array([_line(parcel.line) for parcel in layer.parcels], pa.string()),
        faults=faults,
        skipped=tuple(sorted([*draft.skipped, *skipped], key=_number)),
        remarks=tuple(sorted(remarks, key=_number)),
        rings=True,
        axes="ne",
        header=draft.header,
        fields={role: name for role, name in FIELDS.items() if name in table.column_names},
        labels=_labels(layer, good),
        decimals=_decimals(layer),
        encoding=encoding,
        notes=(*draft.notes, *_closing_notes(layer.rings, good)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """Parcels that are polygons, their n points, and the row of each point."""

    parcels: Sequence[ParcelLine]
    points: Points
    row: _Ints
    starts: _Bools
    split: _Bools
    rings: Rings


def _polygons(draft: Draft) -> tuple[_Layer, list[Fault]]:
    points = draft.points.points()
    begins = np.array([parcel.line for parcel in draft.parcels], dtype=np.intp)
    parcel = np.searchsorted(begins, points.line, side="right") - 1
    is_polygon = np.array([one.kind not in NO_POLYGON for one in draft.parcels], dtype=bool)
    skipped = list(_orphans(points, parcel))
    counts = np.bincount(parcel[parcel >= 0], minlength=len(begins))
    for place in np.flatnonzero(~is_polygon).tolist():
        one = draft.parcels[place]
        values: dict[str, Value] = {"value": one.kind, "parcel": one.title}
        values["points"] = int(counts[place])
        skipped.append(Fault(code="txt_not_polygon", where=_line(one.line), values=values))
    kept = (parcel >= 0) & is_polygon[parcel]
    row = (np.cumsum(is_polygon) - 1)[parcel[kept]]
    points = _pick(points, kept)
    starts, split = ring_starts(points, row)
    layer = _Layer(
        parcels=[one for one, take in zip(draft.parcels, is_polygon, strict=True) if take],
        points=points,
        row=row,
        starts=starts,
        split=split,
        rings=measure_rings(points, row, starts),
    )
    return layer, skipped


def _orphans(points: Points, parcel: _Ints) -> Iterator[Fault]:
    """Name points that stand before the first parcel line."""
    lines = points.line[parcel < 0]
    if len(lines):
        values = {"points": len(lines)}
        yield Fault(code="txt_point_without_parcel", where=_line(int(lines[0])), values=values)


def _faults(draft: Draft, layer: _Layer) -> Iterator[tuple[int, Fault]]:
    """Give the first reason of each row that cannot be read."""
    found: dict[int, Fault] = {}
    rings, line = layer.rings, layer.points.line
    bad = sorted(draft.points.bad)
    for place in np.flatnonzero(np.isin(line, bad)).tolist():
        found.setdefault(int(layer.row[place]), draft.points.bad[int(line[place])])
    for ring in np.flatnonzero(rings.short).tolist():
        count = int(rings.last[ring] - rings.first[ring]) + 1
        values = {"value": int(rings.number[ring]), "points": count}
        where = _line(int(line[rings.first[ring]]))
        fault = Fault(code="txt_ring_short", where=where, values=values)
        found.setdefault(int(rings.group[ring]), fault)
    for row in np.setdiff1d(np.arange(len(layer.parcels)), layer.row).tolist():
        parcel = layer.parcels[row]
        values = {"value": parcel.title}
        found.setdefault(
            row, Fault(code="txt_parcel_empty", where=_line(parcel.line), values=values)
        )
    for row, fault in found.items():
        title = {"parcel": layer.parcels[row].title}
        yield row, replace(fault, values={**fault.values, **title})


def _parcel_remarks(layer: _Layer) -> Iterator[Fault]:
    size = len(layer.parcels)
    found = np.bincount(layer.row, minlength=size).tolist()
    closed = np.bincount(layer.rings.group[layer.rings.closed], minlength=size).tolist()
    wide = layer.points.wide
    for row, parcel in enumerate(layer.parcels):
        for code, values in parcel.remarks.items():
            yield Fault(code=code, where=_line(parcel.line), values=values)
        declared = parcel.count if parcel.count.isascii() else narrow(parcel.count)
        fits = {found[row], found[row] - closed[row]}
        if declared.isdecimal() and found[row] and int(declared) not in fits:
            values = {"value": int(declared), "found": found[row], "closing": closed[row]}
            yield Fault(code="txt_count_differs", where=_line(parcel.line), values=values)
    _, first, counts = np.unique(layer.row[wide], return_index=True, return_counts=True)
    for line, count in zip(layer.points.line[wide][first].tolist(), counts.tolist(), strict=True):
        yield Fault(code="txt_full_width", where=_line(line), values={"value": count})


def _ring_remarks(layer: _Layer, good: _Bools) -> Iterator[Fault]:
    rings, points = layer.rings, layer.points
    kept = good[rings.first]
    for ring in np.flatnonzero((rings.misses > 0) & kept).tolist():
        name = points.names[int(rings.last[ring])].as_py()
        values = {"value": name, "metres": round(float(rings.misses[ring]), 4)}
        where = _line(int(points.line[rings.last[ring]]))
        yield Fault(code="txt_closing_differs", where=where, values=values)
    is_open = ~rings.closed & (rings.misses == 0) & kept
    for ring in np.flatnonzero(is_open & rings.closed.any()).tolist():
        values = {"value": int(rings.number[ring])}
        where = _line(int(points.line[rings.first[ring]]))
        yield Fault(code="txt_ring_open", where=where, values=values)
    places = np.flatnonzero(layer.split & good)
    _, first, counts = np.unique(layer.row[places], return_index=True, return_counts=True)
    for place, count in zip(places[first].tolist(), counts.tolist(), strict=True):
        values = {"value": points.names[place].as_py(), "count": count}
        yield Fault(code="txt_ring_split", where=_line(int(points.line[place])), values=values)


def _closing_notes(rings: Rings, good: _Bools) -> Iterator[Note]:
    """Say that the file closes no ring at all, which is one of its dialects."""
    silent = int(((rings.misses == 0) & good[rings.first]).sum())
    if silent and not rings.closed.any():
        yield Note(code="txt_closing_missing", values={"rings": silent})


def _shapes(layer: _Layer, good: _Bools) -> pa.ChunkedArray:
    """Draw the rows, those of some points at a time."""
    ends = np.searchsorted(layer.row, np.arange(len(layer.parcels)), side="right")
    cuts = np.flatnonzero(np.diff(ends // _AT_ONCE, append=-1)) + 1
    chunks, first, start = [], 0, 0
    for row in cuts.tolist():
        end = int(ends[row - 1])
        chunks.append(_drawn(layer, slice(start, end), good[start:end], slice(first, row)))
        first, start = row, end
    return pa.chunked_array(chunks, type=pa.binary())


def _drawn(layer: _Layer, places: slice, good: _Bools, rows: slice) -> pa.Array:
    wkb = np.full(rows.stop - rows.start, None, dtype=object)
    points = layer.points
    xy = np.column_stack([points.x[places][good], points.y[places][good]])
    kept, of_shape = np.unique(layer.row[places][good], return_inverse=True)
    shapes = ring_shapes(xy, of_shape, layer.starts[places][good])
    wkb[kept - rows.start] = shapely.to_wkb(shapes)
    return pa.array(wkb, type=pa.binary())


def _labels(layer: _Layer, good: _Bools) -> pa.Array | None:
    """Name the points of each row; None when the file names none."""
    if not (layer.points.name >= 0).any():
        return None
    counts = np.bincount(layer.row[good], minlength=len(layer.parcels))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    names = layer.points.names.filter(pa.array(good))
    return pa.ListArray.from_arrays(pa.array(offsets), names, mask=pa.array(counts == 0))


def _decimals(layer: _Layer) -> pa.Array:
    most = np.zeros(len(layer.parcels), dtype=np.int32)
    np.maximum.at(most, layer.row, layer.points.decimals)
    return pa.array(most)


def _table(parcels: Sequence[ParcelLine], limits: Limits) -> pa.Table:
    given = {name: None for parcel in parcels for name in parcel.values}
    order = {name: place for place, name in enumerate(COLUMNS)}
    names = sorted(given, key=lambda name: order.get(name, len(order)))
    require_size(features=0, columns=len(names), vertices=0, limits=limits)
    if not names:
        return pa.table({"": pa.nulls(len(parcels))}).select([])
    return pa.table(
        {
            name: pa.array([parcel.values.get(name) for parcel in parcels], pa.string())
            for name in names
        }
    )


def _pick(points: Points, kept: _Bools) -> Points:
    if kept.all():
        return points
    return replace(
        points,
        line=points.line[kept],
        x=points.x[kept],
        y=points.y[kept],
        names=points.names.filter(pa.array(kept)),
        name=points.name[kept],
        ring=points.ring[kept],
        wide=points.wide[kept],
        decimals=points.decimals[kept],
    )


def _line(line: int) -> str:
    return f"line:{line + 1}"


def _number(fault: Fault) -> int:
    return int(fault.where.removeprefix("line:"))
