"""From a command to what it leaves: the geometry of each, done in the plane of what it touches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import PlannerError
from geo.shaping import edit
from geo.shaping.fit import fit_area
from geo.shaping.taken import shape_of
from geo.units import parse_area, parse_length
from layers.codes import SCHEMES
from parcels.planning.editing import commands
from parcels.planning.editing.commands import derived_id
from parcels.planning.editing.revert import Effect
from parcels.planning.model import Element
from parcels.planning.plane import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from parcels.planning.model import ElementKind, State

_AREAS = ("Polygon", "MultiPolygon")
_LINES = ("LineString", "MultiLineString")


def effect_of(command: commands.Command, state: State, operation: str) -> Effect:
    """Work out what a command does to a state.

    Parameters
    ----------
    command : Command
        Of those that change geometry or properties; steps, reverts and picks need the line.
    state : dict of str to Element
    operation : str
        Id of the operation that it becomes; new elements are named after it.

    Raises
    ------
    PlannerError
        What is wrong with the outline (``shape_…``), the area or length as typed;
        ``element_unknown``, ``element_is_a_line``, ``sketch_nothing_there``.
    """
    return _EDITS[type(command)](command, state, operation)


def _draw(command: commands.Draw, _: State, operation: str) -> Effect:
    drawn = Element(
        id=derived_id(operation, 0),
        kind=command.kind,
        shape=_outline(command.geometry, command.kind),
        name=command.name,
        width_m=_width(command.width),
    )
    return Effect(puts=(drawn,))


def _start(command: commands.Start, _: State, operation: str) -> Effect:
    return Effect(
        puts=tuple(
            Element(
                id=derived_id(operation, number),
                kind=one.kind,
                shape=_outline(one.geometry, one.kind),
                name=one.name,
                code=one.code,
                scheme=one.scheme,
                width_m=_width(one.width),
                geometry_class=one.geometry_class,
                accuracy_m=one.accuracy_m,
                source=one.source,
                attributes=one.attributes,
            )
            for number, one in enumerate(command.shapes)
        )
    )


def _reshape(command: commands.Reshape, state: State, _: str) -> Effect:
    element = _element(state, command.element)
    return Effect(puts=(replace(element, shape=_outline(command.geometry, element.kind)),))


def _cut(command: commands.Cut, state: State, _: str) -> Effect:
    cutter = shape_of(command.geometry, kinds=_AREAS)
    puts, drops = [], []
    for element in _met(state, command.elements, cutter):
        frame = Frame([element.shape])
        shape = frame.into(element.shape)
        left = edit.cut(shape, frame.into(cutter))
        if left.is_empty:
            drops.append(element.id)
        elif left is not shape:
            puts.append(replace(element, shape=frame.back(left)))
    if not puts and not drops:
        raise PlannerError("sketch_nothing_there")
    return Effect(puts=tuple(puts), drops=tuple(drops))


def _hole(command: commands.Hole, state: State, _: str) -> Effect:
    ring = shape_of(command.geometry, kinds=_AREAS)
    return _changed(state, command.element, lambda shape, frame: edit.hole(shape, frame.into(ring)))


def _split(command: commands.Split, state: State, operation: str) -> Effect:
    line = shape_of(command.geometry, kinds=_LINES)
    puts: list[Element] = []
    for element in _met(state, command.elements, line):
        frame = Frame([element.shape])
        try:
            pieces = edit.split(frame.into(element.shape), frame.into(line))
        except PlannerError as error:
            if command.elements or error.code != "shape_not_divided":
                raise
            continue
        shapes = [frame.back(piece) for piece in pieces]
        puts.append(replace(element, shape=shapes[0]))
        puts += (
            replace(element, id=derived_id(operation, len(puts) + number), shape=shape)
            for number, shape in enumerate(shapes[1:])
        )
    if not puts:
        raise PlannerError("shape_not_divided")
    return Effect(puts=tuple(puts))


def _merge(command: commands.Merge, state: State, _: str) -> Effect:
    chosen = [_area(state, one) for one in dict.fromkeys(command.elements)]
    if len(chosen) == 1:
        raise PlannerError("merge_needs_two")
    frame = Frame([one.shape for one in chosen])
    merged = edit.merge([frame.into(one.shape) for one in chosen])
    first = replace(chosen[0], shape=frame.back(merged))
    return Effect(puts=(first,), drops=tuple(one.id for one in chosen[1:]))


def _buffer(command: commands.Buffer, state: State, _: str) -> Effect:
    metres = parse_length(str(command.distance))
    return _changed(state, command.element, lambda shape, _frame: edit.buffer(shape, metres))


def _square(command: commands.Square, state: State, _: str) -> Effect:
    return _changed(state, command.element, lambda shape, _frame: edit.square(shape))


def _fit_area(command: commands.FitArea, state: State, _: str) -> Effect:
    wanted = parse_area(command.area)
    return _changed(
        state,
        command.element,
        lambda shape, frame: fit_area(shape, wanted, side=command.side, crs=frame.plane),
    )


def _delete(command: commands.Delete, state: State, _: str) -> Effect:
    return Effect(drops=tuple(_element(state, one).id for one in dict.fromkeys(command.elements)))


def _describe(command: commands.Describe, state: State, _: str) -> Effect:
    element = _element(state, command.element)
    said: dict[str, Any] = command.model_dump(
        include={"name", "kind", "code", "scheme"}, exclude_none=True
    )
    if command.width is not None:
        said["width_m"] = None if command.width == "" else _width(command.width)
    if command.year is not None:
        said["year"] = command.year or None
    described = replace(element, **said)
    _require_outline(described.shape, described.kind)
    if described.code and described.scheme not in SCHEMES:
        raise PlannerError("element_code_without_scheme", land_use=described.code)
    return Effect(puts=(described,))


_EDITS: Mapping[type, Callable[[Any, State, str], Effect]] = {
    commands.Draw: _draw,
    commands.Start: _start,
    commands.Reshape: _reshape,
    commands.Cut: _cut,
    commands.Hole: _hole,
    commands.Split: _split,
    commands.Merge: _merge,
    commands.Buffer: _buffer,
    commands.Square: _square,
    commands.FitArea: _fit_area,
    commands.Delete: _delete,
    commands.Describe: _describe,
}


def _outline(geometry: Mapping[str, Any], kind: ElementKind) -> BaseGeometry:
    shape = shape_of(geometry, kinds=(*_AREAS, *_LINES))
    _require_outline(shape, kind)
    return shape


def _require_outline(shape: BaseGeometry, kind: ElementKind) -> None:
    if shape.geom_type in _LINES and kind != "road":
        raise PlannerError("element_is_a_line", kind=kind)


def _width(typed: str | float | None) -> float | None:
    if typed is None or typed == "":
        return None
    metres = parse_length(str(typed))
    if metres <= 0:
        raise PlannerError("width_not_positive", value=typed)
    return metres


def _element(state: State, element: str) -> Element:
    if element not in state:
        raise PlannerError("element_unknown", element=element)
    return state[element]


def _area(state: State, element: str) -> Element:
    found = _element(state, element)
    if found.shape.geom_type in _LINES:
        raise PlannerError("element_is_a_line", kind=found.kind)
    return found


def _changed(
    state: State, element: str, change: Callable[[BaseGeometry, Frame], BaseGeometry]
) -> Effect:
    """Give an element of area another outline, worked out in its plane."""
    found = _area(state, element)
    frame = Frame([found.shape])
    shape = frame.back(change(frame.into(found.shape), frame))
    return Effect(puts=(replace(found, shape=shape),))


def _met(state: State, named: Iterable[str] | None, tool: BaseGeometry) -> list[Element]:
    """List the elements of area that a tool is used on."""
    if named is not None:
        return [_area(state, one) for one in dict.fromkeys(named)]
    areas = [one for one in state.values() if one.shape.geom_type in _AREAS]
    found = [one for one in areas if shapely.intersects(one.shape, tool)]
    if not found:
        raise PlannerError("sketch_nothing_there")
    return found
