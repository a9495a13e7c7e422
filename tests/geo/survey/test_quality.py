"""Every case of tests/cases/quality/parcels.toml, how places are listed, decimals, order."""

import numpy as np
import pytest
import shapely

from geo.survey.model import FINDINGS
from geo.survey.quality.examination import examine, written_decimals
from geo.survey.quality.order import normalise
from geo.survey.quality.tolerance import check
from parcels.messages import LANGUAGES, text
from tests.geo.survey.quality_cases import cases, codes_of

CASES = cases("parcels")
ORDER = {"Q_ORIENT", "Q_START"}
VALUES = {"value": "1", "limit": "1", "unit": "m", "other": 1}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    examined = examine([shapely.from_wkt(case["wkt"])])
    codes = codes_of(examined.findings)
    small = set() if "Q_MINAREA" in case["codes"] else {"Q_MINAREA"}
    assert codes - ORDER - small == set(case["codes"])
    assert examined.broken.tolist() == [case.get("broken", False)]
    if "order" in case:
        assert codes & ORDER == set(case["order"])
    if "at" in case:
        code, ring, point, value = case["at"]
        (row,) = [row for row in examined.findings.to_pylist() if row["code"] == code]
        assert (row["ring"], row["point"]) == (ring, point)
        if isinstance(value, str):
            assert shapely.from_wkb(row["wkb"]).equals(shapely.from_wkt(value))
        else:
            assert row["value"] == pytest.approx(value, abs=1e-5)


def test_all_cases_in_one_call_are_as_each_alone():
    shapes = [shapely.from_wkt(case["wkt"]) for case in CASES]
    together = examine([None, *shapes]).findings.to_pylist()
    apart = [
        {**row, "parcel": number}
        for number, shape in enumerate(shapes, start=1)
        for row in examine([shape]).findings.to_pylist()
    ]
    key = str
    assert sorted(together, key=key) == sorted(apart, key=key)
    assert [row["parcel"] for row in together] == sorted(row["parcel"] for row in together)


def test_a_number_that_is_not_finite_breaks_the_parcel():
    wkb = shapely.from_wkt("POLYGON ((0 0,100 0,77 100,0 0))").wkb
    nan = wkb.replace(np.float64(77).tobytes(), np.float64(np.nan).tobytes())
    with np.errstate(invalid="ignore"):
        shape = shapely.from_wkb(nan)
    examined = examine([shape, shapely.box(0, 0, 100, 100)])
    assert examined.broken.tolist() == [True, False]
    assert "Q_FINITE" in codes_of(examined.findings)


def test_many_places_are_counted_after_the_first_ten():
    angle = np.linspace(0, 2 * np.pi, 1000, endpoint=False)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * 10
    rows = examine([shapely.Polygon(ring)]).findings.to_pylist()
    assert sum(row["code"] == "Q_SHORT" for row in rows) == 10
    assert [row["value"] for row in rows if row["code"] == "Q_SHORT_MORE"] == [990.0]


def test_decimals_as_written_and_checked():
    corners = [(0.1, 0.25), (1, 0.125), (3, 4), (37640000.1234, 3650000.12345)]
    shapes = [shapely.Point(x, y) for x, y in corners]
    assert written_decimals([*shapes, None]).tolist() == [2, 3, 0, 5, 0]
    boxes = np.array([shapely.box(0, 0, 100, 100)] * 3)
    rows = examine(boxes, decimals=np.array([1, 3, 5])).findings.to_pylist()
    assert [row["parcel"] for row in rows if row["code"] == "Q_DECIMALS"] == [0, 2]


def test_normalised_parcels_have_nothing_to_say_about_order():
    shapes = np.array([shapely.from_wkt(case["wkt"]) for case in CASES if not case.get("broken")])
    made = normalise([*shapes, None])
    assert made.geometries[-1] is None
    assert codes_of(examine(made.geometries).findings) & ORDER == set()
    assert (
        shapely.get_type_id(made.geometries[:-1]).tolist() == shapely.get_type_id(shapes).tolist()
    )
    assert shapely.equals(made.geometries[:-1], shapes).all()


def test_names_of_points_follow_their_points():
    shape = shapely.from_wkt(
        "POLYGON ((0 0,100 0,100 100,0 100,0 0),(10 10,20 10,20 20,10 20,10 10))"
    )
    made = normalise([shape])
    names = np.array(["SW", "SE", "NE", "NW", "sw", "se", "ne", "nw"])
    assert names[made.order].tolist() == ["NW", "NE", "SE", "SW", "nw", "sw", "se", "ne"]
    first, second = shapely.get_rings(made.geometries[0])
    assert shapely.get_coordinates(first)[0].tolist() == [0, 100]
    assert shapely.get_coordinates(second)[0].tolist() == [10, 20]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_of_the_data_has_a_sentence(lang):
    found = examine([shapely.from_wkt(case["wkt"]) for case in CASES]).findings
    assert found.schema == FINDINGS
    for code in codes_of(found):
        assert check(code).severity in {"error", "warn", "info"}
        assert text(lang, f"quality.{code}.text", **VALUES)
