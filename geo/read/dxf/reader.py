"""DXF drawings: every closed polyline a ring, everything else named as skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.read.dxf.drawing import read_drawing
from geo.read.dxf.outlines import collect_outlines
from geo.read.dxf.remarks import (
    drawing_notes,
    layer_notes,
    place_of,
    ring_notes,
    ring_remarks,
    skipped_kinds,
    skipped_layers,
    skipped_open,
)
from geo.read.dxf.texts import Texts, name_rings
from geo.read.parsed import Fault, Parsed, choose_layer, require_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.read.dxf.outlines import Outline
    from geo.read.formats import Request

_BOUNDARIES = "jzd"  # layer of parcel boundaries in drawings of CASS
_CORNERS = 3


def parse_dxf(request: Request) -> Parsed:
    """Read a DXF drawing, text or binary.

    Parameters
    ----------
    request : Request
        ``layer`` limits the rings to one layer. ``columns["close"] == "yes"`` is the user's
        consent to close open polylines.

    Returns
    -------
    Parsed
        A row for each closed polyline of the model space, one ring a row, x (east) first;
        columns ``layer``, ``handle`` and, where there are such, ``text`` and ``xdata``.
        Without a choice the layer JZD is taken, if it holds rings, else all layers.

    Raises
    ------
    PlannerError
        ``dxf_broken``, ``dxf_binary_broken``, ``dxf_cut``, ``dxf_no_entities``,
        ``dxf_blocks_too_many``, ``file_layer_unknown``, ``file_too_many_*``,
        ``file_encoding_unknown``.
    """
    with np.errstate(all="ignore"):  # absurd numbers become faults of their rows
        drawing = read_drawing(request.data)
        outlines = collect_outlines(drawing, request.limits)
    texts = Texts(drawing)
    rings, open_ones = _split(outlines.rings, may_close=request.columns.get("close") == "yes")
    chosen = _choose_layers([texts.read(one.layer) for one in rings], request.layer)
    rows = [one for one in rings if texts.read(one.layer) in chosen]
    others = [texts.read(one.layer) for one in rings if texts.read(one.layer) not in chosen]
    require_size(features=len(rows), columns=0, vertices=0, limits=request.limits)
    layers = [texts.read(one.layer) for one in rows]
    where = [place_of(one, layer) for one, layer in zip(rows, layers, strict=True)]
    faults = {row: fault for row, one in enumerate(rows) if (fault := _fault(one, where[row]))}
    shapes = {row: _closed(one.points) for row, one in enumerate(rows) if row not in faults}
    polygons = {row: shapely.Polygon(points) for row, points in shapes.items()}
    names = name_rings(drawing.entities, texts, layers, polygons)
    return Parsed(
        table=_table(rows, layers, names, texts),
        wkb=_wkb(shapes, len(rows)),
        where=pa.array(where, pa.string()),
        faults=faults,
        skipped=(
            *skipped_layers(others),
            *skipped_open(open_ones, texts),
            *skipped_kinds(outlines, texts),
        ),
        remarks=tuple(ring_remarks(rows, layers)),
        rings=True,
        fields={"name": "text"} if names else {},
        encoding=texts.encoding,
        layer=chosen[0] if len(chosen) == 1 else None,
        notes=(
            *texts.notes,
            *drawing_notes(drawing, outlines, texts, chosen),
            *ring_notes(rows, polygons, names),
            *layer_notes(chosen, others, request.layer),
        ),
    )


def _split(outlines: Sequence[Outline], *, may_close: bool) -> tuple[list[Outline], list[Outline]]:
    """Part the rings from what is open and has no consent to be closed."""
    rings: list[Outline] = []
    open_ones: list[Outline] = []
    for one in outlines:
        is_ring = one.end != "open" or (may_close and len(one.points) >= _CORNERS)
        (rings if is_ring else open_ones).append(one)
    return rings, open_ones


def _choose_layers(layers: Iterable[str], layer: str | None) -> list[str]:
    found = list(dict.fromkeys(layers))
    if layer is not None:
        return [choose_layer(found, layer)]
    boundaries = [name for name in found if name.casefold() == _BOUNDARIES]
    return boundaries or found


def _fault(outline: Outline, where: str) -> Fault | None:
    if outline.fault is not None:
        code, values = outline.fault
        return Fault(code=code, where=where, values=values)
    if not np.isfinite(outline.points).all():
        return Fault(code="dxf_block_broken", where=where)
    count = len(set(map(tuple, outline.points.tolist())))
    if count < _CORNERS:
        return Fault(code="dxf_ring_short", where=where, values={"count": count})
    return None


def _closed(points: np.ndarray) -> np.ndarray:
    return np.vstack([points, points[:1]])


def _wkb(shapes: Mapping[int, np.ndarray], count: int) -> pa.Array:
    wkb: list[bytes | None] = [None] * count
    if shapes:
        lengths = [len(points) for points in shapes.values()]
        which = np.repeat(np.arange(len(shapes)), lengths)
        lines = shapely.linestrings(np.vstack(list(shapes.values())), indices=which)
        rings = shapely.multilinestrings(lines, indices=np.arange(len(lines)))
        for row, ring in zip(shapes, shapely.to_wkb(rings), strict=True):
            wkb[row] = ring
    return pa.array(wkb, type=pa.binary())


def _table(
    rows: Sequence[Outline], layers: Sequence[str], names: Mapping[int, str], texts: Texts
) -> pa.Table:
    columns: dict[str, list[str | None]] = {
        "layer": list(layers),
        "handle": [one.where.partition(":")[2] if one.entity.handle else None for one in rows],
    }
    if names:
        columns["text"] = [names.get(row) for row in range(len(rows))]
    if any(one.entity.xdata for one in rows):
        columns["xdata"] = ["|".join(map(texts.read, one.entity.xdata)) or None for one in rows]
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
