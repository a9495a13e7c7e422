"""Surveys made by hand: the worked example of the exchange format, with a hole and a neighbour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely
from pyproj import Transformer

from geo.read.parsed import Fault, Note
from geo.survey.model import (
    FINDINGS,
    PARCELS,
    AxesDecision,
    CrsDecision,
    Repair,
    Survey,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = shapely.Polygon(
    [
        (37637200.0, 3650512.35),
        (37637452.18, 3650518.92),
        (37637463.905, 3650298.64),
        (37637211.53, 3650286.12),
    ],
    [
        [
            (37637300.0, 3650420.0),
            (37637300.0, 3650400.0),
            (37637330.0, 3650400.0),
            (37637330.0, 3650420.0),
        ]
    ],
)
SECOND = shapely.Polygon(
    [
        (37637220.0, 3650250.0),
        (37637380.0, 3650254.0),
        (37637384.5, 3650150.0),
        (37637224.25, 3650146.25),
    ]
)
LABELS = (
    ["J1", "J2", "J3", "J4", "J1", "J5", "J6", "J7", "J8", "J5"],
    ["J1", "J2", "J3", "J4", "J1"],
)
ELLIPSOID = (55806.1234, 16642.0)
ZONE_37 = CrsDecision(
    epsg=4525,
    name="CGCS2000 / 3-degree Gauss-Kruger zone 37",
    how="prefix",
    definition="EPSG:4525",
)


def lonlat(shapes: Sequence[object]) -> np.ndarray:
    change = Transformer.from_crs("EPSG:4525", "EPSG:4490", always_xy=True).transform
    return shapely.transform(
        np.array(shapes, dtype=object), lambda xy: np.column_stack(change(xy[:, 0], xy[:, 1]))
    )


def parcels(shapes: Sequence[object] = (FIRST, SECOND)) -> pa.Table:
    count = len(shapes)
    rows = {
        "row": list(range(count)),
        "where": [f"line:{2 + 11 * n}" for n in range(count)],
        "id": [str(n + 1) for n in range(count)],
        "name": [f"示例地块{n + 1}" for n in range(count)],
        "rings": [len(shapely.get_rings(one)) for one in shapes],
        "vertices": [
            int(shapely.get_num_coordinates(one)) - len(shapely.get_rings(one)) for one in shapes
        ],
        "area_m2": [ELLIPSOID[n % 2] for n in range(count)],
        "area_plane_m2": [one.area for one in shapes],
        "declared_area_m2": [[55833.0, None][n % 2] for n in range(count)],
        "declared_text": [["5.5833", None][n % 2] for n in range(count)],
        "native": shapely.to_wkb(np.array(shapes, dtype=object)),
        "wkb": shapely.to_wkb(lonlat(shapes)),
    }
    return pa.table({one.name: pa.array(rows[one.name], one.type) for one in PARCELS})


def findings(*rows: dict[str, object]) -> pa.Table:
    empty = {"ring": 0, "point": 0, "value": None, "limit": None, "unit": "", "other": -1}
    return pa.Table.from_pylist([{**empty, "wkb": None, **row} for row in rows], schema=FINDINGS)


def survey(**changes: object) -> Survey:
    made = Survey(
        file="示例.txt",
        format="txt",
        digest="0" * 64,
        encoding="gb18030",
        layer=None,
        crs=ZONE_37,
        axes=AxesDecision(value="ne", how="prefix"),
        area_unit="ha",
        area_unit_how="format",
        header={"坐标系": "2000国家大地坐标系", "带号": "37"},
        fields={"id": "地块编号", "name": "地块名称", "area": "地块面积"},
        features=2,
        parcels=parcels(),
        attributes=pa.table(
            {
                "地块编号": ["1", "2"],
                "地块名称": ["示例地块1", "示例地块2"],
                "地块面积": ["5.5833", ""],
            }
        ),
        labels=pa.array(LABELS),
        findings=findings(),
        rejected=(),
        skipped=(),
        remarks=(),
        repairs=(),
        notes=(),
    )
    return replace(made, **changes)


def troubled_survey() -> Survey:
    """Make a survey in which something of every kind happened."""
    bow_tie = shapely.to_wkb(SECOND)
    return survey(
        features=6,
        rejected=(
            Fault(
                code="number_unreadable",
                where="feature:3;ring:2;point:5",
                values={"value": "36O.5"},
            ),
        ),
        skipped=(
            Fault(code="skipped_point", where="feature:4"),
            Fault(code="skipped_line", where="layer:0", values={"count": 2}),
        ),
        remarks=(Fault(code="declared_area_unreadable", where="line:13", values={"value": "约"}),),
        repairs=(
            Repair(
                row=2,
                where="feature:3",
                code="self_crossing",
                area_before_m2=0.0,
                area_after_m2=100.0,
                applied=False,
                before=bow_tie,
                after=bow_tie,
            ),
        ),
        notes=(Note(code="area_unit_by_size", values={"column": "地块面积"}),),
        findings=findings(
            {
                "parcel": 0,
                "code": "Q_AREA",
                "severity": "warn",
                "value": 26.8766,
                "limit": 27.9,
                "unit": "m2",
            },
            {"parcel": 1, "code": "Q_ID", "severity": "warn", "other": 0, "ring": 2, "point": 4},
        ),
    )
