"""Polylines of a drawing in its world coordinates: blocks taken apart, arcs as chords."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from geo.errors import PlannerError
from geo.read.arcs import ARC_POINTS, CHORD_ERROR, straighten
from geo.read.dxf.entities import Insert, Polyline
from geo.read.parsed import require_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.read.dxf.drawing import Block, Drawing
    from geo.read.dxf.entities import Entity
    from geo.read.limits import Limits

_Floats = npt.NDArray[np.float64]
MEET = 0.001
_DEEPEST = 16
_CORNERS = 3
_OWN_LAYER = b"0"
End = Literal["closed", "meets", "open"]


@dataclass(slots=True)
class Outline:
    """One polyline as a ring.

    Attributes
    ----------
    entity : Entity
        Where it comes from; ``where`` and ``layer`` are those of this outline, which differ
        from the entity's own inside of blocks.
    points : float array, shape (n, 2)
        World coordinates, without a closing point; empty when it cannot be read.
    end : str
        ``closed`` as drawn, ``meets``: drawn open, but its ends lie within `MEET`; ``open``.
    gap : float
        Distance between first and last point of an open one.
    added : int
        Points that stand for its arcs; ``arcs`` their number.
    fault : tuple of (str, dict) or None
        Code and values of why it cannot be read.
    """

    entity: Entity
    where: str
    layer: bytes
    points: _Floats
    end: End
    gap: float = 0.0
    arcs: int = 0
    added: int = 0
    fault: tuple[str, dict[str, str | int]] | None = None


@dataclass(slots=True)
class Outlines:
    """All of a drawing: outlines, and how often what else stands on which layer."""

    rings: list[Outline] = field(default_factory=list)
    kinds: Counter[tuple[str, bytes]] = field(default_factory=Counter)
    in_paper: Counter[str] = field(default_factory=Counter)
    inserted: int = 0


@dataclass(slots=True)
class _Step:
    """An entity to look at, and where the blocks around it put it."""

    entity: Entity
    matrix: _Floats
    layer: bytes = _OWN_LAYER
    path: tuple[str, ...] = ()
    blocks: tuple[bytes, ...] = ()


def collect_outlines(drawing: Drawing, limits: Limits) -> Outlines:
    """Find every polyline of the model space.

    Parameters
    ----------
    drawing : Drawing
        As read.
    limits : Limits
        Features and vertices, also of what blocks multiply.

    Returns
    -------
    Outlines
        In the order of the drawing; a block's polylines stand where it is put.

    Raises
    ------
    PlannerError
        ``dxf_blocks_too_many``, ``file_too_many_vertices``.
    """
    found = Outlines()
    useful = _blocks_with_polylines(drawing.blocks)
    whole = np.eye(3)
    steps = [_Step(entity, whole) for entity in drawing.entities if _can_hold_ring(entity)][::-1]
    found.kinds.update((one.kind, one.layer) for one in drawing.entities if not _can_hold_ring(one))
    visited = vertices = 0
    while steps:
        step = steps.pop()
        shape = step.entity.shape
        visited += bool(step.path)
        if visited > limits.features:
            raise PlannerError("dxf_blocks_too_many", limit=limits.features)
        if step.entity.in_paper:
            found.in_paper[step.entity.kind] += 1
        elif isinstance(shape, Polyline):
            found.rings.append(_outline(step, shape))
            vertices += len(found.rings[-1].points)
            require_size(features=0, columns=0, vertices=vertices, limits=limits)
        elif isinstance(shape, Insert) and _is_taken_apart(step, shape, useful):
            found.inserted += 1
            steps.extend(reversed(list(_inside(step, shape, drawing.blocks[shape.block], limits))))
        else:
            found.kinds[(step.entity.kind, _layer(step))] += 1
    return found


def _can_hold_ring(entity: Entity) -> bool:
    return entity.in_paper or isinstance(entity.shape, Polyline | Insert)


def _is_taken_apart(step: _Step, insert: Insert, useful: set[bytes]) -> bool:
    """Tell whether a block holds polylines; one that holds itself is left alone."""
    fits = len(step.blocks) < _DEEPEST and insert.block not in step.blocks
    return fits and insert.block in useful


def _blocks_with_polylines(blocks: Mapping[bytes, Block]) -> set[bytes]:
    useful = {
        name
        for name, block in blocks.items()
        if any(isinstance(entity.shape, Polyline) for entity in block.entities)
    }
    holders: dict[bytes, set[bytes]] = {}
    for name, block in blocks.items():
        for entity in block.entities:
            if isinstance(entity.shape, Insert):
                holders.setdefault(entity.shape.block, set()).add(name)
    waiting = list(useful)
    while waiting:
        above = holders.get(waiting.pop(), set()) - useful
        useful |= above
        waiting.extend(above)
    return useful


def _layer(step: _Step) -> bytes:
    """Layer 0 inside a block means the layer of the block's insertion."""
    own = step.entity.layer
    return step.layer if step.path and own == _OWN_LAYER else own


