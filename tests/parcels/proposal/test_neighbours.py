"""A proposal among its neighbours by domain.md 5.5, and the industrial land of a zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geo.units import M2_PER_MU
from parcels.finding_words import finding_text, needs_text
from parcels.findings import OUTCOMES
from parcels.proposal.neighbours import PACKS, around, zone_land
from parcels.rules.load import rule_book
from tests.parcels.checks.parcel_samples import parcels as squares
from tests.parcels.checks.parcel_samples import square
from tests.parcels.checks.uses_samples import about

DAY = date(2026, 11, 22)
BOOK = rule_book(DAY, packs=PACKS)
TOUCHING = {
    "R2": "warning", "A33": "warning", "A35": "pass", "A1": "pass", "B1": "pass", "B41": "warning",
    "M0": "pass", "M1": "pass", "M2": "warning", "M3": "fail", "W1": "pass", "W2": "warning",
    "W3": "fail", "U2": "warning", "S1": "pass", "G1": "pass",
}  # fmt: skip
"""The row M0 of the matrix: Y may touch, C on conditions, N not."""


def judged(case: dict, at: int | None = 0, use: str = "M0"):
    given = about(case)
    found = around(given.parcels, at, use, book=BOOK, overlays=given.overlays)
    assert [one.pack.id for one in found] == list(PACKS)
    return found


def two(neighbour: str, gap: float = 0.0, own: str = "gb50137 R2") -> dict:
    return {
        "parcels": [
            {"box": [0, 0, 100, 100], "code": own},
            {"box": [100 + gap, 0, 200 + gap, 100], "code": f"gb50137 {neighbour}"},
        ],
        "layers": {"land_use": {"scheme": "gb50137"}},
    }


@pytest.mark.parametrize(("neighbour", "outcome"), TOUCHING.items())
def test_a_touching_neighbour_is_judged_as_beside_m0(neighbour: str, outcome: str) -> None:
    beside, _ = judged(two(neighbour))
    assert beside.outcome == outcome
    assert all(one.applied.id.startswith("ADJ_") for one in beside.results)


def test_the_use_of_the_parcel_itself_plays_no_part() -> None:
    """As R2 the parcel could not touch M2, as M0 it may on conditions."""
    assert judged(two("M2"))[0].outcome == "warning"
    assert judged(two("M2"), use="M2")[0].outcome == "pass"
    assert judged(two("M3", own="gb50137 M3"))[0].outcome == "fail"
    unstated = two("M1")
    unstated["parcels"][0]["code"] = ""
    assert judged(unstated)[0].outcome == "pass"


@pytest.mark.parametrize(("gap", "outcome"), [(0, "fail"), (49.9, "fail"), (50.2, "warning")])
def test_class_3_stays_fifty_metres_away(gap: float, outcome: str) -> None:
    assert judged(two("M3", gap))[0].outcome == outcome


def test_without_a_layer_around_nothing_passes() -> None:
    case = two("M1")
    del case["layers"]
    beside, _ = judged(case)
    assert beside.outcome == "unknown"
    needs = {need for one in beside.results for need in one.finding.needs}
    assert "layer:land_use" in needs


def test_results_come_worst_first_and_can_be_said() -> None:
    case = two("M3")
    case["parcels"].append({"box": [-100, 0, 0, 100], "code": "gb50137 M1"})
    for verdict in judged(case):
        ranks = [OUTCOMES.index(one.outcome)
                 for one in verdict.results]  # fmt: skip
        assert ranks == sorted(ranks)
        for one in verdict.results:
            assert one.finding.parcel == 0
            for lang in ("zh", "en"):
                assert finding_text(lang, one.finding)
                assert needs_text(lang, one.finding.needs, BOOK) or not one.finding.needs


def test_a_proposal_that_is_on_no_parcel_is_unknown() -> None:
    for verdict in judged(two("M1"), at=None):
        assert verdict.outcome == "unknown"
        assert [one.finding.reason for one in verdict.results] == ["proposal_not_on_map"]
        assert verdict.results[0].finding.needs == ("geometry", "neighbours")
        assert finding_text("zh", verdict.results[0].finding)


def test_of_many_parcels_those_within_reach_say_the_same() -> None:
    """A strip of 2,100 parcels: the one in the middle is judged as among its own neighbours."""
    count = 2_100
    shapes = [square(at * 100.0, 0.0) for at in range(count)]
    strip = squares(shapes, use_texts=["一类工业用地"] * count)
    at = 1_000
    uses = list(strip.uses)
    uses[at + 1] = squares([None], use_texts=["三类工业用地"]).uses[0]
    strip = replace(strip, uses=tuple(uses))
    beside, apart = around(strip, at, "M0", book=BOOK, overlays={})
    assert beside.outcome == "fail"
    reasons = {one.finding.reason for one in beside.results if one.outcome == "fail"}
    assert reasons == {"neighbour_conflict"}
    assert beside.results[0].finding.other == strip.ids[at + 1]
    assert apart.results


def industrial(uses: list[str], areas: list[float | None]):
    known = [np.nan if one is None else one for one in areas]
    return squares([None] * len(uses), use_texts=uses, declared_m2=known)


def test_industrial_land_and_the_m0_that_is_there_are_summed() -> None:
    """工业 1,000,000 + 一类 500,000 + M0 30,000 + this parcel, M0 too, 40,000; 居住 is no part."""
    zone = industrial(
        ["工业", "一类工业用地", "新型产业用地", "新型产业用地", "居住"],
        [1_000_000.0, 500_000.0, 30_000.0, 40_000.0, None],
    )
    land = zone_land(zone, 3)
    assert land.industrial_m2 == 1_570_000.0
    assert land.m0_m2 == 30_000.0
    assert (land.by_outline, land.by_declaration) == (0, 4)


@pytest.mark.parametrize(
    ("uses", "areas", "no_area", "no_use"),
    [
        (["工业", "工业"], [60_000.0, None], ("P2",), ()),
        (["工业", "工业"], [60_000.0, 0.0], ("P2",), ()),
        (["工业", ""], [60_000.0, 5_000.0], (), ("P2",)),
        (["工业", "待定用途"], [60_000.0, 5_000.0], (), ("P2",)),
        (["居住"], [60_000.0], (), ()),
    ],
)
def test_a_sum_of_a_part_is_never_given(uses, areas, no_area, no_use) -> None:
    land = zone_land(industrial(uses, areas), None)
    assert (land.industrial_m2, land.m0_m2) == (None, None)
    assert (land.no_area, land.no_use) == (no_area, no_use)


def test_an_outline_goes_before_the_declared_area() -> None:
    """A square of 100 m is 15 亩; what is declared counts where there is no outline."""
    zone = squares(
        [square(0, 0), None], use_texts=["工业", "工业"], declared_m2=[5.0, float(15 * M2_PER_MU)]
    )
    land = zone_land(zone, 0)
    assert land.industrial_m2 == pytest.approx(20_000.0, rel=1e-6)
    assert (land.by_outline, land.by_declaration) == (1, 1)
