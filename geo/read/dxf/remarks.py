"""What is said of a DXF drawing: entities that are skipped, remarks on rings, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.read.arcs import CHORD_ERROR
from geo.read.dxf.entities import Polyline
from geo.read.parsed import Fault, Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.read.dxf.drawing import Drawing
    from geo.read.dxf.outlines import Outline, Outlines
    from geo.read.dxf.texts import Texts

_NAMED_ONE_BY_ONE = 20
_MILLIMETRES = 1000
# $INSUNITS of the DXF reference; 0 (none) and 6 (metres) need no word.
_UNITS = {b"1": "in", b"2": "ft", b"4": "mm", b"5": "cm", b"7": "km"}


def place_of(outline: Outline, layer: str) -> str:
    """Name the entity and its layer, as in `geo.read.parsed.Fault`."""
    return f"{outline.where};layer:{layer}"


def skipped_layers(others: Sequence[str]) -> list[Fault]:
    """Count the rings of layers that were not taken."""
    return [
        Fault(
            code="dxf_other_layer",
            where=f"layer:{layer}",
            values={"layer": layer, "count": others.count(layer)},
        )
        for layer in dict.fromkeys(others)
    ]


def skipped_open(outlines: Sequence[Outline], texts: Texts) -> list[Fault]:
    """Name open polylines one by one, or by layer where there are many of them."""
    by_layer: dict[str, list[Outline]] = {}
    for one in outlines:
        by_layer.setdefault(texts.read(one.layer), []).append(one)
    skipped = []
    for layer, ones in by_layer.items():
        if len(ones) > _NAMED_ONE_BY_ONE:
            skipped.append(
                Fault(
                    code="dxf_open_polylines",
                    where=f"layer:{layer}",
                    values={"layer": layer, "count": len(ones)},
                )
            )
            continue
        skipped += [
            Fault(
                code="dxf_open_polyline",
                where=place_of(one, layer),
                values={"layer": layer, "gap_m": round(one.gap, 3)},
            )
            for one in ones
        ]
    return skipped


def skipped_kinds(outlines: Outlines, texts: Texts) -> list[Fault]:
    """Count what is no polyline by kind and layer, and what stands on a sheet of paper."""
    skipped = [
        Fault(
            code="dxf_kind_skipped",
            where=f"layer:{texts.read(layer)}",
            values={"kind": kind, "layer": texts.read(layer), "count": count},
        )
        for (kind, layer), count in outlines.kinds.items()
    ]
    paper = [
        Fault(code="dxf_paper_space", values={"kind": kind, "count": count})
        for kind, count in outlines.in_paper.items()
    ]
    return skipped + paper


def ring_remarks(rows: Sequence[Outline], layers: Sequence[str]) -> list[Fault]:
    """Say of rings how they were closed and what is doubtful about them."""
    remarks = []
    for one, layer in zip(rows, layers, strict=True):
        where = place_of(one, layer)
        if one.end == "meets" and one.gap > 0:
            values = {"gap_mm": round(one.gap * _MILLIMETRES, 3)}
            remarks.append(Fault(code="dxf_ends_meet", where=where, values=values))
        elif one.end == "meets":
            remarks.append(Fault(code="dxf_drawn_open", where=where))
        elif one.end == "open":
            closed = {"gap_m": round(one.gap, 3)}
            remarks.append(Fault(code="dxf_closed_on_request", where=where, values=closed))
        shape = one.entity.shape
        if isinstance(shape, Polyline) and shape.stated not in (0, len(shape.vertices)):
            counts = {"stated": shape.stated, "found": len(shape.vertices)}
            remarks.append(Fault(code="dxf_vertex_count", where=where, values=counts))
        if one.entity.hidden:
            remarks.append(Fault(code="dxf_invisible", where=where))
    return remarks


def hole_remarks(
    holes: Mapping[int, int], names: Mapping[int, str], where: Sequence[str]
) -> list[Fault]:
    """Say which holes hold a text, as a parcel would."""
    return [
        Fault(code="dxf_hole_named", where=where[ring], values={"value": names[ring]})
        for ring in sorted(holes)
        if ring in names
    ]


def drawing_notes(
    drawing: Drawing, outlines: Outlines, texts: Texts, chosen: Sequence[str]
) -> list[Note]:
    """Say what was assumed of the whole drawing."""
    notes = []
    if not drawing.whole:
        notes.append(Note(code="dxf_no_end"))
    unit = _UNITS.get(drawing.header.get(b"$INSUNITS", b""))
    if unit is not None:
        notes.append(Note(code="dxf_unit_stated", values={"unit": unit}))
    if outlines.inserted:
        notes.append(Note(code="dxf_blocks_exploded", values={"count": outlines.inserted}))
    hidden = {texts.read(layer) for layer in drawing.hidden_layers}
    shown = ", ".join(layer for layer in chosen if layer in hidden)
    if shown:
        notes.append(Note(code="dxf_layers_hidden", values={"layers": shown}))
    return notes


def ring_notes(
    rings: Sequence[Outline], holes: Mapping[int, int], names: Mapping[int, str]
) -> list[Note]:
    """Say what was made of the rings: chords of arcs, names of texts, holes of nested ones."""
    notes = []
    arcs = sum(one.arcs for one in rings)
    if arcs:
        values = {
            "arcs": arcs,
            "points": sum(one.added for one in rings),
            "chord_mm": round(CHORD_ERROR * _MILLIMETRES),
        }
        notes.append(Note(code="dxf_arcs_densified", values=values))
    if names:
        notes.append(Note(code="dxf_texts_name", values={"count": len(names)}))
    if holes:
        values = {"count": len(holes), "parcels": len(set(holes.values()))}
        notes.append(Note(code="dxf_rings_nested", values=values))
    return notes


def layer_notes(chosen: Sequence[str], others: Sequence[str], layer: str | None) -> list[Note]:
    """Say which layers were taken when nobody chose one."""
    if layer is None and others:
        return [Note(code="dxf_boundary_layer", values={"layer": ", ".join(chosen)})]
    if len(chosen) > 1:
        return [Note(code="dxf_all_layers", values={"layers": ", ".join(chosen)})]
    return []
