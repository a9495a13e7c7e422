"""Reference layers inside a snapshot: everything that a verdict may rest on, and its source."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.read.parsed import Fault, Note
from layers.overlay import Overlay, OverlayReport, frozen
from parcels.snapshot.input_values import from_order, in_order, one_of, reading
from parcels.snapshot.review.exact import exact_number, exact_value, read_number, read_value
from parcels.snapshot.shapes import exact_shapes, read_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Entry = dict[str, Any]
_STATED = (
    "kind",
    "title",
    "code_scheme",
    "extent_how",
    "source",
    "date",
    "licence",
    "allowed_use",
    "digest",
    "complete",
)
_REPORTED = tuple(
    one.name for one in fields(OverlayReport) if one.name not in {"skipped", "notes", "remarks"}
)


def layer_entry(layer: Overlay) -> Entry:
    """Give a layer as values of JSON; shapes are GeoJSON in EPSG:4490 with every digit.

    A layer that was merged from several files keeps its shapes in them.
    """
    parts = [layer_entry(part) for part in layer.parts]
    inside = [shape for part in layer.parts for shape in part.shapes.tolist()]
    held_inside = bool(parts) and inside == layer.shapes.tolist()
    return {
        **{name: getattr(layer, name) for name in _STATED},
        "accuracy_m": exact_number(layer.accuracy_m),
        "extent": exact_shapes([layer.extent])[0],
        "shapes": None if held_inside else exact_shapes(layer.shapes),
        "names": list(layer.names),
        "codes": list(layer.codes),
        "attributes": in_order(
            {
                name: [exact_value(one) for one in column]
                for name, column in layer.attributes.items()
            }
        ),
        "report": _report_entry(layer.report),
        "parts": parts,
    }


def layer_of(plain: Mapping[str, Any], place: str) -> Overlay:
    """Read a layer back.

    Parameters
    ----------
    plain : mapping
        As `layer_entry` gives it.
    place : str
        Path of it in the snapshot, for errors.

    Raises
    ------
    PlannerError
        ``snapshot_input_unusable``.
    """
    with reading(place):
        parts = [layer_of(one, f"{place}.parts.{at}") for at, one in enumerate(plain["parts"])]
        shapes = (
            np.concatenate([part.shapes for part in parts])
            if plain["shapes"] is None
            else read_shapes(plain["shapes"], f"{place}.shapes")
        )
        one_of(plain["extent_how"], ("declared_all", "declared", "bounding_box"))
        _require_one_length(len(shapes), plain)
        return Overlay(
            **{name: plain[name] for name in _STATED},
            accuracy_m=read_number(plain["accuracy_m"]),
            extent=read_shapes([plain["extent"]], f"{place}.extent")[0],
            shapes=frozen(shapes),
            names=_texts(plain["names"]),
            codes=_texts(plain["codes"]),
            attributes={
                name: [read_value(one) for one in column]
                for name, column in from_order(plain["attributes"]).items()
            },
            report=_report(plain["report"]),
            parts=tuple(parts),
        )


def _require_one_length(count: int, plain: Mapping[str, Any]) -> None:
    columns = [plain["names"], plain["codes"], *(column for _, column in plain["attributes"])]
    if any(len(column) != count for column in columns):
        raise ValueError("columns of another length than the shapes")


def _texts(plain: Sequence[Any]) -> tuple[str, ...]:
    if not all(isinstance(one, str) for one in plain):
        raise TypeError("not a text")
    return tuple(plain)


def _report_entry(report: OverlayReport) -> Entry:
    return {
        **{name: getattr(report, name) for name in _REPORTED},
        "skipped": in_order(report.skipped),
        "notes": [{"code": one.code, "values": _values_entry(one.values)} for one in report.notes],
        "remarks": [[fault_plain(fault), count] for fault, count in report.remarks],
    }


def _report(plain: Mapping[str, Any]) -> OverlayReport:
    return OverlayReport(
        **{name: plain[name] for name in _REPORTED},
        skipped=from_order(plain["skipped"]),
        notes=tuple(
            Note(code=one["code"], values=_values(one["values"])) for one in plain["notes"]
        ),
        remarks=tuple((fault_of(fault), count) for fault, count in plain["remarks"]),
    )


def fault_plain(fault: Fault) -> Entry:
    """Give what a reading refused or remarked as values of JSON."""
    return {"code": fault.code, "where": fault.where, "values": _values_entry(fault.values)}


def fault_of(plain: Mapping[str, Any]) -> Fault:
    """Read it back."""
    return Fault(code=plain["code"], where=plain["where"], values=_values(plain["values"]))


def _values_entry(values: Mapping[str, Any]) -> list[list[Any]]:
    return in_order({name: exact_value(one) for name, one in values.items()})


def _values(plain: Sequence[Sequence[Any]]) -> dict[str, Any]:
    return {name: read_value(one) for name, one in from_order(plain).items()}
