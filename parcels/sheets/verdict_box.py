"""What the checks say of a parcel, in a box beside the map and in full on a further page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.sheet.paper import Box
from layers.sheet.table import Column, Row, flow
from layers.sheet.verdicts import draw_verdict
from parcels.finding_words import amount
from parcels.findings import OUTCOMES, worst
from parcels.messages import messages, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layers.sheet.page import Page
    from parcels.sheets.ground import Entry, Ground, Plot

MOST = 8
_ORDER = {outcome: at for at, outcome in enumerate(OUTCOMES)}
_ROW = 5.6


def findings_of(ground: Ground, plot: Plot) -> list[Entry]:
    """List the findings about a parcel, worst first; a person's verdict in place of a rule's."""
    standing = {
        (one["check"], one["rule"]): one["outcome"]
        for one in (plot.entry.get("said") or {}).get("overrides") or ()
        if one.get("counts")
    }
    found = [
        {**one, "outcome": standing.get((one["check"], one.get("rule_id")), one["outcome"])}
        for one in ground.findings.get(str(plot.entry.get("key")), ())
    ]
    return sorted(found, key=lambda one: _ORDER[one["outcome"]])


def counts_of(plot: Plot, findings: Sequence[Entry]) -> dict[str, int]:
    """Count the outcomes of a parcel, those of findings that stay in the house too."""
    shown = {outcome: sum(one["outcome"] == outcome for one in findings) for outcome in OUTCOMES}
    kept = plot.entry.get("counts") or {}
    return {outcome: max(shown[outcome], int(kept.get(outcome, 0))) for outcome in OUTCOMES}


def outcome_counts(lang: str, counts: Mapping[str, int]) -> str:
    """Write the totals of all five outcomes."""
    return "　".join(f"{text(lang, f'outcome.{one}')} {counts[one]}" for one in OUTCOMES)


def draw_checks(page: Page, box: Box, ground: Ground, plot: Plot) -> None:
    """Draw the worst checks of a parcel; the box says how many more there are and where."""
    lang, findings = ground.lang, findings_of(ground, plot)
    page.box(box)
    x, room = box.x + 2, box.width - 4
    page.text(text(lang, "sheet.checks"), x, box.top - 4.6, size=3.0, bold=True)
    counts = counts_of(plot, findings)
    page.text(outcome_counts(lang, counts), x, box.top - 9.2, size=2.5, room=room)
    if not findings:
        page.paragraph(text(lang, "sheet.no_findings"), x, box.top - 12, room=room, size=2.8)
        return
    merged = _by_check(findings)
    fitting = min(MOST, int((box.height - 15.5) / _ROW))
    for at, one in enumerate(merged[:fitting]):
        y = box.top - 10.8 - _ROW * at
        _draw_check(page, Box(x, y - _ROW, room, _ROW), ground, plot, one)
    rest = max(0, len(merged) - fitting)
    name = "sheet.more_checks" if rest else "sheet.all_findings"
    words = text(lang, name, more=rest, findings=len(findings))
    withheld = sum(counts.values()) - len(findings)
    if withheld:
        words += text(lang, "sheet.withheld", count=withheld)
    page.paragraph(words, x, box.y + 4.0, room=room, size=2.4, most=1)


def _by_check(findings: Sequence[Entry]) -> list[list[Entry]]:
    """Put findings of one check together; the deciding one first, the worst check first."""
    checks: dict[str, list[Entry]] = {}
    for one in findings:
        checks.setdefault(one["check"], []).append(one)
    return sorted(checks.values(), key=lambda one: _ORDER[worst(each["outcome"] for each in one)])


def _draw_check(
    page: Page, box: Box, ground: Ground, plot: Plot, findings: Sequence[Entry]
) -> None:
    lang, first = ground.lang, findings[0]
    sign = Box(box.x, box.y + 0.6, 6.6, 4.2)
    draw_verdict(page, sign, first["outcome"])
    y = sign.centre[1]
    alike = sum(one["outcome"] == first["outcome"] for one in findings)
    said = brief(lang, first, plot.entry.get("accuracy_m"))
    if alike > 1:
        said = text(lang, "sheet.rules_alike", said=said, rules=alike)
    room = box.width - 9.0
    used = page.text(said, box.right, y, size=2.5, across="right", up="center", room=room * 0.66)
    page.text(_title(ground, first), box.x + 9.0, y, size=2.8, up="center", room=room - used - 1.5)


def _title(ground: Ground, finding: Entry) -> str:
    titles = {one["id"]: one["title"] for one in ground.content["answers"].get("checks") or ()}
    title = str(titles.get(finding["check"], finding["check"]))
    other = finding.get("other_id")
    return text(ground.lang, "sheet.check_beside", title=title, other=other) if other else title


def brief(lang: str, finding: Entry, accuracy_m: float | None = None) -> str:
    """Write measured value and limit, or why there is none."""
    measured = measured_text(lang, finding)
    if finding.get("cause") == "geometry_uncertain" and accuracy_m is not None:
        metres = f"{accuracy_m:,.10g}"
        measured = text(lang, "cause.geometry_uncertain.metres", metres=metres)
    limit = finding.get("limit_text") or ""
    return " / ".join(one for one in (measured, limit) if one)


def measured_text(lang: str, finding: Entry) -> str:
    """Write what was measured; for an unknown its cause."""
    cause, measured = finding.get("cause"), finding.get("measured")
    if cause and (measured is None or finding["outcome"] == "unknown"):
        return messages(lang).get(f"cause.{cause}.short", str(cause))
    return "" if measured is None else amount(lang, measured, finding.get("unit") or "")


def write_findings(ground: Ground, plot: Plot, rooms: Iterator[tuple[Page, Box]]) -> None:
    """Write all findings about a parcel as a table."""
    lang = ground.lang
    shares = (
        ("finding", 15),
        ("rule", 24),
        ("measured", 17),
        ("limit", 17),
        ("said", 70),
        ("source", 34),
    )
    columns = [
        Column(title=text(lang, f"sheet.column_{name}"), share=share) for name, share in shares
    ]
    flow(columns, _finding_rows(ground, plot), rooms, size=2.4)


def _finding_rows(ground: Ground, plot: Plot) -> Iterator[Row]:
    lang, findings = ground.lang, findings_of(ground, plot)
    counts = outcome_counts(lang, counts_of(plot, findings))
    heading = text(lang, "sheet.findings_of", parcel=plot.title, counts=counts)
    yield Row(cells=(heading,), heading=True)
    for note in (ground.content.get("withheld") or {}).get("notes") or ():
        yield Row(cells=(str(note),), heading=True)
    for one in findings:
        outcome = text(lang, f"outcome.{one['outcome']}")
        yield Row(
            cells=(
                f"{one.get('id', '')} {outcome}",
                str(one.get("rule_title") or _title(ground, one)),
                measured_text(lang, one) or "—",
                one.get("limit_text") or "—",
                str(one.get("message") or ""),
                str(one.get("source") or ""),
            ),
            verdict=one["outcome"],
        )
    if not findings:
        yield Row(cells=("—", "—", "—", "—", text(lang, "sheet.no_findings"), "—"))
