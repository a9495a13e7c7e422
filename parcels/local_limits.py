"""Limits that the bureau sets on the page: typed, kept as events, written as a file."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from geo.read.numbers import narrow, read_number
from parcels.rules.indicators import indicators, plausible_limits
from parcels.rules.model import fits
from parcels.rules.reading import checked_overrides

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcels.reviews.model import Event
    from parcels.rules.model import Override, Rule, Value

RULES = "rules"
"""What the events of local limits are kept under in the review store; each names a rule."""
_STORE = Path("local limits")
_DASH = re.compile(r"\s*(?:[-–—~〜至到]|\.{2,3}|…)\s*")
_COMMA = re.compile(r"[、，,;；\s]+")
_SIGNS = {
    "<=": ("≤", "<=", "不超过", "不大于"),
    "<": ("<", "小于"),
    ">=": ("≥", ">=", "不低于", "不小于"),
    ">": (">", "大于"),
    "==": ("=",),
    "within": ("≥", ">="),
}
_UNIT_WORDS = {
    "ratio": ("%",),
    "m": ("米", "m"),
    "m2": ("平方米", "m²", "m2", "㎡"),
    "ha": ("公顷", "ha"),
    "km2": ("平方公里", "平方千米", "km²", "km2"),
    "deg": ("°", "度"),
}
_SETS = {"in", "not_in", "none_of", "subset"}
_YES = {"yes": True, "是": True, "no": False, "否": False}


def can_be_set(rule: Rule) -> bool:
    """Whether a bureau may set the limit of a rule: it has a number, or asks for a local value."""
    ends = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    takes_any = fits(rule.op, 0.0) or fits(rule.op, (0.0, 0.0))
    return takes_any and (rule.set_locally or all(isinstance(end, float) for end in ends))


def local_limits(events: Mapping[str, Sequence[Event]]) -> tuple[Override, ...]:
    """Return the local limits that stand, sorted by rule.

    Parameters
    ----------
    events : mapping of rule id to events
        Of `RULES`, in the order in which they happened.

    Raises
    ------
    PlannerError
        As `parcels.rules.reading.read_overrides`: an event that no file could hold is no limit.
    """
    last = {rule: said[-1] for rule, said in sorted(events.items()) if said}
    entries = [
        {"rule": rule, "by": event.by} | _stated(event)
        for rule, event in last.items()
        if event.kind == "limit"
    ]
    return checked_overrides({"override": entries}, _STORE)


def of_rules(
    limits: Iterable[Override], known: Iterable[str]
) -> tuple[tuple[Override, ...], tuple[Override, ...]]:
    """Divide limits into those of known rules, and those whose rule no pack has any more."""
    ids, held = set(known), tuple(limits)
    return (
        tuple(one for one in held if one.rule in ids),
        tuple(one for one in held if one.rule not in ids),
    )


def read_limit(rule: Rule, typed: str) -> Value:
    """Read a limit as a person types it, in the unit in which it is shown; shares in percent.

    Sign and unit of the rule (`unit_text`) may stand with the number, another unit may not.

    Returns
    -------
    Value
        As rules hold it: in ``rule.unit``, shares from 0 to 1.

    Raises
    ------
    PlannerError
        With ``value`` as typed: ``limit_missing``, ``limit_number``, ``limit_range`` (two rising
        numbers), ``limit_choice`` (a word that the rule does not know), ``limit_yes_no``,
        ``limit_implausible``.
    """
    written = narrow(typed).strip()
    if not written:
        raise PlannerError("limit_missing")
    if rule.op in _SETS:
        return _words(rule, typed)
    if isinstance(rule.value, bool):
        return _yes_no(written, typed)
    if rule.op == "between":
        return _range(rule, written, typed)
    return _number(rule, written, typed)


def unit_text(rule: Rule) -> str:
    """Return the unit in which a limit is typed; "" for a plain number."""
    return {"ratio": "%", "m2": "m²", "km2": "km²", "deg": "°"}.get(rule.unit, rule.unit)


def overrides_toml(limits: Iterable[Override]) -> str:
    """Write local limits as the file that ``check --override`` reads, in the given order."""
    return "\n".join(_entry(one) for one in limits)


def _stated(event: Event) -> dict[str, Any]:
    return {name: one for name, one in event.content.items() if name != "original"}


def _words(rule: Rule, typed: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word for word in _COMMA.split(typed.strip()) if word))
    indicator = indicators().get(rule.metric)
    known = indicator.options if indicator else ()
    for word in words:
        if known and word not in known:
            raise PlannerError("limit_choice", value=word, known=list(known))
    if not words:
        raise PlannerError("limit_missing")
    return words


def _yes_no(written: str, typed: str) -> bool:
    answer = _YES.get(written.lower())
    if answer is None:
        raise PlannerError("limit_yes_no", value=typed)
    return answer


def _range(rule: Rule, written: str, typed: str) -> tuple[float, float]:
    ends = _DASH.split(written)
    if len(ends) != 2 or not all(ends):  # noqa: PLR2004
        raise PlannerError("limit_range", value=typed)
    low, high = (_number(rule, end, typed) for end in ends)
    if low > high:
        raise PlannerError("limit_range", value=typed)
    return low, high


def _number(rule: Rule, written: str, typed: str) -> float:
    try:
        value = read_number(_bare(rule, written)).value
    except PlannerError as error:
        raise PlannerError("limit_number", value=typed) from error
    percent = 100 if rule.unit == "ratio" else 1
    low, high = (end * percent for end in plausible_limits(rule))
    if not low <= value <= high:
        span = f"{low:,.0f}–{high:,.0f} {unit_text(rule)}".strip()
        raise PlannerError("limit_implausible", value=typed, span=span)
    return float(Decimal(repr(value)) / percent)


def _bare(rule: Rule, written: str) -> str:
    """Return the digits: the rule's own sign before them and unit behind them taken away."""
    for sign in sorted(_SIGNS.get(rule.op, ()), key=len, reverse=True):
        if written.startswith(sign):
            written = written.removeprefix(sign)
            break
    for unit in _UNIT_WORDS.get(rule.unit, (rule.unit,)):
        if unit and written.lower().endswith(unit):
            return written[: -len(unit)].strip()
    return written.strip()


def _entry(limit: Override) -> str:
    lines = {
        "rule": _toml(limit.rule),
        "value": _toml(limit.value),
        "by": _toml(limit.by),
        "day": limit.day.isoformat(),
        "reason": _toml(limit.reason),
    }
    if limit.document:
        lines["document"] = _toml(limit.document)
    return "[[override]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())


def _toml(value: Value) -> str:
    """Write a value; JSON escapes in texts are those of TOML, but for the one of DEL."""
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else repr(value)
