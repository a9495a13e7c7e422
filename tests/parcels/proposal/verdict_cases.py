"""Case files of verdicts: proposals as quantities, what each rule must say of them, by hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.units import M2_PER_MU
from parcels.proposal.model import Amount, Part, Proposal, exactly
from parcels.rules.load import rule_book
from parcels.rules.model import Override

FOLDER = Path(__file__).parents[2] / "cases" / "proposals" / "verdicts"
TODAY = date(2026, 11, 22)
_CODES = ("use", "planned_class", "converted_from", "industry_code", "industry_edition")
_KNOWN = {
    "name", "packs", "as_of", "like", "amounts", "answers", "parts", "local", "outcomes",
    "expect", "cells", "needs", "dormant", *_CODES,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One proposal under some packs.

    ``expect``: rule to "outcome", "outcome value" or "outcome value margin", the value a number, a
    quotient (9/35) or a range (1/3..2/3, 50..). ``cells``: what the mixing table says, in order.
    """

    name: str
    proposal: Proposal
    told: dict[str, Any]

    def book(self) -> Any:
        """Open the book of rules of the case."""
        local = [
            Override(rule=rule, value=value, by="张三", day=TODAY, reason="会议纪要")
            for rule, value in self.told.get("local", {}).items()
        ]
        day = self.told.get("as_of", TODAY)
        return rule_book(day, packs=self.told["packs"], overrides=local)


def cases() -> list[Case]:
    """Read every case; one that is ``like`` another of its file changes what it states."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        known: dict[str, dict[str, Any]] = {}
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            assert not set(told) - _KNOWN, (path.name, set(told) - _KNOWN)
            base = known.get(told.get("like", ""), {})
            whole = _merged(base, told)
            known[told["name"]] = whole
            expected = {key: told[key] for key in told if key in _EXPECTED}
            found.append(
                Case(
                    name=f"{path.stem}: {told['name']}",
                    proposal=_proposal(whole),
                    told={"packs": whole["packs"], **_setting(whole), **expected},
                )
            )
    return found


_EXPECTED = ("outcomes", "expect", "cells", "needs", "dormant")


def _setting(whole: dict[str, Any]) -> dict[str, Any]:
    return {key: whole[key] for key in ("as_of", "local") if key in whole}


def _merged(base: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    merged = {**base, **told}
    for key in ("amounts", "answers"):
        both = {**base.get(key, {}), **told.get(key, {})}
        merged[key] = {name: one for name, one in both.items() if one != ""}
    return merged


def _proposal(told: dict[str, Any]) -> Proposal:
    amounts = {name: amount(typed) for name, typed in told["amounts"].items()}
    parts = []
    for at, row in enumerate(told.get("parts", ())):
        parts.append(_part(row))
        for column, kind in (("area", "floor"), ("land", "land")):
            if column in row:
                amounts[f"{kind}:{at}"] = amount(row[column])
    return Proposal(
        parts=tuple(parts),
        amounts=MappingProxyType(amounts),
        answers=MappingProxyType(told["answers"]),
        **{key: told[key] for key in _CODES if key in told},
    )


def _part(row: dict[str, Any]) -> Part:
    height = row.get("height")
    return Part(
        name=row.get("name", ""),
        functions=tuple(row.get("function", "").split()),
        role=row.get("role"),
        below_ground=row.get("below", False),
        counted=row.get("counted"),
        storey_height_m=None if height is None else Fraction(height),
    )


def amount(typed: str) -> Amount:
    """Read 40000, 60 亩, 1600000/3, at least (50 亩..) and between (1..2)."""
    low, dots, high = typed.partition("..")
    if not dots:
        return exactly(_number(low))
    return Amount(low=_number(low), high=_number(high) if high else None)


def _number(typed: str) -> Fraction:
    bare = typed.strip()
    if bare.endswith("亩"):
        return Fraction(bare.removesuffix("亩").strip()) * M2_PER_MU
    return Fraction(bare)
