"""Neighbouring uses: cases by hand, and every pair of the matrix at every distance that matters."""

from __future__ import annotations

import itertools
import json

import pytest
import shapely

from parcels.checks.adjacency import run
from parcels.finding_words import cell_text, finding_text, need_text
from parcels.rules.load import table
from tests.parcels.checks.overlay_samples import findings, given, overlay, parcels
from tests.parcels.checks.uses_samples import about, cases, said

CASES = cases("adjacency*.toml")
CODES = {
    "R": "R2", "EDU": "A33", "MED": "A51", "RD": "A35", "PUB": "A1", "B1": "B1", "B2": "B2",
    "B41": "B41", "M0": "M0", "M1": "M1", "M2": "M2", "M3": "M3", "W1": "W1", "W2": "W2",
    "W3": "W3", "U1": "U1", "U2": "U2", "S": "S1", "G1": "G1", "G2": "G2",
}  # fmt: skip
DISTANCES = (0.0, 10.0, 49.9, 50.1, 99.9, 100.1, 149.9, 150.1, 299.9, 300.1)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case) -> None:
    assert said(run, case) == [sorted(one) for one in case["expect"]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_finding_has_its_sentence_and_its_values_are_plain(case) -> None:
    asked = about(case)
    for one in findings(run, asked):
        json.dumps([*map(str, one.needs), dict(one.values)])
        for lang in ("zh", "en"):
            assert finding_text(lang, one)
            assert all(need_text(lang, need, asked.book) for need in one.needs)
            assert len(cell_text(lang, one)) <= (7 if lang == "zh" else 16)
        assert (one.outcome == "unknown") == bool(one.cause) == bool(one.needs)


def expected(row: dict[str, str], metres: float) -> str | None:
    """Judge one pair by the table alone, as domain.md 5.5 says."""
    gap = float(row["gap_m"])
    near = metres == 0 or metres < gap
    if row["touch"] == "Y":
        return "pass" if metres == 0 else None
    if row["touch"] == "C":
        return "warning" if near else None
    return "fail" if near else ("warning" if metres < 300 else None)


def test_every_pair_of_the_matrix_at_every_distance() -> None:
    pairs = list(itertools.product(table("adjacency.csv"), DISTANCES))
    shapes, uses = [], []
    for at, (row, metres) in enumerate(pairs):
        x, y = (at % 50) * 1_000, (at // 50) * 1_000
        shapes += [(x, y, x + 100, y + 100), (x + 100 + metres, y, x + 200 + metres, y + 100)]
        uses += [(CODES[row["a"]], "gb50137", ""), (CODES[row["b"]], "gb50137", "")]
    everywhere = overlay("land_use", [], code_scheme="gb50137")
    told: dict[tuple[int, str], str] = {}
    for one in findings(run, given(parcels(shapes, uses=uses), everywhere)):
        if one.other:
            told[one.parcel, one.other] = one.outcome
    free = {"S", "G2"}
    for at, (row, metres) in enumerate(pairs):
        for here, there, own in ((2 * at, 2 * at + 1, "a"), (2 * at + 1, 2 * at, "b")):
            wanted = None if row[own] in free else expected(row, metres)
            assert told.pop((here, f"P{there + 1}"), None) == wanted, (row, metres)
    assert told == {}


@pytest.mark.parametrize(("own", "other", "gap"), [("R2", "M2", 50), ("R2", "U2", 150)])
def test_a_distance_equal_to_the_gap_keeps_it(own, other, gap) -> None:
    shapes = [(0, 0, 100, 100), (100 + gap, 0, 200 + gap, 100)]
    uses = [(code, "gb50137", "") for code in (own, other)]
    found = findings(run, given(parcels(shapes, uses=uses)))
    assert {one.reason for one in found if one.other} == {"neighbour_needs_eia"}


def test_evidence_is_the_line_between_or_the_shared_line() -> None:
    shapes = [(0, 0, 100, 100), (100, 0, 200, 100), (0, 130, 100, 230)]
    uses = [(code, "gb50137", "") for code in ("R2", "M3", "M3")]
    batches = [one for one in run(given(parcels(shapes, uses=uses))) if one.evidence]
    drawn = {
        (int(batch.parcel[row]), batch.other[row]): batch.evidence(row)
        for batch in batches
        for row in range(len(batch))
    }
    shared, apart = drawn[0, "P2"], drawn[0, "P3"]
    assert shapely.bounds(shared)[0] == pytest.approx(shapely.bounds(shared)[2], abs=1e-6)
    assert apart.length == pytest.approx(30 / 111_000, rel=0.01)


def test_the_open_class_says_what_each_class_comes_to() -> None:
    uses = [("R2", "gb50137", ""), ("", None, "工业")]
    shapes = [(0, 0, 100, 100), (100, 0, 200, 100)]
    found = findings(run, given(parcels(shapes, uses=uses)))
    here = next(one for one in found if one.reason == "neighbour_class_open" and one.parcel == 0)
    assert here.values["condition_if"] == ["M1"]
    assert here.values["conflict_if"] == ["M2", "M3"]
    assert (here.cause, here.needs) == ("class_open", ("neighbours",))
    there = next(one for one in found if one.reason == "neighbour_class_open" and one.parcel == 1)
    assert there.needs == ("class",)


def test_no_parcels_at_all() -> None:
    assert findings(run, given(parcels([]))) == []


def test_land_within_the_error_of_a_place_is_not_taken_for_the_parcels_own():
    box = (-5, -5, 5, 5)
    works = overlay(
        "land_use", [box, (-5, -5, 5, 15)], codes=["R2", "M"], code_scheme="gb50137", complete=True
    )
    for accuracy in (0.1, 30.0):
        homes = parcels([box], accuracy=[accuracy], uses=[("R2", "gb50137", "")])
        found = findings(run, given(homes, works))
        assert "unknown" in {one.outcome for one in found}
