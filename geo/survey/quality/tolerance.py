"""The checks of parcel geometry as data: limits and severities of data/geometry_qc.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.survey.model import Severity

_DATA = Path(__file__).parent / "data" / "geometry_qc.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: how grave it is and from where on it speaks, in ``unit`` ("" for counts)."""

    severity: Severity
    limit: float | None
    unit: str


@cache
def check(code: str) -> Check:
    """Return a check by its code; a code that the data does not know is a KeyError."""
    entry = _rules()["check"][code]
    return Check(severity=entry["severity"], limit=entry.get("limit"), unit=entry.get("unit", ""))


@cache
def limit(code: str) -> float:
    """Return the limit of a check that has one."""
    return float(_rules()["check"][code]["limit"])


@cache
def rule(*path: str) -> float:
    """Return a number outside the checks, by its keys."""
    found: Any = _rules()
    for key in path:
        found = found[key]
    return float(found)


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
