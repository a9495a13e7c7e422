"""Every feature is open, refused or skipped, never two of them."""

from __future__ import annotations

import pyarrow as pa
import shapely

from geo.read.parsed import Fault, Parsed
from geo.survey.rows import Rows

SQUARE = shapely.box(0, 0, 1, 1)
SHAPES = [
    SQUARE,
    shapely.Point(0, 0),
    None,
    shapely.Polygon(),
    shapely.LineString([(0, 0), (1, 1)]),
]


def rows(*shapes: shapely.Geometry | None, **more) -> Rows:
    wkb = pa.array([None if one is None else shapely.to_wkb(one) for one in shapes], pa.binary())
    return Rows(Parsed(table=pa.table({"": pa.nulls(len(wkb))}), wkb=wkb, **more))


def test_each_feature_has_one_fate() -> None:
    found = rows(*SHAPES)
    assert found.open().tolist() == [0]
    assert {row: fault.code for row, fault in found.rejected.items()} == {
        2: "no_geometry",
        3: "empty_geometry",
    }
    assert {row: fault.code for row, fault in found.skipped.items()} == {
        1: "skipped_point",
        4: "skipped_line",
    }
    assert found.skipped[4].where == "feature:5"


def test_lines_are_rings_where_the_format_has_bare_rings() -> None:
    ring = shapely.MultiLineString([[(0, 0), (1, 0), (1, 1)]])
    assert rows(ring, rings=True).open().tolist() == [0]
    assert rows(SQUARE, rings=True).skipped[0].code == "skipped_other"


def test_the_first_reason_stays_and_inner_places_get_their_feature() -> None:
    found = rows(SQUARE, SQUARE, where=pa.array(["line:7", "line:12"]))
    found.refuse({1: Fault(code="rings_cross", where="ring:2")})
    found.refuse({1: Fault(code="later")})
    assert found.rejected[1] == Fault(code="rings_cross", where="line:12;ring:2")
    assert found.open().tolist() == [0]


def test_numbers_that_are_not_finite_are_refused() -> None:
    strange = shapely.Polygon([(0, 0), (float("inf"), 1), (1, 1)])
    assert rows(strange, SQUARE).rejected[0].code == "not_finite"
