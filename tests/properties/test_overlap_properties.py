"""Whatever the polygons are, both engines give the areas of GEOS, and what areas must obey."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from shapely import affinity

from geo.overlap.join import overlap_areas, own_overlap_areas
from geo.overlap.polygons import Polygons
from tests.geo.overlap.planes import ENGINES, ZONE_37, column, found_areas, true_areas

GRID = st.integers(0, 8)
COORDINATES = {
    "grid": st.tuples(GRID, GRID),  # corners on edges, edges in one line, equal and nested shapes
    "any": st.tuples(*2 * [st.floats(0, 1000, allow_subnormal=False)]),
    "thin": st.tuples(st.floats(0, 1000), st.floats(0, 1e-3)),
}


@st.composite
def areas(draw, coordinates):
    """Draw a valid polygon or multipolygon, with holes where a ring crosses itself."""
    ring = draw(st.lists(coordinates, min_size=3, max_size=10))
    try:
        mended = shapely.make_valid(shapely.Polygon(ring))
    except shapely.errors.GEOSException:  # a few rings are beyond its means
        reject()
    parts = [part for part in shapely.get_parts([mended]) if part.geom_type.endswith("Polygon")]
    shape = shapely.union_all(parts)
    assume(shape.is_valid and shape.area > 0)
    if draw(st.booleans()):
        shape = shapely.reverse(shape)
    return shape


def layers(kind):
    return st.lists(areas(COORDINATES[kind]), min_size=1, max_size=3)


def shared(first, second, engine):
    pairs = overlap_areas(
        Polygons.from_shapes(first), Polygons.from_shapes(second), least_m2=0.0, engine=engine
    )
    table = np.zeros((len(first), len(second)))
    table[pairs.first, pairs.second] = pairs.area
    return table


def truth(first, second):
    """Snap to 1e-10 m: the overlay of unsnapped lines errs when three almost meet in a point."""
    return np.array([[a.intersection(b, grid_size=1e-10).area for b in second] for a in first])


@pytest.mark.parametrize("kind", COORDINATES)
@given(data=st.data())
def test_areas_are_those_of_geos(data, kind):
    first, second = data.draw(layers(kind)), data.draw(layers(kind))
    found = shared(first, second, "compiled")
    np.testing.assert_allclose(found, truth(first, second), rtol=1e-6, atol=1e-5)


@given(first=layers("grid"), second=layers("grid"))
def test_the_plain_twin_gives_them_too(first, second):
    found = shared(first, second, "plain")
    np.testing.assert_allclose(found, truth(first, second), rtol=1e-6, atol=1e-6)


@given(first=layers("grid"), second=layers("grid"))
def test_moving_to_a_zone_changes_nothing(first, second):
    moved = [[affinity.translate(shape, *ZONE_37) for shape in layer] for layer in (first, second)]
    found = shared(*moved, "compiled")
    np.testing.assert_allclose(found, truth(first, second), rtol=1e-7, atol=1e-6)


@given(first=layers("any"), second=layers("any"))
def test_the_order_of_layers_and_rows_does_not_matter(first, second):
    found = shared(first, second, "compiled")
    np.testing.assert_allclose(shared(second, first, "compiled").T, found, rtol=1e-9, atol=1e-8)
    again = shared(first[::-1], second[::-1], "compiled")
    np.testing.assert_array_equal(again[::-1, ::-1], found)


@given(first=layers("grid"), second=layers("grid"))
def test_winding_does_not_matter(first, second):
    turned = [shapely.reverse(shape) for shape in first]
    found = shared(turned, second, "compiled")
    np.testing.assert_allclose(found, shared(first, second, "compiled"), rtol=1e-9, atol=1e-9)


@given(shape=areas(COORDINATES["any"]))
def test_a_polygon_shares_all_of_itself_with_itself_and_with_what_is_around(shape):
    around = shapely.box(*shape.bounds).buffer(1)
    found = shared([shape], [shape, around, shapely.Polygon()], "compiled")
    np.testing.assert_allclose(found[0], [shape.area, shape.area, 0], rtol=1e-9, atol=1e-7)


@given(first=areas(COORDINATES["grid"]), second=areas(COORDINATES["grid"]))
def test_shared_and_left_over_make_the_whole(first, second):
    rest = shapely.difference(first, second)
    found = shared([first, rest], [second], "compiled")
    assert found[0, 0] + rest.area == pytest.approx(first.area, rel=1e-9)
    assert found[1, 0] == pytest.approx(0, abs=1e-7)


@given(shapes=layers("grid"))
def test_a_layer_with_itself_is_a_half_of_the_join(shapes):
    layer = Polygons.from_wkb(column(shapes))
    expected = {pair: m2 for pair, m2 in true_areas(shapes, shapes).items() if pair[0] < pair[1]}
    for engine in ENGINES:
        assert found_areas(own_overlap_areas(layer, engine=engine)) == pytest.approx(expected)
