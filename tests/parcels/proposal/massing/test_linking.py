"""From the drawing to the numbers and back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from parcels.proposal.massing.boxes import box_of
from parcels.proposal.massing.linking import footprint_of_drawing, with_footprint
from parcels.proposal.massing.study import study
from parcels.proposal.model import changed
from tests.parcels.proposal.massing.samples import demo, made

if TYPE_CHECKING:
    from parcels.proposal.model import Proposal

BOXES = (0, 1, 2, 3, 4, 5)


@given(st.sampled_from(BOXES), st.integers(1, 60))
def test_other_storeys_keep_the_floor_area_and_change_the_footprint(at: int, storeys: int) -> None:
    proposal = demo()
    other = with_storeys(proposal, at, storeys)
    before, after = (box_of(study(one).buildings)[at] for one in (proposal, other))
    assert after.floor_area == before.floor_area
    assert after.footprint * storeys == before.floor_area
    assert with_storeys(other, at, before.storeys) == proposal


def with_storeys(proposal: Proposal, at: int, storeys: int) -> Proposal:
    parts = list(proposal.parts)
    parts[at] = replace(parts[at], storeys=storeys)
    return replace(proposal, parts=tuple(parts))


@given(st.sampled_from(BOXES), st.fractions(1, 50_000))
def test_another_footprint_keeps_the_storeys_and_changes_the_floor_area(
    at: int, footprint: Fraction
) -> None:
    proposal = demo()
    first = study(proposal)
    change = with_footprint(proposal, first, at, footprint)
    own = box_of(first.buildings)[at]
    if change is None:
        assert footprint == own.footprint
        return
    second_proposal = changed(proposal, [change])
    second = study(second_proposal)
    assert box_of(second.buildings)[at].footprint == footprint
    assert box_of(second.buildings)[at].storeys == own.storeys
    back = with_footprint(second_proposal, second, at, own.footprint)
    assert back is not None
    assert changed(second_proposal, [back]) == proposal


def test_no_change_where_there_is_no_box_or_nothing_changes() -> None:
    proposal = demo()
    found = study(proposal)
    assert with_footprint(proposal, found, 7, Fraction(10)) is None
    assert with_footprint(proposal, found, 0, Fraction(3000)) is None
    assert with_footprint(proposal, found, 0, Fraction(-1)) is None


def test_the_footprint_of_the_drawing_becomes_the_one_that_is_stated() -> None:
    rows = [["A", "F_RD", "10000", 3, "4", False], ["B", "F_DORM", "4000", 4, "3", False]]
    proposal = made(rows, {"site_area": "40000", "footprint": "9000"})
    change = footprint_of_drawing(proposal, study(proposal))
    assert change is not None
    assert (change.quantity, change.before, change.after) == (
        "footprint",
        9000,
        Fraction("4333.33"),
    )
    after = changed(proposal, [change])
    assert "footprint_differs" not in {one.code for one in study(after).remarks}
    assert footprint_of_drawing(after, study(after)) is None


def test_an_open_footprint_is_not_taken() -> None:
    assert footprint_of_drawing(demo(), study(demo())) is None
