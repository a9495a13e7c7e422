"""Whatever is typed, every report of it can be made: JSON, workbook, memo, tables."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from types import MappingProxyType

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from parcels.cli_proposal_table import print_case
from parcels.findings import OUTCOMES
from parcels.proposal.draft import Draft
from parcels.proposal.fields import fields, floor_columns
from parcels.proposal.remedies.advice import Freedom
from parcels.proposal.reports.comparison import comparison
from parcels.proposal.reports.comparison_book import comparison_book
from parcels.proposal.reports.memo import memo_of
from parcels.proposal.reports.memo_fit import (
    Section,
    share_lines,
    shortened,
    text_lines,
    text_width,
)
from parcels.proposal.reports.memo_page import memo_page
from parcels.proposal.reports.report import case_entry
from tests.parcels.proposal.reports.case_samples import typed_case

PACKS = ("m0_nanyang_pilot", "m0_guangzhou_2019", "mixing")
ODD = st.sampled_from(
    [
        "0", "-1", "1e400", "nan", "∞", "45亩", "0.00001亩", "999999999亩", "4.5万㎡", "40%", "120%",
        "≥50亩", "50-60亩", "1.2亿", "是", "否", "厂房", "研发", "宿舍", "危险品库", "M1", "B2", "",
        "=1+1", "{{7*7}}", "<img src=x>", "\x1b[31m", "\u202e", "💥", "甲" * 500, "\n\t", "核心", "地下",
    ]
)  # fmt: skip
TYPED = st.one_of(ODD, ODD, st.text(max_size=12))
DRAFTS = st.builds(
    lambda one, rows: Draft(fields=MappingProxyType(one), floors=tuple(rows)),
    st.dictionaries(st.sampled_from([*fields(), "nonsense"]), TYPED, max_size=12),
    st.lists(st.dictionaries(st.sampled_from([*floor_columns()]), TYPED, max_size=6), max_size=6),
)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(draft=DRAFTS, lang=st.sampled_from(["zh", "en"]))
def test_every_report_can_be_made(draft: Draft, lang: str) -> None:
    case = typed_case(draft, *PACKS, freedom=Freedom())
    made = json.loads(json.dumps(case_entry(case, lang), allow_nan=False))
    assert made["outcome"] in OUTCOMES
    assert len(made["faults"]) + len(made["remarks"]) == len(case.told)
    sheet = openpyxl.load_workbook(io.BytesIO(comparison_book(case, lang)))
    kinds = {cell.data_type for one in sheet for row in one.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    page = memo_page(memo_of(case, lang), lang)
    HTMLParser().feed(page)
    assert "<img" not in page
    console = Console(file=io.StringIO(), width=80, markup=False)
    print_case(console, case, lang)
    assert "\x1b[31m" not in console.file.getvalue()


@SLOW
@given(draft=DRAFTS)
def test_every_finding_stands_once_in_the_comparison(draft: Draft) -> None:
    case = typed_case(draft, *PACKS)
    shown = sum(len(cell) for line in comparison(case.verdicts) for cell in line.cells)
    assert shown == sum(len(one.results) for one in case.verdicts)


@given(st.text(max_size=200), st.integers(5, 80))
def test_a_cut_text_fits_where_it_was_cut_for(words: str, width: int) -> None:
    cut = shortened(words, width)
    assert text_width(cut) <= width
    assert text_lines(cut, width) <= 2  # a word that fits no more may open another line
    if not cut.endswith("…"):
        assert cut == " ".join(words.split())


@given(
    st.lists(
        st.tuples(
            st.lists(st.text(max_size=120), max_size=9), st.integers(1, 3), st.integers(0, 9)
        ),
        max_size=6,
    ),
    st.integers(0, 60),
)
def test_no_list_takes_more_lines_than_there_are(
    lists: list[tuple[list[str], int, int]], lines: int
) -> None:
    sections = [
        Section(name=str(at), texts=tuple(texts), columns=columns, least=least)
        for at, (texts, columns, least) in enumerate(lists)
    ]
    fitted = share_lines(sections, lines, 72)
    for one in sections:
        assert fitted[one.name].count + fitted[one.name].left == len(one.texts)
