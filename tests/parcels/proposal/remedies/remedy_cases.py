"""Reads cases of remedies: a proposal, rules, what may change, and the answer by hand."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from parcels.proposal.model import Amount, Change, Part, Proposal, exactly
from parcels.proposal.remedies.advice import LEVERS, Advice, Freedom
from parcels.proposal.remedies.remedy import advise
from parcels.rules.load import AppliedRule, RuleBook
from parcels.rules.model import Pack, Rule

CASES = Path(__file__).resolve().parents[3] / "cases" / "remedies"
_DAY = date(2026, 1, 1)
_WORDS = {"zh": "规则", "en": "rule"}
_EXAMPLES = [{"given": 0, "expect": one} for one in ("pass", "breach", "unknown")]


def cases() -> dict[str, dict[str, Any]]:
    """Return every case by file and title."""
    return {
        f"{path.stem}: {case['title']}": case
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    }


def rule(given: dict[str, Any]) -> Rule:
    """Make a rule of what a case says of it."""
    return Rule.model_validate(
        {
            "title": _WORDS,
            "check": "m0",
            "severity": "error",
            "status": "local",
            "source": {"document": "test"},
            "confidence": "L",
            "examples": _EXAMPLES,
        }
        | given,
        strict=False,
    )


def book(rules: list[Rule], *, packs: dict[str, list[Rule]] | None = None) -> RuleBook:
    """Bind rules into packs and a book: the given rules are the pack ``test``."""
    made = tuple(
        Pack.model_validate(
            {
                "id": name,
                "title": _WORDS,
                "version": "1",
                "place": "",
                "default": False,
                "rule": tuple(own),
            }
        )
        for name, own in ({"test": rules} | (packs or {})).items()
    )
    applied = [AppliedRule(rule=one, pack=pack) for pack in made for one in pack.rule]
    return RuleBook(
        as_of=_DAY,
        packs=made,
        rules=MappingProxyType({one.id: one for one in applied}),
        dormant=(),
    )


def number(typed: str) -> Fraction:
    """Read a decimal or a fraction exactly."""
    return Fraction(typed)


def _amount(typed: str | list[str]) -> Amount:
    if isinstance(typed, str):
        return exactly(number(typed))
    low, high = typed
    return Amount(low=number(low), high=number(high) if high else None)


def proposal(case: dict[str, Any]) -> Proposal:
    """Make the proposal of a case."""
    rows = case.get("floor", [])
    amounts = {name: _amount(typed) for name, typed in case.get("amounts", {}).items()}
    amounts |= {f"floor:{at}": _amount(row["area"]) for at, row in enumerate(rows) if "area" in row}
    parts = tuple(
        Part(
            functions=tuple(row["function"].split()),
            role=row.get("role"),
            below_ground=row.get("below_ground", False),
            counted=row.get("counted"),
            storey_height_m=number(row["storey_height"]) if "storey_height" in row else None,
        )
        for row in rows
    )
    facts = {one: case[one] for one in ("use", "planned_class", "industry_code") if one in case}
    return Proposal(parts=parts, amounts=amounts, answers=case.get("answers", {}), **facts)


def freedom(case: dict[str, Any]) -> Freedom:
    """Return what may change in a case."""
    given = case.get("freedom", {})
    return Freedom(
        levers=frozenset(given.get("levers", LEVERS)),
        weights={lever: number(typed) for lever, typed in given.get("weights", {}).items()},
        locked=frozenset(given.get("locked", ())),
        addable=tuple(given.get("addable", ())),
    )


def advice(case: dict[str, Any]) -> Advice:
    """Ask for the advice of a case."""
    rules = book([rule(one) for one in case["rule"]])
    return advise(proposal(case), rules, freedom=freedom(case))


def told(changes: tuple[Change, ...]) -> dict[str, Fraction | bool]:
    """Return every quantity after changes."""
    return {one.quantity: one.after for one in changes}
