from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcels.planning.comparing.compare import Measured, common, compare, rounded_parts
from parcels.planning.line import Line
from parcels.planning.model import Operation
from tests.parcels.planning.sketches import element, scenario


def line(name, steps, *, shared=()):
    """Make a scenario of steps, each the elements that it puts by name and width."""
    operations, after = list(shared), shared[-1].id if shared else None
    for number, widths in enumerate(steps):
        puts = tuple(element(key, width_m=width) for key, width in widths.items())
        operations.append(Operation(id=f"{name}{number}", after=after, kind="draw", puts=puts))
        after = operations[-1].id
    return Line(scenario=scenario(id=name, head=after, tip=after), operations=tuple(operations))


def widths(state):
    """Sum of widths (None as soon as one is not known), and how many elements there are."""
    known = [one.width_m for one in state.values()]
    total = None if None in known else float(sum(known))
    return {"width": total, "count": float(len(state))}


def told(difference):
    return [
        (cause.scenario, [one.id for one in cause.operations], cause.change)
        for cause in difference.causes
    ]


def test_each_step_gets_its_part_of_the_difference():
    base = line("p", [{"a": 10.0}]).operations
    first = line("A", [{"b": 5.0}], shared=base)
    other = line("B", [{"a": 7.0}, {"c": 20.0}, {"c": 20.0}], shared=base)
    width, count = compare(first, other, Measured(widths))
    assert (width.first, width.value, width.change) == (15.0, 27.0, 12)
    assert told(width) == [("A", ["A0"], -5), ("B", ["B0"], -3), ("B", ["B1"], 20)]
    assert told(count) == [("A", ["A0"], -1), ("B", ["B1"], 1)]


def test_a_figure_that_is_not_known_on_the_way_is_one_cause():
    first = line("A", [])
    other = line("B", [{"a": 1.0}, {"a": None}, {"b": 2.0}, {"a": 4.0}])
    width, _ = compare(first, other, Measured(widths))
    assert told(width) == [("B", ["B0"], 1), ("B", ["B1", "B2", "B3"], 5)]


def test_the_step_that_makes_a_figure_unknown_is_named():
    other = line("B", [{"a": 1.0}, {"a": None}, {"b": 2.0}])
    width, _ = compare(line("A", []), other, Measured(widths))
    assert width.change is None
    assert told(width) == [("B", ["B0"], 1), ("B", ["B1"], None)]
    back, _ = compare(other, line("A", []), Measured(widths))
    assert told(back) == [("B", ["B0"], -1), ("B", ["B1"], None)]


def test_equal_scenarios_differ_in_nothing():
    same = line("A", [{"a": 1.0}])
    assert all(not one.causes and one.change == 0 for one in compare(same, same, Measured(widths)))


STEPS = st.lists(
    st.dictionaries(
        st.sampled_from("abc"), st.none() | st.floats(0, 1e6, allow_nan=False), min_size=1
    ),
    max_size=6,
)


@given(STEPS, STEPS, STEPS)
def test_the_parts_add_up_to_the_difference_exactly(before, one_way, other_way):
    base = line("p", before).operations
    first, other = line("A", one_way, shared=base), line("B", other_way, shared=base)
    assert common(first, other) == len(base)
    for difference in compare(first, other, Measured(widths)):
        parts = [cause.change for cause in difference.causes]
        if None not in parts and difference.change is not None:
            assert sum(parts) == difference.change


def test_a_state_is_measured_once():
    seen = []
    measured = Measured(lambda state: seen.append(1) or widths(state))
    other = line("B", [{"a": 1.0}, {"b": 2.0}])
    compare(line("A", []), other, measured)
    compare(line("A", []), other, measured)
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (["0.005", "0.005"], ["0.00", "0.01"]),
        (["0.333", "0.333", "0.334"], ["0.33", "0.33", "0.34"]),
        (["-2.715", "4.004"], ["-2.71", "4.00"]),
        ([], []),
    ],
)
def test_printed_parts_add_up_to_the_printed_sum(parts, printed):
    rounded = rounded_parts([Fraction(one) for one in parts], 2)
    assert sorted(rounded) == sorted(map(Fraction, printed))


@given(st.lists(st.fractions(-1000, 1000), max_size=8))
def test_rounded_parts_are_next_to_their_parts(parts):
    rounded = rounded_parts(parts, 2)
    unit = Fraction(1, 100)
    assert all(abs(one - part) < unit for one, part in zip(rounded, parts, strict=True))
    assert abs(sum(rounded, Fraction(0)) - sum(parts, Fraction(0))) <= unit / 2


def test_a_figure_that_only_one_scenario_has_is_nothing_in_the_other():
    def marked(state):
        return {"count": float(len(state))} | {f"is:{one}": 1.0 for one in state}

    found = compare(line("A", []), line("B", [{"a": 1.0}]), Measured(marked))
    assert [(one.metric, one.first, one.value) for one in found] == [
        ("count", 0.0, 1.0),
        ("is:a", 0.0, 1.0),
    ]
