"""What a source says of classes, functions and yes or no: facts of all parcels, or why none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.codes import code_table, codes_for_use
from parcels.checks.indicators_columns import columns_of
from parcels.rules.indicators import indicators
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.checks.subject import Objects, Parcels
    from parcels.rules.indicators import Indicator
    from parcels.rules.judge import Verdict
    from parcels.rules.model import Op, Value

_SEPARATORS = re.compile(r"[、,，;；|/\n]+")
_YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("是", "可", "可以", "允许", "yes", "true", "y", "1"), True),
    **dict.fromkeys(("否", "不", "不可", "不可以", "不允许", "no", "false", "n", "0"), False),
}
_SHOWN = 40
_CLASS_SCHEME = "gb50137"
_INDUSTRY = re.compile(r"[A-Z]?(\d{2,4})")
Fact = bool | str | frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facts:
    """One fact of n parcels.

    Attributes
    ----------
    value : object array, shape (n,)
        True or false, a code, a set of options; None where there is none.
    unusable : bool array, shape (n,)
        Something is written that is no such fact, or two columns say different things.
    typed : object array of str, shape (n,)
        As written.
    heading : str
        The columns it was read from.
    """

    value: Objects
    unusable: Any
    typed: Objects
    heading: str


def facts(parcels: Parcels, metric: str) -> Facts:
    """Read an indicator that is no number.

    Two columns that say different things make a fact unusable: both are then in ``typed``.
    """
    count = len(parcels)
    value = np.full(count, None, dtype=object)
    typed = np.full(count, "", dtype=object)
    unusable = np.zeros(count, dtype=bool)
    headings = []
    for column in columns_of(parcels, metric):
        headings.append(column.heading)
        for at, raw in enumerate(column.cells):
            text = "" if raw is None else _plain(raw)
            if not text:
                continue
            read = fact_of(text, metric)
            differs = bool(typed[at]) and read != value[at]
            unusable[at] |= read is None or differs
            typed[at] = f"{typed[at]} / {text[:_SHOWN]}" if typed[at] else text[:_SHOWN]
            value[at] = read
    value[unusable] = None
    return Facts(value=value, unusable=unusable, typed=typed, heading=", ".join(headings))


def _plain(raw: Any) -> str:
    """Write a cell as text; 38.0 is the code 38."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return unicodedata.normalize("NFKC", str(raw)).strip()


@cache
def fact_of(text: str, metric: str) -> Fact | None:
    """Read one cell; None: it is no such fact."""
    indicator = indicators()[metric]
    if indicator.kind == "yes_no":
        return _YES_NO.get(text.lower())
    if indicator.kind == "choice":
        found = re.sub(r"\D", "", text) if all(map(str.isdigit, indicator.options)) else text
        return found if found in indicator.options else None
    if indicator.kind == "set":
        return _set_of(text, indicator)
    return _code_of(text, metric)


def _set_of(text: str, indicator: Indicator) -> frozenset[str] | None:
    """Read codes of functions or their Chinese names, parted by commas and the like."""
    whole = _function_codes().get(text)
    if whole in indicator.options:
        return frozenset({whole})
    names = [name.strip() for name in _SEPARATORS.split(text) if name.strip()]
    codes = [name.upper() if name.upper() in indicator.options else None for name in names]
    codes = [code or _function_codes().get(name) for code, name in zip(codes, names, strict=True)]
    known = {code for code in codes if code in indicator.options}
    return frozenset(known) if names and all(code in known for code in codes) else None


@cache
def _function_codes() -> Mapping[str, str]:
    """Return function codes by their names and by the parts of those: 宿舍/倒班房."""
    named: dict[str, str] = {}
    for row in table("mixing.csv"):
        for name in (row["function_zh"], *row["function_zh"].split("/")):
            named.setdefault(name, row["function"])
    return named


def _code_of(text: str, metric: str) -> str | None:
    if metric == "industry_code":
        found = _INDUSTRY.fullmatch(text.upper())
        return found[1] if found else None
    if metric in {"planned_class", "converted_from"}:
        if text.upper() in code_table(_CLASS_SCHEME):
            return text.upper()
        spoken = codes_for_use(text).readings[0]
        if spoken.code is None:
            return None
        return spoken.code.parent if spoken.assumed else spoken.code.code
    return text


def fact_keeps(op: Op, limit: Value | None, fact: Fact) -> Verdict:
    """Judge a fact; a class stands for the classes below it.

    Returns
    -------
    {"pass", "breach", "unknown"}
        Unknown where a class leaves open whether it is one of those listed (A where A33 is).
    """
    from parcels.rules.judge import keeps

    if op not in {"in", "not_in"} or not isinstance(fact, str) or not isinstance(limit, tuple):
        return keeps(op, limit, fact)
    listed = any(fact.startswith(str(one)) for one in limit)
    if not listed and any(str(one).startswith(fact) for one in limit):
        return "unknown"
    return "pass" if listed == (op == "in") else "breach"


def function_names(codes: frozenset[str] | tuple[Any, ...]) -> dict[str, tuple[str, ...]]:
    """Name functions in both languages: English has their codes only."""
    names = {row["function"]: row["function_zh"] for row in table("mixing.csv")}
    ordered = sorted(str(code) for code in codes)
    return {
        "zh": tuple(f"{names[code]}（{code}）" if code in names else code for code in ordered),
        "en": tuple(ordered),
    }
