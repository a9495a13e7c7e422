from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.units import mu_to_square_metres
from parcels.planning.comparing.phasing import Submittable, schedule


def row(name, area_m2, **stated):
    return Submittable(id=name, title=name, area_m2=area_m2, **stated)


def test_most_land_is_submitted_and_that_early():
    found = schedule([row("a", 60.0), row("b", 50.0), row("c", 40.0)], {2026: 100.0, 2027: 60.0})
    assert found.years == {2026: ("a", "c"), 2027: ("b",)}
    assert found.used_m2 == {2026: 100.0, 2027: 50.0}
    assert found.left_m2 == {2026: 0.0, 2027: 10.0}
    assert found.left_out == ()


def test_every_row_that_is_left_out_says_why():
    found = schedule(
        [
            row("unknown", None),
            row("late", 10.0, earliest=2030),
            row("large", 150.0),
            row("needs", 5.0, after=("large",)),
            row("first", 70.0),
        ],
        {2026: 100.0},
    )
    assert {one.id: (one.reason, one.short_m2) for one in found.left_out} == {
        "unknown": ("area_unknown", None),
        "late": ("no_year", None),
        "large": ("quota", 120.0),
        "needs": ("prerequisite", None),
    }


def test_unused_quota_is_the_next_years_only_when_told():
    rows, quota = [row("a", 150.0)], {2026: 100.0, 2027: 60.0}
    assert schedule(rows, quota).left_out[0].short_m2 == 50.0
    carried = schedule(rows, quota, carry_over=True)
    assert carried.years == {2026: (), 2027: ("a",)}
    assert carried.left_m2 == {2026: 100.0, 2027: 10.0}


def test_a_quota_typed_in_mu_takes_rows_that_fill_it():
    hundred = mu_to_square_metres(100)
    found = schedule([row(str(at), hundred) for at in range(3)], {2026: mu_to_square_metres(300)})
    assert found.years[2026] == ("0", "1", "2")


def test_the_goal_may_be_the_number_or_the_priority():
    rows = [row("a", 90.0), row("b", 50.0), row("c", 50.0, priority=9)]
    assert schedule(rows, {2026: 100.0}, goal="count").years[2026] == ("b", "c")
    assert "c" in schedule([rows[0], rows[2]], {2026: 100.0}, goal="priority").years[2026]


@pytest.mark.parametrize(
    ("rows", "quota", "code"),
    [
        ([row("a", 1.0), row("a", 2.0)], {2026: 1.0}, "phasing_row_repeated"),
        ([row("a", 1.0, after=("z",))], {2026: 1.0}, "phasing_row_unknown"),
        ([row("a", 1.0, after=("b",)), row("b", 1.0, after=("a",))], {2026: 1.0}, "phasing_circle"),
        ([], {2026: -1.0}, "phasing_quota"),
        ([], {2026: float("nan")}, "phasing_quota"),
    ],
)
def test_what_makes_no_sense_is_refused(rows, quota, code):
    with pytest.raises(PlannerError) as caught:
        schedule(rows, quota)
    assert caught.value.code == code


def test_nothing_to_schedule():
    found = schedule([row("a", None)], {})
    assert (found.years, found.left_out[0].reason) == ({}, "area_unknown")


ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(1, 12),
        st.none() | st.integers(2026, 2028),
        st.none() | st.integers(2026, 2028),
        st.booleans(),
    ),
    max_size=4,
)


def possible(rows, quota, years, carry_over):
    """List every choice of years that keeps windows, order and quotas."""
    for choice in itertools.product((None, *years), repeat=len(rows)):
        by_id = {one.id: year for one, year in zip(rows, choice, strict=True) if year}
        kept = all(
            one.area_m2 is not None
            and (one.earliest or 0) <= by_id[one.id] <= (one.latest or 9999)
            and all(by_id.get(needed, 9999) <= by_id[one.id] for needed in one.after)
            for one in rows
            if one.id in by_id
        )
        used = [
            sum(one.area_m2 or 0 for one in rows if by_id.get(one.id) == year) for year in years
        ]
        within = (
            all(sum(used[: at + 1]) <= sum(quota[: at + 1]) for at in range(len(years)))
            if carry_over
            else all(one <= limit for one, limit in zip(used, quota, strict=True))
        )
        if kept and within:
            yield by_id, used


@given(ROWS, st.lists(st.integers(0, 15), min_size=1, max_size=2), st.booleans())
def test_no_choice_of_years_submits_more_or_the_same_earlier(drawn, quota, carry_over):
    rows = [
        row(
            str(at),
            area and float(area),
            earliest=first,
            latest=last,
            after=(str(at - 1),) if chained and at else (),
        )
        for at, (area, first, last, chained) in enumerate(drawn)
    ]
    years = list(range(2026, 2026 + len(quota)))
    found = schedule(rows, dict(zip(years, map(float, quota), strict=True)), carry_over=carry_over)
    options = list(possible(rows, quota, years, carry_over))
    chosen = {name: year for year, names in found.years.items() for name in names}
    assert chosen in [by_id for by_id, _ in options]
    score = lambda used: (sum(used), -sum(area * at for at, area in enumerate(used)))  # noqa: E731
    assert score(list(found.used_m2.values())) == max(score(used) for _, used in options)
