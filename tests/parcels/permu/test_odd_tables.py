"""Tables as they are really sent: sums, remarks, odd units, promises, merged and shifted cells."""

from __future__ import annotations

import io
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from geo.errors import PlannerError
from parcels.permu.rating import rate
from parcels.permu.reading import read_firms
from parcels.permu.schemes import class_tables, find_classes, find_scheme, read_schemes
from parcels.permu.scoring import score_firms
from tests.parcels.permu.tables import rated, table_of

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "permu" / "odd_tables.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_table_as_it_is_sent(case) -> None:
    table = table_of(case["table"])
    result = rated(case["table"], case["scheme"], case.get("classes"))
    assert {row.firm.name for row in result.rows} == set(case["expect"])
    assert set(case.get("skipped", ())) <= {fault.code for fault in table.skipped}
    assert set(case.get("notes", ())) <= {note.code for note in (*table.notes, *result.notes)}
    for row in result.rows:
        expected = case["expect"][row.firm.name]
        assert row.standing == expected["standing"], (row.firm.name, row.notes)
        assert row.rank == expected.get("rank", row.rank)
        assert row.letter == expected.get("class", row.letter)
        assert set(expected.get("notes", ())) <= {fault.code for fault in row.notes}
        if "score" in expected:
            assert row.score == (Fraction(expected["score"]) if expected["score"] else None)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_number_merged_over_rows_belongs_to_no_row_and_a_word_to_each() -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["企业名称", "用地面积(亩)", "税收(万元)", "用电量(kWh)", "规模"],
        ["甲", 30, 100, 1_000_000, "规下"],
        ["乙", None, 50, 1_000_000, None],
        ["丙", 10, 50, 1_000_000, None],
    ):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("E2:E4")
    table = read_firms(saved(book), "表.xlsx")
    rows = rate(table, find_scheme("zhejiang_huangyan_2022_small")).rows
    assert [row.firm.size for row in rows] == ["below_scale"] * 3
    assert [row.standing for row in rows] == ["no_score", "no_score", "ranked"]
    for row in rows[:2]:
        assert "permu_cell_merged" in {fault.code for fault in row.notes}


def test_hidden_rows_and_sheets_that_were_left_are_said() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["企业名称", "用地面积(亩)", "税收(万元)"])
    sheet.append(["甲", 10, 100])
    sheet.append(["乙", 10, 200])
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("说明").append(["请如实填写", "谢谢"])
    table = read_firms(saved(book), "表.xlsx")
    assert [firm.name for firm in table.firms] == ["甲", "乙"]
    assert "cells_hidden" in {note.code for note in table.notes}
    assert [(one.code, one.values["value"]) for one in table.skipped] == [
        ("permu_sheet_left", "说明")
    ]


def by_hand(shares: tuple[int, int, int], count: int) -> str:
    """Letters of firms without ties: a class holds the ranks up to its share of a hundred."""
    ends = [share * count // 100 for share in shares]
    first, second, third = ends
    return "A" * first + "B" * (second - first) + "C" * (third - second) + "D" * (count - third)


@pytest.mark.parametrize("count", [2, 3, 19, 20, 21, 39, 100, 101, 1000])
@pytest.mark.parametrize(
    ("classes", "shares"),
    [
        ("wenling_above_2022", (20, 80, 95)),
        ("wenling_below_2022", (5, 75, 95)),
        ("unnamed_city_a", (25, 70, 95)),
    ],
)
def test_classes_of_many_firms(classes, shares, count) -> None:
    lines = "\n".join(f"企{at},10,{10 + at}" for at in range(count))
    result = rated(
        f"企业名称,用地面积(亩),税收(万元)\n{lines}", "zhejiang_jingning_2022_small", classes
    )
    found = sorted(result.rows, key=lambda row: row.rank)
    assert [row.rank for row in found] == list(range(1, count + 1))
    assert "".join(row.letter for row in found) == by_hand(shares, count)


def test_firms_of_equal_score_share_rank_and_class_over_a_boundary() -> None:
    """20 firms, 温岭规上: four places for A; ranks 4 to 6 are equal, so six firms get A."""
    values = [100, 90, 80, 70, 70, 70, *range(60, 46, -1)]
    lines = "\n".join(f"企{at},10,{value}" for at, value in enumerate(values))
    result = rated(
        f"企业名称,用地面积(亩),税收(万元)\n{lines}",
        "zhejiang_jingning_2022_small",
        "wenling_above_2022",
    )
    assert [row.rank for row in result.rows][:7] == [1, 2, 3, 4, 4, 4, 7]
    assert "".join(row.letter for row in result.rows) == "AAAAAABBBBBBBBBBCCCD"


def test_one_firm_gets_no_class() -> None:
    table = table_of("企业名称,用地面积(亩),税收(万元)\n甲,10,100")
    scheme = find_scheme("zhejiang_jingning_2022_small")
    for classes in class_tables().values():
        result = score_firms(table, scheme, "land", classes=classes)
        assert [(row.rank, row.letter) for row in result.rows] == [(1, "")]
        assert "permu_one_firm" in {note.code for note in result.notes}
    borrowed = rate(table, scheme, borrowed=find_classes("unnamed_city_a"))
    assert "permu_classes_borrowed" in {note.code for note in borrowed.notes}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('classes = "wenlin_2022"', "permu_classes_unknown"),
        ('low = "1e999999999"', "permu_scheme_field"),
        ('high = "NaN"', "permu_scheme_field"),
        ('least_area_mu = "-3"', "permu_scheme_field"),
    ],
)
def test_a_scheme_of_ones_own_with_a_slip_is_refused(tmp_path, line, code) -> None:
    file = tmp_path / "local.toml"
    file.write_text(
        '[[scheme]]\nid = "local"\ntitle = { zh = "本地", en = "local" }\nsize = "any"\n'
        f'source = "试算"\nmark = "L"\nmethod = "minmax"\n{line}\n'
        'indicator = [{ id = "tax_mu", weight = "40" }]\n',
        "utf-8",
    )
    with pytest.raises(PlannerError) as error:
        read_schemes(file)
    assert error.value.code == code


def test_a_promise_beyond_the_peers_is_drawn_out_and_said(tmp_path) -> None:
    """Least 10, greatest 30: 90 gives 40 × (20 + 80 × 80 / 20) / 100 = 136."""
    file = tmp_path / "local.toml"
    file.write_text(
        '[[scheme]]\nid = "local"\ntitle = { zh = "本地", en = "local" }\nsize = "any"\n'
        'source = "试算"\nmark = "L"\nmethod = "minmax"\nlow = "20"\nhigh = "100"\n'
        'indicator = [{ id = "tax_mu", weight = "40" }]\n',
        "utf-8",
    )
    (scheme,) = read_schemes(file)
    table = table_of(
        "企业名称,用地面积(亩),税收(万元),状态\n甲,1,10,在产\n乙,1,30,在产\n丙,1,90,承诺值"
    )
    rows = rate(table, scheme).rows
    assert [row.score for row in rows] == [8, 40, 136]
    assert [[fault.code for fault in row.notes] for row in rows] == [
        [],
        [],
        ["permu_promised", "permu_beyond_peers"],
    ]
