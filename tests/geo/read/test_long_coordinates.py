"""Long coordinates of GeoJSON: as arrays they give the polygons that GEOS reads from the text."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import shapely

from geo.read.gis.long_coordinates import take_out


def ring(points: int, radius: float, *more: float) -> list[list[float]]:
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    pairs = np.column_stack([112.5 + radius * np.cos(turn), 33 + radius * np.sin(turn)]).tolist()
    return [[*pair, *more] for pair in [*pairs, pairs[0]]]


POLYGONS = {
    "shell": {"type": "Polygon", "coordinates": [ring(60, 0.1)]},
    "holes": {"type": "Polygon", "coordinates": [ring(60, 0.1), ring(9, 0.02), ring(4, 0.001)]},
    "parts": {
        "type": "MultiPolygon",
        "coordinates": [[ring(60, 0.1), ring(9, 0.02)], [ring(9, 1)]],
    },
    "heights": {"type": "Polygon", "coordinates": [ring(60, 0.1, 97.25)]},
}
SEVERAL = ",[112,33]" * 200
ODD = {
    "no JSON": f"[[[01,2]{SEVERAL},[01,2]]]",
    "comma at the end": f"[[[112,33]{SEVERAL}],]",
    "heights of some": f"[[[112,33,1]{SEVERAL}]]",
    "one number": f"[[[112]{SEVERAL}]]",
    "not finite": f"[[[1e999,33]{SEVERAL},[1e999,33]]]",
    "open ring": f"[[[113,33]{SEVERAL}]]",
    "too deep": f"[[[[112,33]{SEVERAL}]]]",
}


def taken_apart(text: str) -> tuple[Any, Any, dict[str, Any]]:
    rest, taken = take_out(text.encode())
    member = json.loads(rest)
    assert len(taken) == 1
    assert taken.size(member) > 500
    return taken, taken.shape(member), member


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("name", POLYGONS)
def test_polygons_are_those_of_geos(name: str, indent: int | None) -> None:
    text = json.dumps(POLYGONS[name], indent=indent)
    taken, shape, member = taken_apart(text)
    assert shape.wkb == shapely.from_geojson(text).wkb
    assert taken.restored(member) == POLYGONS[name]


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_left_to_the_slow_way(name: str) -> None:
    _, shape, _ = taken_apart(f'{{"type":"Polygon","coordinates":{ODD[name]}}}')
    assert shape is None


@pytest.mark.parametrize("text", ['{"coordinates":[[1,2],[3,4]]}', '{"a":"@coordinates 0"}'])
def test_short_lists_and_marks_of_others_stay(text: str) -> None:
    rest, taken = take_out(text.encode())
    assert (rest, len(taken)) == (text.encode(), 0)
