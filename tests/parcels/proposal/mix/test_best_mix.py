"""The best mix: linear programs solved by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parcels.proposal.mix.best_mix import best_mix
from parcels.proposal.mix.terms import Lack
from tests.parcels.proposal.mix.mix_samples import areas, book_of, far, plan, row, rule, share

RD, RETAIL = row("F_RD", 10_000, tax="0.02"), row("F_RETAIL", 0, tax="0.05")
SUPPORT_30 = share("support_gfa_share", "<=", 0.3)


def test_two_functions_under_one_cap(tmp_path) -> None:
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, SUPPORT_30))
    # 7,000 × 0.02 + 3,000 × 0.05 = 290 万元 on 15 亩; before: 200 万元
    assert mix.status == "found"
    assert areas(mix) == [7000, 3000]
    assert (mix.own, mix.best) == (Fraction(200, 15), Fraction(290, 15))
    assert (mix.moved, mix.grown) == (3000, 0)
    # 1 percentage point: 100 m² that yield 0.03 万元 more
    [price] = mix.prices
    assert price.gain == pytest.approx(100 * 0.03 / 15)
    assert price.loss == pytest.approx(100 * 0.03 / 15)
    assert {one.outcome for verdict in mix.verdicts for one in verdict.results} == {"pass"}


def test_three_functions_with_a_cap_each_and_a_cap_together(tmp_path) -> None:
    dorm = row("F_DORM", 0, tax="0.03")
    rules = (SUPPORT_30, share("retail_gfa_share", "<=", 0.1), share("core_gfa_share", ">=", 0.5))
    mix = best_mix(plan(RD, RETAIL, dorm), book_of(tmp_path, *rules))
    assert areas(mix) == [7000, 1000, 2000]
    assert mix.best == Fraction(7000 * 2 + 1000 * 5 + 2000 * 3, 100) / 15
    support, retail, core = mix.prices
    assert support.gain == pytest.approx(100 * (0.03 - 0.02) / 15)  # one point of dormitory
    assert retail.gain == pytest.approx(100 * (0.05 - 0.03) / 15)  # shops in place of dormitory
    assert (core.gain, core.loss) == (0, 0)  # decides nothing


def test_floor_area_grows_up_to_the_ceiling(tmp_path) -> None:
    book = book_of(tmp_path, SUPPORT_30, far("between", [0.8, 2.0]))
    mix = best_mix(plan(RD, RETAIL), book, hold="ceiling")
    assert areas(mix) == [14_000, 6000]
    assert (mix.grown, mix.moved) == (10_000, 0)
    _, floor, ceiling = mix.prices
    # 0.1 of a FAR is 1,000 m² of 70 % research and 30 % shops
    assert ceiling.gain == pytest.approx((700 * 0.02 + 300 * 0.05) / 15)
    assert (floor.gain, floor.loss) == (0, 0)


def test_without_a_ceiling_the_floor_area_is_open(tmp_path) -> None:
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, SUPPORT_30), hold="ceiling")
    assert (mix.status, mix.best, mix.changes) == ("no_ceiling", None, ())


def test_a_ceiling_without_a_number_is_none(tmp_path) -> None:
    book = book_of(tmp_path, SUPPORT_30, far("<=", None))
    mix = best_mix(plan(RD, RETAIL), book, hold="ceiling")
    assert mix.status == "no_ceiling"
    assert [one.applied.id for one in mix.problem.unknown] == ["A1"]


def test_a_strict_bound_is_kept_by_a_step_of_the_grid(tmp_path) -> None:
    book = book_of(tmp_path, share("support_gfa_share", "<", 0.3))
    assert areas(best_mix(plan(RD, RETAIL), book)) == [Fraction("7000.01"), Fraction("2999.99")]


def test_a_limit_beside_the_grid_is_kept_inwards(tmp_path) -> None:
    book = book_of(tmp_path, share("support_gfa_share", "<=", 0.333333))
    rd = row("F_RD", "10000.01", tax="0.02")
    # 0.333333 × 10,000.01 = 3,333.333333…
    assert areas(best_mix(plan(rd, RETAIL), book)) == [Fraction("6666.68"), Fraction("3333.33")]


def test_both_ends_of_a_range_may_be_one(tmp_path) -> None:
    book = book_of(tmp_path, SUPPORT_30, far("between", [1.23, 1.23]))
    mix = best_mix(plan(RD, RETAIL), book, hold="ceiling")
    assert areas(mix) == [8610, 3690]


def test_a_total_beside_the_grid_is_kept_to_a_step(tmp_path) -> None:
    rd = row("F_RD", Fraction(20_000, 3), tax="0.02")  # 10 亩 of floor area
    mix = best_mix(plan(rd, RETAIL), book_of(tmp_path, SUPPORT_30))
    found = areas(mix)
    assert all((one * 100).denominator == 1 for one in found)
    assert 0 <= Fraction(20_000, 3) - sum(found) < Fraction(1, 100)
    assert found[1] == Fraction("1999.99")  # 30 % of 6,666.66 is 1,999.998


def test_what_does_not_change_keeps_its_value_beside_the_grid(tmp_path) -> None:
    rd, pilot = row("F_RD", Fraction(2000, 3), tax="0.02"), row("F_PILOT", 100, tax="0.01")
    mix = best_mix(
        plan(rd, pilot), book_of(tmp_path, share("core_gfa_share", ">=", 0.5)), goal="core"
    )
    assert mix.changes == ()
    assert (mix.own, mix.best) == (1, 1)


def test_of_several_best_mixes_the_nearest_is_taken(tmp_path) -> None:
    rows = (
        row("F_RD", 4000, tax="0.02"),
        row("F_PILOT", 3000, tax="0.02"),
        row("F_RETAIL", 3000, tax="0.01"),
    )
    mix = best_mix(plan(*rows), book_of(tmp_path, share("support_gfa_share", ">=", 0.2)))
    found = areas(mix)
    assert found[2] == 2000
    assert mix.moved == 1000  # not 4,000 more from one core row to the other
    assert min(found[0] - 4000, found[1] - 3000) >= 0


def test_a_forbidden_function_becomes_nothing(tmp_path) -> None:
    rows = (RD, row("F_HOTEL", 500, tax="9"), row("F_HOUSE", 0, tax="9"))
    ban = rule("functions", "none_of", ["F_HOTEL", "F_HOUSE"])
    mix = best_mix(plan(*rows), book_of(tmp_path, ban))
    assert areas(mix) == [10_500, 0, 0]
    assert {at: one.id for at, one in mix.problem.forbidden.items()} == {1: "A0", 2: "A0"}


def test_the_caps_of_the_mixing_table_are_kept() -> None:
    from parcels.rules.load import rule_book
    from tests.parcels.proposal.mix.mix_samples import DAY

    rows = (RD, RETAIL, row("F_PROD_2", 0, tax="0.5"), row("F_APT", 2000, tax="0.01"))
    mix = best_mix(plan(*rows), rule_book(DAY, packs=["mixing"]))
    assert areas(mix) == [8400, 3600, 0, 0]  # the support group: 30 % of the counted floor area
    [support] = [one for one in mix.prices if one.limit.function]
    assert support.limit.function == "support"
    assert support.gain == pytest.approx(120 * 0.03 / 15)


def test_limits_that_say_the_same_are_priced_together(tmp_path) -> None:
    rules = (SUPPORT_30, share("core_gfa_share", ">=", 0.7))
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, *rules, b=(SUPPORT_30,)))
    support, core, again = mix.prices
    assert support.gain == core.gain == again.gain == pytest.approx(0.2)
    assert [one.applied.id for one in support.twins] == ["A1", "B0"]
    assert [one.applied.id for one in core.twins] == ["A0", "B0"]


def test_a_harder_limit_of_another_pack_hides_a_softer_one(tmp_path) -> None:
    book = book_of(tmp_path, SUPPORT_30, b=(share("support_gfa_share", "<=", 0.25),))
    mix = best_mix(plan(RD, RETAIL), book)
    assert areas(mix) == [7500, 2500]
    assert [round(one.gain, 9) for one in mix.prices] == [0, 0.2]
    only = best_mix(plan(RD, RETAIL), book, packs=["a"])
    assert areas(only) == [7000, 3000]


def test_rows_under_and_above_ground_keep_their_sums(tmp_path) -> None:
    rows = (
        RD,
        RETAIL,
        row("F_RETAIL", 1000, tax="0.04", below_ground=True),
        row("F_OFFICE", 500, tax="0.01", below_ground=True),
    )
    book = book_of(tmp_path, share("support_gfa_share", "<=", 0.3, "gfa_above_ground"))
    # The denominator leaves below ground out, and so does the sum of support.
    assert areas(best_mix(plan(*rows), book)) == [7000, 3000, 1500, 0]


def test_what_is_not_counted_does_not_grow_with_the_ceiling(tmp_path) -> None:
    rows = (RD, RETAIL, row("F_RETAIL", 1000, tax="0.09", below_ground=True))
    book = book_of(tmp_path, share("support_gfa_share", "<=", 0.5, "gfa_counted"), far("<=", 2.0))
    assert areas(best_mix(plan(*rows), book, hold="ceiling")) == [10_000, 10_000, 1000]


def test_rows_that_are_neither_core_nor_support_stay(tmp_path) -> None:
    rows = (RD, RETAIL, row("F_PARK", 1000, tax="0"))
    book = book_of(tmp_path, SUPPORT_30)
    mix = best_mix(plan(*rows), book)
    assert mix.problem.kept == (2,)
    assert areas(mix) == [6700, 3300, 1000]  # 30 % of 11,000
    free = best_mix(plan(*rows), book, keep=())
    assert areas(free) == [7700, 3300, 0]
    held = best_mix(plan(*rows), book, keep=(0,))
    assert areas(held) == [10_000, 1000, 0]


def test_a_row_of_an_open_function_stays(tmp_path) -> None:
    rows = (RD, RETAIL, row(("F_PROD_2", "F_PROD_CLEAN"), 1000, tax="0.9"))
    mix = best_mix(plan(*rows), book_of(tmp_path, SUPPORT_30))
    assert areas(mix) == [6700, 3300, 1000]
    assert mix.problem.kept == (2,)


def test_missing_yields_are_named_and_never_invented(tmp_path) -> None:
    rows = (RD, row("F_RETAIL", 500), row("F_DORM", 0), row("F_PILOT", None, tax="0.1"))
    book = book_of(tmp_path, SUPPORT_30)
    mix = best_mix(plan(*rows, site=None), book)
    assert (mix.status, mix.best) == ("lacking", None)
    assert set(mix.lacks) == {
        Lack(field="tax_rate", row=1),
        Lack(field="area", row=3),
        Lack(field="site_area"),
    }
    jobs = best_mix(plan(RD, RETAIL), book, goal="jobs")
    assert [(one.field, one.row) for one in jobs.lacks] == [("jobs_rate", 0)]
    assert best_mix(plan(), book).lacks == (Lack(field="floors"),)
    open_role = best_mix(plan(RD, row((), 10)), book, goal="core")
    assert open_role.lacks == (Lack(field="function", row=1),)


def test_an_empty_row_without_a_yield_stays_empty(tmp_path) -> None:
    mix = best_mix(plan(RD, row("F_RETAIL", 0)), book_of(tmp_path, SUPPORT_30))
    assert areas(mix) == [10_000, 0]
    assert mix.problem.kept == ()


def test_no_floor_area_at_all(tmp_path) -> None:
    empty = plan(row("F_RD", 0, tax="0.02"), RETAIL)
    book = book_of(tmp_path, SUPPORT_30, far("<=", 2.0))
    assert best_mix(empty, book).status == "empty"
    assert areas(best_mix(empty, book, hold="ceiling")) == [14_000, 6000]


def test_rules_that_leave_no_mix_are_named(tmp_path) -> None:
    rules = (
        share("core_gfa_share", ">=", 0.8),
        share("retail_gfa_share", "<=", 0.5),
        share("support_gfa_share", ">=", 0.3),
    )
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, *rules))
    assert (mix.status, mix.best, mix.changes) == ("infeasible", None, ())
    assert [one.id for one in mix.conflict] == ["A0", "A2"]
    held = best_mix(plan(RD, RETAIL), book_of(tmp_path, SUPPORT_30, far(">=", 3.0)))
    assert [one.id for one in held.conflict] == ["A1"]


def test_a_forbidden_function_may_be_part_of_a_conflict(tmp_path) -> None:
    rules = (rule("functions", "none_of", ["F_RETAIL"]), share("retail_gfa_share", ">=", 0.1))
    mix = best_mix(plan(RD, row("F_RETAIL", 500, tax="1")), book_of(tmp_path, *rules))
    assert [one.id for one in mix.conflict] == ["A0", "A1"]


def test_rules_without_a_verdict_play_no_part_and_stay_unknown(tmp_path) -> None:
    rules = (SUPPORT_30, share("retail_gfa_share", "<=", None), share("density", "<=", 0.5, ""))
    book = book_of(tmp_path, *rules)
    mix = best_mix(plan(RD, RETAIL), book)
    assert [one.applied.id for one in mix.problem.unknown] == ["A1", "A2"]
    after = {one.applied.id: one.outcome for one in mix.verdicts[0].results}
    assert after == {"A0": "pass", "A1": "unknown", "A2": "unknown"}


def test_rules_on_promises_are_compared_and_not_searched(tmp_path) -> None:
    rules = (
        SUPPORT_30,
        rule("tax_mu", ">=", 19.0, unit="万元/亩", denominator="site_area"),
        rule("tax_mu", ">=", 20.0, unit="万元/亩", denominator="site_area"),
        rule("inv_intensity", ">=", 500.0, unit="万元/亩", denominator="site_area"),
    )
    mix = best_mix(plan(RD, RETAIL, tax=100, investment=15_000), book_of(tmp_path, *rules))
    assert [(one.limit, one.verdict) for one in mix.targets] == [(19, "pass"), (20, "breach")]
    assert [one.applied.id for one in mix.problem.idle] == ["A1", "A2", "A3"]


def test_storeys_that_count_twice_enter_so(tmp_path) -> None:
    rows = (
        row("F_RD", 10_000, tax="0.02", storey_height_m=Fraction(4)),
        row("F_PROD_CLEAN", 0, tax="0.03", storey_height_m=Fraction(9)),
    )
    double = rule("storey_height_m", "calculation", 8.0, unit="m")
    book = book_of(tmp_path, far("<=", 1.5), double)
    # x + 2 y ≤ 15,000 with x + y = 10,000
    assert areas(best_mix(plan(*rows), book)) == [5000, 5000]


def test_strict_rules_with_nothing_between_leave_no_mix(tmp_path) -> None:
    book = book_of(tmp_path, far("<", 2.0), far(">=", 2.0), SUPPORT_30)
    mix = best_mix(plan(RD, RETAIL), book, hold="ceiling")
    assert (mix.status, [one.id for one in mix.conflict]) == ("infeasible", ["A0", "A1"])


def test_a_strict_limit_has_a_price_too(tmp_path) -> None:
    mix = best_mix(plan(RD, RETAIL), book_of(tmp_path, share("support_gfa_share", "<", 0.3)))
    [price] = mix.prices
    assert (price.gain, price.loss) == (pytest.approx(0.2, abs=1e-4), pytest.approx(0.2, abs=1e-4))


def test_a_share_of_floor_area_that_no_row_can_have_plays_no_part(tmp_path) -> None:
    rows = [row("F_RD", area, tax="0.01", below_ground=True) for area in (8805, 6263)]
    least = share("core_gfa_share", ">", 0.85, denominator="gfa_counted")
    mix = best_mix(plan(*rows), book_of(tmp_path, least))
    assert mix.status == "found"
    assert len(mix.problem.unknown) == 1
