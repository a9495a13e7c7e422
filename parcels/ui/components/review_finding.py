"""One finding as a reader meets it: verdict, measured, limit, margin, source, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parcels.finding_words import (
    NO_NUMBER,
    amount,
    finding_text,
    limit_text,
    needs_text,
    rule_title,
    source_text,
)
from parcels.messages import text
from parcels.rule_words import limit_words
from parcels.ui import state
from parcels.ui.components.review_say import on_the_clock
from parcels.ui.markup import Markup, join, tag

if TYPE_CHECKING:
    from parcels.checks.subject import Parcels
    from parcels.findings import Finding, Outcome
    from parcels.reviews.model import Opinion, Overridden
    from parcels.rules.load import AppliedRule
    from parcels.ui.components.review_current import Current

STYLES = {
    "fail": "pl-fail",
    "unknown": "pl-unknown",
    "warning": "pl-warning",
    "pass": "pl-pass",
    "not_applicable": "",
}
_LESS_IS_BETTER = {"<=", "<"}


def badge(lang: str, outcome: Outcome) -> Markup:
    """Draw a verdict: glyph and word."""
    glyph, word = text(lang, f"glyph.{outcome}"), text(lang, f"outcome.{outcome}")
    return tag("span", f"{glyph} {word}", cls=f"pl-badge {STYLES[outcome]}".strip())


def opinion_word(lang: str, opinion: Opinion | None) -> str:
    """Name an opinion in a word: its verdict, or that it is void; "" for none."""
    if opinion is None:
        return ""
    word = text(lang, f"reviews.verdict.{opinion.verdict}")
    return word if opinion.valid else text(lang, "ui.review.void")


def finding_block(now: Current, finding: Finding) -> Markup:
    """Draw one finding: verdict, sentence, and every line that backs it."""
    lang = state.lang()
    found = tag("p", badge(lang, finding.outcome), " ", finding_text(lang, finding), cls="pl-note")
    return join(
        overridden(now, finding), found, tag("table", *_lines(lang, now, finding), cls="pl-lines")
    )


def override_of(now: Current, finding: Finding) -> Overridden | None:
    """Return the override that stands on a finding today."""
    return now.standing.get(finding.parcel, {}).get((finding.check, finding.rule))


def outcome_of(now: Current, finding: Finding) -> Outcome:
    """Return the verdict of a finding, or the one that a person gave instead."""
    changed = override_of(now, finding)
    return changed.outcome if changed else finding.outcome


def overridden(now: Current, finding: Finding) -> Markup | None:
    """Tell that a person changed the verdict: it stands before what the rule says."""
    changed = override_of(now, finding)
    if changed is None:
        return None
    lang = state.lang()
    sentence = text(
        lang,
        "ui.review.overridden_from",
        outcome=text(lang, f"outcome.{changed.original}"),
        now=text(lang, f"outcome.{changed.outcome}"),
        by=changed.by,
        at=on_the_clock(changed.at)[:10],
        reason=changed.reason,
        until=changed.until.isoformat(),
    )
    return tag("p", badge(lang, changed.outcome), " ", sentence, cls="pl-note")


def _lines(lang: str, now: Current, finding: Finding) -> list[Markup]:
    applied = now.book.find(finding.rule)
    lines = {
        "measured": amount(lang, finding.measured, finding.unit)
        if finding.measured is not None
        else "",
        "limit": limit_text(lang, finding),
        "margin": _margin(lang, finding),
        "source": _source(lang, applied) if applied else "",
        "geometry": geometry_text(lang, now.parcels, finding.parcel),
        "needs": tag("span", needs_text(lang, finding.needs, now.book), cls="pl-text-unknown")
        if finding.needs
        else "",
    }
    return [
        tag("tr", tag("th", text(lang, f"ui.review.{key}"), scope="row"), tag("td", line))
        for key, line in lines.items()
        if line
    ]


def _margin(lang: str, finding: Finding) -> str:
    """Say by how much a number keeps or misses its limit."""
    measured, limit = finding.measured, finding.limit
    if not isinstance(measured, float) or not isinstance(limit, (int, float)):
        return ""
    if finding.op in NO_NUMBER:
        return ""
    beyond = measured - limit if finding.op in _LESS_IS_BETTER else limit - measured
    written = amount(lang, abs(beyond), finding.unit)
    if beyond <= 0:
        return text(lang, "ui.review.within", amount=written)
    key = "over" if finding.op in _LESS_IS_BETTER else "short_of"
    return text(lang, f"ui.review.{key}", amount=written)


def _source(lang: str, applied: AppliedRule) -> Markup:
    pack = applied.pack.title.en if lang == "en" else applied.pack.title.zh
    is_product = applied.rule.status == "product"  # its mark says so already
    status = "" if is_product else text(lang, f"ui.review.status_{applied.rule.status}") + " · "
    note = applied.rule.note
    return join(
        rule_title(lang, applied),
        tag("div", source_text(lang, applied)),
        tag(
            "div",
            status,
            text(lang, "ui.review.pack", title=pack, version=applied.pack.version),
            cls="pl-muted",
        ),
        _local(lang, applied),
        tag("div", note.en if lang == "en" else note.zh, cls="pl-muted") if note else None,
    )


def _local(lang: str, applied: AppliedRule) -> Markup | None:
    """Show the original beside a local limit."""
    override = applied.override
    if override is None:
        return None
    sentence = text(
        lang,
        "ui.review.local_override",
        value=limit_words(lang, applied.rule, override.value),
        by=override.by,
        day=override.day.isoformat(),
        reason=text(lang, "ui.rules.reason_in", reason=override.reason, document=override.document)
        if override.document
        else override.reason,
        original=limit_words(lang, applied.rule, applied.rule.value),
    )
    return tag("div", sentence)


def geometry_text(lang: str, parcels: Parcels, parcel: int) -> str:
    """Say where the geometry of a parcel comes from and how far off it may be."""
    kind, accuracy = parcels.geometry_class[parcel], parcels.accuracy_m[parcel]
    known = not np.isnan(accuracy)
    written = f"{accuracy:,.0f}" if accuracy >= 1 else f"{accuracy:g}"
    key = {
        "surveyed": "geometry_surveyed",
        "digitized": "geometry_digitized_accuracy" if known else "geometry_digitized",
        "solved_from_text": "geometry_solved" if known else "geometry_solved_unknown",
        "schematic": "geometry_digitized_accuracy" if known else "geometry_digitized",
    }.get(kind, "geometry_none")
    return text(lang, f"ui.review.{key}", accuracy=written)
