"""What every rule says of every parcel of a snapshot, as its file has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcels.findings import RANK
from parcels.snapshot.review.statements import findings_of

if TYPE_CHECKING:
    from parcels.snapshot.model import Content

SaidByRule = dict[tuple[str, str], "Said"]
_FIGURES = ("measured", "share", "limit", "other_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The verdict of one rule on one parcel.

    Attributes
    ----------
    rank : int
        Of the worst finding, or of the override that counts.
    ids : tuple of str
        Of all findings of the rule.
    message, cause : str
        Of the finding that decides.
    figures : tuple
        What was measured, finding by finding.
    """

    rank: int
    ids: tuple[str, ...]
    message: str
    cause: str
    figures: tuple[Any, ...]


def said_by_rule(content: Content) -> dict[str, SaidByRule]:
    """Give the verdicts by key of the parcel, then by check and rule."""
    found: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for one in findings_of(content):
        rule = (one["check"], one.get("rule_id", ""))
        found.setdefault(one["key"], {}).setdefault(rule, []).append(one)
    overrides = {one["key"]: _overrides(one) for one in content["parcels"]}
    return {
        key: {rule: _said(own, overrides.get(key, {}).get(rule)) for rule, own in rules.items()}
        for key, rules in found.items()
    }


def _overrides(parcel: dict[str, Any]) -> dict[tuple[str, str], int]:
    said = (parcel.get("said") or {}).get("overrides") or ()
    return {(one["check"], one["rule"]): RANK[one["outcome"]] for one in said if one["counts"]}


def _said(findings: list[dict[str, Any]], override: int | None) -> Said:
    worst = min(findings, key=lambda one: RANK[one["outcome"]])
    return Said(
        rank=RANK[worst["outcome"]] if override is None else override,
        ids=tuple(one["id"] for one in findings),
        message=worst.get("message") or "",
        cause=worst.get("cause") or "",
        figures=tuple(tuple(one.get(name) for name in _FIGURES) for one in findings),
    )
