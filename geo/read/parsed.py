"""What the reading process hands back: plain bytes and JSON, nothing that runs code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import ipc

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.read.limits import Limits

_ANSWER = "answer.json"
_TABLE = "table.arrow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One layer as it stood in its file.

    Attributes
    ----------
    table : pyarrow.Table
        Attributes, one row a feature, in the file's order.
    wkb : pyarrow.Array of binary
        Geometries in the file's own coordinates; null where there is none.
    faults : dict of int to str
        Rows whose geometry could not be read, with the reason's code.
    crs : str or None
        ``EPSG:4525`` or WKT as the file declares it.
    encoding : str or None
        Codec of the texts; None where the format fixes it.
    layer : str or None
        Name of the layer inside the file.
    notes : tuple of str
        Stable codes of what was assumed.
    """

    table: pa.Table
    wkb: pa.Array
    faults: Mapping[int, str] = field(default_factory=dict)
    crs: str | None = None
    encoding: str | None = None
    layer: str | None = None
    notes: tuple[str, ...] = ()

    def save(self, folder: Path) -> None:
        """Write the answer where `load` finds it."""
        answer = {
            "faults": {str(row): code for row, code in self.faults.items()},
            "crs": self.crs,
            "encoding": self.encoding,
            "layer": self.layer,
            "notes": list(self.notes),
        }
        table = self.table.append_column("wkb", self.wkb)
        with ipc.new_file(folder / _TABLE, table.schema) as sink:
            sink.write_table(table)
        (folder / _ANSWER).write_text(json.dumps(answer), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Parsed:
        """Read what `save` wrote; raise the error that `save_error` wrote."""
        answer = json.loads((folder / _ANSWER).read_text(encoding="utf-8"))
        if "error" in answer:
            raise PlannerError(answer["error"], **answer["values"])
        table = ipc.open_file(pa.BufferReader((folder / _TABLE).read_bytes())).read_all()
        return cls(
            table=table.remove_column(table.num_columns - 1),
            wkb=table.column(table.num_columns - 1),
            faults={int(row): code for row, code in answer["faults"].items()},
            crs=answer["crs"],
            encoding=answer["encoding"],
            layer=answer["layer"],
            notes=tuple(answer["notes"]),
        )


def save_error(error: PlannerError, folder: Path) -> None:
    """Write an expected failure of the reading process."""
    values = json.loads(json.dumps(error.values, default=str))
    answer = {"error": error.code, "values": values}
    (folder / _ANSWER).write_text(json.dumps(answer), encoding="utf-8")


def choose_layer(layers: Sequence[str], layer: str | None) -> str:
    """Take the layer that was asked for, or the only one; several are never guessed at."""
    if layer is None and len(layers) > 1:
        raise PlannerError("network_many_layers", layers=list(layers))
    if layer is not None and layer not in layers:
        raise PlannerError("network_layer_unknown", layer=layer, layers=list(layers))
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
