"""Goals with changing denominators, duality, sensitivity and frontier of the best mix."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from parcels.proposal.mix.best_mix import best_mix
from parcels.proposal.mix.curves import frontier, sensitivity
from tests.parcels.proposal.mix.mix_samples import areas, book_of, far, plan, row, share

RD = row("F_RD", 10_000, tax="0.02", jobs="0.03")
DORM = row("F_DORM", 0, tax="0.03", jobs="0.05")
RETAIL = row("F_RETAIL", 0, tax="0.05", jobs="0.01")


def test_a_share_with_a_changing_denominator_agrees_with_a_grid(tmp_path) -> None:
    rows = (
        row("F_RD", 2000),
        row("F_TEST", 1000, counted=False),
        row("F_OFFICE", 2000),
        row("F_RETAIL", 1000),
    )
    rules = (
        share("core_gfa_share", "<=", 0.95, "gfa_counted"),
        share("retail_gfa_share", ">=", 0.07, "gfa_total"),
        share("support_gfa_share", ">=", 0.2, "gfa_total"),
        far("between", [0.2, 0.5]),
    )
    mix = best_mix(plan(*rows), book_of(tmp_path, *rules), goal="core", hold="ceiling")
    assert mix.whole == "gfa_counted"
    # By hand on a coarse grid: what is not counted stays 1,000 m².
    tried = [
        Fraction(rd, rd + office + retail)
        for rd, office, retail in product(range(0, 5001, 50), repeat=3)
        if 2000 <= rd + office + retail <= 5000
        and rd * 100 <= 95 * (rd + office + retail)
        and retail * 100 >= 7 * (rd + 1000 + office + retail)
        and (office + retail) * 10 >= 2 * (rd + 1000 + office + retail)
    ]
    assert max(tried) == Fraction(3800, 5000)
    assert mix.best == max(tried)
    assert sum(areas(mix)) == 6000


def test_prices_agree_with_the_marginals_of_another_formulation(tmp_path) -> None:
    rules = (share("support_gfa_share", "<=", 0.3), share("retail_gfa_share", "<=", 0.1))
    mix = best_mix(plan(RD, DORM, RETAIL), book_of(tmp_path, *rules))
    # Shares of the whole: maximise their yields; HiGHS gives what one more unit of a cap is worth.
    found = linprog(
        -np.array([0.02, 0.03, 0.05]) * 10_000 / 15,
        A_ub=[[0, 1, 1], [0, 0, 1]],
        b_ub=[0.3, 0.1],
        A_eq=[[1, 1, 1]],
        b_eq=[1],
    )
    assert float(mix.best) == pytest.approx(-found.fun)
    for price, marginal in zip(mix.prices, found.ineqlin.marginals, strict=True):
        assert price.gain == pytest.approx(-marginal * 0.01)
        assert price.loss == pytest.approx(-marginal * 0.01)


def test_a_limit_moves_the_best_goal_until_it_decides_nothing(tmp_path) -> None:
    rules = (share("support_gfa_share", "<=", 0.3), share("retail_gfa_share", "<=", 0.1))
    mix = best_mix(plan(RD, DORM, RETAIL), book_of(tmp_path, *rules))
    found = sensitivity(mix, mix.problem.limits[1])
    assert [float(x) for x, _ in found.points[::10]] == [0, 0.1, 0.2, 0.3, 0.4]
    # 7,000 research, the rest shops and dormitory: (140 + 90 + 0.02 a m² of shop) / 15
    expected = [(230 + 200 * min(share, 0.3)) / 15 for share in (0, 0.1, 0.2, 0.3, 0.4)]
    assert [y for _, y in found.points[::10]] == pytest.approx(expected)
    assert found.own == (0, Fraction(200, 15))


def test_a_limit_that_leaves_no_mix_is_a_gap(tmp_path) -> None:
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, far("between", [3.0, 4.0])))
    assert mix.status == "infeasible"
    least, most = (sensitivity(mix, one) for one in mix.problem.limits)
    assert [y is None for _, y in least.points] == [x > 1 for x, _ in least.points]
    assert {y for _, y in most.points} == {None}
    assert least.own == (1, Fraction(200, 15))


def test_limits_that_say_the_same_move_along(tmp_path) -> None:
    rules = (share("support_gfa_share", "<=", 0.3), share("core_gfa_share", ">=", 0.7))
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, *rules))
    support, core = (sensitivity(mix, one) for one in mix.problem.limits)
    assert [one.applied.id for one in support.twins] == ["A1"]
    assert [y for _, y in core.points] == pytest.approx([y for _, y in support.points][::-1])
    assert support.points[-1][1] == pytest.approx((120 + 200) / 15)  # 40 % of shops


def test_the_frontier_of_two_goals_is_the_line_between_their_best(tmp_path) -> None:
    mix = best_mix(plan(RD, DORM, RETAIL), book_of(tmp_path, share("support_gfa_share", "<=", 0.3)))
    found = frontier(mix, "jobs")
    # 7,000 research with 3,000 m² of shops (290 万元, 240 jobs) or of dormitory (230, 360)
    assert found.points[0] == pytest.approx((240 / 15, 290 / 15))
    assert found.points[-1] == pytest.approx((360 / 15, 230 / 15))
    assert len(found.points) == 21
    for x, y in found.points:
        assert y * 15 == pytest.approx(290 - (x * 15 - 240) / 2)
    assert found.own == (Fraction(300, 15), Fraction(200, 15))


def test_goals_that_agree_have_one_point(tmp_path) -> None:
    book = book_of(tmp_path, share("support_gfa_share", "<=", 0.3))
    mix = best_mix(plan(RD, DORM), book)
    assert frontier(mix, "jobs").points == (pytest.approx((360 / 15, 230 / 15)),)


def test_a_second_goal_without_yields_says_what_it_lacks(tmp_path) -> None:
    mix = best_mix(plan(RD, DORM), book_of(tmp_path, share("support_gfa_share", "<=", 0.3)))
    found = frontier(mix, "output")
    assert found.points == ()
    assert [(one.field, one.row) for one in found.lacks] == [("output_rate", 0), ("output_rate", 1)]


def test_the_frontier_with_a_share_is_a_trade_too(tmp_path) -> None:
    book = book_of(tmp_path, share("support_gfa_share", "<=", 0.3), far("<=", 2.0))
    mix = best_mix(plan(RD, RETAIL), book, hold="ceiling")
    points = frontier(mix, "core").points
    assert points[0] == pytest.approx((0.7, 580 / 15))
    assert points[-1] == pytest.approx((1.0, 400 / 15))
