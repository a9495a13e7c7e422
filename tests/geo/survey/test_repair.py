"""Every case of tests/cases/quality/repairs.toml."""

import pytest
import shapely

from geo.survey.quality.repair import propose
from parcels.messages import LANGUAGES, text
from tests.geo.survey.quality_cases import cases

CASES = cases("repairs")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    proposal = propose(shapely.from_wkt(case["wkt"]))
    if "code" not in case:
        assert proposal is None
        return
    values = proposal.values
    assert proposal.code == case["code"]
    assert values["before_m2"] == pytest.approx(case["before"], abs=1e-3)
    assert values["after_m2"] == pytest.approx(case["after"], abs=1e-3)
    assert values["other_m2"] == pytest.approx(case["other"], abs=1e-3)
    assert values["ambiguous"] is case.get("ambiguous", False)
    assert proposal.geometry.is_valid
    assert proposal.geometry.area == pytest.approx(case["after"], abs=1e-3)
    shells = shapely.get_exterior_ring(shapely.get_parts(proposal.geometry))
    assert not shapely.is_ccw(shells).any()
    for lang in LANGUAGES:
        assert text(lang, f"repair.{proposal.code}.text", **values)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_repaired_parcel_needs_no_repair(case):
    proposal = propose(shapely.from_wkt(case["wkt"]))
    assert proposal is None or propose(proposal.geometry) is None


@pytest.mark.parametrize("shape", [None, shapely.Point(0, 0), shapely.Polygon()])
def test_nothing_to_repair(shape):
    assert propose(shape) is None


def test_many_rings_are_measured_too():
    holes = [shapely.box(n, 0, n + 0.5, 0.5).exterior.coords for n in range(100)]
    proposal = propose(shapely.Polygon(shapely.box(-1, 10, 101, 20).exterior.coords, holes))
    assert proposal.code == "hole"
    assert proposal.values["after_m2"] == pytest.approx(1020 + 25)


def test_a_shape_without_area_has_no_repair():
    flat = shapely.from_wkt("POLYGON ((0 0, 10 0, 20 0, 10 0, 0 0))")
    assert propose(flat) is None
