"""What holds for checks of indicators whatever a table says."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcels.checks import control_index, m0, per_mu, standard_land
from parcels.checks.indicators.cells import read_cell
from parcels.checks.indicators.columns import Column
from parcels.checks.use_groups import use_of
from parcels.findings import OUTCOMES
from parcels.rules.indicators import indicators
from tests.parcels.checks.parcel_samples import findings, parcels, square

CHECKS = (control_index.CHECK, standard_land.CHECK, per_mu.CHECK, m0.CHECK)
PACKS = (
    "control_index_2023",
    "standard_land_zhengzhou_htz",
    "per_mu_henan_target_2020",
    "m0_guangzhou_2019",
    "m0_nanyang_pilot",
)
HEADINGS = (
    "容积率",
    "建筑系数(%)",
    "配套用地占比",
    "配套建筑面积占比(%)",
    "投资强度(万元/亩)",
    "投资强度（万元/公顷）",
    "亩均税收",
    "行业代码",
    "行业分类版本",
    "功能",
    "核心功能",
    "配套用房占比(%)",
    "总建筑面积(㎡)",
    "计容建筑面积(㎡)",
)
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            "abc",
            "NaN",
            "-1",
            "7%",
            "0.07",
            "38",
            "2017",
            "宿舍",
            "F_HOTEL",
            "9e9",
            "1,200",
            "{}",
            "%s",
        ]
    ),
    st.floats(-10, 2000),
    st.just(float("nan")),
    st.decimals(0, 500, places=2).map(str),
)
USES = st.sampled_from(["工业", "M1", "M0", "仓储", "居住", "", "待定"])
TABLES = st.lists(
    st.tuples(USES, st.fixed_dictionaries({}, optional=dict.fromkeys(HEADINGS, CELLS))),
    min_size=1,
    max_size=5,
)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def use(text):
    return use_of(text, "gb50137", "") if text and text.isascii() else use_of("", None, text)


def assessed(rows):
    columns = {
        heading: [cells.get(heading) for _, cells in rows]
        for heading in HEADINGS
        if any(heading in cells for _, cells in rows)
    }
    subject = parcels(
        [square(200.0 * at, 0) for at in range(len(rows))],
        uses=tuple(use(text) for text, _ in rows),
        attributes=columns,
    )
    found = [[] for _ in rows]
    for check in CHECKS:
        for at, told in enumerate(findings(check, subject, packs=PACKS)):
            found[at].append((check.id, told))
    return found


@given(TABLES)
@SLOW
def test_every_check_answers_every_parcel_with_words(rows):
    for told in assessed(rows):
        for _, found in told:
            assert found
            assert {one.outcome for one in found} <= set(OUTCOMES)
            for one in found:
                assert (one.outcome == "unknown") == bool(one.cause)
                assert one.outcome != "unknown" or one.needs


@given(TABLES, st.sampled_from(HEADINGS))
@SLOW
def test_a_column_that_is_taken_away_turns_no_rule_to_pass(rows, heading):
    """Of witnesses that contradict each other one may go: then the other decides."""
    without = [(text, {k: v for k, v in cells.items() if k != heading}) for text, cells in rows]
    for before, after in zip(assessed(rows), assessed(without), strict=True):
        for (_, had), (_, has) in zip(before, after, strict=True):
            passed = {one.rule for one in had if one.outcome == "pass"}
            doubted = {
                one.rule
                for one in had
                if one.reason.startswith(("input_", "indicator_contradicted"))
            }
            failed = {one.rule for one in had if one.outcome in {"fail", "warning"}}
            gained = {one.rule for one in has if one.outcome == "pass"} - passed - doubted
            assert gained & failed == set()
            assert gained == set()


@given(TABLES, st.randoms(use_true_random=False))
@SLOW
def test_the_order_of_parcels_changes_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    straight, mixed = assessed(rows), assessed([rows[at] for at in order])

    def said(told):
        return [
            (check, [(one.rule, one.outcome, one.reason, one.needs) for one in found])
            for check, found in told
        ]

    assert [said(told) for told in mixed] == [said(straight[at]) for at in order]


@given(
    st.text(max_size=12)
    | st.floats()
    | st.integers()
    | st.just(10**400)
    | st.booleans()
    | st.none()
)
@settings(max_examples=300, deadline=None)
def test_a_cell_is_a_number_in_range_or_a_problem(raw):
    for metric in ("far", "adm_land_share", "inv_intensity"):
        indicator = indicators()[metric]
        cell = read_cell(raw, Column(heading="列", cells=(), factor=Fraction(1)), indicator)
        low, high = indicator.plausible
        assert bool(cell.problem) == np.isnan(cell.value)
        assert cell.problem or low <= cell.value <= high


@given(st.decimals(0, 3000, places=2))
@settings(max_examples=60, deadline=None)
def test_per_mu_and_per_hectare_say_the_same(amount):
    def verdict(heading, number):
        subject = parcels([square(0, 0)], uses=(use("M1"),), attributes={heading: [str(number)]})
        told = findings(standard_land.CHECK, subject, packs=["standard_land_zhengzhou_htz"])[0]
        return [one.outcome for one in told if one.rule == "SL_ZZ_INV"]

    assert verdict("投资强度(万元/亩)", amount) == verdict("投资强度(万元/公顷)", amount * 15)
