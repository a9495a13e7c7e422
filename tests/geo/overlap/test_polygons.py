"""Layers are the same from geometries and from bytes, and hold what shapely measures."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
import shapely
from shapely import affinity

from geo.area import ellipsoidal_area
from geo.crs import CRS, local_tm, meridian_tm
from geo.errors import PlannerError
from geo.overlap.arrays import BLOCK, Rings
from geo.overlap.engine import kernels_for
from geo.overlap.measure import measured
from geo.overlap.polygons import Polygons
from geo.overlap.shapes import rings_of_shapes
from geo.overlap.wkb import rings_of_wkb
from tests.geo.overlap.planes import ENGINES, ZONE_37, column, stars, wiggly_cells

RING = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(2, 2), (2, 4), (4, 4)]])
ODD = [
    None,
    RING,
    shapely.Polygon(),
    shapely.Point(3, 4),
    shapely.MultiPolygon([RING, shapely.box(20, 0, 25, 5), affinity.translate(RING, 30, 0)]),
    shapely.LineString([(0, 0), (5, 5)]),
    shapely.GeometryCollection([RING]),
    shapely.MultiPolygon(),
    shapely.reverse(RING),
    shapely.force_3d(RING, 7),
]
LAYERS = {
    "odd": np.array(ODD, dtype=object),
    "stars": stars(80),
    "many corners": stars(9, corners=(200, 900)),
    "cells": wiggly_cells(5),
    "nothing": np.array([], dtype=object),
    "null": np.array([None, None], dtype=object),
}


def same(flat, other):
    for one, another in zip(flat, other, strict=True):
        np.testing.assert_array_equal(one, another)


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("engine", ENGINES)
def test_boxes_and_areas_are_those_of_shapely(name, engine):
    shapes = LAYERS[name]
    layer = Polygons(measured(rings_of_shapes(shapes), kernels_for(engine)))
    is_area = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
    kept = np.where(is_area, shapes, None)
    np.testing.assert_array_equal(layer.boxes, shapely.bounds(kept).reshape(-1, 4))
    np.testing.assert_allclose(layer.areas, np.nan_to_num(shapely.area(kept)), rtol=1e-12)
    assert len(layer) == len(shapes)


@pytest.mark.parametrize("name", LAYERS)
def test_numpy_and_kernels_measure_the_same(name):
    rings = rings_of_shapes([affinity.translate(s, *ZONE_37) if s else s for s in LAYERS[name]])
    by_numpy, compiled = measured(rings, None), measured(rings, kernels_for("compiled"))
    for field in ("boxes", "blocks", "signs", "blocks_of"):
        np.testing.assert_array_equal(getattr(by_numpy, field), getattr(compiled, field))
    np.testing.assert_allclose(by_numpy.areas, compiled.areas, rtol=1e-12)
    np.testing.assert_allclose(by_numpy.moments, compiled.moments, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("name", LAYERS)
def test_centroids_are_those_of_shapely(name):
    shapes = LAYERS[name]
    layer = Polygons.from_shapes(shapes)
    rows = np.flatnonzero(layer.areas)
    centres = shapely.get_coordinates(shapely.centroid(shapes[rows]))
    np.testing.assert_allclose(layer.flat.moments[rows, :2], centres.reshape(-1, 2), atol=1e-8)


def test_second_moments_of_a_rectangle_and_a_triangle():
    """Published: b³h/12 for a rectangle b by h; for a right triangle b³h/36 and -b²h²/72."""
    shapes = [shapely.box(5, 5, 11, 9), shapely.Polygon([(0, 0), (6, 0), (0, 4)])]
    moments = Polygons.from_shapes(shapes).flat.moments[:, 2:]
    assert moments[0] == pytest.approx([6**3 * 4 / 12, 0])
    assert moments[1] == pytest.approx([6**3 * 4 / 36, -(6**2) * 4**2 / 72])


@pytest.mark.parametrize("name", LAYERS)
def test_shapes_come_back(name):
    shapes = LAYERS[name]
    layer = Polygons.from_shapes(shapes)
    rows = np.arange(len(shapes))[::-1]
    for row, shape in zip(rows, layer.shapes(rows), strict=True):
        if layer.areas[row] == 0:
            assert shape is None
        else:
            assert shapely.equals_identical(shape, shapely.force_2d(shapes[row]))


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("engine", ENGINES)
def test_bytes_give_the_same_rings_as_geometries(name, engine):
    same(rings_of_wkb(column(LAYERS[name]), kernels_for(engine)), rings_of_shapes(LAYERS[name]))


def columns():
    values = [None if shape is None else shapely.to_wkb(shape) for shape in stars(40)]
    values[3] = values[39] = None
    whole = pa.array(values, pa.binary())
    return whole, {
        "sliced": pa.concat_arrays([pa.array([b"x"], pa.binary()), whole])[1:],
        "large": whole.cast(pa.large_binary()),
        "view": whole.cast(pa.binary_view()),
        "chunked": pa.chunked_array([whole[:7], whole[7:7], whole[7:]]),
        "sliced in a chunk": pa.chunked_array([whole[:13], whole[13:]]).slice(0),
    }


@pytest.mark.parametrize("name", columns()[1])
def test_every_kind_of_column_is_read(name):
    whole, others = columns()
    same(rings_of_wkb(others[name], kernels_for("compiled")), rings_of_wkb(whole, None))


def test_an_empty_chunked_column_has_no_rows():
    assert len(Polygons.from_wkb(pa.chunked_array([], pa.binary()))) == 0


@pytest.mark.parametrize(
    "flavour", [{"byte_order": 0}, {"include_srid": True, "flavor": "extended"}]
)
def test_other_flavours_are_read_by_geos(flavour):
    shape = shapely.set_srid(RING, 4547)
    values = pa.array([shapely.to_wkb(RING), shapely.to_wkb(shape, **flavour)], pa.binary())
    layer = Polygons.from_wkb(values)
    assert layer.areas.tolist() == [79, 79]


WHOLE = shapely.to_wkb(RING)
BROKEN = [
    *(WHOLE[:end] for end in range(0, len(WHOLE), 5)),
    WHOLE[:1] + b"\x63" + WHOLE[2:],
    WHOLE[:5] + b"\xff\xff\xff\x7f" + WHOLE[9:],
    WHOLE[:9] + b"\xff\xff\xff\xff" + WHOLE[13:],
    WHOLE[:-16] + b"\x01" * 16,
]


@pytest.mark.parametrize("value", BROKEN, ids=range(len(BROKEN)))
def test_bytes_that_are_no_geometry_are_refused(value):
    with pytest.raises(PlannerError) as caught:
        Polygons.from_wkb(pa.array([shapely.to_wkb(RING), value], pa.binary()))
    assert caught.value.code == "overlap_wkb"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e9, -1e200])
@pytest.mark.parametrize("vertex", [0, 2])
def test_coordinates_that_are_no_metres_are_refused(value, vertex, engine):
    rings = rings_of_shapes(stars(4))
    xy = rings.xy.copy()
    xy[rings.vertices_of[2] + vertex, 1] = value
    with pytest.raises(PlannerError) as caught:
        measured(Rings(rings.rings_of, rings.vertices_of, xy, rings.shells), kernels_for(engine))
    assert caught.value.code == "overlap_coordinate"
    assert caught.value.values == {"row": 3, "count": 1}


def test_arrays_cannot_be_changed():
    layer = Polygons.from_shapes(stars(3))
    with pytest.raises(ValueError, match="read-only"):
        layer.areas[0] = 1.0
    assert not any(array.flags.writeable for array in layer.flat if isinstance(array, np.ndarray))


def test_blocks_hold_their_edges():
    layer = Polygons.from_shapes(LAYERS["many corners"])
    flat = layer.flat
    for ring in range(len(flat.signs)):
        vertices = flat.xy[flat.vertices_of[ring] : flat.vertices_of[ring + 1]]
        boxes = flat.blocks[flat.blocks_of[ring] : flat.blocks_of[ring + 1]]
        parts = [vertices[at : at + BLOCK + 1] for at in range(0, len(vertices) - 1, BLOCK)]
        expected = [(*part.min(axis=0), *part.max(axis=0)) for part in parts]
        np.testing.assert_array_equal(boxes, expected)


PLANES = {
    "zone 37": (CRS.from_epsg(4525), ZONE_37),
    "meridian 111, far": (CRS.from_epsg(4546), (840_000.0, 3_650_000.0)),
    "112.5, Hainan": (meridian_tm(112.5), (330_000.0, 2_010_000.0)),
    "112.5, Mohe": (meridian_tm(112.5), (660_000.0, 5_940_000.0)),
    "UTM": (CRS.from_epsg(32649), (640_000.0, 3_650_000.0)),
    "local": (local_tm(112.5, 33.0), (-15_000.0, 9_000.0)),
}


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("size", [1.0, 60.0, 600.0], ids=["parcels", "zones", "counties"])
def test_ellipsoidal_areas_follow_the_definition(plane, size):
    crs, offset = PLANES[plane]
    shapes = [
        affinity.scale(shape, size, size, origin=(0, 0)) for shape in stars(60, radii=(15, 40))
    ]
    shapes = [affinity.translate(shape, *offset) for shape in shapes] + [RING.buffer(0), None]
    shapes[-2] = affinity.translate(shapes[-2], *offset)
    areas = Polygons.from_shapes(shapes).ellipsoidal_areas(crs)
    np.testing.assert_allclose(areas, ellipsoidal_area(shapes, crs), rtol=1e-9)


def test_ellipsoidal_areas_need_a_transverse_mercator():
    with pytest.raises(PlannerError) as caught:
        Polygons.from_shapes([RING]).ellipsoidal_areas(CRS.from_epsg(3857))
    assert caught.value.code == "crs_not_transverse_mercator"
