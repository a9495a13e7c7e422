"""DXF against ezdxf and closed formulas: drawings of every version, blocks, arcs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from ezdxf.disassemble import recursive_decompose
from ezdxf.entities import LWPolyline, Polyline
from ezdxf.path import make_path
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import rotate, translate
from shapely.affinity import scale as scaled

from geo.read.arcs import CHORD_ERROR, straighten
from geo.read.dxf.reader import parse_dxf
from tests.geo.read.dxf_samples import blank, request, saved

if TYPE_CHECKING:
    from pathlib import Path

    from ezdxf.document import Drawing

    from geo.read.parsed import Parsed

VERSIONS = ["R12", "R2000", "R2004", "R2007", "R2010", "R2013", "R2018"]
RING = [
    (37_637_200.125, 3_650_500.25),
    (37_637_452.18, 3_650_518.92),
    (37_637_463.905, 3_650_298.64),
]


def rings(parsed: Parsed) -> list[np.ndarray]:
    return [shapely.get_coordinates(one) for one in shapely.from_wkb(parsed.wkb.to_pylist())]


@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_gives_the_same_ring(version: str, binary: bool, tmp_path: Path) -> None:
    document = blank(version)
    if version == "R12":
        document.modelspace().add_polyline2d(RING, close=True, dxfattribs={"layer": "JZD"})
    else:
        document.modelspace().add_lwpolyline(RING, close=True, dxfattribs={"layer": "JZD"})
    document.modelspace().add_line((0, 0), (1, 1))
    parsed = parse_dxf(request(tmp_path, saved(document, binary=binary)))
    assert [one.tolist() for one in rings(parsed)] == [[list(point) for point in [*RING, RING[0]]]]
    assert [one.values["count"] for one in parsed.skipped] == [1]


def flattened(document: Drawing) -> list[np.ndarray]:
    """Give what ezdxf makes of all polylines of the model space, blocks taken apart."""
    found = []
    for entity in recursive_decompose(document.modelspace()):
        if isinstance(entity, LWPolyline | Polyline):
            path = make_path(entity, segments=64).flattening(CHORD_ERROR / 1000, 64)
            found.append(np.array([(one.x, one.y) for one in path]))
    return found


@pytest.mark.parametrize("extrusion", [(0, 0, 1), (0, 0, -1)])
@pytest.mark.parametrize("scale", [1, 2, -1.5])
def test_blocks_stand_where_ezdxf_puts_them(
    scale: float, extrusion: tuple[int, int, int], tmp_path: Path
) -> None:
    document = blank()
    inner = document.blocks.new("INNER", base_point=(3, 4))
    inner.add_lwpolyline([(0, 0, 0), (10, 0, 0.4), (10, 8, -0.3)], format="xyb", close=True)
    inner.add_lwpolyline([(1, 1), (5, 1), (5, 2)], close=True, dxfattribs={"extrusion": extrusion})
    outer = document.blocks.new("OUTER", base_point=(-5, 2))
    attributes = {"rotation": 30, "extrusion": extrusion, "xscale": -1.5, "yscale": 1.5}
    outer.add_blockref("INNER", (20, 10), dxfattribs=attributes)
    attributes = {"xscale": scale, "yscale": scale, "rotation": 75, "extrusion": extrusion}
    document.modelspace().add_blockref("OUTER", (1000, 2000), dxfattribs=attributes)
    grid = {"column_count": 3, "row_count": 2, "column_spacing": 40, "row_spacing": 50}
    document.modelspace().add_blockref("INNER", (0, 0), dxfattribs=attributes | grid)
    found = [shapely.Polygon(one) for one in rings(parse_dxf(request(tmp_path, saved(document))))]
    truth = [shapely.Polygon(one) for one in flattened(document)]
    assert len(found) == len(truth) == 14
    unmatched = list(truth)
    for one in found:  # ezdxf takes arrays apart in another order
        nearest = min(unmatched, key=one.hausdorff_distance)
        unmatched.remove(nearest)
        assert one.hausdorff_distance(nearest) < 2 * CHORD_ERROR
        assert one.area == pytest.approx(nearest.area, abs=CHORD_ERROR * nearest.length)


@pytest.mark.parametrize("scale", [(3, 0.5), (-1, 2)])
def test_blocks_may_be_sheared(scale: tuple[float, float], tmp_path: Path) -> None:
    """A turned block inside of a stretched one: worked out step by step."""
    document = blank()
    ring = [(0, 0), (10, 0), (10, 8)]
    document.blocks.new("INNER", base_point=(3, 4)).add_lwpolyline(ring, close=True)
    outer = document.blocks.new("OUTER", base_point=(-5, 2))
    outer.add_blockref("INNER", (20, 10), dxfattribs={"rotation": 30})
    attributes = {"xscale": scale[0], "yscale": scale[1], "rotation": 75}
    document.modelspace().add_blockref("OUTER", (1000, 2000), dxfattribs=attributes)
    shape = translate(shapely.Polygon(ring), -3, -4)
    shape = translate(rotate(shape, 30, origin=(0, 0)), 20 + 5, 10 - 2)
    shape = rotate(scaled(shape, *scale, origin=(0, 0)), 75, origin=(0, 0))
    truth = shapely.get_coordinates(translate(shape, 1000, 2000))
    [found] = rings(parse_dxf(request(tmp_path, saved(document))))
    assert found == pytest.approx(truth, abs=1e-9)


@given(
    bulge=st.floats(0.01, 3) | st.floats(-3, -0.01),
    chord=st.floats(1, 500),
    turn=st.floats(0, 6),
)
def test_the_area_under_an_arc_is_that_of_the_segment(
    bulge: float, chord: float, turn: float
) -> None:
    end = (chord * math.cos(turn), chord * math.sin(turn))
    vertices = np.array([[0, 0, bulge], [*end, 0]])
    drawn = straighten(vertices, closed=True, chord_error=CHORD_ERROR)
    assert drawn is not None
    points, arcs = drawn
    angle = 4 * math.atan(abs(bulge))
    radius = chord / (2 * math.sin(angle / 2))
    segment = radius**2 / 2 * (angle - math.sin(angle))
    if arcs == 0:  # flatter than the chord error
        assert abs(bulge) * chord / 2 <= CHORD_ERROR
        return
    x, y = points.T
    signed = np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2
    assert math.copysign(1, signed) == math.copysign(1, bulge)
    assert 0 <= segment - abs(signed) <= CHORD_ERROR * angle * radius
    middle = (points + np.roll(points, -1, axis=0))[:-1] / 2
    centre = np.array(
        shapely.minimum_bounding_circle(shapely.MultiPoint(points)).centroid.coords[0]
    )
    if abs(bulge) >= 1:  # the circle around the points is that of the arc
        distances = np.hypot(*(middle - centre).T)
        assert radius - distances.min() <= 1.01 * CHORD_ERROR


def test_an_arc_takes_no_more_points_than_it_needs() -> None:
    drawn = straighten(np.array([[0, 0, 1.0], [100, 0, 1.0]]), closed=True, chord_error=0.001)
    assert drawn is not None
    # 2π over the angle of a chord with the sagitta 1 mm at r = 50 m: 2 acos(1 − e/r)
    assert len(drawn[0]) == 2 * math.ceil(math.pi / (2 * math.acos(1 - 0.001 / 50)))
