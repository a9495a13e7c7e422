"""The check of gaps in a partition."""

from __future__ import annotations

import numpy as np
import pytest

from parcels.checks.gaps import CHECK
from parcels.checks.model import CheckInput
from parcels.finding_words import finding_text
from parcels.rules.load import rule_book
from tests.parcels.checks.parcel_samples import DAY, findings, parcels, said, square


def rows_of(gap):
    """Four parcels in a row, the second and third parted by a gap."""
    return [square(0, 0), square(100, 0), square(200 + gap, 0), square(300 + gap, 0)]


def test_a_partition_without_gaps_passes():
    assert said(findings(CHECK, parcels(rows_of(0)))) == [[("pass", "gaps_none")]] * 4


@pytest.mark.parametrize(
    ("gap", "reason"),
    [(0.005, "gap_sliver"), (0.3, "gap_sliver"), (0.0002, None), (8.0, None)],
)
def test_a_narrow_gap_is_told_at_both_sides(gap, reason):
    found = findings(CHECK, parcels(rows_of(gap)))
    beside = [("warning", reason)] if reason else [("pass", "gaps_none")]
    assert said(found) == [[("pass", "gaps_none")], beside, beside, [("pass", "gaps_none")]]
    if reason:
        assert found[1][0].other == "P3"
        assert found[1][0].measured == pytest.approx(gap * 100, rel=1e-3)


def test_a_hole_among_parcels_is_a_gap_with_evidence():
    around = [square(0, 0, 30, 10), square(0, 10, 10), square(20, 10, 10), square(0, 20, 30, 10)]
    subject = parcels(around)
    found = findings(CHECK, subject)
    gaps = [one for row in found for one in row if one.reason == "gap_found"]
    assert len(gaps) == 2
    assert {round(one.measured) for one in gaps} == {100}
    assert "100.00 m²（0.15 亩）" in finding_text("zh", gaps[0])
    given = CheckInput(parcels=subject, book=rule_book(DAY))
    batch = next(one for one in CHECK.run(given) if one.reason == "gap_found")
    assert batch.evidence(0).within(subject.shapes[0].union(batch.evidence(0)).convex_hull)


def test_parcels_apart_are_no_partition():
    apart = [square(x, 0) for x in (0, 500, 1000)]
    assert said(findings(CHECK, parcels(apart))) == [[("not_applicable", "gaps_no_partition")]] * 3


def test_rough_parcels_are_unknown():
    subject = parcels(
        [*rows_of(0), None],
        places=[None, None, None, None, square(0, 0)],
        accuracy_m=[0.1, 0.1, 0.1, 50.0, 300.0],
    )
    found = findings(CHECK, subject)
    assert [row[0].outcome for row in found] == ["pass", "pass", "pass", "unknown", "unknown"]
    assert found[4][0].needs == ("geometry",)


def test_one_parcel_and_no_place():
    assert said(findings(CHECK, parcels([square(0, 0)]))) == [[("not_applicable", "gaps_alone")]]
    found = findings(CHECK, parcels([None, None], accuracy_m=[np.nan] * 2))
    assert [row[0].cause for row in found] == ["geometry_missing"] * 2
