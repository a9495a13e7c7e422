"""Properties of the decision: wherever a survey lies in China, it is found again or asked about."""

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo.errors import PlannerError
from geo.read.parsed import Parsed
from geo.survey.model import Answers
from geo.survey.place.axes import degrees_like, metres_like, orders_by_size, prefix_of, vertices_of
from geo.survey.place.placement import place_survey
from geo.zones import NUMBERS, Zone

PLACES = st.tuples(st.floats(75, 134.9), st.floats(18, 53.5))


def survey_of(lon, lat, zone, order, *, header=None):
    """Make a square of 50 m in the numbers of a zone, by PROJ in the registry's axis order."""
    forward = Transformer.from_crs(4490, zone.epsg)
    north, east = forward.transform(lat, lon)
    pair = (north, east) if order == "ne" else (east, north)
    x, y = (float(f"{number:.3f}") for number in pair)
    ring = [(x, y), (x + 50, y), (x + 50, y + 50), (x, y + 50)]
    numbers = np.array([shapely.MultiLineString([ring])], dtype=object)
    parsed = Parsed(table=pa.table({"row": [0]}), wkb=pa.nulls(1), axes="ne", header=header or {})
    return parsed, numbers


@settings(max_examples=60)
@given(PLACES, st.sampled_from([3, 6]), st.sampled_from(["en", "ne"]), st.sampled_from([-1, 0, 1]))
def test_a_prefix_is_enough_wherever_it_lies(place, width, order, neighbour):
    lon, lat = place
    number = int((lon + 1.5) // 3) if width == 3 else int(lon // 6) + 1
    number = min(
        max(number + (neighbour if lat > 45 else 0), NUMBERS[width][0]), NUMBERS[width][-1]
    )
    zone = Zone(width=width, number=number, prefixed=True)
    parsed, numbers = survey_of(lon, lat, zone, order, header={"坐标系": "CGCS2000"})
    easts = shapely.get_coordinates(numbers)[:, 1 if order == "ne" else 0]
    if np.abs(easts - zone.false_easting).max() > zone.farthest_m:
        with pytest.raises(
            PlannerError, match=r"crs_contradicted|numbers_unplaceable|crs_unstated"
        ):
            place_survey(parsed, numbers, Answers(), near=None)
        return
    placed = place_survey(parsed, numbers, Answers(), near=None)
    assert (placed.decision.epsg, placed.axes.value) == (zone.epsg, order)
    corner = shapely.get_coordinates(placed.lonlat[0])[0]
    assert corner == pytest.approx([lon, lat], abs=2e-8)


@settings(max_examples=40)
@given(PLACES, st.sampled_from(["en", "ne"]))
def test_without_prefix_and_zone_it_is_asked_and_the_answer_is_the_place(place, order):
    lon, lat = place
    zone = Zone(width=3, number=int((lon + 1.5) // 3), prefixed=False)
    parsed, numbers = survey_of(lon, lat, zone, order)
    with pytest.raises(PlannerError) as caught:
        place_survey(parsed, numbers, Answers(), near=place)
    assert caught.value.code == "zone_unknown"
    first = caught.value.values["candidates"][0]
    assert (first["crs"], first["axes"]) == (f"EPSG:{zone.epsg}", order)
    assert first["near_km"] < 1
    assert (first["lon"], first["lat"]) == pytest.approx(place, abs=0.001)


@settings(max_examples=40)
@given(PLACES, st.sampled_from(["en", "ne"]), st.sampled_from(["en", "ne", None]))
def test_degrees_are_told_apart_by_chinas_ranges(place, order, by_format):
    ring = np.array([(0, 0), (0.001, 0), (0.001, 0.001)]) + place
    ring = ring if order == "en" else ring[:, ::-1]
    numbers = np.array([shapely.MultiLineString([ring])], dtype=object)
    parsed = Parsed(table=pa.table({"row": [0]}), wkb=pa.nulls(1), axes=by_format)
    placed = place_survey(parsed, numbers, Answers(), near=None)
    assert placed.axes.value == order
    swapped = "axes_swapped" in {note.code for note in placed.notes}
    assert swapped == (by_format not in (None, order))
    assert shapely.get_coordinates(placed.lonlat[0])[0] == pytest.approx(place)


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_does_not_matter(order):
    corners = [(3651400, 37630869 + 200 * step) for step in range(4)]
    corners += [(3651400, 630869), (365140, 37630869)]
    rings = [shapely.MultiLineString([[(x, y), (x + 50, y), (x + 50, y + 50)]]) for x, y in corners]
    numbers = np.array([rings[one] for one in order], dtype=object)
    parsed = Parsed(table=pa.table({"row": list(range(6))}), wkb=pa.nulls(6), axes="ne")
    placed = place_survey(parsed, numbers, Answers(), near=None)
    assert placed.decision.epsg == 4525
    assert {order[row]: fault.code for row, fault in placed.faults.items()} == {
        4: "zone_differs",
        5: "not_in_crs",
    }


@pytest.mark.parametrize(
    ("east", "zone"),
    [
        (37_642_990.4, 37), (38_362_617.6, 38), (19_642_990.4, 19), (25_500_000, 25),
        (45_500_000, 45), (13_500_000, 13), (23_500_000, 23),
        (642_990.4, 0), (24_500_000, 0), (46_500_000, 0), (12_500_000, 0), (37_050_000, 0),
        (37_950_000, 0), (-37_642_990, 0), (0, 0),
    ],
)  # fmt: skip
def test_two_digits_are_a_zone_only_where_there_is_one(east, zone):
    assert prefix_of(np.array([float(east)])).tolist() == [zone]


def test_sizes():
    pairs = np.array([[112.5, 33.0], [33.0, 112.5], [200.0, 3.0], [91.0, 91.0]])
    assert degrees_like(pairs).tolist() == [True, True, False, False]
    east, north = np.array([642_990.0, 37_642_990, 642_990]), np.array([3.65e6, 3.65e6, 6.5e6])
    assert metres_like(east, north).tolist() == [True, True, False]


def test_rows_without_finite_vertices_are_left_out():
    with np.errstate(invalid="ignore"):
        endless = shapely.linestrings([[[np.nan, 1.0], [2.0, 3.0]]])[0]
    line = shapely.LineString([(112, 33), (112.1, 33)])
    vertices = vertices_of(np.array([None, endless, line, line], dtype=object))
    assert (vertices.rows.tolist(), vertices.starts.tolist()) == ([2, 3], [0, 2])
    assert orders_by_size(vertices)["en"].tolist() == [True, True]
    nothing = vertices_of(np.array([None], dtype=object))
    assert len(nothing.all_of_row(np.empty(0, dtype=bool))) == 0
