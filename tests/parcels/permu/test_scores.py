"""Scores worked out by hand, and the published examples of the schemes themselves."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from parcels.permu.classes import letter, ranks
from parcels.permu.figures import rounded, score_text
from parcels.permu.schemes import class_tables, schemes
from parcels.permu.terms import indicators, origins, quantities
from tests.parcels.permu.tables import codes, rated

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "permu" / "scores.toml").read_text(encoding="utf-8")
)["case"]
COMPUTABLE = [one for one in schemes().values() if not one.gaps]
HUANGYAN = {
    "zhejiang_huangyan_2022": ("24.097", "136.16", "2.694", "4929.81", "18.14", "0.0302"),
    "zhejiang_huangyan_2021": ("26.01", "132.27", "2.54", "4861.08", "17.45", "0.0305"),
}


def agrees(value: Fraction | None, text: str) -> bool:
    """Compare to the last digit that the case gives."""
    if value is None or not text:
        return value is None and not text
    places = max(0, -int(Decimal(text).as_tuple().exponent))
    return rounded(value, places) == Decimal(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_table_is_rated_as_worked_out_by_hand(case) -> None:
    result = rated(case["table"], case["scheme"], case.get("classes"))
    rows = {row.firm.name: row for row in result.rows}
    for name, expected in case["expect"].items():
        row = rows[name]
        assert agrees(row.score, expected["score"]), (name, row.score)
        assert row.rank == expected.get("rank", row.rank)
        assert row.letter == expected.get("class", row.letter)
        for index, points in expected.get("parts", {}).items():
            assert agrees(row.parts[index], points)
        assert set(expected.get("notes", ())) <= set(codes(result, name))


@pytest.mark.parametrize("scheme", HUANGYAN)
def test_a_firm_at_every_base_scores_exactly_100(scheme) -> None:
    """Amounts are products of the bases, so that every quotient is exact."""
    tax, added, energy, emissions, labour, rd = map(Decimal, HUANGYAN[scheme])
    land = energy * emissions * labour
    total = added * land
    table = (
        "企业名称,用地面积(亩),税收(万元),工业增加值(万元),综合能耗(等价值)(吨标准煤),"
        "主要污染物排放量(吨),年平均职工人数,R&D经费支出(万元),主营业务收入(万元)\n"
        f"甲,{land},{tax * land},{total},{added * emissions * labour},"
        f"{added * energy * labour},{added * energy * emissions},{rd * 1000},1000"
    )
    (row,) = rated(table, scheme).rows
    assert row.score == 100
    assert score_text(row.score) == "100.00"
    assert list(row.parts.values()) == [30, 20, 20, 10, 10, 10]


@pytest.mark.parametrize(
    ("scheme", "example"),
    [(one.id, example) for one in schemes().values() for example in one.example],
    ids=lambda one: one if isinstance(one, str) else one.title,
)
def test_the_examples_of_the_data_hold(scheme, example) -> None:
    names = {"1": "", "万元/亩": "(万元/亩)"}
    heads = [f"{one}{names.get(indicators()[one].unit, '')}" for one in example.values]
    cells = ",".join(str(value) for value in example.values.values())
    (row,) = rated(f"企业名称,{','.join(heads)}\n甲,{cells}", scheme).rows
    assert row.score == (None if example.score is None else Fraction(example.score))


def test_every_scheme_that_gives_scores_has_an_example_that_does_and_one_that_does_not() -> None:
    with_points = [one for one in COMPUTABLE if one.method == "ratio"]
    assert len(with_points) >= 4
    for one in with_points:
        assert {example.score is None for example in one.example} == {True, False}


def test_published_weights_add_up_to_100() -> None:
    sums = {
        one.id: sum(part.weight for part in one.indicator)
        for one in schemes().values()
        if all(part.weight for part in one.indicator)
    }
    assert set(sums.values()) == {100}


def test_data_name_only_what_there_is() -> None:
    for one in schemes().values():
        assert one.source in origins()
        assert one.classes is None or one.classes in class_tables()
    for index in indicators().values():
        assert {*index.numerator, *index.denominator} <= set(quantities())
        assert index.source in origins()
    spelled = [name for one in quantities().values() for name in one.headings]
    assert len(spelled) == len(set(spelled))


@pytest.mark.parametrize("table", class_tables().values(), ids=lambda one: one.id)
def test_the_examples_of_the_classes_hold(table) -> None:
    for example in table.example:
        letters = [letter(table, rank, example.count) for rank in range(1, example.count + 1)]
        assert "".join(letters) == example.expected


def test_ties_share_the_better_rank() -> None:
    assert ranks([Fraction(1), Fraction(3), Fraction(1), Fraction(5)]) == [3, 2, 3, 1]


def test_a_boundary_is_compared_exactly() -> None:
    """3 of 15 is 0.20 exactly; the float 3 / 15 of some ranks is not."""
    table = class_tables()["wenling_above_2022"]
    assert [letter(table, rank, 15) for rank in (3, 4, 12, 13, 14, 15)] == list("ABBCCD")
    assert letter(table, 57, 60) == "C"
    assert letter(table, 58, 60) == "D"


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.005", "0.01"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1.0049", "1.00")],
)
def test_halves_are_rounded_away_from_zero(value, text) -> None:
    assert score_text(Fraction(value)) == text


def test_a_local_scheme_with_weights_makes_min_max_computable(tmp_path) -> None:
    """Values 10, 20, 30 with weight 40: 8, 24, 40; of equal values nothing can be said."""
    from parcels.permu.rating import rate
    from parcels.permu.schemes import read_schemes
    from tests.parcels.permu.tables import table_of

    file = tmp_path / "local.toml"
    file.write_text(
        """
[[scheme]]
id = "local"
title = { zh = "本地", en = "local" }
size = "any"
source = "本地试算"
mark = "L"
method = "minmax"
low = "20"
high = "100"
indicator = [{ id = "tax_mu", weight = "40" }, { id = "rev_mu", weight = "60" }]
""",
        "utf-8",
    )
    (scheme,) = read_schemes(file)
    table = table_of(
        "企业名称,用地面积(亩),税收(万元),营业收入(万元),状态\n"
        "甲,1,10,100,在产\n乙,1,20,100,在产\n丙,1,30,300,在产\n丁,1,50,100,承诺"
    )
    rows = rate(table, scheme).rows
    assert [row.parts["tax_mu"] for row in rows] == [8, 24, 40, 72]
    assert [row.parts["rev_mu"] for row in rows] == [12, 12, 60, 12]
    assert [row.score for row in rows] == [20, 36, 100, 84]
    assert [row.rank for row in rows] == [3, 2, 1, None]
    same = table_of("企业名称,用地面积(亩),税收(万元),营业收入(万元)\n甲,1,10,1\n乙,1,10,2")
    assert [row.score for row in rate(same, scheme).rows] == [None, None]


@pytest.mark.parametrize("scheme", [one.id for one in schemes().values() if one.gaps])
def test_a_scheme_with_gaps_scores_nobody_and_says_what_is_missing(scheme) -> None:
    result = rated("企业名称,用地面积(亩),税收(万元)\n甲,10,100", scheme)
    assert [row.score for row in result.rows] == [None]
    assert [row.letter for row in result.rows] == [""]
    assert result.is_unknown
    assert any(note.code.startswith("permu_gap_") for note in result.notes)
