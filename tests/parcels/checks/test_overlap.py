"""The check of overlaps among parcels: areas where outlines are exact, proofs where they are not."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layers.plan import table2_rows
from parcels.checks.model import CheckInput
from parcels.checks.overlap import CHECK
from parcels.finding_words import cell_text, finding_text
from parcels.rules.load import rule_book
from parcels.subjects import plan_parcels
from parcels.workspace import load_reference, solve_rows
from tests.parcels.checks.parcel_samples import DAY, findings, parcels, said, square


def test_every_partner_is_named_at_both_parcels_with_both_shares():
    subject = parcels([square(0, 0), square(60, 0, 200, 50), square(0, 90)])
    found = findings(CHECK, subject)
    assert [[(one.outcome, one.other) for one in row] for row in found] == [
        [("fail", "P2"), ("fail", "P3")],
        [("fail", "P1")],
        [("fail", "P1")],
    ]
    to_second = found[0][0]
    assert to_second.measured == pytest.approx(2000.0, rel=1e-6)
    assert to_second.share == pytest.approx(0.20, rel=1e-6)
    assert to_second.values["other_share"] == pytest.approx(0.20, rel=1e-6)
    assert "2,000.00 m²（3.00 亩）" in finding_text("zh", to_second)
    assert cell_text("zh", to_second).startswith("20.0")


def test_a_thin_parcel_inside_another_is_no_sliver():
    subject = parcels([square(0, 0), square(0, 10, 60, 0.6)])
    assert said(findings(CHECK, subject)) == [[("fail", "overlap_found")]] * 2


def test_a_touch_is_no_overlap():
    subject = parcels([square(0, 0), square(100, 0), square(100, 100)])
    assert said(findings(CHECK, subject)) == [[("pass", "overlap_none")]] * 3


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (0.0001, 100, "pass"),  # 0.01 m²: the last digit of a survey
        (0.005, 100, "warning"),  # 0.5 m², below 1 m²
        (0.3, 100, "warning"),  # 30 m², thin
        (0.6, 100, "fail"),  # 60 m², thin but large
        (6, 6, "fail"),  # 36 m², compact
        (0.9, 0.9, "warning"),  # 0.81 m²
        (1.1, 1.0, "fail"),
    ],
)
def test_slivers_are_warnings_by_width_and_area(width, height, expected):
    second = shapely.box(100 - width, 0, 300, height)
    found = findings(CHECK, parcels([square(0, 0), second]))
    assert {one.outcome for row in found for one in row} == {expected}


def test_equal_and_nested_parcels_overlap_as_a_whole():
    found = findings(CHECK, parcels([square(0, 0), square(0, 0), square(10, 10, 20)]))
    assert [[round(one.share, 6) for one in row] for row in found] == [[1, 0.04], [1, 0.04], [1, 1]]


def test_a_hole_is_no_ground():
    ring = square(0, 0).difference(square(20, 20, 40))
    subject = parcels([ring, square(20, 20, 40)])
    assert said(findings(CHECK, subject)) == [[("pass", "overlap_none")]] * 2


def test_evidence_is_the_shared_ground():
    subject = parcels([square(0, 0), square(60, 0)])
    given = CheckInput(parcels=subject, book=rule_book(DAY))
    batch = next(one for one in CHECK.run(given) if len(one))
    ground = batch.evidence(0)
    shared = subject.shapes[0].intersection(subject.shapes[1])
    assert ground.symmetric_difference(shared).area < 1e-5 * shared.area


def test_rough_outlines_prove_what_holds_wherever_they_lie():
    subject = parcels(
        [square(0, 0, 400), square(100, 0, 400), square(390, 0), square(700, 0), square(2000, 0)],
        accuracy_m=[50, 50, 0.1, 150, 50],
    )
    found = findings(CHECK, subject)
    assert said(found)[0] == [("fail", "overlap_certain"), ("unknown", "overlap_possible")]
    assert found[0][0].measured == pytest.approx(200.0 * 300.0, rel=1e-3)
    assert found[0][1].values["others"] == ["P3"]
    assert said(found)[4] == [("pass", "overlap_none")]
    unknown = found[2][-1]
    assert (unknown.cause, unknown.needs) == ("geometry_uncertain", ("geometry",))
    assert unknown.values["others"] == ["P1"]
    assert said(found)[2] == [("fail", "overlap_certain"), ("unknown", "overlap_possible")]


def test_places_are_apart_for_sure_or_unknown():
    subject = parcels(
        [None, None, None],
        places=[square(0, 0, 900), square(0, 0, 900), square(3000, 0, 900)],
        geometry_class=("solved_from_text",) * 3,
        accuracy_m=[300, 300, 300],
    )
    found = findings(CHECK, subject)
    assert said(found) == [
        [("unknown", "overlap_possible")],
        [("unknown", "overlap_possible")],
        [("pass", "overlap_none")],
    ]


def test_one_parcel_without_a_place_leaves_all_others_open():
    found = findings(
        CHECK, parcels([square(0, 0), square(500, 0), None], accuracy_m=[0.1, 0.1, np.nan])
    )
    assert said(found) == [[("unknown", "overlap_possible")]] * 2 + [
        [("unknown", "overlap_unplaced")]
    ]
    assert found[0][0].values["others"] == ["P3"]
    assert found[2][0].values["count"] == 2
    assert found[2][0].cause == "geometry_missing"


def test_an_accuracy_that_nobody_states_proves_nothing():
    found = findings(CHECK, parcels([square(0, 0), square(5000, 0)], accuracy_m=[0.1, np.nan]))
    assert {one.outcome for row in found for one in row} == {"unknown"}


def test_a_broken_outline_proves_nothing():
    bow_tie = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    found = findings(CHECK, parcels([bow_tie, square(20, 20)], quality_known=False))
    assert {one.outcome for row in found for one in row} == {"unknown"}


def test_a_parcel_alone_has_nobody_to_overlap():
    assert said(findings(CHECK, parcels([square(0, 0)]))) == [[("not_applicable", "overlap_alone")]]


def test_table_2_is_unknown_unless_apart():
    rows = table2_rows()
    subject = plan_parcels(solve_rows(rows, load_reference().network))
    found = findings(CHECK, subject)
    assert {one.outcome for row in found for one in row} <= {"unknown", "pass"}
    for twins in ((5, 6), (7, 8)):
        for own, other in (twins, twins[::-1]):
            (one,) = found[own]
            assert one.outcome == "unknown"
            assert subject.ids[other] in one.values["others"]


def test_the_order_of_parcels_changes_nothing():
    random = np.random.default_rng(4)
    shapes = [square(*random.uniform(0, 900, 2), random.uniform(40, 200)) for _ in range(30)]
    accuracy = random.choice([0.1, 0.5, 20.0, 60.0], 30)
    order = random.permutation(30)
    ids = tuple(f"N{at}" for at in range(30))
    straight = findings(CHECK, parcels(shapes, accuracy_m=accuracy, ids=ids))
    mixed = findings(
        CHECK,
        parcels(
            [shapes[at] for at in order],
            accuracy_m=accuracy[order],
            ids=tuple(ids[at] for at in order),
        ),
    )

    def told(row):
        return sorted(
            (one.outcome, one.reason, one.other, round(one.measured or 0, 3)) for one in row
        )

    assert [told(row) for row in mixed] == [told(straight[at]) for at in order]


def test_areas_agree_with_geos():
    random = np.random.default_rng(11)
    shapes = [
        shapely.Point(*random.uniform(0, 600, 2)).buffer(random.uniform(30, 120), quad_segs=3)
        for _ in range(40)
    ]
    subject = parcels(shapes)
    found = findings(CHECK, subject)
    ours = {
        (at, one.other): one.measured for at, row in enumerate(found) for one in row if one.other
    }
    truth = {
        (at, f"P{other + 1}"): shapely.intersection(
            subject.in_plane[at], subject.in_plane[other]
        ).area
        for at in range(40)
        for other in range(40)
        if at != other and subject.in_plane[at].intersection(subject.in_plane[other]).area > 1e-4
    }
    assert ours == pytest.approx(truth, rel=1e-6)
