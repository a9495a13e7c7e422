"""The memo of a proposal: what it is made of, what fits, hostile texts, one page of paper."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from parcels.findings import OUTCOMES, RANK
from parcels.messages import LANGUAGES
from parcels.proposal.draft import Draft
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.reports.memo import memo_of
from parcels.proposal.reports.memo_fit import (
    Section,
    block_lines,
    share_lines,
    shortened,
    text_lines,
)
from parcels.proposal.reports.memo_page import memo_page
from parcels.rules.load import all_packs
from tests.browser.harness import CHROMIUM_ARGS, find_chromium
from tests.parcels.proposal.reports.case_samples import HOSTILE, case, typed, typed_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FOREIGN = re.compile(r"https?://|//[a-z]|@import|url\(", re.IGNORECASE)
SEVERAL = tuple(one for one in all_packs() if one.startswith(("m0_", "control", "standard")))


class Words(HTMLParser):
    """Texts and elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_three_lists_are_complete_and_never_merged() -> None:
    given = case()
    memo = memo_of(given, "zh")
    results = [one for verdict in given.verdicts for one in verdict.results]
    counted = {one: sum(result.outcome == one for result in results) for one in OUTCOMES}
    assert len(memo.broken) == counted["fail"] + counted["warning"]
    assert len(memo.unknown) == counted["unknown"]
    assert len(memo.kept) == counted["pass"]
    ranks = [RANK[one.outcome] for one in memo.broken]
    assert ranks == sorted(ranks)


def test_every_statement_names_its_rule_and_its_document() -> None:
    given = case()
    memo = memo_of(given, "zh")
    for one in (*memo.broken, *memo.unknown, *memo.kept):
        applied = given.book.find(one.rule)
        assert applied is not None
        assert one.pack == applied.pack.id
        assert applied.rule.source.document in memo.sources[one.source - 1]


def test_packs_stand_worst_first_with_all_outcomes_counted() -> None:
    given = case()
    memo = memo_of(given, "zh")
    assert [one.outcome for one in memo.packs] == ["fail", "fail", "unknown"]
    by_id = {verdict.pack.id: len(verdict.results) for verdict in given.verdicts}
    for one in memo.packs:
        assert sum(one.counted.values()) == by_id[one.id]
        assert list(one.counted) == list(OUTCOMES)


def test_figures_have_unit_and_denominator() -> None:
    figures = {one.name: one for one in memo_of(case(), "zh").figures}
    assert figures["用地面积"].value == "40,000.00 m²（60.00 亩）"
    assert figures["总建筑面积"].value == "80,000.00 m²"
    assert figures["配套用房建筑面积占比"].value == "32.50 %"
    assert "计容建筑面积" in figures["配套用房建筑面积占比"].whole
    assert figures["亩均税收"].value == "36 万元/亩"


def test_the_change_is_told_with_its_steps() -> None:
    memo = memo_of(case("m0_nanyang_pilot", freedom=Freedom()), "zh")
    assert len(memo.changes) == 1
    assert "宿舍 → 研发 2,000.00 m²" in memo.changes[0]
    assert "已重新验算" in memo.changes[0]
    assert memo_of(case(), "zh").changes == ()


def test_packs_that_need_no_change_are_named_together() -> None:
    memo = memo_of(case("m0_nanyang_plan", "m0_haining", freedom=Freedom()), "zh")
    assert len([one for one in memo.changes if "海宁" in one]) == 1


def test_where_nothing_can_be_judged_that_is_said() -> None:
    memo = memo_of(typed_case(Draft(), "m0_nanyang_pilot", freedom=Freedom()), "zh")
    assert memo.changes == (
        "南阳高新区M0试点（草案）：没有能判断的规则：请核对截至日期时规则是否施行，或先补缺的数据。",
    )
    assert "用地面积" not in {one.name for one in memo.figures}


