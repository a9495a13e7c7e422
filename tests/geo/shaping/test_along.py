"""Ground along roads on squared paper (cases/shaping/along.toml), and against GEOS's buffers."""

import tomllib
from pathlib import Path

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.shaping.along import along
from parcels.messages import LANGUAGES, error_text

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases/shaping/along.toml").read_text(encoding="utf-8")
)["case"]
STREET = shapely.LineString([(0, 0), (300, 0), (600, 150), (900, 150)])


def laid(case):
    return along(
        shapely.from_wkt(case["line"]),
        case["start"],
        case["width"],
        case["depth"],
        side=case["side"],
        offset_m=case["offset"],
    )


@pytest.mark.parametrize(
    "case", [one for one in CASES if "gives" in one], ids=lambda one: one["name"]
)
def test_lies_as_the_paper_shows(case):
    made, wanted = laid(case), shapely.from_wkt(case["gives"])
    assert made.is_valid
    assert shapely.equals_exact(made, wanted, tolerance=1e-6), made.wkt


@pytest.mark.parametrize(
    "case", [one for one in CASES if "code" in one], ids=lambda one: one["name"]
)
def test_says_why_it_cannot_lie_there(case):
    with pytest.raises(PlannerError) as refused:
        laid(case)
    assert refused.value.code == case["code"]
    for name, value in case.get("values", {}).items():
        assert refused.value.values[name] == pytest.approx(value, abs=1e-9)
    for lang in LANGUAGES:
        assert all(error_text(lang, refused.value))


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0, 600),
    st.floats(5, 300),
    st.floats(5, 80),
    st.sampled_from(["left", "right"]),
    st.floats(0, 40),
)
def test_lies_between_the_two_distances_from_the_road(start, width, depth, side, offset):
    """GEOS: the ground lies outside the reserve and inside the reserve widened by the depth."""
    try:
        made = along(STREET, start, width, depth, side=side, offset_m=offset)
    except PlannerError as error:
        assert error.code in {"shape_along_bends", "shape_along_too_short"}  # noqa: PT017
        assume(False)
    assert made.is_valid
    wide = STREET.buffer(offset + depth, cap_style="flat", join_style="mitre", mitre_limit=4)
    assert shapely.difference(made, wide.buffer(1e-6)).is_empty
    assert STREET.distance(made) == pytest.approx(offset, abs=1e-6)
    front = made.exterior.coords[: len(made.exterior.coords) // 2]
    assert shapely.LineString(front).length == pytest.approx(width, abs=1e-6)
