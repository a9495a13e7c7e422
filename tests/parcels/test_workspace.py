"""The rows of 表2 on the built-in network, against what the plan's words say."""

from __future__ import annotations

import pytest
import shapely

from parcels.workspace import count_by_district, count_by_use, load_reference, solve_rows


@pytest.fixture(scope="module")
def reference():
    return load_reference()


@pytest.fixture(scope="module")
def parcels(reference):
    return solve_rows(reference.rows, reference.network)


# The parcel's own sides, read by hand from the nine phrases.
SIDES = {
    "B2-01": {"N": "信臣路", "E": "热电厂"},
    "B2-02": {"S": "信臣路", "E": "中光学"},
    "B2-03": {"N": "麒麟路", "E": "原西环路"},
    "B2-04": {"N": "枣庄路", "E": "原西环路"},
    "B2-05": {"E": "经十路", "N": "纬七路"},
    "B2-06": {"W": "城南大道", "N": "纬十路"},
    "B2-07": {"W": "城南大道", "N": "纬十路"},
    "B2-08": {"S": "纬七路", "W": "溧源路"},
    "B2-09": {"S": "纬七路", "W": "溧源路"},
}


def test_every_row_is_read_as_a_person_reads_it(parcels) -> None:
    read = {
        parcel.row.parcel_id: {
            side: names[0] for side, names in parcel.location.parts[0].bounds.items() if names
        }
        for parcel in parcels
    }
    assert read == SIDES
    assert {parcel.location.class_ for parcel in parcels} == {"half_open"}


def test_rows_that_words_cannot_tell_apart_are_twins_with_one_extent(parcels) -> None:
    by_id = {parcel.row.parcel_id: parcel for parcel in parcels}
    pairs = {parcel_id: parcel.twins for parcel_id, parcel in by_id.items() if parcel.twins}
    assert pairs == {
        "B2-06": ("B2-07",),
        "B2-07": ("B2-06",),
        "B2-08": ("B2-09",),
        "B2-09": ("B2-08",),
    }
    envelopes = [by_id[one].location.parts[0].envelope for one in ("B2-06", "B2-07")]
    assert shapely.equals(*envelopes)


def test_each_drawing_aid_lies_in_the_extent_of_its_row(reference, parcels) -> None:
    boxes = {
        feature.properties.parcel_id: feature.geometry
        for entry, features in reference.layers
        if entry.id == "parcels_schematic"
        for feature in features
    }
    assert len(boxes) == len(parcels)
    for parcel in parcels:
        assert parcel.location.parts[0].envelope.contains(boxes[parcel.row.parcel_id])


def test_totals_leave_out_what_is_no_administrative_unit(parcels) -> None:
    assert count_by_use(parcels) == {"工业": 5, "居住": 2, "仓储": 2}
    assert count_by_district(parcels) == {"百里奚街道": 4, "中关村": 1}


def test_the_semiconductor_park_straddles_its_road_with_the_plans_area(reference) -> None:
    from geo.area import ellipsoidal_area
    from geo.crs import local_tm, to_local
    from geo.location.solve import solve

    found = solve("纬九路以北、城南大道两侧", reference.network, area_m2=280 * 2000 / 3)
    part = found.parts[0]
    assert part.class_ == "straddling"
    crs = local_tm(112.5235, 32.93)
    metric = to_local([part.candidate], crs)
    assert float(ellipsoidal_area(metric, crs)[0]) == pytest.approx(280 * 2000 / 3, rel=1e-6)
