"""What a source says of classes, functions and yes or no: facts of all parcels, or why none."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.codes import code_table, codes_for_use
from parcels.checks.indicators.cells import says_nothing
from parcels.checks.indicators.columns import columns_of
from parcels.rules.indicators import indicators
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.checks.subject import Objects, Parcels
    from parcels.rules.judge import Verdict
    from parcels.rules.model import Op, Value

_SEPARATORS = re.compile(r"[、,，;；|/\n]+")
_YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("是", "可", "可以", "允许", "yes", "true", "y", "1"), True),
    **dict.fromkeys(("否", "不", "不可", "不可以", "不允许", "no", "false", "n", "0"), False),
}
_SHOWN = 40
_CLASS_SCHEME = "gb50137"
_CODE = re.compile(r"[A-Z0-9]+(?:\.0+(?![0-9]))?")
_NOT_WORDS = re.compile(r"[A-Z0-9().\s]+")
_INDUSTRY = re.compile(r"([A-Z]?)([0-9]{2,4})(?:\.0+)?")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_CHINESE = re.compile(r"[\u4e00-\u9fff、()\s]*")
_MANUFACTURING = range(13, 44)  # the divisions of section C in every edition of GB/T 4754


@dataclass(frozen=True, slots=True, kw_only=True)
class Functions:
    """Functions as they are written.

    Attributes
    ----------
    meant : frozenset of tuple of str
        For each word the codes of ``mixing.csv`` that it may mean: one, several (厂房), or none.
    words : tuple of pair of str and tuple of str
        Word and codes, in their order.
    """

    meant: frozenset[tuple[str, ...]]
    words: tuple[tuple[str, tuple[str, ...]], ...] = field(compare=False)


Fact = bool | str | Functions


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
            if says_nothing(text):
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
        found = [year for year in _YEAR.findall(text) if year in indicator.options]
        return found[0] if len(set(found)) == 1 else None
    if indicator.kind == "set":
        return _functions_of(text)
    if metric == "industry_code":
        return _industry_of(text.upper())
    return _class_of(text.upper()) if metric in {"planned_class", "converted_from"} else text


def _functions_of(text: str) -> Functions | None:
    """Read codes of functions or what they are called, parted by commas and the like."""
    known = _function_codes()
    whole = text.strip().upper() in known
    names = [text] if whole else [name for name in _SEPARATORS.split(text) if name.strip()]
    words = tuple((name.strip(), known.get(name.strip().upper(), ())) for name in names)
    meant = frozenset(codes for _, codes in words)
    return Functions(meant=meant, words=words) if any(meant) else None


@cache
def _function_codes() -> Mapping[str, tuple[str, ...]]:
    """Return function codes by code, by name, by the parts of names (宿舍/倒班房), by word."""
    named: dict[str, tuple[str, ...]] = {}
    for row in table("mixing.csv"):
        code = row["function"]
        for name in (code, row["function_zh"], *row["function_zh"].split("/")):
            named.setdefault(name.upper(), (code,))
    words = {row["word"]: tuple(row["functions"].split()) for row in table("function_words.csv")}
    return named | words


def _industry_of(text: str) -> str | None:
    """Read a code with its name beside it: C38, 3825, 38.0, C38 电气机械和器材制造业."""
    codes = _CODE.findall(text)
    found = _INDUSTRY.fullmatch(codes[0]) if len(codes) == 1 else None
    if found is None or not _CHINESE.fullmatch(text.replace(codes[0], "", 1)):
        return None
    is_manufacturing = int(found[2][:2]) in _MANUFACTURING
    return found[2] if not found[1] or (found[1] == "C") == is_manufacturing else None


def _class_of(text: str) -> str | None:
    """Read a class by its code, in words, or by both: 工业用地(M2). They must agree."""
    classes = code_table(_CLASS_SCHEME)
    codes = [one if one in classes else None for one in _CODE.findall(text)]
    words = [_class_in_words(word) for word in _NOT_WORDS.split(text) if word]
    meant = sorted({*codes, *words}, key=lambda one: len(one or ""))
    if not meant or None in meant:
        return None
    finest = str(meant[-1])
    return finest if all(finest.startswith(str(one)) for one in meant) else None


def _class_in_words(word: str) -> str | None:
    spoken = codes_for_use(word).readings[0]
    if spoken.code is not None:
        return spoken.code.parent if spoken.assumed else spoken.code.code
    bare = word.removesuffix("用地")
    named = [
        entry.code
        for entry in code_table(_CLASS_SCHEME).values()
        if entry.name.removesuffix("用地") == bare
    ]
    return named[0] if len(named) == 1 else None


def fact_keeps(op: Op, limit: Value | None, fact: Fact) -> Verdict:
    """Judge a fact; a class stands for the classes below it.

    Returns
    -------
    {"pass", "breach", "unknown"}
        Unknown where a class leaves open whether it is one of those listed (A where A33 is), and
        where a function is unread or may be one of those listed or another.
    """
    from parcels.rules.judge import keeps

    if isinstance(fact, Functions):
        found = set(functions_keep(op, limit, fact).values())
        return "breach" if "breach" in found else "unknown" if "unknown" in found else "pass"
    if op not in {"in", "not_in"} or not isinstance(fact, str) or not isinstance(limit, tuple):
        return keeps(op, limit, fact)
    listed = any(fact.startswith(str(one)) for one in limit)
    if not listed and any(str(one).startswith(fact) for one in limit):
        return "unknown"
    return "pass" if listed == (op == "in") else "breach"


def functions_keep(op: Op, limit: Value | None, fact: Functions) -> dict[str, Verdict]:
    """Judge each word: unknown where it is no function, or may keep the rule or break it."""
    from parcels.rules.judge import keeps

    found: dict[str, Verdict] = {}
    for word, codes in fact.words:
        verdicts = {keeps(op, limit, {code}) for code in codes}
        found[word] = verdicts.pop() if len(verdicts) == 1 else "unknown"
    return found


def function_names(codes: frozenset[str] | tuple[Any, ...]) -> dict[str, tuple[str, ...]]:
    """Name functions in both languages: English has their codes only."""
    names = {row["function"]: row["function_zh"] for row in table("mixing.csv")}
    ordered = sorted(str(code) for code in codes)
    return {
        "zh": tuple(f"{names[code]}（{code}）" if code in names else code for code in ordered),
        "en": tuple(ordered),
    }
