"""Proposals for tests of reports: figures that can be recomputed by hand."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from parcels.cli import app
from parcels.proposal.document.documents import write_document
from parcels.proposal.document.reading import read_draft
from parcels.proposal.draft import Draft
from parcels.proposal.model import Part, Proposal, exactly
from parcels.proposal.reports.case import judge_case
from parcels.rules.load import rule_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parcels.proposal.reports.case import Case
    from parcels.rules.load import RuleBook

DAY = date(2026, 11, 22)
PACKS = ("m0_nanyang_plan", "m0_nanyang_pilot", "m0_guangzhou_2019")
HOSTILE = "=1+1 **x** [a](b) <img src=x onerror=alert(1)> {{7*7}} {name}"
ROWS = (
    ("研发", "F_RD", 30_000),
    ("中试", "F_PILOT", 14_000),
    ("无污染生产", "F_PROD_CLEAN", 10_000),
    ("办公", "F_OFFICE", 6_000),
    ("宿舍", "F_DORM", 16_000),
    ("食堂", "F_RETAIL", 4_000),
)


def book(*packs: str, day: date = DAY) -> RuleBook:
    return rule_book(day, packs=packs or PACKS)


def proposal(title: str = "甲", name: str = "", **amounts: Any) -> Proposal:
    """80,000 m² on 60 亩, 26,000 m² of them support: 32.5 %."""
    areas = {f"floor:{at}": exactly(area) for at, (_, _, area) in enumerate(ROWS)}
    known = {"site_area": 40_000, "investment": 36_000, "tax": 2_160} | amounts
    return Proposal(
        title=title,
        planned_class="M1",
        parts=tuple(Part(name=name or own, functions=(code,)) for own, code, _ in ROWS),
        amounts=MappingProxyType(areas | {one: exactly(value) for one, value in known.items()}),
        answers=MappingProxyType({"support_may_be_split": False}),
    )


def case(*packs: str, freedom: Any = None, **more: Any) -> Case:
    return judge_case(proposal(**more), book(*packs), freedom=freedom)


def typed_case(draft: Draft, *packs: str, freedom: Any = None) -> Case:
    """Judge what is typed, as the command does."""
    reading = read_draft(draft)
    given = book(*packs)
    return judge_case(reading.proposal, given, reading=reading, draft=draft, freedom=freedom)


def typed(title: str = "甲", **fields: str) -> Draft:
    """Return the same proposal as it is typed, with a blank row in between."""
    rows = [{"name": name, "function": name, "area": f"{area} m²"} for name, _, area in ROWS]
    rows.insert(4, {})
    given = {"title": title, "site_area": "60亩", "investment": "3.6亿元", "tax": "2160万元"}
    return Draft(fields=MappingProxyType(given | fields), floors=tuple(map(MappingProxyType, rows)))


def runner(folder: Path) -> Callable[..., Any]:
    """Return the command, with ``FILE`` standing for the sample as a TOML document."""

    def go(*options: str, lang: str = "zh", **fields: str) -> Any:
        file = folder / "方案.toml"
        file.write_bytes(write_document(typed(**fields), "toml"))
        asked = [str(file) if one == "FILE" else one for one in options]
        day = [] if "--as-of" in asked else ["--as-of", DAY.isoformat()]
        return CliRunner().invoke(app, ["proposal", *asked, *day, "--lang", lang])

    return go
