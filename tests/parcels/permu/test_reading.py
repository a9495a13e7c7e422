"""Tables as bureaus send them: headings, units, encodings, words, and cells that are no numbers."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from geo.errors import PlannerError
from parcels.messages import LANGUAGES
from parcels.permu.model import Answers
from parcels.permu.reading import firms_of_rows, read_firms
from parcels.permu.sentences import fault_sentence, note_sentence
from parcels.permu.units import factor_of, ratio_factor, split_heading
from tests.parcels.permu.tables import codes, rated, table_of, workbook

HOSTILE = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "permu" / "hostile.toml").read_text(encoding="utf-8")
)["cell"]
SMALL = "zhejiang_huangyan_2022_small"


@pytest.mark.parametrize("cell", HOSTILE, ids=lambda cell: cell["text"] or "empty")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_cell_that_is_no_number_is_a_note_with_the_value_and_never_a_score(cell, lang) -> None:
    quoted = cell["text"].replace('"', '""')
    result = rated(f'企业名称,用地面积(亩),税收(万元),用电量(kWh)\n甲,10,"{quoted}",100', SMALL)
    (row,) = result.rows
    assert row.score is None
    assert row.letter == ""
    assert cell["code"] in codes(result, "甲")
    sentences = [fault_sentence(lang, fault) for fault in row.notes]
    if not cell["code"].startswith("permu_no"):
        assert any(cell["text"][:40] in sentence for sentence in sentences)


@pytest.mark.parametrize("column", ["用地面积(亩)", "用电量(kWh)"])
def test_a_denominator_of_zero_is_said(column) -> None:
    values = {"企业名称": "甲", "用地面积(亩)": "10", "税收(万元)": "5", "用电量(kWh)": "9"}
    text = ",".join(values) + "\n" + ",".join((values | {column: "0"}).values())
    result = rated(text, SMALL)
    assert result.rows[0].score is None
    assert "permu_zero" in codes(result, "甲")


def test_all_reasons_are_given_not_only_the_first() -> None:
    result = rated("企业名称,用地面积(亩),税收(万元),用电量(kWh)\n甲,0,abc,-1", SMALL)
    found = codes(result, "甲")
    assert {"permu_cell_text", "permu_cell_negative", "permu_zero"} <= set(found)


@pytest.mark.parametrize(
    ("heading", "role", "unit"),
    [
        ("税收（万元）", "tax", "万元"),
        ("实缴税金/元", "tax", "元"),
        ("2022年度税收(亿元)", "tax", "亿元"),
        ("用地面积（㎡）", "land", "m2"),
        ("用地面积\n(亩)", "land", "亩"),
        ("不动产登记面积(公顷)", "registered", "公顷"),
        ("测绘面积 亩", "mapped", "亩"),
        ("出让面积(平方米)", "granted", "平方米"),
        ("综合能耗（等价值）（吨标准煤）", "energy", "吨标准煤"),
        ("用电量(万千瓦时)", "power", "万千瓦时"),
        ("R&D经费支出(万元)", "rd", "万元"),
        ("Ｒ＆Ｄ经费（万元）", "rd", "万元"),
        ("area_mu", "land", "mu"),
        ("tax_mu", "tax_mu", "万元/亩"),
        ("亩均税收(元/㎡)", "tax_mu", "元/m2"),
        ("年平均职工人数", "employees", "人"),
        ("Value added (10,000 yuan)", "value_added", "10,000yuan"),
        ("energy_tce", "energy", "tce"),
        ("Land area (mu)", "land", "mu"),
        ("R&D expenditure_万元", "rd", "万元"),
    ],
)
def test_headings_are_understood_with_their_unit(heading, role, unit) -> None:
    table = firms_of_rows([{heading: "1", "企业名称": "甲"}], "rows")
    (column,) = [one for one in table.columns if one.role != "name"]
    assert (column.role, column.unit) == (role, unit)
    assert column.factor is not None


@pytest.mark.parametrize(
    ("kind", "unit", "factor"),
    [
        ("money", "元", Fraction(1, 10_000)),
        ("money", "亿元", Fraction(10_000)),
        ("land", "㎡", Fraction(3, 2000)),
        ("land", "公顷", Fraction(15)),
        ("land", "km²", Fraction(1500)),
        ("power", "万千瓦时", Fraction(10_000)),
        ("energy", "kg", None),
        ("mass", "公斤", Fraction(1, 1000)),
    ],
)
def test_units_are_exact(kind, unit, factor) -> None:
    assert factor_of(kind, unit) == factor


def test_money_per_land_is_converted() -> None:
    """1 元/m² is 2000/3 元/亩, 1 万元/公顷 is 1/15 万元/亩."""
    assert ratio_factor("money", "land", "元/㎡") == Fraction(2, 30)
    assert ratio_factor("money", "land", "万元/公顷") == Fraction(1, 15)
    assert split_heading("亩均税收(万元/亩)").units == ("万元/亩",)


def test_a_column_without_unit_gives_no_number_until_somebody_says_it() -> None:
    text = "企业名称,用地面积,税收,用电量\n甲,10,117.6,5000000"
    result = rated(text, SMALL)
    assert result.rows[0].score is None
    assert codes(result, "甲").count("permu_unit_missing") == 3
    units = {"land": "亩", "money": "万元", "power": "kWh"}
    assert rated(text, SMALL, units=units).rows[0].score is not None


def test_the_unit_of_a_title_or_of_the_row_below_counts() -> None:
    title = "亩均情况表\n单位：万元、亩、千瓦时\n企业名称,用地面积,税收,用电量\n甲,10,117.6,5000000"
    below = "企业名称,用地面积,税收,用电量\n,亩,万元,千瓦时\n甲,10,117.6,5000000"
    scores = {rated(text, SMALL).rows[0].score for text in (title, below)}
    assert len(scores) == 1
    assert None not in scores


def test_a_heading_of_two_rows_is_joined() -> None:
    text = (
        "2022年度\n企业名称,用地面积,,税收,用电\n,登记(亩),测绘(㎡),(万元),用电量(kWh)\n"
        "甲,10,10000,117.6,5000000"
    )
    table = table_of(text)
    assert table.denominators == ("registered", "mapped")
    assert table.firms[0].amounts["mapped"] == 15
    assert table.firms[0].amounts["tax"] == Fraction("117.6")
    assert len(table.firms) == 1


def test_a_firm_without_any_number_is_no_heading() -> None:
    table = table_of("企业名称,用地面积(亩),税收(万元)\n甲,,—\n乙,10,5")
    assert [firm.name for firm in table.firms] == ["甲", "乙"]


def test_columns_of_one_kind_lend_their_unit_and_it_is_noted() -> None:
    table = table_of("企业名称,用地面积(亩),税收(万元),营业收入\n甲,10,5,6")
    assert table.firms[0].amounts["revenue"] == 6
    assert "permu_unit_borrowed" in [note.code for note in table.notes]


def test_two_columns_of_one_meaning_are_not_guessed_between() -> None:
    text = "企业名称,用地面积(亩),2021年税收(万元),2022年税收(万元)\n甲,10,5,6"
    table = table_of(text)
    assert "tax" not in table.firms[0].amounts
    assert "permu_column_twice" in [note.code for note in table.notes]
    chosen = table_of(text, columns={"tax": "2022年税收(万元)"})
    assert chosen.firms[0].amounts["tax"] == 6


def test_an_area_in_two_units_is_one_area() -> None:
    table = table_of("企业名称,用地面积(亩),用地面积(㎡),税收(万元)\n甲,15,10000,5")
    assert table.firms[0].amounts["land"] == 15


def test_rows_of_totals_and_equal_names_are_told() -> None:
    table = table_of("企业名称,用地面积(亩),税收(万元)\n甲,10,5\n甲,20,6\n合计,30,11\n,,")
    assert [firm.id for firm in table.firms] == ["甲#2", "甲#3"]
    assert [fault.code for fault in table.skipped] == ["permu_row_total"]


@pytest.mark.parametrize(
    ("heading", "word", "status"),
    [
        ("状态", "在产", "production"),
        ("状态", "承诺值", "promised"),
        ("状态", "在建", "building"),
        ("状态", "停产", "stopped"),
        ("状态", "???", "unknown"),
        ("状态", "", "unknown"),
        ("是否承诺", "是", "promised"),
        ("是否承诺", "否", "production"),
        ("是否投产", "否", "building"),
    ],
)
def test_what_a_row_is_is_read(heading, word, status) -> None:
    table = table_of(f"企业名称,用地面积(亩),税收(万元),{heading}\n甲,10,5,{word}")
    assert table.firms[0].status == status


def test_an_r_and_d_share_above_one_is_no_number() -> None:
    """元 beside 万元: the share would be 3,020 %."""
    text = "企业名称,R&D经费支出(万元),主营业务收入(万元)\n甲,302000,1000"
    result = rated(text, "zhejiang_huangyan_2022")
    assert result.rows[0].values["rd_ratio"].value is None
    assert "permu_index_absurd" in codes(result, "甲")


def test_a_stated_index_that_its_own_figures_contradict_is_told() -> None:
    text = "企业名称,用地面积(亩),税收(万元),用电量(kWh),亩均税收(万元/亩)\n甲,10,50,100,6"
    result = rated(text, SMALL)
    assert result.rows[0].values["tax_mu"].value == 5
    assert "permu_stated_differs" in codes(result, "甲")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding) -> None:
    data = "企业名称,用地面积(亩),税收(万元)\n甲,10,5\n乙,20,6\n".encode(encoding)
    table = read_firms(data, "企业.csv")
    assert [firm.name for firm in table.firms] == ["甲", "乙"]


def test_a_workbook_with_a_title_is_read() -> None:
    rows = [
        ["2022年度企业表"],
        ["企业名称", "统一社会信用代码", "用地面积(亩)", "税收(万元)", "用电量(kWh)"],
        ["甲", "91411300MA0000000X", 10, 117.6, 5_000_000],
        ["乙", "91411300MA0000001X", 0.1, "NaN", None],
    ]
    table = read_firms(workbook(rows), "企业.xlsx")
    assert [firm.id for firm in table.firms] == ["91411300MA0000000X", "91411300MA0000001X"]
    assert table.firms[0].amounts["tax"] == Fraction("117.6")
    assert table.firms[1].amounts["land"] == Fraction("0.1")
    assert table.firms[1].faults["tax"].code == "permu_cell_not_finite"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        ("名称,备注\n甲,乙\n丙,1\n".encode(), "permu_no_head"),
        ("企业名称,用地面积(亩),税收(万元)\n".encode(), "permu_no_rows"),
        (b"\x89PNG\r\n\x1a\n00000", "file_format_refused"),
    ],
)
def test_files_that_cannot_be_used(data, code) -> None:
    with pytest.raises(PlannerError) as caught:
        read_firms(data, "x.csv")
    assert caught.value.code == code
    assert caught.value.values["file"] == "x.csv"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"columns": {"tax": "税金"}}, "permu_column_absent"),
        ({"columns": {"nonsense": "甲"}}, "permu_role_unknown"),
        ({"units": {"tax": "亩"}}, "permu_unit_unknown"),
        ({"units": {"nonsense": "亩"}}, "permu_unit_unknown"),
        ({"sheet": "表9"}, "permu_sheet_absent"),
    ],
)
def test_answers_that_cannot_be_used(answers, code) -> None:
    with pytest.raises(PlannerError) as caught:
        table_of("企业名称,用地面积(亩),税收(万元)\n甲,10,5", **answers)
    assert caught.value.code == code


def test_rows_of_parcels_are_no_firms_in_production_until_somebody_says_so() -> None:
    rows = [{"宗地代码": "A1", "税收(万元)": 50.0}]
    table = firms_of_rows(rows, "set", areas_m2=[10_000.0])
    assert table.firms[0].status == "unknown"
    assert table.firms[0].amounts["mapped"] == 15
    assert table.denominators == ("mapped",)
    assert firms_of_rows(rows, "set", Answers(status="promised")).firms[0].status == "promised"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notes_of_tables_have_sentences(lang) -> None:
    result = rated("企业名称,用地面积,税收(万元),营业收入\n甲,1,5,6", SMALL, units={"land": "亩"})
    table = table_of("企业名称,用地面积,税收(万元),营业收入\n甲,1,5,6")
    for note in (*result.notes, *table.notes):
        assert not note_sentence(lang, note).startswith("{")
