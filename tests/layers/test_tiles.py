from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyproj import Transformer

from geo.errors import PlannerError
from layers import tiles
from layers.large import LargeLayer

PALETTE = {"工业": "#C9A57F", "居住": "#FFE680"}
HALF_WORLD_M = 20037508.342789244


def layer(*shapes, use="工业", geometry_class="digitized"):
    columns = {
        "use": np.full(len(shapes), use),
        "geometry_class": np.full(len(shapes), geometry_class),
    }
    given_shapes = np.array(shapes, dtype=object)
    return LargeLayer.build(given_shapes, title="t", columns=columns, palette=PALETTE)


def picture(png):
    return np.asarray(Image.open(io.BytesIO(png)))


def tile_of(lon, lat, zoom):
    x, y = tiles.to_unit(np.array([[lon, lat]]))[0] * 2**zoom
    return zoom, int(x), int(y)


def pixels(tile):
    """Longitude and latitude of the middle of each pixel, shape (256, 256, 2), by pyproj."""
    z, x, y = tile
    edge = 2 * HALF_WORLD_M / 2**z
    middle = (np.arange(256) + 0.5) / 256
    east, south = np.meshgrid(x + middle, y + middle)
    back = Transformer.from_crs(3857, 4326, always_xy=True)
    lon, lat = back.transform(east * edge - HALF_WORLD_M, HALF_WORLD_M - south * edge)
    return np.stack([lon, lat], axis=-1)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-85, 85))
def test_the_unit_square_is_web_mercator(lon, lat):
    east, north = Transformer.from_crs(4326, 3857, always_xy=True).transform(lon, lat)
    unit = tiles.to_unit(np.array([[lon, lat]]))
    truth = [(east + HALF_WORLD_M) / 2 / HALF_WORLD_M, (HALF_WORLD_M - north) / 2 / HALF_WORLD_M]
    assert unit[0] == pytest.approx(truth, abs=1e-12)
    assert tiles.to_lonlat(unit)[0] == pytest.approx([lon, lat], abs=1e-9)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-0.01, 0.03), st.floats(-0.01, 0.03)), min_size=3, max_size=7),
    st.integers(13, 17),
)
def test_a_pixel_is_painted_where_the_polygon_lies(corners, zoom):
    shape = shapely.MultiPoint([(112.5 + x, 33 + y) for x, y in corners]).convex_hull
    pixel_deg = 360 / 256 / 2**zoom
    if shape.geom_type != "Polygon" or shape.minimum_clearance < 20 * pixel_deg:
        return
    tile = tile_of(112.505, 33.005, zoom)
    painted = picture(layer(shape).tile(*tile))[2::7, 2::7, 3] > 0
    places = shapely.points(pixels(tile)[2::7, 2::7])
    away = shapely.distance(shape.exterior, places) > 2 * pixel_deg
    inside = shapely.contains(shape, places)
    assert (painted[away] == inside[away]).all()


def test_a_hole_stays_open_and_an_island_in_it_is_drawn():
    lon, lat = pixels(tile := tile_of(112.5, 33.0, 15))[128, 128]
    ring = shapely.Point(lon, lat).buffer(0.004) - shapely.Point(lon, lat).buffer(0.002)
    island = shapely.Point(lon, lat).buffer(0.001)
    alone = picture(layer(ring).tile(*tile))
    both = picture(layer(island, ring).tile(*tile))
    assert alone[128, 128, 3] == 0
    assert both[128, 128, 3] > 0


@pytest.mark.parametrize(
    ("use", "geometry_class", "colour"),
    [
        ("工业", "surveyed", (201, 165, 127, 191)),
        ("居住", "schematic", (255, 230, 128, 102)),
        ("没有的用途", "digitized", (196, 202, 208, 191)),
        ("{{7*7}}", "<img>", (196, 202, 208, 191)),
    ],
)
def test_fill_is_the_use_and_opacity_the_geometry_class(use, geometry_class, colour):
    square = shapely.box(112, 32, 113, 34)
    png = layer(square, use=use, geometry_class=geometry_class).tile(*tile_of(112.5, 33, 15))
    assert picture(png)[100, 100] == pytest.approx(np.array(colour), abs=1)


def test_features_smaller_than_a_pixel_become_dots():
    tile = tile_of(112.5, 33.0, 10)
    places = pixels(tile)[20:240:20, 20:240:20].reshape(-1, 2)
    shapes = [shapely.box(x, y, x + 1e-6, y + 1e-6) for x, y in places]
    painted = picture(layer(*shapes).tile(*tile))[..., 3] > 0
    assert painted.sum() == len(shapes)
    assert painted[20:240:20, 20:240:20].all()


def test_a_line_crosses_the_edge_of_two_tiles_without_a_gap():
    z, x, y = tile_of(112.5, 33.0, 14)
    middle = pixels((z, x, y))[128]
    line = shapely.LineString([middle[0], middle[-1] + (middle[-1] - middle[0])])
    layers = layer(line)
    row = np.hstack([picture(layers.tile(z, x + step, y))[128, :, 3] for step in (0, 1)])
    assert (row[10:500] > 0).all()


def test_a_very_large_polygon_fills_a_very_small_tile():
    png = layer(shapely.box(-170, -80, 170, 80)).tile(*tile_of(112.5, 33.0, 24))
    assert (picture(png)[..., 3] == 191).all()


def test_far_from_the_layer_the_tile_is_empty():
    assert layer(shapely.box(112, 33, 113, 34)).tile(3, 0, 0) == tiles.empty_tile()
    assert not picture(tiles.empty_tile()).any()


@pytest.mark.parametrize("tile", [(-1, 0, 0), (3, 8, 0), (3, 0, -1), (25, 0, 0), (10**9, 1, 1)])
def test_a_tile_outside_the_pyramid_is_refused(tile):
    with pytest.raises(PlannerError) as caught:
        layer(shapely.box(112, 33, 113, 34)).tile(*tile)
    assert caught.value.code == "tile_out_of_range"


def test_threads_draw_the_same_bytes():
    shapes = [shapely.Point(112.5 + n / 500, 33).buffer(0.002) for n in range(200)]
    wanted = [(z, *tile_of(112.6, 33.0, z)[1:]) for z in range(8, 16)]
    one = [layer(*shapes).tile(*tile) for tile in wanted]
    shared = layer(*shapes)
    with ThreadPoolExecutor(4) as pool:
        many = list(pool.map(lambda tile: shared.tile(*tile), wanted * 4))
    assert many == one * 4


def test_what_cannot_be_drawn_is_counted():
    shapes = [
        shapely.box(112, 33, 113, 34),
        shapely.Point(112, 33),
        shapely.Polygon(),
        None,
        shapely.LineString([(112, 33), (np.inf, 34)]),
    ]
    assert layer(*shapes).skipped == 4
    with pytest.raises(PlannerError, match="layer_empty"):
        layer(shapely.Point(112, 33))
