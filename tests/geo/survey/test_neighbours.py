"""Every case of tests/cases/quality/neighbours.toml, slivers, large and crowded layers."""

import numpy as np
import pytest
import shapely

from geo.survey.quality import gaps as gap_search
from geo.survey.quality import neighbours
from geo.survey.quality.gaps import gaps
from geo.survey.quality.neighbours import compare, neighbour_findings
from geo.survey.quality.slivers import KINDS, classify
from parcels.messages import LANGUAGES, text
from tests.geo.survey.quality_cases import cases, codes_of

CASES = cases("neighbours")
VALUES = {"value": "1", "limit": "1", "unit": "m2", "other": 1}


def rows_of(findings):
    return sorted(
        [row["code"], row["parcel"], row["other"], round(row["value"], 3)]
        for row in findings.to_pylist()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    shapes = shapely.from_wkt(case["parcels"])
    found = neighbour_findings([*shapes, None])
    assert rows_of(found) == sorted(case["found"])
    pieces = shapely.from_wkb(found.column("wkb").to_pylist())
    assert shapely.area(pieces) == pytest.approx(found.column("value").to_numpy())
    apart = [*rows_of(compare(shapes)), *rows_of(gaps(shapes))]
    assert sorted(apart) == rows_of(found)
    for code in codes_of(found):
        assert all(text(lang, f"quality.{code}.text", **VALUES) for lang in LANGUAGES)


@pytest.mark.parametrize("case", cases("pieces"), ids=str)
def test_piece(case):
    if "strip" in case:
        length, width = case["strip"]
        shape = shapely.box(640000, 3650000, 640000 + length, 3650000 + width)
    else:
        shape = shapely.from_wkt(case["wkt"])
    turned = shapely.affinity.rotate(shape, 33)
    kinds = classify(np.array([shape, turned]))
    assert [KINDS[kind] for kind in kinds] == [case["kind"]] * 2


def test_nothing_gives_nothing():
    assert neighbour_findings([]).num_rows == 0
    assert neighbour_findings([None, shapely.Polygon()]).num_rows == 0
    assert neighbour_findings([shapely.box(0, 0, 1, 1)]).num_rows == 0


def test_scattered_parcels_have_no_gaps():
    boxes = [shapely.box(500 * n, 0, 500 * n + 100, 100) for n in range(20)]
    crack = shapely.box(100.2, 0, 200, 100)
    assert gaps([*boxes, crack]).num_rows == 0


def test_one_parcel_many_times_is_named_once_each():
    found = neighbour_findings([shapely.box(0, 0, 100, 100)] * 50)
    assert rows_of(found) == [["Q_EQUAL", n, 0, 10000.0] for n in range(1, 50)]


def test_what_is_too_much_to_compare_is_counted(monkeypatch):
    monkeypatch.setattr(neighbours, "_MOST_SHARED", 10)
    boxes = [shapely.box(n, 0, 100 + n, 100) for n in range(8)]
    found = compare(boxes).to_pylist()
    compared = [row for row in found if row["code"] == "Q_OVERLAP"]
    left = sum(row["value"] for row in found if row["code"] == "Q_UNCOMPARED")
    assert len(compared) == 10
    assert len(compared) + left == 8 * 7 / 2


def test_parcels_that_lie_on_each_other_in_hundreds_are_all_said():
    boxes = [shapely.box(n, 0, 500 + n, 100) for n in range(150)]
    found = neighbour_findings(boxes)
    assert codes_of(found) == {"Q_OVERLAP"}
    assert found.num_rows == 150 * 149 / 2


def test_a_layer_that_fits_nowhere_is_said_not_to_have_been_searched_for_gaps(monkeypatch):
    monkeypatch.setattr(gap_search, "_MOST_SUSPECT", 3)
    boxes = [shapely.box(100.01 * n, 0, 100.01 * n + 100, 100) for n in range(6)]
    (row,) = gaps(boxes).to_pylist()
    assert (row["code"], row["value"]) == ("Q_UNSEARCHED", 6.0)
