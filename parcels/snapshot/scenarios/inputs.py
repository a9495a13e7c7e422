"""Scenarios, their ground and surroundings as values of JSON, and back exactly."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from layers.scene import GeometryClass
from parcels.expansion.stock import Stock
from parcels.expansion.surroundings import Place, Road, Surroundings, Zone
from parcels.planning.ground.prepared import Backdrop, Ground, ground_of
from parcels.planning.line import Line
from parcels.planning.model import ELEMENT_KINDS, OPERATION_KINDS, Operation
from parcels.planning.plain import (
    operation_from_plain,
    operation_to_plain,
    scenario_from_plain,
    scenario_to_plain,
)
from parcels.snapshot.input_values import from_named, named, one_of, reading
from parcels.snapshot.packs import book_from_plain, book_to_plain
from parcels.snapshot.review.exact import exact_number, read_number
from parcels.snapshot.shapes import exact_shapes, read_shapes
from parcels.snapshot.subject_values import (
    numbers_from_plain,
    numbers_to_plain,
    overlays_from_plain,
    overlays_to_plain,
    parcels_from_plain,
    parcels_to_plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.overlay import Overlay
    from parcels.snapshot.scenarios.case import ScenariosCase

Entry = dict[str, Any]
_METRES = ("width_m", "accuracy_m")


def scenarios_inputs(case: ScenariosCase) -> Entry:
    """Give all that the answers rest on.

    Operations stand once each, in the order in which the lines first meet them; settings and
    parameters are JSON in a text: 1.0 there is another word than 1, and order counts.
    """
    operations = {one.id: one for line in case.lines for one in line.operations}
    return {
        "operations": [_operation_to_plain(one) for one in operations.values()],
        "lines": [_line_to_plain(one) for one in case.lines],
        "book": book_to_plain(case.ground.book),
        "ground": _ground_to_plain(case.ground),
        "around": _around_to_plain(case.around),
    }


def lines_of(inputs: Entry) -> tuple[Line, ...]:
    """Read scenarios with their operations back."""
    operations: dict[str, Operation] = {}
    for at, plain in enumerate(inputs["operations"]):
        with reading(f"inputs.operations.{at}"):
            operation = _operation_of(plain)
            operations[operation.id] = operation
    found = []
    for at, plain in enumerate(inputs["lines"]):
        with reading(f"inputs.lines.{at}"):
            found.append(_line_of(plain, operations))
    return tuple(found)


def ground_of_plain(inputs: Entry) -> Ground:
    """Read rules and ground back and prepare the ground."""
    plain = inputs["ground"]
    with reading("inputs.ground"):
        parcels = plain["parcels"]
        longitude, latitude = (float(one) for one in plain["centre"])
        return ground_of(
            book=book_from_plain(inputs["book"], "inputs.book"),
            overlays=overlays_from_plain(plain["overlays"], "inputs.ground.overlays"),
            parcels=None
            if parcels is None
            else parcels_from_plain(parcels, "inputs.ground.parcels"),
            backdrops=[
                _backdrop_of(one, f"inputs.ground.backdrops.{at}")
                for at, one in enumerate(plain["backdrops"])
            ],
            plane_at=(longitude, latitude),
        )


def around_of(plain: Entry, overlays: Mapping[str, Overlay]) -> Surroundings:
    """Read back what the indices rest on."""
    with reading("inputs.around"):
        stock, zone = plain["stock"], plain["zone"]
        return Surroundings(
            zone=None if zone is None else _zone_of(zone),
            areas=tuple(_place_of(one) for one in plain["areas"]),
            roads=tuple(
                Road(name=one["name"], shape=_shape(one["shape"])) for one in plain["roads"]
            ),
            roads_are_main=plain["roads_are_main"],
            roads_accuracy_m=read_number(plain["roads_accuracy_m"]),
            overlays=overlays,
            stock=None
            if stock is None
            else Stock(**{name: read_number(one) for name, one in stock.items()}),
        )


def _operation_to_plain(operation: Operation) -> Entry:
    plain = operation_to_plain(operation)
    for element in plain["puts"]:
        element["attributes"] = named(element.get("attributes", {}))
    plain["parameters"] = json.dumps(plain["parameters"], ensure_ascii=False)
    return plain


def _operation_of(plain: Entry) -> Operation:
    one_of(plain["kind"], OPERATION_KINDS)
    puts = []
    for element in plain["puts"]:
        one_of(element["kind"], ELEMENT_KINDS)
        one_of(element.get("geometry_class", "digitized"), get_args(GeometryClass))
        metres = {name: read_number(element[name]) for name in _METRES if name in element}
        puts.append({**element, **metres, "attributes": from_named(element["attributes"])})
    parameters = json.loads(plain["parameters"])
    return operation_from_plain({**plain, "puts": puts, "parameters": parameters})


def _line_to_plain(line: Line) -> Entry:
    plain = scenario_to_plain(line.scenario)
    plain["settings"] = json.dumps(plain["settings"], ensure_ascii=False)
    return {"scenario": plain, "operations": [one.id for one in line.operations]}


def _line_of(plain: Entry, operations: Mapping[str, Operation]) -> Line:
    stated = plain["scenario"]
    scenario = scenario_from_plain({**stated, "settings": json.loads(stated["settings"])})
    line = Line(scenario=scenario, operations=tuple(operations[one] for one in plain["operations"]))
    known = {None, *plain["operations"]}
    for name in ("head", "base", "tip"):
        one_of(getattr(scenario, name), known)
    return line


def _ground_to_plain(ground: Ground) -> Entry:
    return {
        "overlays": overlays_to_plain(ground.overlays),
        "parcels": None if ground.parcels is None else parcels_to_plain(ground.parcels),
        "backdrops": [_backdrop_to_plain(one) for one in ground.backdrops],
        "centre": list(ground.centre),
    }


def _backdrop_to_plain(backdrop: Backdrop) -> Entry:
    return {
        "id": backdrop.id,
        "kind": backdrop.kind,
        "title": dict(backdrop.title),
        "names": list(backdrop.names),
        "shapes": exact_shapes(backdrop.shapes),
        "accuracy_m": numbers_to_plain(backdrop.accuracy_m),
        "width_m": numbers_to_plain(backdrop.width_m),
    }


def _backdrop_of(plain: Entry, place: str) -> Backdrop:
    with reading(place):
        shapes = read_shapes(plain["shapes"], f"{place}.shapes")
        accuracy, width = (numbers_from_plain(plain[name]) for name in ("accuracy_m", "width_m"))
        if not len(shapes) == len(accuracy) == len(width) == len(plain["names"]):
            raise ValueError("columns of another length than the shapes")
        return Backdrop(
            id=plain["id"],
            kind=plain["kind"],
            title=plain["title"],
            names=tuple(plain["names"]),
            shapes=np.asarray(shapes, dtype=object),
            accuracy_m=accuracy,
            width_m=width,
        )


def _around_to_plain(around: Surroundings) -> Entry:
    zone, stock = around.zone, around.stock
    return {
        "zone": None
        if zone is None
        else {
            "shape": exact_shapes([zone.shape])[0],
            "accuracy_m": exact_number(zone.accuracy_m),
            "is_whole": zone.is_whole,
            "is_schematic": zone.is_schematic,
            "title": zone.title,
        },
        "areas": [
            {
                "name": one.name,
                "part_of": one.part_of,
                "shape": exact_shapes([one.shape])[0],
                "accuracy_m": exact_number(one.accuracy_m),
            }
            for one in around.areas
        ],
        "roads": [
            {"name": one.name, "shape": exact_shapes([one.shape])[0]} for one in around.roads
        ],
        "roads_are_main": around.roads_are_main,
        "roads_accuracy_m": exact_number(around.roads_accuracy_m),
        "stock": None
        if stock is None
        else {name: exact_number(one) for name, one in asdict(stock).items()},
    }


def _zone_of(plain: Entry) -> Zone:
    return Zone(
        shape=_shape(plain["shape"]),
        accuracy_m=read_number(plain["accuracy_m"]),
        is_whole=plain["is_whole"],
        is_schematic=plain["is_schematic"],
        title=plain["title"],
    )


def _place_of(plain: Entry) -> Place:
    return Place(
        name=plain["name"],
        part_of=plain["part_of"],
        shape=_shape(plain["shape"]),
        accuracy_m=read_number(plain["accuracy_m"]),
    )


def _shape(plain: Entry | None) -> Any:
    return read_shapes([plain], "inputs.around")[0]
