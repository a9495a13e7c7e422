"""Surveys as the page 地块 shows them: a hostile one, and one of many parcels."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely

from tests.parcels.survey_samples import FIRST, SECOND, findings, parcels, survey

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
_EDGE_M = 60.0
_WEST_M, _SOUTH_M = 37_636_000.0, 3_649_000.0
_ROW = 100


def hostile_survey():
    """Two parcels, the second with every kind of name that could be taken for markup."""
    table = parcels((FIRST, SECOND))
    names = pa.array(["示例地块1", HOSTILE])
    table = table.set_column(table.column_names.index("name"), "name", names)
    return survey(
        file=f"{HOSTILE}.txt",
        parcels=table,
        attributes=pa.table({"地块名称": ["示例地块1", HOSTILE], HOSTILE: ["", HOSTILE]}),
        findings=findings(
            {"parcel": 0, "code": "Q_HOLE", "severity": "info", "ring": 2},
            {
                "parcel": 0,
                "code": "Q_AREA",
                "severity": "warn",
                "value": 26.8766,
                "limit": 27.9,
                "unit": "m2",
            },
        ),
    )


def round_survey(points: int = 75):
    """One parcel with more points than are listed at once, without names for them."""
    turns = np.linspace(0, 2 * np.pi, points, endpoint=False)
    ring = np.column_stack([_WEST_M + 100 * np.sin(turns), _SOUTH_M + 100 * np.cos(turns)])
    return survey(
        file="圆.txt",
        digest="1" * 64,
        features=1,
        parcels=parcels((shapely.Polygon(ring),)),
        attributes=pa.table({"用途": ["工业用地"]}),
        fields={"use": "用途"},
        labels=None,
    )


def many_survey(count: int = 2_500):
    """Squares in rows of a hundred, more than are sent to the browser."""
    at = np.arange(count)
    west = _WEST_M + (at % _ROW) * _EDGE_M
    south = _SOUTH_M + (at // _ROW) * _EDGE_M
    shapes = shapely.box(west, south, west + _EDGE_M, south + _EDGE_M)
    return survey(
        file="多.gpkg",
        format="geopackage",
        digest="2" * 64,
        features=count,
        parcels=parcels(tuple(shapes)),
        attributes=pa.table({"n": at}),
        labels=None,
    )
