"""Drawings: SVG with the right boxes, labels apart and inside the frame, names as typed."""

from __future__ import annotations

from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity

from parcels.messages import LANGUAGES
from parcels.proposal.massing.axonometric import axonometric_svg, behind_first
from parcels.proposal.massing.packing import pack
from parcels.proposal.massing.plan import plan_svg
from parcels.proposal.massing.section import section_svg
from parcels.proposal.massing.sheet import DARK, LIGHT, fitted, label_space, meet, text_width
from parcels.proposal.massing.study import study
from parcels.proposal.massing.wording import measured_text, metres, square_metres
from parcels.proposal.measuring.measures import Measured
from tests.parcels.proposal.massing.samples import demo, made

if TYPE_CHECKING:
    from parcels.proposal.massing.model import Rect

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = {"plan": plan_svg, "section": section_svg, "axonometric": axonometric_svg}
OUTLINE = affinity.rotate(
    shapely.Polygon([(0, 0), (220, 10), (240, 120), (120, 130), (115, 200), (5, 190)]), 25
)
HOSTILE = [
    "<img src=x onerror=1>",
    "**x** [a](b) :red[c]",
    "\x00\ud800 a&b ]]>",
    "很长的楼名" * 2000,
    "{{7*7}}",
    "\u202eabc",
    "line\nbreak\ttab",
]


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own drawing


