"""Packs side by side, and the workbook of them: read back as a spreadsheet reads it."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from parcels.messages import LANGUAGES, text
from parcels.proposal.model import Part, exactly
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.reports.comparison import comparison, line_title, line_whole, own_words
from parcels.proposal.reports.comparison_book import comparison_book
from parcels.rules.model import Override
from tests.parcels.proposal.reports.case_samples import (
    DAY,
    HOSTILE,
    PACKS,
    book,
    case,
    proposal,
    typed,
    typed_case,
)

if TYPE_CHECKING:
    from parcels.proposal.reports.case import Case
    from parcels.proposal.reports.comparison import Line

SHEETS = ["结论", "逐条", "方案", "改动", "依据", "未知"]


def lines(given: Case) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in comparison(given.verdicts):
        found.setdefault(line_title("zh", line), []).append(line)
    return found


def read(given: Case, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(comparison_book(given, lang)))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_every_finding_stands_in_one_cell() -> None:
    given = case()
    shown = [id(one) for line in comparison(given.verdicts) for cell in line.cells for one in cell]
    assert sorted(shown) == sorted(id(one) for v in given.verdicts for one in v.results)


def test_equal_shares_stand_on_one_line_that_names_every_denominator() -> None:
    [line] = lines(case())["配套用房建筑面积占比"]
    assert own_words("zh", proposal(), line) == "32.50 %"
    assert line_whole("zh", line) == "总建筑面积、地上建筑面积、计容建筑面积"
    assert [len(cell) for cell in line.cells] == [1, 1, 1]


def test_shares_that_differ_by_their_denominator_stand_apart() -> None:
    """20,000 m² of parking below ground: 26 % of all, 32.5 % of what is above ground."""
    known = proposal()
    parts = (*known.parts, Part(name="车库", role="other", below_ground=True))
    amounts = dict(known.amounts) | {"floor:6": exactly(20_000)}
    from parcels.proposal.model import Proposal
    from parcels.proposal.reports.case import judge_case

    wider = Proposal(parts=parts, amounts=amounts, planned_class="M1")
    found = lines(judge_case(wider, book()))["配套用房建筑面积占比"]
    told = {line_whole("zh", one): own_words("zh", wider, one) for one in found}
    assert told == {"总建筑面积": "26.00 %", "地上建筑面积、计容建筑面积": "32.50 %"}


def test_two_rules_of_a_pack_on_one_measure_share_a_cell() -> None:
    [line] = lines(case())["容积率"]
    assert [one.applied.id for one in line.cells[1]] == ["M0_FAR_MIN", "M0_FAR_BAND"]
    assert line.outcome(1) == "pass"
    assert line.outcome(2) == "fail"


def test_a_pack_without_the_rule_has_no_verdict_on_the_line() -> None:
    [line] = lines(case())["固定资产投资强度"]
    assert [line.outcome(at) for at in range(3)] == ["unknown", "pass", None]


def test_what_is_not_known_is_said_so() -> None:
    [line] = lines(case())["建筑密度"]
    assert own_words("zh", proposal(), line) == "未知"


def test_the_book_has_its_sheets_and_prints_across() -> None:
    made = read(case())
    assert made.sheetnames == SHEETS
    for sheet in made:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.paperSize) == (1, 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.oddFooter.left.text == "预检，不作为审批依据"
    assert made["逐条"].auto_filter.ref


def test_the_verdicts_stand_under_their_packs() -> None:
    made = rows(read(case())["结论"])
    assert [cell.split("\n")[1].split()[0] for cell in made[1][3:]] == list(PACKS)
    assert made[2][3:] == ["? 未知", "✕ 不符合", "✕ 不符合"]
    support = next(row for row in made if row[0] == "配套用房建筑面积占比")
    assert support[1] == "32.50 %"
    assert "M0_SUPPORT_SHARE" in support[4]
    assert "≤ 30.00 %" in support[4]
    assert "不符合" in support[4]


def test_every_finding_has_a_row_with_its_source() -> None:
    given = case()
    made = rows(read(given)["逐条"])[2:]
    results = [one for verdict in given.verdicts for one in verdict.results]
    assert [row[2] for row in made] == [one.applied.id for one in results]
    assert all(row[8] for row in made)
    broken = next(row for row in made if row[2] == "M0_SUPPORT_SHARE")
    assert "2.50 个百分点" in broken[6]


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    sheet = read(typed_case(typed()))["方案"]
    cells = {row[0].value: row for row in sheet.iter_rows()}
    assert (cells["用地面积"][1].value, cells["用地面积"][1].data_type) == (40_000, "n")
    assert "60.00 亩" in cells["用地面积"][2].value
    assert cells["用地面积"][3].value == "60亩"
    assert cells["固定资产投资"][1].value == 36_000
    areas = [row[4].value for row in sheet.iter_rows() if isinstance(row[4].value, int)]
    assert sum(areas) == 80_000


def test_an_amount_that_is_no_finite_decimal_is_written_in_full() -> None:
    site = case(site_area=Fraction(100_000, 3))
    sheet = read(site)["方案"]
    cells = {row[0].value: row[1] for row in sheet.iter_rows()}
    assert cells["用地面积"].value == pytest.approx(33_333.333333333336, abs=0)
    assert cells["用地面积"].number_format == "#,##0.333333".replace("333333", "000000")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_becomes_a_formula(lang: str) -> None:
    given = case(title=HOSTILE, name=HOSTILE, freedom=Freedom())
    made = read(given, lang)
    kinds = {cell.data_type for sheet in made for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    names = [row[1] for row in rows(made[text(lang, "proposal.book.proposal")])]
    assert HOSTILE in names


def test_changes_stand_with_both_ends_and_their_check() -> None:
    made = rows(read(case("m0_nanyang_pilot", freedom=Freedom()))["改动"])
    first = made[2]
    assert first[1] == 1
    assert first[9] == "是"
    ends = {row[4]: (row[5], row[6], row[7]) for row in made[2:] if row[1] == 1}
    assert ends["研发"] == (30_000, 32_000, "m²")
    assert ends["宿舍"] == (16_000, 14_000, "m²")


def test_changes_that_nobody_asked_for_are_not_made_up() -> None:
    assert rows(read(case())["改动"])[2][0] == "没有求最小改动"


def test_what_cannot_be_done_names_the_rules() -> None:
    locked = Freedom(levers=frozenset({"promises"}))
    made = rows(read(case("m0_guangzhou_2019", freedom=locked))["改动"])
    assert "办不到" in made[2][2]
    assert "M0_GZ19" in made[2][3]


def test_sources_say_what_applies_and_who_set_a_local_limit() -> None:
    local = Override(
        rule="M0_SUPPORT_SHARE", value=0.4, by="李四", day=DAY, reason="市里纪要", document="第3号"
    )
    from parcels.proposal.reports.case import judge_case
    from parcels.rules.load import rule_book

    given = rule_book(DAY, packs=["m0_nanyang_pilot", "m0_dongguan_2018"], overrides=[local])
    made = rows(read(judge_case(proposal(), given))["依据"])
    heads = made[1]
    by_rule = {row[0]: dict(zip(heads, row, strict=True)) for row in made[2:]}
    support = by_rule["M0_SUPPORT_SHARE"]
    assert support["限值"] == "≤ 30.00 %"
    own = support["本地值（录入人、日期、理由、文件）"]
    assert own == "≤ 40.00 % · 李四 · 2026-11-22 · 市里纪要 · 第3号"
    assert support["截至日有效"] == "是"
    asleep = [one for rule, one in by_rule.items() if rule.startswith("M0_DG18")]
    assert asleep
    assert {one["截至日有效"] for one in asleep} == {"否"}


def test_the_unknown_are_all_there_with_what_would_settle_them() -> None:
    given = case()
    made = rows(read(given)["未知"])
    unknown = [
        one.applied.id
        for verdict in given.verdicts
        for one in verdict.results
        if one.outcome == "unknown"
    ]
    blank = next(at for at, row in enumerate(made) if at > 1 and not any(row))
    assert [row[1].split("[")[1].rstrip("]") for row in made[2:blank]] == unknown
    needs = {row[0]: row[1] for row in made[blank + 2 :]}
    assert needs["方案：拟分割转让的产业用房"] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_case_gives_the_same_bytes(lang: str) -> None:
    made = [comparison_book(case(freedom=Freedom()), lang) for _ in range(2)]
    assert made[0] == made[1]


def test_what_was_typed_and_not_used_is_on_the_sheet_of_the_proposal() -> None:
    made = json.dumps(rows(read(typed_case(typed(tax="-5万元")))["方案"]), ensure_ascii=False)
    assert "-5万元" in made


def test_rows_of_the_mixing_table_are_named_by_their_functions() -> None:
    given = lines(typed_case(typed(), "mixing"))
    assert {"混合：研发", "混合：宿舍"} <= set(given)


def test_what_no_rule_measures_is_not_called_unknown() -> None:
    given = typed_case(typed(use="M1"), "m0_nanyang_pilot")
    [line] = lines(given)["容积率"]
    assert own_words("zh", given.proposal, line) == "—"


def test_limits_between_two_shares_have_one_unit() -> None:
    sheet = rows(read(case("m0_nanyang_pilot"))["依据"])
    [limit] = [row[12] for row in sheet if row[0] == "M0_DENSITY"]
    assert limit == "介于 35.00–60.00 %"


def test_a_pack_that_is_not_in_force_says_so() -> None:
    given = case("m0_dongguan_2018")
    overall = rows(read(given)["结论"])[2][3]
    assert overall.startswith("? 未知\n截至日不适用的规则")


def test_a_blank_field_is_no_unknown_one() -> None:
    sheet = rows(read(typed_case(typed(green="120%")))["方案"])
    said = {row[0]: (row[1], row[3]) for row in sheet if row[0]}
    assert said["绿地面积"] == ("未知", "120%")
    assert said["建筑基底面积"] == ("未填", "—")
