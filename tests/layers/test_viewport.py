from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from layers.large import LargeLayer
from layers.store import LayerStore, open_layer
from layers.viewport import parse_bbox, simplify

HOSTILE = ["<img src=x onerror=alert(1)>", "{{7*7}}", "{% x", '"', "\\", "</script>", "a\nb", "名"]


def grid(side=20, step=0.001):
    places = [(112.5 + x * step, 33 + y * step) for y in range(side) for x in range(side)]
    shapes = np.array([shapely.box(x, y, x + step, y + step) for x, y in places], dtype=object)
    labels = np.array([HOSTILE[n % len(HOSTILE)] for n in range(len(shapes))])
    columns = {"id": np.array([f"P{n}" for n in range(len(shapes))]), "label": labels}
    return LargeLayer.build(shapes, title="t", columns=columns, palette={})


GRID = grid()


@settings(deadline=None)
@given(
    st.floats(112.49, 112.52), st.floats(32.99, 33.02), st.floats(1e-4, 0.02), st.floats(1e-4, 0.02)
)
def test_a_window_holds_exactly_what_meets_it(west, south, width, height):
    window = (west, south, west + width, south + height)
    answer = json.loads(GRID.features(window, 17, 1000))
    truth = shapely.intersects(GRID.geometries, shapely.box(*window))
    assert [feature["id"] for feature in answer["features"]] == GRID.ids[truth].tolist()
    assert answer["total"] == truth.sum()


def test_text_travels_unchanged():
    answer = json.loads(GRID.features((112, 32, 114, 34), 17, 1000))
    assert [own["properties"]["label"] for own in answer["features"]] == GRID.labels.tolist()


def test_a_limit_keeps_the_largest_and_tells_the_total():
    shapes = np.array([shapely.Point(112.5, 33).buffer(r / 1000) for r in (1, 5, 2, 4, 3)])
    layer = LargeLayer.build(shapes, title="t", columns={}, palette={})
    answer = json.loads(layer.features((112, 32, 113, 34), 12, 2))
    assert [feature["id"] for feature in answer["features"]] == ["2", "4"]
    assert answer["total"] == 5


@pytest.mark.parametrize("zoom", [8, 12, 14, 17, 22])
def test_simplified_shapes_stay_within_half_a_pixel(zoom):
    shapes = np.array([shapely.Point(112.5, 33).buffer(0.01, quad_segs=200)])
    pixel_deg = 360 / 256 / 2**zoom
    thin = simplify(shapes, zoom)
    assert shapely.hausdorff_distance(thin, shapes)[0] < max(0.75 * pixel_deg, 2e-7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "3,2,1,4",
        "1,4,3,2",
        "nan,0,1,1",
        "0,0,inf,1",
        "1,1,1,1",
    ],
)
def test_a_window_that_is_none_is_refused(text):
    with pytest.raises(PlannerError, match="bbox_invalid"):
        parse_bbox(text)


def test_a_place_gives_the_smallest_first_and_lines_within_reach():
    shapes = np.array(
        [
            shapely.box(112, 33, 113, 34),
            shapely.box(112.4, 33.4, 112.6, 33.6),
            shapely.LineString([(112, 33.5), (113, 33.5)]),
        ]
    )
    names = {"id": np.array(["large", "small", "line"])}
    layer = LargeLayer.build(shapes, title="t", columns=names, palette={})
    assert layer.at(112.5, 33.5001, 0.001) == ("line", "small", "large")
    assert layer.at(112.5, 33.51, 0.001) == ("small", "large")
    assert layer.at(112.1, 33.1) == ("large",)
    assert layer.at(120, 40) == ()


def test_repeated_ids_become_row_numbers():
    shapes = np.array([shapely.Point(), shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 1)])
    names = {"id": np.array(["a", "b", "b"])}
    layer = LargeLayer.build(shapes, title="t", columns=names, palette={})
    assert layer.ids.tolist() == ["2", "3"]


def test_a_layer_is_loaded_once_however_many_ask():
    loads = []
    gate = threading.Barrier(4)
    store = LayerStore()
    token = store.add(lambda: loads.append(1) or GRID)

    def ask():
        gate.wait()
        return store.get(token)

    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(ask) for _ in range(4)]]
    assert answers == [GRID] * 4
    assert len(loads) == 1


def test_tokens_cannot_be_guessed_and_can_be_withdrawn():
    store = LayerStore()
    tokens = {store.add(lambda: GRID) for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 22
    token = tokens.pop()
    store.remove(token)
    store.remove(token)
    with pytest.raises(PlannerError, match="layer_gone"):
        store.get(token)


@pytest.mark.parametrize("suffix", ["parquet", "gpkg", "fgb", "geojson", "shp"])
def test_files_of_every_type_and_crs_come_out_in_degrees(tmp_path, suffix):
    frame = gpd.GeoDataFrame(
        {"parcel_id": GRID.ids, "名称": GRID.labels}, geometry=GRID.geometries, crs=4490
    )
    frame = frame if suffix == "geojson" else frame.to_crs(4547)
    path = tmp_path / f"base.{suffix}"
    if suffix == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path, engine="pyogrio", **({"encoding": "UTF-8"} if suffix == "shp" else {}))
    layer = open_layer(path, title="t", palette={})
    order = np.argsort(layer.ids)
    truth = np.argsort(GRID.ids)
    apart = shapely.hausdorff_distance(layer.geometries[order], GRID.geometries[truth])
    assert apart.max() < 1e-8
    if suffix != "shp":  # Shapefile pads and cuts text
        assert layer.labels[order].tolist() == GRID.labels[truth].tolist()


def _file(tmp_path, name, crs=4490):
    path = tmp_path / name
    gpd.GeoDataFrame({"a": ["1"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=crs).to_parquet(path)
    return path


def _broken(tmp_path):
    path = tmp_path / "broken.gpkg"
    path.write_bytes(b"not a database")
    return path


@pytest.mark.parametrize(
    ("make", "columns", "code"),
    [
        (lambda folder: folder / "none.gpkg", {}, "layer_file_missing"),
        (lambda folder: _file(folder, "x.dwg"), {}, "layer_file_type"),
        (_broken, {}, "layer_file_broken"),
        (partial(_file, name="x.parquet", crs=None), {}, "layer_no_crs"),
        (partial(_file, name="x.parquet"), {"label": "b"}, "layer_no_column"),
    ],
)
def test_files_that_cannot_be_used_are_refused(tmp_path, make, columns, code):
    with pytest.raises(PlannerError) as caught:
        open_layer(make(tmp_path), title="t", palette={}, columns=columns)
    assert caught.value.code == code
