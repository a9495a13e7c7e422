from __future__ import annotations

import pytest

from geo.errors import PlannerError
from parcels.planning.editing.revert import Effect, pick, revert
from parcels.planning.line import Line
from tests.parcels.planning.sketches import box, element, operations, scenario

A, B = element("a"), element("b", box(200, 0, 300, 100))
SMALLER = element("a", box(0, 0, 50, 100))
MOVED = element("a", box(0, 0, 60, 100))


def line(*steps, base=None):
    made = operations(*steps)
    head = made[-1].id if made else None
    return Line(scenario=scenario(head=head, tip=head, base=base), operations=made)


CHANGED = line(([A, B], ()), ([SMALLER], ()), ([], ("b",)), base="op0")


def test_one_element_goes_back_and_the_others_stay():
    assert revert(CHANGED, "a", "op0") == Effect(puts=(A,))
    assert revert(CHANGED, "a", None) == Effect(puts=(A,))


def test_a_deleted_element_comes_back():
    assert revert(CHANGED, "b", "op1") == Effect(puts=(B,))


def test_an_element_that_was_not_there_yet_goes():
    drawn_later = line(([A], ()), ([B], ()), base="op0")
    assert revert(drawn_later, "b", "op0") == Effect(drops=("b",))
    assert revert(drawn_later, "b", None) == Effect(drops=("b",))


@pytest.mark.parametrize(
    ("name", "to", "code"),
    [
        ("a", "op1", "revert_changes_nothing"),
        ("z", "op1", "element_unknown"),
        ("a", "op9", "operation_unknown"),
    ],
)
def test_a_revert_that_makes_no_sense_is_refused(name, to, code):
    with pytest.raises(PlannerError) as caught:
        revert(CHANGED, name, to)
    assert caught.value.code == code


def test_a_step_of_another_scenario_does_here_what_it_did_there():
    picked = pick("op1", CHANGED, {"a": A, "b": B})
    assert (picked.effect, picked.clashes) == (Effect(puts=(SMALLER,)), ())
    dropped = pick("op2", CHANGED, {"a": A, "b": B})
    assert dropped.effect == Effect(drops=("b",))


def test_elements_that_look_different_here_are_clashes():
    assert pick("op1", CHANGED, {"a": MOVED, "b": B}).clashes == ("a",)
    assert pick("op1", CHANGED, {"b": B}).clashes == ("a",)


def test_a_step_that_would_change_nothing_is_refused():
    with pytest.raises(PlannerError) as caught:
        pick("op1", CHANGED, {"a": SMALLER})
    assert caught.value.code == "pick_changes_nothing"
