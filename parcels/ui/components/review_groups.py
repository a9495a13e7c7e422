"""Findings that say the same, told once: the sentence, how many more there are, what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parcels.finding_words import finding_text, needs_text
from parcels.findings import RANK
from parcels.messages import text
from parcels.ui import state
from parcels.ui.components.review_finding import badge, finding_block, outcome_of, overridden
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcels.findings import Finding
    from parcels.ui.components.review_current import Current

_MOST_BLOCKS = 50  # findings of one kind with all their lines
_SHOWN = 3  # sentences of a check in the extract, before the rest is folded


def check_blocks(now: Current, findings: Sequence[Finding]) -> Markup:
    """Explain one check, worst first.

    Findings that give the same reason for the same verdict stand together: the first one openly,
    the others folded under it with all that they lack in one line.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: RANK[outcome_of(now, one)]):
        groups.setdefault((outcome_of(now, finding), finding.reason), []).append(finding)
    return join(*(_group(now, group) for group in groups.values()))


def check_rows(now: Current, findings: Sequence[Finding]) -> Markup:
    """List findings by check: a check is one row, however much it says."""
    by_check: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_check.setdefault((finding.check, outcome_of(now, finding)), []).append(finding)
    return tag("table", *(_row(now, group) for group in by_check.values()), cls="pl-findings")


def _group(now: Current, group: Sequence[Finding]) -> Markup:
    first, others = finding_block(now, group[0]), group[1:]
    if not others:
        return first
    blocks = [finding_block(now, one) for one in others[:_MOST_BLOCKS]]
    unsaid = len(others) - len(blocks)
    if unsaid:
        note = text(state.lang(), "ui.review.many_more", count=unsaid)
        blocks.append(tag("p", note, cls="pl-note pl-muted"))
    folded = _folded("same_more", len(others), blocks)
    return join(first, folded, _lacking(now, others, told=group[0].needs))


def _row(now: Current, group: Sequence[Finding]) -> Markup:
    lang = state.lang()
    name = tag("div", text(lang, f"check.{group[0].check}.short"), cls="pl-muted")
    is_open = outcome_of(now, group[0]) == "unknown" and len(group) > 1
    told = _lacking(now, group) if is_open else None
    shown = () if told else group[:_SHOWN]
    rest = group if told else group[_SHOWN:]
    key = "all_findings" if told else "same_more"
    return tag(
        "tr",
        tag("td", badge(lang, outcome_of(now, group[0])), name, cls="pl-verdict"),
        tag(
            "td",
            overridden(now, group[0]),
            *_sentences(lang, shown),
            told,
            _folded(key, len(rest), _sentences(lang, rest)) if rest else None,
        ),
    )


def _lacking(now: Current, group: Iterable[Finding], *, told: Sequence[str] = ()) -> Markup | None:
    """Name what a group lacks, each datum once, beside what was told already."""
    lang = state.lang()
    every = dict.fromkeys(need for finding in group for need in finding.needs)
    needs = [need for need in every if need not in told]
    if not needs:
        return None
    label = tag("span", text(lang, "ui.review.needs"), cls="pl-muted")
    return tag("p", label, " ", needs_text(lang, needs, now.book), cls="pl-note pl-text-unknown")


def _folded(key: str, count: int, inside: Iterable[Markup]) -> Markup:
    title = text(state.lang(), f"ui.review.{key}", count=count)
    return tag("details", tag("summary", title, cls="pl-note pl-muted"), *inside)


def _sentences(lang: str, findings: Sequence[Finding]) -> list[Markup]:
    """Write sentences, equal ones once with how often."""
    told = Counter(finding_text(lang, finding) for finding in findings)
    return [
        tag("p", sentence, f" × {count}" if count > 1 else "", cls="pl-note")
        for sentence, count in told.items()
    ]
