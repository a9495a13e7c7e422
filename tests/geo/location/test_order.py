"""Opposite bounds in the wrong order exclude each other, although prolonged they would meet."""

from __future__ import annotations

import pytest
import shapely

from geo.location.features import NamedFeature
from geo.location.network import Network
from geo.location.solve import solve

DEGREE_M = 111_000.0


def road(name: str, *places: tuple[float, float], accuracy_m: float) -> NamedFeature:
    """Return a road through places given in metres from 112.5°E 33°N, roughly."""
    line = [(112.5 + east / (DEGREE_M * 0.8387), 33 + north / DEGREE_M) for east, north in places]
    return NamedFeature(
        id=name, name=name, geometry=shapely.LineString(line), accuracy_m=accuracy_m
    )


def town(accuracy_m: float) -> Network:
    """缓坡路 runs 1 to 2 km north of 平路 and would meet it 5 km to the west, in the window."""
    return Network.build(
        [
            road("平路", (-1_000, 0), (5_000, 0), accuracy_m=accuracy_m),
            road("缓坡路", (0, 1_000), (5_000, 2_000), accuracy_m=accuracy_m),
            road("远路", (-9_000, -4_000), (-9_000, 4_000), accuracy_m=accuracy_m),
        ]
    )


@pytest.mark.parametrize(
    ("phrase", "class_"),
    [
        ("缓坡路以北、平路以南", "contradictory"),
        ("北至平路、南至缓坡路", "contradictory"),
        ("缓坡路以南、平路以北", "half_open"),
        ("缓坡路与平路之间", "half_open"),
    ],
)
def test_the_order_beside_each_other_counts(phrase: str, class_: str) -> None:
    location = solve(phrase, town(accuracy_m=5))
    assert location.class_ == class_
    assert shapely.is_missing(location.parts[0].envelope) == (class_ == "contradictory")
    assert "within_accuracy_of_anchors" not in location.parts[0].notes


def test_a_contradiction_within_the_accuracy_of_the_network_says_so() -> None:
    location = solve("缓坡路以北、平路以南", town(accuracy_m=600))
    assert location.class_ == "contradictory"
    assert "within_accuracy_of_anchors" in location.parts[0].notes
