"""The ledger: disjoint parts that add up, and nothing taken off that nobody knows."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.area import ellipsoidal_area
from geo.crs import to_local
from parcels.planning.figures.elements import figures_of
from parcels.planning.figures.ledger import ledger_of
from parcels.planning.ground.prepared import Backdrop
from parcels.planning.model import Element
from parcels.planning.plane import plane_of
from tests.parcels.checks.overlay_samples import drawn


def state(*elements):
    return {one.id: one for one in elements}


def element(own, kind, shape, **stated):
    return Element(id=own, kind=kind, shape=drawn(shape), **stated)


EXTENSION = element("x", "extension", (0, 0, 1000, 1000))


def roads(*lines, width=np.nan, names=None, accuracy=2000.0):
    shapes = np.array([drawn(one) for one in lines], dtype=object)
    return Backdrop(
        id="roads",
        kind="road",
        title={"zh": "道路", "en": "Roads"},
        names=tuple(names or (f"路{at}" for at in range(len(lines)))),
        shapes=shapes,
        accuracy_m=np.full(len(lines), accuracy),
        width_m=np.full(len(lines), width),
    )


def codes(ledger):
    return [one.code for one in ledger.needs]


def test_gross_less_roads_greens_and_setbacks_is_net():
    everything = state(
        EXTENSION,
        element("r", "road", "LINESTRING (-100 500, 1100 500)", width_m=40.0),
        element("g", "green", (0, 0, 100, 1000)),
    )
    ledger = ledger_of(everything, {"setback_m": "10"})
    assert ledger.gross_m2 == pytest.approx(1_000_000, rel=1e-6)
    assert ledger.road_m2 == pytest.approx(40_000, rel=1e-5)
    assert ledger.green_m2 == pytest.approx(100 * 960, rel=1e-5)
    assert ledger.setback_m2 == pytest.approx(900 * 20, rel=1e-4)
    assert ledger.net_m2 == pytest.approx(900 * 940, rel=1e-5)
    assert (ledger.elements["road"], codes(ledger)) == (("r",), [])


def test_without_a_setback_none_is_taken_off_and_the_ledger_says_so():
    ledger = ledger_of(state(EXTENSION), {})
    assert (ledger.setback_m2, ledger.net_m2) == (None, ledger.gross_m2)
    assert codes(ledger) == ["setback_not_set"]


def test_a_setback_from_the_boundary():
    ledger = ledger_of(state(EXTENSION), {"setback_m": {"boundary": 10, "road": ""}})
    assert ledger.setback_m2 == pytest.approx(1000**2 - 980**2, rel=1e-5)


@pytest.mark.parametrize(
    "typed", ["宽", "-5", "nan", "inf", 1e9, -1, True, {"river": 5}, {"road": "x"}, [5]]
)
def test_a_setback_that_is_no_length_opens_the_net_area(typed):
    ledger = ledger_of(state(EXTENSION), {"setback_m": typed})
    assert (ledger.setback_m2, ledger.net_m2) == (None, None)
    assert codes(ledger) == ["setback_unusable"]


def test_a_road_of_unknown_width_opens_roads_and_net():
    line = element("r", "road", "LINESTRING (0 500, 1000 500)", name="甲路")
    ledger = ledger_of(state(EXTENSION, line), {"setback_m": 10})
    assert (ledger.road_m2, ledger.setback_m2, ledger.net_m2) == (None, None, None)
    assert ledger.net_at_most_m2 == pytest.approx(ledger.gross_m2)
    assert [(one.code, one.name) for one in ledger.needs] == [("road_width", "甲路")]


@pytest.mark.parametrize(
    ("line", "width", "settings", "road_m2", "needs"),
    [
        ("LINESTRING (0 500, 1000 500)", np.nan, {}, None, ["road_width"]),
        ("LINESTRING (0 500, 1000 500)", 30.0, {}, 30_000, []),
        ("LINESTRING (0 500, 1000 500)", np.nan, {"road_widths": {"路0": "20 m"}}, 20_000, []),
        ("LINESTRING (0 500, 1000 500)", np.nan, {"road_widths": {"路0": "宽"}}, None, ["road_width_unusable"]),
        ("LINESTRING (0 -10, 1000 -10)", 60.0, {}, 20_000, []),
        ("LINESTRING (0 -10, 1000 -10)", np.nan, {}, None, ["road_width"]),
        ("LINESTRING (0 -500, 1000 -500)", np.nan, {}, 0, ["place_of_roads"]),
        ("LINESTRING (0 -5000, 1000 -5000)", np.nan, {}, 0, []),
    ],
)  # fmt: skip
def test_reference_roads_count_where_their_width_is_known(line, width, settings, road_m2, needs):
    ledger = ledger_of(state(EXTENSION), settings | {"setback_m": 0}, [roads(line, width=width)])
    assert codes(ledger) == needs
    assert ledger.road_m2 == (None if road_m2 is None else pytest.approx(road_m2, rel=1e-4))


def test_an_empty_scenario_has_no_land():
    ledger = ledger_of({}, {})
    assert (ledger.gross_m2, ledger.net_m2) == (0.0, 0.0)


spans = st.tuples(*[st.integers(0, 20)] * 2, *[st.integers(1, 10)] * 2).map(
    lambda at: (at[0] * 37.0, at[1] * 41.0, (at[0] + at[2]) * 37.0, (at[1] + at[3]) * 41.0)
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["extension", "parcel", "road", "green"]), spans), min_size=1, max_size=7),
    st.sampled_from([None, 0, 7.5, {"road": 10, "boundary": 3}]),
)  # fmt: skip
def test_the_parts_add_up_and_are_those_of_geos(shapes, setback):
    elements = [element(f"e{at}", kind, box) for at, (kind, box) in enumerate(shapes)]
    ledger = ledger_of(state(*elements), {"setback_m": setback})
    parts = [ledger.road_m2, ledger.green_m2, ledger.setback_m2 or 0.0, ledger.net_m2]
    assert sum(Decimal(repr(one)) for one in parts) == Decimal(repr(ledger.gross_m2))
    gross = [one.shape for one in elements if one.kind in {"extension", "parcel"}]
    if not gross:
        assert ledger.gross_m2 == 0
        return
    plane = plane_of(gross)
    taken = {
        kind: shapely.union_all(
            [to_local(one.shape, plane) for one in elements if one.kind in kinds]
        )
        for kind, kinds in (
            ("gross", {"extension", "parcel"}),
            ("road", {"road"}),
            ("green", {"green"}),
        )
    }
    left = shapely.difference(taken["gross"], shapely.union(taken["road"], taken["green"]))
    if setback is None:
        net = ellipsoidal_area(shapely.get_parts(left), plane).sum()
        assert ledger.net_m2 == pytest.approx(net, abs=0.05)


def test_figures_of_outlines_and_lines():
    outline = figures_of(EXTENSION)
    assert outline.area_m2 == pytest.approx(1_000_000, rel=1e-6)
    assert (outline.perimeter_m, outline.length_m) == (pytest.approx(4000, rel=1e-6), None)
    line = figures_of(element("r", "road", "LINESTRING (0 0, 500 0)"))
    assert (line.area_m2, line.perimeter_m, line.length_m) == (
        None,
        None,
        pytest.approx(500, rel=1e-6),
    )
    wide = figures_of(element("r", "road", "LINESTRING (0 0, 500 0)", width_m=20.0))
    assert wide.area_m2 == pytest.approx(10_000, rel=1e-5)
    holed = element("h", "parcel", shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 60, 60))
    assert figures_of(holed).perimeter_m == pytest.approx(480, rel=1e-6)
    assert figures_of(holed).area_m2 == pytest.approx(9600, rel=1e-6)
