"""What the reading process hands back: plain bytes and JSON, nothing that runs code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
from pyarrow import ipc

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.read.limits import Limits

_ANSWER = "answer.json"
_TABLE = "table.arrow"
_BESIDE = ("where", "labels", "decimals", "wkb")
_PLAIN = (
    "rings",
    "axes",
    "crs",
    "header",
    "members",
    "fields",
    "encoding",
    "layer",
    "format",
)


Value = str | int | float | bool | None
AxisOrder = Literal["en", "ne"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in a file that cannot be taken, or that was taken with a remark.

    Attributes
    ----------
    code : str
        Stable; the sentence is ``fault.<code>.text`` of the messages.
    where : str
        Place in the file, from the large to the small: ``kind:value`` joined by ``;``.
        Kinds: ``member``, ``layer``, ``sheet``, ``feature`` and ``ring`` and ``point`` (from 1),
        ``line`` and ``row`` (from 1), ``cell`` (``B7``), ``entity`` (handle of a drawing).
        Empty: the whole file.
    values : mapping
        What the sentence names, the offending value as it was written first of all.
    """

    code: str
    where: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that was assumed or changed for the whole file: ``note.<code>.text``."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One layer as it stood in its file: every feature is a row, nothing is dropped or moved.

    Attributes
    ----------
    table : pyarrow.Table
        Attributes, one row a feature, in the file's order.
    wkb : pyarrow.Array of binary
        Two-dimensional geometries in the file's own numbers, the number that the file writes
        first as x; null where there is none.
    where : pyarrow.Array of string or None
        Place of each row as in `Fault`; None: ``feature:<n>``.
    faults : dict of int to Fault
        Rows whose geometry could not be read.
    skipped : tuple of Fault
        What the file holds beside features (other layers, texts, empty rows), each once.
    remarks : tuple of Fault
        What was changed or doubtful in rows that stay (a ring closed, full-width digits).
    rings : bool
        The geometries are bare rings (MultiLineString, one line a ring, closed or not) of which
        nobody has said yet which are holes.
    axes : str or None
        What the two numbers are by the format's definition: ``en`` east (x, longitude) first,
        ``ne`` north first; None: the format leaves it open.
    crs : str or None
        ``EPSG:4525``, ``GCJ-02`` or WKT as the file declares it.
    header : mapping of str to str
        What a survey file says of itself, by its own keys, in its own order.
    fields : mapping of str to str
        Columns whose role the format fixes: ``id``, ``name``, ``area``, ``use``, ``code``.
    labels : pyarrow.Array of list of string, or None
        Names of the points of each row, ring after ring as they stand in the file.
    decimals : pyarrow.Array of int32, or None
        The most decimals with which a coordinate of the row is written; null where the file
        does not tell (a spreadsheet keeps no zeros).
    encoding : str or None
        Codec of the texts; None where the format fixes it.
    layer : str or None
        Name of the layer inside the file.
    members : mapping of str to str
        What a GIS file says of itself beside its features (``source``, ``licence`` …), as written.
    format : str or None
        What an archive turned out to hold; None: what was asked to be read.
    notes : tuple of Note
        What was assumed.
    """

    table: pa.Table
    wkb: pa.Array
    where: pa.Array | None = None
    faults: Mapping[int, Fault] = field(default_factory=dict)
    skipped: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    rings: bool = False
    axes: AxisOrder | None = "en"
    crs: str | None = None
    header: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    labels: pa.Array | None = None
    decimals: pa.Array | None = None
    encoding: str | None = None
    layer: str | None = None
    format: str | None = None
    notes: tuple[Note, ...] = ()

    def save(self, folder: Path) -> None:
        """Write the answer where `load` finds it."""
        kept = {name: getattr(self, name) for name in _PLAIN}
        answer = kept | {
            "faults": [[row, asdict(fault)] for row, fault in self.faults.items()],
            "skipped": [asdict(fault) for fault in self.skipped],
            "remarks": [asdict(fault) for fault in self.remarks],
            "notes": [asdict(note) for note in self.notes],
        }
        columns = [pa.nulls(len(self.wkb)) if one is None else one for one in self._beside()]
        table = self.table
        for name, column in zip(_BESIDE, columns, strict=True):
            table = table.append_column(name, column)
        write_table(table, folder / _TABLE)
        write_answer(answer, folder)

    def _beside(self) -> tuple[pa.Array | None, ...]:
        return self.where, self.labels, self.decimals, self.wkb

    @classmethod
    def load(cls, folder: Path) -> Parsed:
        """Read what `save` wrote; raise the error that `save_error` wrote."""
        answer = load_answer(folder)
        table = read_table(folder / _TABLE)
        own = table.num_columns - len(_BESIDE)
        where, labels, decimals, wkb = (
            table.column(own + position) for position in range(len(_BESIDE))
        )
        return cls(
            table=table.select(list(range(own))),
            wkb=wkb,
            where=None if pa.types.is_null(where.type) else where,
            labels=None if pa.types.is_null(labels.type) else labels,
            decimals=None if pa.types.is_null(decimals.type) else decimals,
            faults={row: Fault(**fault) for row, fault in answer.pop("faults")},
            skipped=tuple(Fault(**fault) for fault in answer.pop("skipped")),
            remarks=tuple(Fault(**fault) for fault in answer.pop("remarks")),
            notes=tuple(Note(**note) for note in answer.pop("notes")),
            **answer,
        )


def write_table(table: pa.Table, path: Path) -> None:
    """Write a table as an Arrow file."""
    with ipc.new_file(path, table.schema) as sink:
        sink.write_table(table)


def read_table(path: Path) -> pa.Table:
    """Read an Arrow file that `write_table` wrote."""
    return ipc.open_file(pa.BufferReader(path.read_bytes())).read_all()


def write_answer(answer: Mapping[str, Any], folder: Path) -> None:
    """Write the JSON half of an answer; its being there says that the answer is whole."""
    part = folder / f"{_ANSWER}.part"
    part.write_text(json.dumps(answer), encoding="utf-8")
    part.replace(folder / _ANSWER)


def load_answer(folder: Path) -> dict[str, Any]:
    """Read the answer of the reading process; raise the error that `save_error` wrote."""
    answer: dict[str, Any] = json.loads((folder / _ANSWER).read_text(encoding="utf-8"))
    if "error" in answer:
        raise PlannerError(answer["error"], **answer["values"])
    return answer


def save_error(error: PlannerError, folder: Path) -> None:
    """Write an expected failure of the reading process."""
    values = json.loads(json.dumps(error.values, default=str))
    write_answer({"error": error.code, "values": values}, folder)


def choose_layer(layers: Sequence[str], layer: str | None) -> str:
    """Take the layer that was asked for, or the only one; several are never guessed at."""
    if layer is None and len(layers) > 1:
        raise PlannerError("file_many_layers", layers=list(layers), question="layer")
    if layer is not None and layer not in layers:
        raise PlannerError("file_layer_unknown", layer=layer, layers=list(layers))
    return layers[0] if layer is None else layer


def require_size(*, features: int, columns: int, vertices: int, limits: Limits) -> None:
    """Refuse a layer that is larger than the stated limits (``file_too_many``)."""
    counts = (
        ("features", features, limits.features),
        ("columns", columns, limits.columns),
        ("vertices", vertices, limits.vertices),
    )
    for what, count, limit in counts:
        if count > limit:
            raise PlannerError(f"file_too_many_{what}", count=count, limit=limit)


def unique_names(names: Sequence[str]) -> list[str]:
    """Give repeated column names a number: a, a becomes a, a_2."""
    taken: dict[str, None] = {}
    for name in names:
        free, number = name, 2
        while free in taken:
            free, number = f"{name}_{number}", number + 1
        taken[free] = None
    return list(taken)
