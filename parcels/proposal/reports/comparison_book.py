"""A judged proposal as a workbook: verdicts by pack, the proposal, changes, sources, what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from geo.write.workbook import workbook_bytes
from parcels.finding_words import amount, finding_text, limit_text, rule_title, source_text
from parcels.messages import text
from parcels.proposal.remedies.advice_words import needed_words, rules_words
from parcels.proposal.reports.comparison import (
    Line,
    cell_words,
    comparison,
    line_title,
    line_whole,
    margin_words,
    own_words,
)
from parcels.proposal.reports.comparison_changes import changes_page
from parcels.proposal.reports.comparison_proposal import proposal_page
from parcels.proposal.reports.comparison_sheet import Page, heads, outcome_words, page_title
from parcels.proposal.reports.report import missing_data
from parcels.rule_words import days_words, in_words, limit_words

if TYPE_CHECKING:
    from parcels.proposal.reports.case import Case
    from parcels.proposal.reports.comparison_sheet import Tone, Value
    from parcels.proposal.verdict import PackVerdict, RuleResult
    from parcels.rules.load import AppliedRule

_TITLE, _OWN, _WHOLE, _PACK = 28.0, 18.0, 18.0, 24.0
_SOURCES = (20, 30, 18, 9, 34, 22, 20, 12, 14, 18, 20, 9, 20, 34)
_UNKNOWN = (18, 30, 56, 40)
_RULES = (18, 24, 20, 9, 16, 16, 14, 50, 34)


def comparison_book(case: Case, lang: str) -> bytes:
    """Write a judged proposal as a workbook.

    Returns
    -------
    bytes
        xlsx with the sheets 结论 (packs side by side), 逐条 (a row a rule), 方案, 改动, 依据, 未知.
        Numbers are numbers, texts are never formulas; the same case gives the same bytes.
    """
    book = Workbook()
    book.remove(book.active)
    _verdict_page(book, case, lang)
    _rules_page(book, case, lang)
    proposal_page(book, case, lang)
    changes_page(book, case, lang)
    _sources_page(book, case, lang)
    _unknown_page(book, case, lang)
    for sheet in book.worksheets:
        sheet.oddFooter.left.text = text(lang, "proposal.disclaimer")
        sheet.oddFooter.right.text = "&P / &N"
    return workbook_bytes(book)


def _verdict_page(book: Workbook, case: Case, lang: str) -> None:
    packs = [one.pack for one in case.verdicts]
    page = Page(
        book, text(lang, "proposal.book.verdict"), (_TITLE, _OWN, _WHOLE, *[_PACK] * len(packs))
    )
    page.title(page_title(case, lang, "verdict"))
    named = [f"{in_words(lang, one.title)}\n{one.id} {one.version}" for one in packs]
    page.head([*heads(lang, "measure", "own", "whole"), *named], frozen_columns=2)
    overall = [one.outcome for one in case.verdicts]
    shown = [_overall(lang, one) for one in case.verdicts]
    page.row(
        [text(lang, "proposal.book.overall"), "", "", *shown], ["head", "head", "head", *overall]
    )
    for line in comparison(case.verdicts):
        own = own_words(lang, case.proposal, line)
        cells = [_cell(lang, line, at) for at in range(len(packs))]
        tones: list[Tone] = [line.outcome(at) or "plain" for at in range(len(packs))]
        page.row(
            [line_title(lang, line), own, line_whole(lang, line) or "—", *cells],
            ["plain", "plain", "plain", *tones],
        )


def _overall(lang: str, verdict: PackVerdict) -> str:
    said = [outcome_words(lang, verdict.outcome)]
    if verdict.dormant:
        said.append(text(lang, "proposal.memo.dormant", count=len(verdict.dormant)))
    return "\n".join(said)


def _cell(lang: str, line: Line, pack: int) -> str:
    found = [
        f"{cell_words(lang, one)}\n{text(lang, f'outcome.{one.outcome}')} [{one.applied.id}]"
        for one in line.cells[pack]
    ]
    return "\n".join(found) or "—"


def _rules_page(book: Workbook, case: Case, lang: str) -> None:
    """List every finding as a row that can be filtered and sorted."""
    page = Page(book, text(lang, "proposal.book.rules"), _RULES)
    page.title(page_title(case, lang, "rules"))
    first = page.line
    names = ("pack", "rule", "rule_id", "outcome", "own", "limit", "margin", "said", "source")
    page.head(heads(lang, *names), frozen_columns=2)
    for verdict in case.verdicts:
        for result in verdict.results:
            tones: list[Tone] = ["plain", "plain", "plain", result.outcome]
            page.row(_rule_cells(case, verdict, result, lang), tones)
    page.filter(first, len(names))


def _rule_cells(case: Case, verdict: PackVerdict, result: RuleResult, lang: str) -> list[Value]:
    alone = Line(check=result.finding.check, cells=((result,),))
    return [
        in_words(lang, verdict.pack.title),
        rule_title(lang, result.applied),
        result.applied.id,
        outcome_words(lang, result.outcome),
        own_words(lang, case.proposal, alone),
        limit_text(lang, result.finding) or "—",
        margin_words(lang, result) or "—",
        finding_text(lang, result.finding),
        source_text(lang, result.applied),
    ]


def _sources_page(book: Workbook, case: Case, lang: str) -> None:
    page = Page(book, text(lang, "proposal.book.sources"), _SOURCES)
    page.title(page_title(case, lang, "sources"))
    names = ("rule_id", "rule", "pack", "version", "document", "number", "clause", "date")
    more = ("mark", "status", "days", "applies", "limit", "local")
    page.head(heads(lang, *names, *more), frozen_columns=2)
    for verdict in case.verdicts:
        awake = dict.fromkeys(one.applied.id for one in verdict.results)
        for rule in awake:
            applied = case.book.find(rule)
            if applied is not None:
                page.row(_source_cells(applied, lang, applies=True))
        for applied in verdict.dormant:
            page.row(_source_cells(applied, lang, applies=False))


def _source_cells(applied: AppliedRule, lang: str, *, applies: bool) -> list[Value]:
    rule, source, local = applied.rule, applied.rule.source, applied.override
    own = ""
    if local is not None:
        own = " · ".join(
            one
            for one in (
                limit_words(lang, rule, local.value),
                local.by,
                local.day.isoformat(),
                local.reason,
                local.document,
            )
            if one
        )
    return [
        applied.id,
        rule_title(lang, applied),
        in_words(lang, applied.pack.title),
        applied.pack.version,
        source.document,
        source.number or "—",
        source.clause or "—",
        source.date or "—",
        text(lang, f"mark.{rule.confidence}"),
        text(lang, f"status.{rule.status}"),
        days_words(lang, applied.in_force),
        amount(lang, applies),
        limit_words(lang, rule, rule.value),
        own or "—",
    ]


def _unknown_page(book: Workbook, case: Case, lang: str) -> None:
    page = Page(book, text(lang, "proposal.book.unknown"), _UNKNOWN)
    page.title(page_title(case, lang, "unknown"))
    page.head(heads(lang, "pack", "rule", "said", "needs"), frozen_columns=2)
    for verdict in case.verdicts:
        for result in verdict.results:
            if result.outcome == "unknown":
                page.row(_unknown_cells(case, verdict, result, lang))
    page.blank()
    page.row(heads(lang, "need", "waiting", "waiting_rules"), ["head"] * 3)
    for need, rules in missing_data(case.verdicts).items():
        named = "\n".join(rules_words(lang, rules, case.book))
        page.row([needed_words(lang, need, case.book), len(rules), named])


def _unknown_cells(case: Case, verdict: PackVerdict, result: RuleResult, lang: str) -> list[Value]:
    needs = [needed_words(lang, one, case.book) for one in result.finding.needs]
    return [
        in_words(lang, verdict.pack.title),
        f"{rule_title(lang, result.applied)} [{result.applied.id}]",
        finding_text(lang, result.finding),
        "\n".join(needs) or "—",
    ]