def _inside(step: _Step, insert: Insert, block: Block, limits: Limits) -> Iterator[_Step]:
    if insert.columns * insert.rows * max(len(block.entities), 1) > limits.features:
        raise PlannerError("dxf_blocks_too_many", limit=limits.features)
    path = (*step.path, step.entity.handle)
    blocks = (*step.blocks, insert.block)
    for row in range(insert.rows):
        for column in range(insert.columns):
            matrix = step.matrix @ _placement(insert, block.base, column, row)
            for entity in block.entities:
                yield _Step(entity, matrix, _layer(step), path, blocks)


def _placement(insert: Insert, base: tuple[float, float], column: int, row: int) -> _Floats:
    """Give the matrix that puts a block's coordinates into those around it."""
    turn = math.radians(insert.rotation)
    cos, sin = math.cos(turn), math.sin(turn)
    rotate = np.array([[cos, -sin, insert.at[0]], [sin, cos, insert.at[1]], [0, 0, 1]])
    across, up = column * insert.spacing[0], row * insert.spacing[1]
    offset = np.array([[1, 0, across], [0, 1, up], [0, 0, 1.0]])
    scale = np.diag([insert.scale[0], insert.scale[1], 1.0])
    back = np.array([[1, 0, -base[0]], [0, 1, -base[1]], [0, 0, 1.0]])
    return np.asarray(_side(mirrored=insert.mirrored) @ rotate @ offset @ scale @ back)


def _side(*, mirrored: bool) -> _Floats:
    """Arbitrary axis algorithm of the DXF reference for the normals (0, 0, 1) and (0, 0, -1)."""
    return np.diag([-1.0 if mirrored else 1.0, 1.0, 1.0])


def _outline(step: _Step, polyline: Polyline) -> Outline:
    where = step.entity.where
    if step.path:
        where = f"entity:{'/'.join((*step.path, step.entity.handle))}"
    outline = Outline(
        entity=step.entity,
        where=where,
        layer=_layer(step),
        points=np.empty((0, 2)),
        end="closed" if polyline.closed else "open",
        fault=_fault(polyline),
    )
    matrix = step.matrix @ _side(mirrored=polyline.mirrored)
    if outline.fault is None and not np.isfinite(matrix).all():
        outline.fault = ("dxf_block_broken", {})
    if outline.fault is None:
        _draw(outline, polyline, matrix)
    return outline


def _fault(polyline: Polyline) -> tuple[str, dict[str, str | int]] | None:
    if polyline.broken is not None:
        line, value = polyline.broken
        return "dxf_number_broken", {"value": value, "line": line}
    return ("dxf_tilted", {}) if polyline.tilted else None


def _draw(outline: Outline, polyline: Polyline, matrix: _Floats) -> None:
    linear = matrix[:2, :2]
    vertices = polyline.vertices
    if not polyline.closed and len(vertices):
        outline.gap = float(np.linalg.norm(linear @ (vertices[-1, :2] - vertices[0, :2])))
        if outline.gap <= MEET and len(vertices) >= _CORNERS:
            outline.end = "meets"
            vertices = vertices[:-1]
    elif len(vertices) > 1 and (vertices[0, :2] == vertices[-1, :2]).all():
        vertices = vertices[:-1]  # drawn as closed and closed by a vertex
    chord_error = CHORD_ERROR / (float(np.linalg.norm(linear, 2)) or 1.0)
    drawn = straighten(vertices, closed=outline.end != "open", chord_error=chord_error)
    if drawn is None:
        outline.fault = ("dxf_arc_too_large", {"limit": ARC_POINTS})
        return
    points, outline.arcs = drawn
    outline.added = len(points) - len(vertices)
    outline.points = points @ linear.T + matrix[:2, 2]