def labels(svg: str) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return every text of a drawing with the space that it takes."""
    found = []
    for node in tree(svg).iter(f"{SVG}text"):
        x, y = float(node.get("x", "")), float(node.get("y", "")) - 12 * 0.36
        words = node.text or ""
        space = label_space(words, (x, y), node.get("text-anchor", "start"))
        if "transform" in node.attrib:
            half = (space[2] - space[0]) / 2
            space = (x - 7.2, y - half, x + 7.2, y + half)
        found.append((words, space))
    return found


def boxes(svg: str) -> int:
    return sum(node.get("class") == "box" for node in tree(svg).iter())


def test_every_box_is_drawn_once() -> None:
    found = study(demo())
    assert boxes(plan_svg(found, "zh")) == 6  # above ground, with storeys
    assert boxes(section_svg(found, "zh")) == 7  # and the basement
    assert boxes(axonometric_svg(found, "zh")) == 5 * 3  # three faces of those with a height


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [480, 520, 900])
@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize(
    "sample", ["demo", "outline", "bare", "no site", "nothing", "many", "hostile"]
)
def test_labels_keep_apart_and_inside_the_frame(
    sample: str, name: str, width: int, lang: str
) -> None:
    svg = DRAWINGS[name](study(*SAMPLES[sample]), lang, width=width)
    size = tree(svg)
    right, bottom = float(size.get("width", "")), float(size.get("height", ""))
    assert right == width
    found = labels(svg)
    assert found
    for _, (left, top, end, low) in found:
        assert left >= -0.1
        assert top >= -0.1
        assert end <= right + 0.1
        assert low <= bottom + 0.1
    for one, other in combinations(found, 2):
        shrunk = tuple(a + b for a, b in zip(one[1], (0.1, 0.1, -0.1, -0.1), strict=True))
        assert not meet(shrunk, other[1]), (one[0], other[0])


SAMPLES = {
    "demo": (demo(),),
    "outline": (demo(), OUTLINE),
    "bare": (made([["A", "F_RD", "6000", 6, "", False]], {"site_area": "10000"}),),
    "no site": (made([["A", "F_RD", "6000", 6, "4", False]], {}),),
    "nothing": (made([], {}),),
    "many": (
        made(
            [
                [f"楼{at}", "F_RD", str(1200 + 100 * at), 3 + at % 5, "4", at % 7 == 3]
                for at in range(60)
            ],
            {"site_area": "60000", "setback": "5"},
        ),
    ),
    "hostile": (
        made(
            [[name, "F_RD", "6000", 3, "4", False] for name in HOSTILE],
            {"site_area": "40000", "spacing": "6"},
        ),
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_names_are_text_and_nothing_else(name: str) -> None:
    svg = DRAWINGS[name](study(*SAMPLES["hostile"]), "zh", width=900)
    root = tree(svg)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg",
        "path",
        "line",
        "rect",
        "text",
    }
    assert "{{7*7}}" in "".join(root.itertext())
    assert "\ud800" not in svg
    svg.encode("utf-8")


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_study_is_the_same_drawing_and_themes_differ(name: str) -> None:
    draw = DRAWINGS[name]
    assert draw(study(demo()), "en") == draw(study(demo()), "en")
    assert draw(study(demo()), "en", inks=DARK) != draw(study(demo()), "en", inks=LIGHT)


def test_without_an_outline_there_is_no_north() -> None:
    assert ">N<" in plan_svg(study(demo(), OUTLINE), "zh")
    assert ">N<" not in plan_svg(study(demo()), "zh")


def test_a_drawing_says_what_it_is_not_and_what_is_not_known() -> None:
    found = study(made([["A", "F_RD", "6000", 6, "", False]], {"site_area": "10000"}))
    plan = plan_svg(found, "zh")
    assert "示意：不是设计方案" in plan
    assert "退线未填" in plan
    assert "高度未知" in plan


def test_texts_are_shortened_to_their_room() -> None:
    assert fitted("abc", 100) == "abc"
    assert fitted("很长的楼名", 40) == "很长…"
    assert fitted("很", 5) == ""
    assert text_width("很长") > 24


def test_amounts_are_rounded_once_half_up() -> None:
    assert square_metres(10000 / 8) == "1,250.00 m²"
    assert metres(28.8) == "28.8 m"
    assert metres(100) == "100 m"
    assert metres(None) == "—"
    assert measured_text(Measured(), "m2") == "—"
    assert measured_text(Measured(low=1, high=None), "m") == "≥ 1 m"
    assert measured_text(Measured(low=0, high=1), "share") == "≤ 100.00 %"
    assert measured_text(Measured(low=1, high=2), "ratio") == "1.00 – 2.00"


@given(st.lists(st.floats(20, 900), min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_nearer_buildings_are_drawn_over_farther_ones(sizes: list[float], random: object) -> None:
    placed = pack(dict(enumerate(sizes)), shapely.box(0, 0, 100, 100), gap=random.choice([0, 3]))
    order = behind_first(placed)
    assert sorted(order) == sorted(placed)
    high = {key: random.uniform(1, 80) for key in placed}
    for first, second in combinations(order, 2):
        shared = seen(placed[first], high[first]).intersection(seen(placed[second], high[second]))
        if shared.area > 1e-3:
            eye = shared.representative_point()
            near, far = (depth(placed[key], high[key], eye.x, eye.y) for key in (second, first))
            assert near <= far + 1e-6


def seen(place: Rect, high: float) -> shapely.Polygon:
    """Return what a box covers in a picture whose rays run along (1, 1, -k)."""
    corners = [
        (x, y, z) for x in (place.x, place.right) for y in (place.y, place.top) for z in (0, high)
    ]
    return shapely.MultiPoint([(x - y, x + y + 2 * z) for x, y, z in corners]).convex_hull


def depth(place: Rect, high: float, across: float, up: float) -> float:
    """Return how far along its ray a box is met first: x − y and x + y + 2 z stay on a ray."""
    sums = [  # x + y where the ray enters: through the left wall, the right wall, or the roof
        2 * place.x - across,
        2 * place.y + across,
        up - 2 * high,
    ]
    return max(sums)


def test_a_proposal_without_rows_has_drawings_that_say_so() -> None:
    empty = study(made([], {}))
    assert empty.layout.places == MappingProxyType({})
    assert "画不出" in plan_svg(empty, "zh")
    assert "没有可画" in section_svg(empty, "zh")
