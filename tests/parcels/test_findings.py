from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcels.findings import OUTCOMES, RANK, Assessment, Batch, worst
from parcels.worklist import data_gaps


def batch(check: str, parcels: list[int], outcome: object, **more: object) -> Batch:
    return Batch(
        check=check,
        rule="R",
        parcel=np.array(parcels),
        outcome=outcome,
        reason="said",
        **more,
    )


def assessment(*batches: Batch, count: int = 3, checks: tuple[str, ...] = ("a", "b")) -> Assessment:
    return Assessment(count=count, checks=checks, batches=batches)


def test_outcomes_merge_worst_first() -> None:
    assert worst(["pass", "unknown", "warning"]) == "unknown"
    assert worst(["not_applicable", "pass"]) == "pass"
    assert worst(["unknown", "fail"]) == "fail"


def test_of_nothing_at_all_nothing_is_known() -> None:
    assert worst([]) == "unknown"
    assert assessment(count=2, checks=()).overall().tolist() == [RANK["unknown"]] * 2


def test_a_check_that_says_nothing_about_a_parcel_leaves_it_unknown() -> None:
    found = assessment(batch("a", [0, 1], "pass"), batch("b", [0, 1, 2], "pass"))
    assert found.matrix()[2].tolist() == [RANK["unknown"], RANK["pass"]]
    assert found.summary() == {
        "fail": 0,
        "unknown": 1,
        "warning": 0,
        "pass": 5,
        "not_applicable": 0,
    }


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.sampled_from(OUTCOMES)), max_size=30
    )
)
def test_matrix_is_the_worst_of_all_findings_in_any_order(
    said: list[tuple[str, int, str]],
) -> None:
    found = assessment(*(batch(check, [parcel], outcome) for check, parcel, outcome in said))
    for parcel in range(3):
        for at, check in enumerate(found.checks):
            own = [outcome for name, where, outcome in said if (name, where) == (check, parcel)]
            assert OUTCOMES[found.matrix()[parcel, at]] == worst(own)
    assert sum(found.summary().values()) == 6


def test_findings_come_by_parcel_then_in_the_order_of_the_checks() -> None:
    found = assessment(
        batch("b", [1, 0], ["pass", "fail"]), batch("a", [0, 1, 1], ["pass", "fail", "warning"])
    )
    said = [(one.parcel, one.check, one.outcome) for one in found.findings()]
    assert said == [
        (0, "a", "pass"),
        (0, "b", "fail"),
        (1, "a", "fail"),
        (1, "a", "warning"),
        (1, "b", "pass"),
    ]
    assert [one.outcome for one in found.of(1)] == ["fail", "warning", "pass"]


def test_columns_give_each_finding_its_own_values() -> None:
    found = batch(
        "a",
        [4, 7],
        ["fail", "unknown"],
        measured=np.array([12.5, np.nan]),
        limit=0.0,
        share=np.array([0.25, np.nan]),
        other=["x", "y"],
        cause=["", "layer_missing"],
        needs=[(), ("layer:farmland",)],
        values={"hit_m2": np.array([1.0, 2.0]), "fixed": "z"},
    )
    first, second = found.finding(0), found.finding(1)
    assert (first.parcel, first.measured, first.limit, first.share) == (4, 12.5, 0.0, 0.25)
    assert (second.measured, second.share, second.cause) == (None, None, "layer_missing")
    assert second.needs == ("layer:farmland",)
    assert first.values == {"hit_m2": 1.0, "fixed": "z"}


@pytest.mark.parametrize("needs", [("geometry",), [("geometry",), ("geometry",)]])
def test_needs_are_shared_or_one_a_row(needs: object) -> None:
    found = batch("a", [0, 1], "unknown", needs=needs)
    assert found.finding(1).needs == ("geometry",)


def test_the_worklist_ranks_what_settles_most_alone_then_what_is_involved_most() -> None:
    gaps = data_gaps(
        assessment(
            batch("a", [0, 1, 2], "unknown", needs=("layer:farmland", "geometry")),
            batch("b", [0, 1], "unknown", needs=("class",)),
            batch("b", [2], "unknown", needs=[("geometry",)]),
            batch("b", [0], "pass", needs=("never",)),
        )
    )
    assert [(gap.need, gap.alone, gap.involved, gap.parcels) for gap in gaps] == [
        ("class", 2, 2, 2),
        ("geometry", 1, 4, 3),
        ("layer:farmland", 0, 3, 3),
    ]
    assert gaps[1].checks == ("a", "b")
