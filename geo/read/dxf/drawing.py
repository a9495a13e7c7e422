"""A DXF drawing as it stands: header, layers, blocks and entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.dxf.entities import make_entity, read_float
from geo.read.dxf.tags import read_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.read.dxf.entities import Entity
    from geo.read.dxf.tags import Record

_SHOWN = 40
# Group codes: DXF reference.
_X, _Y = 10, 20
_VARIABLE = 9
_MODEL_SPACE = b"*MODEL_SPACE"


@dataclass(slots=True)
class Block:
    """A block: entities around a base point."""

    base: tuple[float, float]
    entities: list[Entity] = field(default_factory=list)


@dataclass(slots=True)
class Drawing:
    """All of a drawing that can matter for parcels; ``whole``: its end was found."""

    header: dict[bytes, bytes] = field(default_factory=dict)
    hidden_layers: set[bytes] = field(default_factory=set)
    layers: list[bytes] = field(default_factory=list)
    blocks: dict[bytes, Block] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    whole: bool = False


def read_drawing(data: bytes) -> Drawing:
    """Read a drawing.

    Parameters
    ----------
    data : bytes
        The whole file, text or binary.

    Returns
    -------
    Drawing
        Entities of the model and paper spaces in the order of the file, texts as bytes.

    Raises
    ------
    PlannerError
        ``dxf_cut`` when the file ends before its entities do, ``dxf_no_entities``;
        errors as `read_records`.
    """
    builder = _Builder()
    place = 0
    for record in read_records(data):
        place = record.place
        builder.take(record)
    drawing = builder.drawing
    if drawing.whole and not builder.has_entities:
        raise PlannerError("dxf_no_entities")
    if not drawing.whole and (builder.section or not builder.has_entities):
        section = builder.section.decode("ascii", "replace")[:_SHOWN]
        raise PlannerError("dxf_cut", line=place, section=section)
    space = drawing.blocks.get(_MODEL_SPACE)
    if space is not None:  # some programs leave the entities in the block that stands for all
        drawing.entities.extend(space.entities)
    return drawing


class _Builder:
    """Sorts records by the section they stand in."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self.section = b""
        self.has_entities = False
        self.block: Block | None = None
        self.head: Record | None = None
        self.vertices: list[Record] = []
        self._takers: dict[bytes, Callable[[Record], None]] = {
            b"TABLES": self._take_table,
            b"BLOCKS": self._take_block,
            b"ENTITIES": self._take_entity,
        }

    def take(self, record: Record) -> None:
        if record.kind in ("SECTION", "ENDSEC", "EOF"):
            self._finish_polyline()
            self.section = record.text(2).strip().upper() if record.kind == "SECTION" else b""
            self.has_entities = self.has_entities or self.section == b"ENTITIES"
            self.drawing.whole = record.kind == "EOF"
            if self.section == b"HEADER":
                self._take_header(record)
        elif self.section in self._takers:
            self._takers[self.section](record)

    def _take_header(self, record: Record) -> None:
        name = b""
        for code, value in zip(record.codes, record.values, strict=True):
            if code == _VARIABLE and isinstance(value, bytes):
                name = value.strip()
            elif name:
                text = value.strip() if isinstance(value, bytes) else str(value).encode()
                self.drawing.header.setdefault(name, text)

    def _take_table(self, record: Record) -> None:
        if record.kind == "LAYER":
            self.drawing.layers.append(record.text(2))
            if record.flags(70) & 1 or record.flags(62) < 0:
                self.drawing.hidden_layers.add(record.text(2))

    def _take_block(self, record: Record) -> None:
        if record.kind == "BLOCK":
            self._finish_polyline()
            self.block = Block(base=(read_float(record, _X), read_float(record, _Y)))
            self.drawing.blocks[record.text(2).upper()] = self.block
        elif record.kind == "ENDBLK":
            self._finish_polyline()
            self.block = None
        elif self.block is not None:
            self._take_entity(record)

    def _take_entity(self, record: Record) -> None:
        if record.kind == "VERTEX":
            self.vertices.append(record)
            return
        self._finish_polyline()
        if record.kind == "POLYLINE":
            self.head = record
        elif record.kind not in ("SEQEND", "ATTRIB"):
            self._add(make_entity(record))

    def _finish_polyline(self) -> None:
        if self.head is not None:
            self._add(make_entity(self.head, self.vertices))
        self.head = None
        self.vertices = []

    def _add(self, entity: Entity) -> None:
        (self.drawing.entities if self.block is None else self.block.entities).append(entity)
