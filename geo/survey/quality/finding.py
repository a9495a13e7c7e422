"""Rows of `FINDINGS` from arrays; what is dear to list one by one is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.survey.model import FINDINGS
from geo.survey.quality.tolerance import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.survey.quality.vertices import Floats, Ints, Shapes


@dataclass(frozen=True, slots=True)
class Found:
    """Findings of one check, as arrays of one length.

    Attributes
    ----------
    code : str
        Of data/geometry_qc.toml; severity, limit and unit come from there.
    parcel : int array
        Position of the parcel.
    ring, point : int array, optional
        From 1; left out: the whole parcel, the whole ring.
    value : float array, optional
        In the unit of the check.
    limit : float array, optional
        Left out: the limit of the check.
    other : int array, optional
        Position of the other parcel.
    shape : array of geometry, optional
        Where, in the CRS of the parcels.
    """

    code: str
    parcel: Ints
    ring: Ints | None = None
    point: Ints | None = None
    value: Floats | None = None
    limit: Floats | None = None
    other: Ints | None = None
    shape: Shapes | None = None

    def table(self) -> pa.Table:
        """Return the findings as rows of `FINDINGS`."""
        rule, count = check(self.code), len(self.parcel)
        nothing = np.zeros(count, dtype=np.int32)
        columns = {
            "parcel": self.parcel,
            "code": [self.code] * count,
            "severity": [rule.severity] * count,
            "ring": nothing if self.ring is None else self.ring,
            "point": nothing if self.point is None else self.point,
            "value": [None] * count if self.value is None else self.value,
            "limit": [rule.limit] * count if self.limit is None else self.limit,
            "unit": [rule.unit] * count,
            "other": nothing - 1 if self.other is None else self.other,
            "wkb": [None] * count if self.shape is None else shapely.to_wkb(self.shape),
        }
        arrays = [
            pa.array(columns[field.name], from_pandas=True).cast(field.type) for field in FINDINGS
        ]
        return pa.Table.from_arrays(arrays, schema=FINDINGS)


def counted_on(findings: pa.Table, start: int) -> pa.Table:
    """Give findings whose parcels are counted from ``start`` on."""
    parcel = pc.add(findings.column("parcel"), pa.scalar(start, pa.int32()))
    return findings.set_column(0, FINDINGS.field("parcel"), parcel)


def finding_table(found: Sequence[Found]) -> pa.Table:
    """Return all findings by parcel; within a parcel in the order given, then as they come."""
    table = pa.concat_tables([one.table() for one in found] or [FINDINGS.empty_table()])
    order = np.argsort(table.column("parcel").to_numpy(), kind="stable")
    return table.take(pa.array(order)).combine_chunks()
