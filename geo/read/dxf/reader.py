"""DXF drawings: every closed polyline a ring, everything else named as skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from geo.read.dxf.drawing import read_drawing
from geo.read.dxf.nesting import holes_of, nest_rings, regions_of
from geo.read.dxf.outlines import collect_outlines
from geo.read.dxf.remarks import (
    drawing_notes,
    hole_remarks,
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
        consent to close open polylines; ``columns["nested"] == "parcels"`` keeps rings inside
        of others as parcels of their own.

    Returns
    -------
    Parsed
        A row for each closed polyline of the model space and those inside of it on the same
        layer, which are its holes; what lies in a hole is a row again. x (east) comes first;
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
    others = [texts.read(one.layer) for one in rings if texts.read(one.layer) not in chosen]
    rings = [one for one in rings if texts.read(one.layer) in chosen]
    require_size(features=len(rings), columns=0, vertices=0, limits=request.limits)
    drawn = _Drawn(rings, [texts.read(one.layer) for one in rings])
    nested = {} if request.columns.get("nested") == "parcels" else drawn.around()
    holes = holes_of(nested)
    rows = [row for row in range(len(rings)) if row not in holes]
    named = name_rings(drawing.entities, texts, drawn.layers, regions_of(drawn.polygons, nested))
    names = {at: named[row] for at, row in enumerate(rows) if row in named}
    return Parsed(
        table=_table(
            [rings[row] for row in rows], [drawn.layers[row] for row in rows], names, texts
        ),
        wkb=drawn.wkb(rows, holes),
        where=pa.array([drawn.where[row] for row in rows], pa.string()),
        faults={at: drawn.faults[row] for at, row in enumerate(rows) if row in drawn.faults},
        skipped=(
            *skipped_layers(others),
            *skipped_open(open_ones, texts),
            *skipped_kinds(outlines, texts),
        ),
        remarks=(*ring_remarks(rings, drawn.layers), *hole_remarks(holes, named, drawn.where)),
        rings=True,
        fields={"name": "text"} if names else {},
        encoding=texts.encoding,
        layer=chosen[0] if len(chosen) == 1 else None,
        notes=(
            *texts.notes,
            *drawing_notes(drawing, outlines, texts, chosen),
            *ring_notes(rings, holes, names),
            *layer_notes(chosen, others, request.layer),
        ),
    )


class _Drawn:
    """The rings of the chosen layers: their places, faults and polygons by position."""

    def __init__(self, rings: Sequence[Outline], layers: Sequence[str]) -> None:
        self.layers = layers
        self.where = [place_of(one, layer) for one, layer in zip(rings, layers, strict=True)]
        found = (_fault(one, where) for one, where in zip(rings, self.where, strict=True))
        self.faults = {row: fault for row, fault in enumerate(found) if fault}
        self.points = {
            row: _closed(one.points) for row, one in enumerate(rings) if row not in self.faults
        }
        self.polygons = {row: shapely.Polygon(points) for row, points in self.points.items()}

    def around(self) -> dict[int, int]:
        return nest_rings(self.polygons, self.layers)

    def wkb(self, rows: Sequence[int], holes: Mapping[int, int]) -> pa.Array:
        """Write each row with the rings that are cut out of it."""
        position = {row: at for at, row in enumerate(rows)}
        owners = {row: position[holes.get(row, row)] for row in self.points}
        order = sorted(self.points, key=lambda row: (owners[row], row in holes, row))
        wkb: list[bytes | None] = [None] * len(rows)
        if order:
            which = np.repeat(np.arange(len(order)), [len(self.points[row]) for row in order])
            points = np.vstack([self.points[row] for row in order])
            found, indices = np.unique([owners[row] for row in order], return_inverse=True)
            lines = shapely.linestrings(points, indices=which)
            written = shapely.to_wkb(shapely.multilinestrings(lines, indices=indices))
            for at, one in zip(found.tolist(), written, strict=True):
                wkb[at] = one
        return pa.array(wkb, type=pa.binary())


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