def test_problems_of_the_document_are_counted() -> None:
    assert memo_of(typed_case(typed(tax="-5万元")), "zh").faults == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_texts_appear_as_typed(lang: str) -> None:
    page = memo_page(memo_of(case(title=HOSTILE, name=HOSTILE), lang), lang)
    words = Words(page)
    assert HOSTILE in words.texts
    assert "img" not in words.elements
    assert "script" not in words.elements
    assert "{{7*7}}" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_nothing_from_elsewhere(lang: str) -> None:
    page = memo_page(memo_of(case(), lang), lang)
    assert not FOREIGN.search(page)
    assert page == memo_page(memo_of(case(), lang), lang)
    assert ('lang="zh-CN"' in page) == (lang == "zh")


def test_what_is_left_out_is_counted() -> None:
    memo = memo_of(case(*SEVERAL, freedom=Freedom()), "zh")
    page = memo_page(memo, "zh")
    lists = (memo.figures, memo.packs, memo.changes, memo.broken, memo.unknown, memo.missing)
    everything = sum(map(len, (*lists, memo.kept, memo.sources)))
    shown = page.count("<li>") + page.count("<tr>") - 1
    left = sum(map(int, re.findall(r"另有 ([0-9]+) 条，见对照表", page)))
    assert left > 0
    assert shown + left == everything
    for title, count in (("未知", len(memo.unknown)), ("符合", len(memo.kept))):
        assert f"{title}（{count} 条）" in page


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("", 10, 1),
        ("一二三四五", 5, 1),
        ("一二三四五六", 5, 2),
        ("甲" * 101, 50, 3),
        ("iiii", 2, 1),
    ],
)
def test_lines_of_a_text(words: str, width: int, lines: int) -> None:
    assert text_lines(words, width) == lines


@pytest.mark.parametrize(
    ("words", "width", "short"),
    [("甲乙丙", 3, "甲乙丙"), ("甲乙丙丁", 3, "甲乙…"), ("甲\n乙", 9, "甲 乙"), ("", 3, "")],
)
def test_texts_are_cut_with_a_sign(words: str, width: int, short: str) -> None:
    assert shortened(words, width) == short


@pytest.mark.parametrize(
    ("lines", "columns", "height"),
    # Items of so many lines; none is broken.
    [([1, 1, 1], 1, 3), ([1, 1, 1], 2, 2), ([1, 1, 1], 3, 1), ([3, 1, 1], 2, 3), ([2, 3, 2], 2, 5)],
)
def test_columns_are_as_high_as_their_fullest(lines: list[int], columns: int, height: int) -> None:
    width = 10 * columns + 2.4 * (columns - 1)  # 10 characters a column, lines after the first less
    assert block_lines(["甲" * (1 + 8 * one) for one in lines], columns, width) == height


def test_lines_go_to_the_least_first_and_then_in_order() -> None:
    def section(name: str, count: int, least: int) -> Section:
        return Section(name=name, texts=("甲",) * count, least=least)

    sections = [section("a", 10, 2), section("b", 10, 4), section("c", 2, 9), section("d", 0, 5)]
    fitted = share_lines(sections, 12, 50)
    # c has 2 lines, b its least 4, a its least 2 and the 4 that are left; a line says what is left.
    assert {name: (one.count, one.left) for name, one in fitted.items()} == {
        "a": (5, 5),
        "b": (3, 7),
        "c": (2, 0),
        "d": (0, 0),
    }


def test_without_any_line_everything_is_left_out_and_counted() -> None:
    [one] = share_lines([Section(name="a", texts=("甲",) * 3)], 0, 50).values()
    assert (one.count, one.left) == (0, 3)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("packs", [("m0_nanyang_pilot",), (), SEVERAL], ids=["one", "three", "all"])
def test_it_is_one_page_of_a4(chromium: Browser, lang: str, packs: tuple[str, ...]) -> None:
    memo = memo_of(case(*packs, freedom=Freedom()), lang)
    for title in ("甲", "长" * 3_000):
        page = chromium.new_page()
        page.set_content(memo_page(replace(memo, title=title), lang))
        printed = page.pdf(prefer_css_page_size=True)
        page.close()
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
