"""Curves become chords: areas of circles by their formula, every stated point kept."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.read.gis.blobs import shapes_of
from geo.read.gis.curves import straight_shape
from geo.read.limits import Limits

X, Y, R = 38_500_000.0, 3_600_000.0, 50.0
Points = list[tuple[float, ...]]


def curve(kind: int, points: Points, order: str = "<") -> bytes:
    head = struct.pack(f"{order}BII", order == "<", kind, len(points))
    return head + b"".join(struct.pack(f"{order}{len(one)}d", *one) for one in points)


def group(kind: int, *members: bytes) -> bytes:
    return struct.pack("<BII", 1, kind, len(members)) + b"".join(members)


def on_circle(*degrees: float, radius: float = R, more: tuple[float, ...] = ()) -> Points:
    turns = [math.radians(one) for one in degrees]
    return [(X + radius * math.cos(t), Y + radius * math.sin(t), *more) for t in turns]


CIRCLE = [*on_circle(0, 90, 180, 270), on_circle(0)[0]]
HALF = on_circle(0, 90, 180)
BACK = curve(2, [HALF[-1], (X, Y - R), HALF[0]])
TRIANGLE = R * R


@pytest.mark.parametrize(
    ("blob", "area"),
    [
        (group(10, curve(8, CIRCLE)), math.pi * R**2),
        (group(10, curve(8, CIRCLE[::-1])), math.pi * R**2),
        (group(10, curve(8, [CIRCLE[0], CIRCLE[2], CIRCLE[0]])), math.pi * R**2),
        (group(10, curve(8, CIRCLE, ">")), math.pi * R**2),
        (group(10, group(9, curve(8, HALF), BACK)), math.pi * R**2 / 2 + TRIANGLE),
        (
            group(10, curve(8, CIRCLE), curve(2, [(X, Y), (X + 9, Y), (X + 9, Y + 9), (X, Y)])),
            math.pi * R**2 - 40.5,
        ),
        (
            group(12, group(10, curve(8, CIRCLE)), shapely.to_wkb(shapely.box(X + 99, Y, X + 109, Y + 10))),
            math.pi * R**2 + 100,
        ),
        (group(1010, curve(1008, [(*one, 7.0) for one in CIRCLE])), math.pi * R**2),
        (group(3010, curve(3008, [(*one, 7.0, 8.0) for one in CIRCLE])), math.pi * R**2),
        (group(10 | 0x80000000, curve(8 | 0x80000000, [(*one, 7.0) for one in CIRCLE])), math.pi * R**2),
    ],
)  # fmt: skip
def test_areas(blob: bytes, area: float) -> None:
    found = shapes_of([blob], Limits())
    assert not found.faults
    assert [one.code for one in found.remarks] == ["curve_straightened"]
    [shape] = shapely.from_wkb(found.wkb.to_pylist())
    assert shape.area == pytest.approx(area, abs=0.001 * 2 * math.pi * R)


@given(st.floats(0, 360), st.floats(1, 150), st.floats(1, 150), st.floats(1, 5_000), st.booleans())
def test_an_arc_keeps_its_points_and_leaves_its_circle_by_a_millimetre(
    start: float, first: float, second: float, radius: float, clockwise: bool
) -> None:
    sign = -1 if clockwise else 1
    stated = on_circle(start, start + sign * first, start + sign * (first + second), radius=radius)
    found = straight_shape(curve(8, stated))
    assert found is not None
    line, arcs, added = found
    points = shapely.get_coordinates(line)
    assert (arcs, added) == (1, len(points) - 3)
    assert {tuple(one) for one in stated} <= set(map(tuple, points.tolist()))
    middles = np.vstack([points, (points[1:] + points[:-1]) / 2])
    off = np.hypot(*(middles - (X, Y)).T) - radius
    assert np.abs(off).max() < 0.001 + 1e-5
    length = math.radians(first + second) * radius
    assert line.length == pytest.approx(length, rel=1e-3)


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\x01",
        curve(8, HALF)[:-1],
        curve(8, HALF[:2]),
        curve(8, [*HALF, HALF[0]]),
        curve(8, [(math.nan, 0.0), (1.0, 1.0), (2.0, 2.0)]),
        struct.pack("<BII", 1, 8, 500_000_000),
        group(10, group(10, curve(8, CIRCLE))),
        group(12, curve(8, CIRCLE)),
        group(16, curve(8, CIRCLE)),
        group(10, curve(8, CIRCLE[:3])),
        group(9),
        group(10),
        group(10, group(9)),
    ],
)
def test_what_is_damaged_is_no_shape(blob: bytes) -> None:
    assert straight_shape(blob) is None


def test_a_curve_that_cannot_be_drawn_is_named() -> None:
    found = shapes_of([curve(8, HALF[:2]), group(16)], Limits())
    assert [one.code for one in found.faults.values()] == ["curve_geometry", "curve_geometry"]
