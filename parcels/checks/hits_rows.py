"""Some rows of a batch of findings."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from parcels.checks.uncertain import Ints
    from parcels.findings import Batch

_COLUMNS = ("outcome", "reason", "measured", "limit", "share", "other", "cause")


def chosen(batch: Batch, rows: Ints, **changes: Any) -> Batch:
    """Return some rows of a batch, with other columns where ``changes`` gives them.

    The evidence goes with its rows; ``needs`` must be one for all rows, or be given.
    """
    if len(rows) == len(batch) and not changes:
        return batch
    columns = {name: _taken(getattr(batch, name), rows) for name in _COLUMNS}
    values = {name: _taken(column, rows) for name, column in batch.values.items()}
    draw = batch.evidence
    kept = {
        **columns,
        "parcel": batch.parcel[rows],
        "values": values,
        "evidence": None if draw is None else lambda at: draw(int(rows[at])),
    }
    return dataclasses.replace(batch, **(kept | changes))


def _taken(column: Any, rows: Ints) -> Any:
    if isinstance(column, np.ndarray):
        return column[rows]
    return [column[row] for row in rows] if isinstance(column, (list, tuple)) else column
