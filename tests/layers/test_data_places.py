"""The drawing agrees with the words: checked on bare coordinates, without a geometry library."""

from __future__ import annotations

import json
import math
import tomllib
from bisect import bisect
from itertools import pairwise
from pathlib import Path

import pytest

from geo.units import square_metres_to_mu
from layers.load import DATA, load_catalog, load_features

CASES = Path(__file__).parents[1] / "cases" / "layers"
PLACES = tomllib.loads((CASES / "places.toml").read_text(encoding="utf-8"))["place"]
FIGURES = tomllib.loads((CASES / "figures.toml").read_text(encoding="utf-8"))["figure"]
RAW = {
    entry.id: json.loads((DATA / entry.file).read_text(encoding="utf-8"))["features"]
    for entry in load_catalog()
}
BY_NAME = {raw["properties"]["name"]: raw for features in RAW.values() for raw in features}
METRES_PER_DEGREE = 6_378_137 * math.pi / 180


def _place(layer: str, feature_id: str) -> dict:
    return next(raw for raw in RAW[layer] if raw["id"] == feature_id)


def _corners(raw: dict) -> list[list[float]]:
    coordinates = raw["geometry"]["coordinates"]
    return {"Point": [coordinates], "Polygon": coordinates[0]}.get(
        raw["geometry"]["type"], coordinates
    )


def _at(line: list[list[float]], axis: int, value: float) -> float:
    """Return the other coordinate of a line where `axis` is `value`, its ends carried on."""
    ordered = sorted(line, key=lambda position: position[axis])
    left = min(max(bisect([p[axis] for p in ordered], value) - 1, 0), len(ordered) - 2)
    a, b = ordered[left], ordered[left + 1]
    share = min(max((value - a[axis]) / (b[axis] - a[axis]), 0), 1)
    return a[1 - axis] + share * (b[1 - axis] - a[1 - axis])


def _offsets(place: dict, anchor: dict, axis: int) -> list[float]:
    """Return how far each corner lies north (axis 0) or east (axis 1) of the anchor, in degrees."""
    line = _corners(anchor)
    return [
        corner[1 - axis] - (line[0][1 - axis] if len(line) == 1 else _at(line, axis, corner[axis]))
        for corner in _corners(place)
    ]


@pytest.mark.parametrize("case", PLACES, ids=lambda case: case["id"])
def test_the_drawn_place_satisfies_what_the_plan_says(case: dict) -> None:
    place = _place(case["layer"], case["id"])
    for direction, name in case["says"]:
        offsets = _offsets(place, BY_NAME[name], 0 if direction in "NS" else 1)
        if direction in "NE":
            assert min(offsets) >= 0, name
        elif direction in "SW":
            assert max(offsets) <= 0, name
        else:
            assert min(offsets) < 0 < max(offsets), name


def test_the_nine_rows_and_all_placed_projects_are_checked() -> None:
    drawn = {
        raw["id"]
        for layer in ("parcels_schematic", "projects", "parks")
        for raw in RAW[layer]
        if raw["geometry"] is not None and raw["properties"].get("location_text")
    }
    two_pieces = {"project-liangzhuang"}
    assert drawn - two_pieces <= {case["id"] for case in PLACES}


def test_the_two_pieces_of_liangzhuang_lie_as_told() -> None:
    first, second = _place("projects", "project-liangzhuang")["geometry"]["coordinates"]
    assert first[1] < _at(_corners(BY_NAME["张衡路"]), 0, first[0])
    assert first[0] > _at(_corners(BY_NAME["仲景路"]), 1, first[1])
    assert second[1] > _at(_corners(BY_NAME["两相路"]), 0, second[0])


@pytest.mark.parametrize("figure", FIGURES, ids=lambda f: f"{f['id']}-{f['field']}")
def test_a_figure_is_the_plans(figure: dict) -> None:
    stated = _place(figure["layer"], figure["id"])["properties"][figure["field"]]
    assert stated == figure["value"]
    if "mu" in figure:
        square_metres = stated * (1_000_000 if figure["field"] == "area_km2" else 1)
        assert square_metres_to_mu(square_metres) == pytest.approx(figure["mu"], rel=1e-12)


def test_no_figure_enters_the_data_unchecked() -> None:
    measures = {"area_mu", "area_m2", "area_km2", "usable_area_mu", "floor_area_m2", "length_m"}
    stated = {
        (raw["id"], key)
        for features in RAW.values()
        for raw in features
        for key in raw["properties"]
        if key in measures
    }
    assert stated == {(figure["id"], figure["field"]) for figure in FIGURES}


def test_the_parts_of_the_huawei_park_add_up() -> None:
    park = _place("parks", "park-huawei")["properties"]
    assert [part["area_mu"] for part in park["parts"]] == [300, 40, 20, 20, 20, 100]
    assert sum(part["area_mu"] for part in park["parts"]) == park["area_mu"]
    living = park["parts"][-1]
    assert [part["area_mu"] for part in living["parts"]] == [60, 20, 20]
    assert sum(part["area_mu"] for part in living["parts"]) == living["area_mu"]


def test_the_machinery_park_is_made_of_two() -> None:
    parks = {f.properties.id: f.properties for f in load_features("parks")}
    parts = {part.id for part in parks["park-machinery"].parts}
    assert parts == {"park-explosion-proof", "park-european"}
    assert all(parks[part].part_of == "park-machinery" for part in parts)


@pytest.mark.parametrize(
    ("layer", "feature_id", "square_metres", "within"),
    [
        ("parks", "park-semiconductor-2", 280 * 2000 / 3, 0.01),
        ("parks", "park-chuanmei", 260 * 2000 / 3, 0.01),
        ("projects", "project-weiying", 35000, 0.01),
        ("parks", "park-zhongguancun", 14.56e6, 0.05),
    ],
)
def test_a_drawn_area_is_near_the_declared_one(
    layer: str, feature_id: str, square_metres: float, within: float
) -> None:
    ring = _corners(_place(layer, feature_id))
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    scale = METRES_PER_DEGREE**2 * math.cos(math.radians(ring[0][1]))
    assert abs(twice) / 2 * scale == pytest.approx(square_metres, rel=within)
