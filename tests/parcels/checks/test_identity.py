"""The check of identity: ids, equal ground, twins by words, name and use."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layers.plan import table2_rows
from parcels.checks.identity import CHECK
from parcels.finding_words import cell_text, finding_text
from parcels.subjects import plan_parcels
from parcels.workspace import load_reference, solve_rows
from tests.parcels.checks.parcel_samples import findings, parcels, said, square


def test_unique_parcels_pass():
    subject = parcels([square(0, 0), square(200, 0)])
    assert said(findings(CHECK, subject)) == [[("pass", "identity_clear")]] * 2


def test_repeated_ids_fail_and_name_the_others_by_place():
    subject = parcels([square(x, 0) for x in (0, 200, 400)], ids=("A", "B", " A"))
    found = findings(CHECK, subject)
    assert said(found) == [
        [("fail", "id_repeated")],
        [("pass", "identity_clear")],
        [("fail", "id_repeated")],
    ]
    assert found[0][0].measured == 2.0
    assert "A (#3)" in finding_text("zh", found[0][0])


def test_blank_ids_are_not_the_same_id_and_prove_nothing():
    subject = parcels([square(0, 0), square(200, 0)], ids=("", " "))
    found = findings(CHECK, subject)
    assert said(found) == [[("warning", "id_missing")]] * 2
    assert "第 2 宗" in finding_text("zh", found[1][0])


def test_the_same_ring_from_another_point_and_the_other_way_round_is_the_same_ground():
    ring = np.array(square(0, 0).exterior.coords)[:-1]
    turned = shapely.Polygon(np.roll(ring, 2, axis=0)[::-1])
    found = findings(CHECK, parcels([square(0, 0), turned, square(0, 0, 101)]))
    assert said(found) == [
        [("fail", "ground_equal")],
        [("fail", "ground_equal")],
        [("pass", "identity_clear")],
    ]
    assert found[0][0].other == "P2"
    assert (found[0][0].measured, found[0][0].limit) == (1.0, 0.0)  # others with this ground


def test_twins_by_words_are_warned_once_each():
    subject = parcels([None] * 3, twins=((2,), (), (0,)))
    found = findings(CHECK, subject)
    assert said(found) == [
        [("warning", "words_equal")],
        [("pass", "identity_clear_by_words")],
        [("warning", "words_equal")],
    ]
    assert (found[2][0].rule, found[2][0].other) == ("ID_TWIN", "P1")


@pytest.mark.parametrize(
    ("name", "use", "expected"),
    [
        ("王庄区域工业储备地", "仓储", "warning"),
        ("十二里河区域经营性储备地", "居住", "warning"),
        ("经营性储备地", "商业", "pass"),
        ("工业储备地", "工业", "pass"),
        ("工业储备地", "一类工业用地", "pass"),
        ("工业路南侧住宅地块", "居住", "pass"),
        ("工业物流园", "仓储", "pass"),
        ("剩余地块", "工业", "pass"),
        ("工业储备地", "", "unknown"),
        ("工业储备地", "不知道", "unknown"),
        ("", "工业", "pass"),
    ],
)
def test_the_use_that_a_name_speaks_of(name, use, expected):
    subject = parcels([square(0, 0)], names=(name,), use_texts=[use])
    (found,) = findings(CHECK, subject)[0]
    assert found.outcome == expected
    if expected == "unknown":
        assert (found.cause, found.needs) == ("class_unknown", ("class",))


def test_table_2_as_a_reviewer_sees_it():
    rows = table2_rows()
    subject = plan_parcels(solve_rows(rows, load_reference().network))
    reasons = [{reason for _, reason in row} for row in said(findings(CHECK, subject))]
    clear, use, words = {"identity_clear_by_words"}, {"use_of_name_differs"}, {"words_equal"}
    assert reasons == [clear, clear, use, use, clear, words, words, use | words, use | words]
    told = findings(CHECK, subject)
    assert "B2-07 (#7)" in finding_text("zh", told[5][0])
    assert cell_text("zh", told[5][0]) == "同文地块"


def test_the_order_of_parcels_changes_nothing():
    shapes = [square(0, 0), square(0, 0), square(300, 0), square(600, 0)]
    ids, names = ("A", "B", "A", "C"), ("工业地", "", "住宅", "仓储地")
    uses = ["仓储", "工业", "居住", "仓储"]
    order = [2, 0, 3, 1]
    straight = said(findings(CHECK, parcels(shapes, ids=ids, names=names, use_texts=uses)))
    mixed = said(
        findings(
            CHECK,
            parcels(
                [shapes[at] for at in order],
                ids=tuple(ids[at] for at in order),
                names=tuple(names[at] for at in order),
                use_texts=[uses[at] for at in order],
            ),
        )
    )
    assert mixed == [straight[at] for at in order]


def test_no_product_rules_leave_the_rules_of_geometry():
    subject = parcels([square(0, 0), square(200, 0)], ids=("A", "A"))
    found = findings(CHECK, subject, packs=["geometry_qc"])
    assert said(found) == [[("warning", "id_repeated")]] * 2
    assert found[0][0].rule == "Q_ID"
