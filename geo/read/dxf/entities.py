"""Entities of a DXF drawing that can matter for parcels, made from their records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.read.dxf.tags import Record, Value

_Floats = npt.NDArray[np.float64]
_CLOSED, _SPACE, _MESHES, _FRAME = 1, 8, 16 | 64, 16
_TILT = 1e-6
_SHOWN = 40
# Group codes: DXF reference.
_X, _Y, _BULGE = 10, 20, 42
_TEXT_MORE = 3
_XDATA = (1001, 1000)  # application, text
_ALIGNED_X, _ALIGNED_Y = 11, 21
_POINT_NAME = re.compile(rb"\s*[Jj][Zz]?[Dd]?-?\d+\s*")


@dataclass(slots=True)
class Polyline:
    """One LWPOLYLINE or POLYLINE in the coordinates of its own plane.

    Attributes
    ----------
    vertices : float array, shape (n, 3)
        x, y and the bulge of the segment that begins here (tangent of a quarter of its angle).
    closed : bool
        Drawn as closed.
    mirrored : bool
        Its plane is seen from below: x counts to the west.
    broken : tuple of (int, str) or None
        Place and text of a number that cannot be read.
    stated : int
        Number of vertices that the file states; 0: none stated.
    tilted : bool
        Its plane is not horizontal.
    """

    vertices: _Floats
    closed: bool
    mirrored: bool
    broken: tuple[int, str] | None = None
    stated: int = 0
    tilted: bool = False


@dataclass(slots=True)
class Insert:
    """A block put into the drawing, ``columns`` by ``rows`` times."""

    block: bytes
    at: tuple[float, float]
    scale: tuple[float, float]
    rotation: float
    columns: int
    rows: int
    spacing: tuple[float, float]
    mirrored: bool


@dataclass(slots=True)
class Label:
    """A text and where it stands."""

    text: bytes
    at: tuple[float, float]


Shape = Polyline | Insert | Label


@dataclass(slots=True)
class Entity:
    """Any entity; ``shape`` only of those that can matter for parcels."""

    kind: str
    layer: bytes
    handle: str
    place: int
    in_paper: bool
    hidden: bool
    shape: Shape | None = None
    xdata: tuple[bytes, ...] = ()

    @property
    def where(self) -> str:
        """Place of the entity by its handle, or by its line in old drawings without handles."""
        return f"entity:{self.handle}" if self.handle else f"line:{self.place}"


def make_entity(record: Record, vertices: Sequence[Record] = ()) -> Entity:
    """Make an entity of its record.

    Parameters
    ----------
    record : Record
        Any entity but the vertices of a POLYLINE.
    vertices : sequence of Record
        Those vertices.

    Returns
    -------
    Entity
        Without ``shape`` when the kind cannot matter for parcels.
    """
    make = _SHAPES.get(record.kind)
    shape: Shape | None = None if make is None else make(record)
    if record.kind == "POLYLINE":
        shape = _old_polyline(record, vertices)
    return Entity(
        kind=record.kind,
        layer=record.text(8) or b"0",
        handle=record.text(5).decode("ascii", "replace").strip(),
        place=record.place,
        in_paper=record.flags(67) == 1,
        hidden=record.flags(60) == 1,
        shape=shape,
        xdata=_xdata(record),
    )


def _xdata(record: Record) -> tuple[bytes, ...]:
    if _XDATA[0] not in record.firsts:
        return ()
    return tuple(
        value
        for code, value in zip(record.codes, record.values, strict=True)
        if code in _XDATA and isinstance(value, bytes)
    )


def read_float(record: Record, code: int, default: float = 0.0) -> float:
    """Read a number of a record; NaN when it is none."""
    return _float(record.first(code, default))


def _float(value: Value) -> float:
    try:
        return float(value)
    except ValueError:
        return float("nan")


def _is_mirrored(record: Record) -> bool:
    return read_float(record, 230, 1.0) < 0


def _is_tilted(record: Record) -> bool:
    across = max(abs(read_float(record, 210)), abs(read_float(record, 220)))
    return not across <= _TILT * abs(read_float(record, 230, 1.0))


def _light_polyline(record: Record) -> Polyline:
    vertices = _plain_vertices(record)
    if vertices is None:
        vertices = _vertices(record)
    return Polyline(
        vertices=vertices,
        closed=bool(record.flags(70) & _CLOSED),
        mirrored=_is_mirrored(record),
        tilted=_is_tilted(record),
        broken=None if np.isfinite(vertices).all() else _unreadable([record]),
        stated=record.flags(90),
    )


def _plain_vertices(record: Record) -> _Floats | None:
    """Read the vertices of a polyline without arcs; None: they need a closer look."""
    xs, ys = record.all(_X), record.all(_Y)
    if _BULGE in record.firsts or len(xs) != len(ys):
        return None
    try:
        x, y = list(map(float, xs)), list(map(float, ys))
    except ValueError:
        return None
    return np.column_stack([x, y, np.zeros(len(x))])


def _vertices(record: Record) -> _Floats:
    rows: list[list[float]] = []
    try:
        for code, value in zip(record.codes, record.values, strict=True):
            if code == _X:
                rows.append([float(value), np.nan, 0.0])
            elif code == _Y:
                rows[-1][1] = float(value)
            elif code == _BULGE:
                rows[-1][2] = float(value)
    except (ValueError, IndexError):
        rows.append([np.nan] * 3)
    return np.array(rows).reshape(-1, 3)


def _old_polyline(head: Record, records: Sequence[Record]) -> Polyline | None:
    flags = head.flags(70)
    if flags & _MESHES:
        return None
    records = [record for record in records if not record.flags(70) & _FRAME]
    rows = [
        [read_float(one, _X, np.nan), read_float(one, _Y, np.nan), read_float(one, _BULGE)]
        for one in records
    ]
    vertices = np.array(rows).reshape(-1, 3)
    in_space = bool(flags & _SPACE)
    return Polyline(
        vertices=vertices,
        closed=bool(flags & _CLOSED),
        mirrored=not in_space and _is_mirrored(head),
        tilted=not in_space and _is_tilted(head),
        broken=None if np.isfinite(vertices).all() else _unreadable(records),
    )


def _unreadable(records: Sequence[Record]) -> tuple[int, str]:
    """Find the first number that is none, or the record where one is missing."""
    for record in records:
        for position, (code, value) in enumerate(zip(record.codes, record.values, strict=True)):
            if code in (_X, _Y, _BULGE) and not np.isfinite(_float(value)):
                shown = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                return record.place + 2 * position + 1, shown.strip()[:_SHOWN]
        if not {_X, _Y} <= set(record.firsts):
            return record.place, ""
    return records[0].place, ""


def _insert(record: Record) -> Insert:
    return Insert(
        block=record.text(2).upper(),
        at=(read_float(record, _X), read_float(record, _Y)),
        scale=(read_float(record, 41, 1.0), read_float(record, 42, 1.0)),
        rotation=read_float(record, 50),
        columns=max(record.flags(70), 1),
        rows=max(record.flags(71), 1),
        spacing=(read_float(record, 44), read_float(record, 45)),
        mirrored=_is_mirrored(record),
    )


def _label(record: Record) -> Label | None:
    """Read a text; names of boundary points (J12), which are most texts, name no parcel."""
    if _POINT_NAME.fullmatch(record.text(1)):
        return None
    aligned = record.kind == "TEXT" and (record.flags(72) or record.flags(73))
    moved = aligned and record.first(_ALIGNED_X) != b""
    x, y = (_ALIGNED_X, _ALIGNED_Y) if moved else (_X, _Y)
    sign = -1.0 if _is_mirrored(record) else 1.0
    pieces = [value for value in record.all(_TEXT_MORE) if isinstance(value, bytes)]
    return Label(
        text=b"".join([*pieces, record.text(1)]),
        at=(sign * read_float(record, x), read_float(record, y)),
    )


_SHAPES: dict[str, Callable[[Record], Shape | None]] = {
    "LWPOLYLINE": _light_polyline,
    "INSERT": _insert,
    "TEXT": _label,
    "MTEXT": _label,
}
