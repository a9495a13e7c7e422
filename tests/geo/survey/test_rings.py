"""Every case of tests/cases/quality/rings.toml, many rows at once, and the limits."""

import numpy as np
import pytest
import shapely

from geo.survey.quality.rings import MOST_RINGS, assemble
from parcels.messages import LANGUAGES, text
from tests.geo.survey.quality_cases import cases, codes_of

CASES = cases("rings")
WARNINGS = {"Q_CLOSED"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    made = assemble([shapely.from_wkt(case["rings"])])
    if "fault" in case:
        fault = made.faults[0]
        assert (fault.code, fault.where) == (case["fault"], case["where"])
        assert made.geometries[0] is None
        return
    shape = made.geometries[0]
    assert made.faults == {}
    assert shape.area == pytest.approx(case["area"], abs=0.11)
    assert shapely.get_num_geometries(shape) == case.get("parts", 1)
    holes = sum(len(part.interiors) for part in shapely.get_parts(shape))
    assert holes == case.get("holes", 0)
    assert made.in_order.tolist() == [case.get("in_order", True)]
    assert codes_of(made.findings) & WARNINGS == set(case.get("findings", []))
    if "points" in case:
        assert shapely.get_num_coordinates(shape) - 1 == case["points"]


def test_all_cases_in_one_call_are_as_each_alone():
    rows = np.array([shapely.from_wkt(case["rings"]) for case in CASES] + [None], dtype=object)
    made = assemble(rows)
    for row, case in enumerate(CASES):
        alone = assemble(rows[row : row + 1])
        assert (made.geometries[row] is None) == ("fault" in case)
        assert made.faults.get(row) == alone.faults.get(0)
        assert shapely.to_wkt(made.geometries[row]) == shapely.to_wkt(alone.geometries[0])
    assert made.geometries[-1] is None
    assert set(made.faults) == {row for row, case in enumerate(CASES) if "fault" in case}


def test_rings_keep_their_vertices_and_direction():
    line = "LINESTRING (37640000.123 3650000.456, 37640000.125 3650100.001, 37640099.999 3650000.5)"
    shape = assemble([shapely.from_wkt(line)]).geometries[0]
    given = shapely.get_coordinates(shapely.from_wkt(line))
    assert shapely.get_coordinates(shape)[:-1].tolist() == given.tolist()


def test_a_thousand_holes_and_a_long_ring():
    corners = [(100 * (n % 32) + 50, 100 * (n // 32) + 50) for n in range(1000)]
    holes = [shapely.box(x, y, x + 10, y + 10).exterior.coords for x, y in corners]
    angle = np.linspace(0, 2 * np.pi, 200_000, endpoint=False)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * 2500 + 1650
    shape = assemble([shapely.MultiLineString([*holes, ring])]).geometries[0]
    assert len(shape.interiors) == 1000
    assert shape.area == pytest.approx(np.pi * 2500**2 - 100_000, rel=1e-6)


def test_more_rings_than_the_limit_are_refused():
    ring = shapely.MultiLineString([[(0, n), (1, n), (1, n + 0.5)] for n in range(MOST_RINGS + 1)])
    fault = assemble([ring]).faults[0]
    assert (fault.code, fault.values["limit"]) == ("rings_too_many", MOST_RINGS)


def test_nothing_gives_nothing():
    made = assemble([])
    assert (len(made.geometries), made.findings.num_rows) == (0, 0)


def test_polygons_are_nested_anew():
    wrong = "POLYGON ((0 0,100 0,100 100,0 100,0 0),(200 0,250 0,250 50,200 50,200 0))"
    nested = "MULTIPOLYGON (((0 0,100 0,100 100,0 100,0 0)),((10 10,20 10,20 20,10 20,10 10)))"
    right = "POLYGON ((0 0,100 0,100 100,0 100,0 0),(10 10,20 10,20 20,10 20,10 10))"
    shapes = shapely.from_wkt([wrong, nested, right])
    rings = [
        shapely.MultiLineString(list(shapely.get_rings(shapely.get_parts(one)))) for one in shapes
    ]
    made = assemble([*rings, None]).geometries
    assert shapely.area(made[:3]).tolist() == [12500.0, 9900.0, 9900.0]
    assert made[2].equals_exact(shapes[2])
    assert made[3] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_gives_its_sentence_what_it_names(lang):
    rows = [shapely.from_wkt(case["rings"]) for case in CASES if "fault" in case]
    for fault in assemble(rows).faults.values():
        assert text(lang, f"fault.{fault.code}.text", **fault.values)


def test_the_gap_of_an_open_ring_in_degrees_is_told_in_metres():
    ring = shapely.from_wkt(
        "MULTILINESTRING ((112.5 33, 112.501 33, 112.501 33.001, 112.5 33.001))"
    )
    [gap] = assemble([ring], degrees=True).findings.column("value").to_pylist()
    assert gap == pytest.approx(110.9, abs=0.1)  # 0.001 degrees of the meridian at 33 degrees north
