from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.area import ellipsoidal_area
from geo.crs import to_local, to_lonlat
from parcels.planning.figures.balance import balance
from parcels.planning.model import ELEMENT_KINDS
from tests.parcels.planning.sketches import PLANE, box, element

HECTARE = pytest.approx(10_000, rel=1e-6)


def state(*elements):
    return {one.id: one for one in elements}


def coded(name, code, scheme, shape, kind="parcel"):
    return replace(element(name, shape, code=code, scheme=scheme), kind=kind)


def told(table):
    return [(row.standing, row.code, round(row.area_m2), row.elements) for row in table.rows]


def test_codes_are_grouped_under_their_top_class_in_the_order_of_the_standard():
    found = balance(
        state(
            coded("b", "M2", "gb50137", box(0, 0, 100, 100)),
            coded("a", "M1", "gb50137", box(100, 0, 300, 100)),
            coded("c", "R2", "gb50137", box(300, 0, 400, 100)),
        ),
        "gb50137",
    )
    assert told(found) == [
        ("group", "R", 10_000, ("c",)),
        ("class", "R2", 10_000, ("c",)),
        ("group", "M", 30_000, ("b", "a")),
        ("class", "M1", 20_000, ("a",)),
        ("class", "M2", 10_000, ("b",)),
    ]
    assert [row.share for row in found.rows] == pytest.approx([0.25, 0.25, 0.75, 0.5, 0.25])
    assert [row.name for row in found.rows][:2] == ["居住用地", "二类居住用地"]


@pytest.mark.parametrize(
    ("code", "scheme", "asked", "standing", "counted"),
    [
        ("M2", "gb50137", "mnr2023", "class", "100102"),
        ("100102", "mnr2023", "gb50137", "class", "M2"),
        ("0702", "mnr2023", "gb50137", "unmapped", ""),  # R12, R22 or R32
        ("M0", "gb50137", "mnr2023", "unmapped", ""),  # a city's own class
        ("M0", "gb50137", "gb50137", "class", "M0"),
        ("Z9", "gb50137", "gb50137", "unmapped", ""),
        ("", "", "gb50137", "unspecified", ""),
    ],
)
def test_a_code_of_another_scheme_counts_only_under_its_one_counterpart(
    code, scheme, asked, standing, counted
):
    found = balance(state(coded("a", code, scheme, box(0, 0, 100, 100))), asked)
    row = found.rows[-1]
    assert (row.standing, row.code, row.area_m2) == (standing, counted, HECTARE)
    assert found.total_m2 == HECTARE


def test_roads_count_before_green_before_parcels_before_the_extension():
    found = balance(
        state(
            replace(element("e", box(0, 0, 400, 100)), kind="extension"),
            coded("p", "M1", "gb50137", box(0, 0, 300, 100)),
            coded("g", "G1", "gb50137", box(0, 0, 200, 100), "green"),
            coded("r", "S1", "gb50137", box(0, 0, 100, 100), "road"),
        ),
        "gb50137",
    )
    counted = {row.code: row.area_m2 for row in found.rows if row.standing == "class"}
    assert counted == {"M1": HECTARE, "S1": HECTARE, "G1": HECTARE}
    assert told(found)[-1] == ("unspecified", "", 10_000, ("e",))
    assert found.overlaps == ()


def test_two_parcels_on_the_same_land_count_once_and_that_is_told():
    found = balance(
        state(
            coded("a", "M1", "gb50137", box(0, 0, 200, 100)),
            coded("b", "R2", "gb50137", box(100, 0, 300, 100)),
        ),
        "gb50137",
    )
    assert found.total_m2 == pytest.approx(30_000, rel=1e-6)
    (overlap,) = found.overlaps
    assert (overlap.counted, overlap.left, overlap.area_m2) == ("a", "b", HECTARE)


def test_a_road_drawn_as_a_line_takes_its_width_and_none_without():
    line = to_lonlat(shapely.LineString([(0, 0), (500, 0)]), PLANE)
    wide = replace(element("r", line, width_m=20.0), kind="road")
    narrow = replace(element("n", line), kind="road")
    found = balance(state(wide, narrow), "mnr2023")
    assert found.total_m2 == HECTARE
    assert found.unmeasured == ("n",)
    assert balance(state(narrow), "mnr2023").rows == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ELEMENT_KINDS),
            st.sampled_from(["", "M1", "R2", "G1", "M0"]),
            *[st.integers(0, 9)] * 2,
            *[st.integers(1, 5)] * 2,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_square_metre_is_counted_once(drawn):
    elements = [
        coded(
            str(at),
            code,
            "gb50137" if code else "",
            box(x * 50, y * 50, (x + w) * 50, (y + h) * 50),
            kind,
        )
        for at, (kind, code, x, y, w, h) in enumerate(drawn)
    ]
    flat = shapely.union_all([to_local(one.shape, PLANE) for one in elements])
    union = float(ellipsoidal_area(flat, PLANE))
    for scheme in ("gb50137", "mnr2023"):
        found = balance(state(*elements), scheme)
        assert found.total_m2 == pytest.approx(union, rel=1e-6)
        assert sum(row.share for row in found.rows if row.standing != "group") == pytest.approx(1)
