from __future__ import annotations

import pytest

from parcels.planning.line import Line, path_to
from tests.parcels.planning.sketches import box, element, operations, scenario

A, B = element("a"), element("b", box(200, 0, 300, 100))
SMALLER = element("a", box(0, 0, 50, 100))
STEPS = operations(([A], ()), ([B], ()), ([SMALLER], ()), ([], ("b",)))


def line(head, *, base=None):
    return Line(scenario=scenario(head=head, tip="op3", base=base), operations=STEPS)


@pytest.mark.parametrize(
    ("head", "stands", "before", "following"),
    [
        (None, {}, None, "op0"),
        ("op0", {"a": A}, None, "op1"),
        ("op1", {"a": A, "b": B}, "op0", "op2"),
        ("op2", {"a": SMALLER, "b": B}, "op1", "op3"),
        ("op3", {"a": SMALLER}, "op2", "op3"),
    ],
)
def test_what_stands_is_what_was_done_up_to_the_head(head, stands, before, following):
    at = line(head)
    assert at.state == stands
    assert list(at.state) == list(stands)
    assert (at.before, at.next) == (before, following)
    assert at.done + at.undone == STEPS


def test_operations_of_the_parent_are_inherited_and_cannot_be_undone():
    at = line("op1", base="op1")
    assert at.own == ()
    assert at.before == "op1"
    assert at.inherited == {"a": A, "b": B}
    assert [one.id for one in line("op3", base="op1").own] == ["op2", "op3"]


def test_an_element_that_is_changed_keeps_its_place():
    assert list(line("op2").state) == ["a", "b"]


def test_operations_are_ordered_by_what_each_follows():
    by_id = {one.id: one for one in reversed(STEPS)}
    assert path_to("op2", by_id) == STEPS[:3]
    assert path_to(None, by_id) == ()
    with pytest.raises(KeyError):
        path_to("op9", by_id)
