"""Rules and packs in words: limits, what is measured, denominators, days in force, examples."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from layers.overlay_kinds import overlay_kinds
from parcels.finding_words import amount
from parcels.messages import messages, text
from parcels.overlay_words import kind_title
from parcels.rules.indicators import indicators
from parcels.rules.tables import rows_of, table

if TYPE_CHECKING:
    from parcels.rules.model import Example, InForce, Rule, Value, Words

_VALUELESS = {"no_overlap", "report", "match", "matrix"}
_PLACES = {"ratio": 2, "m2": 2, "亩": 2}
_LAYERED = {"overlap", "distance", "reach", "width", "half_width"}


def in_words(lang: str, words: Words) -> str:
    """Return a title or note in a language."""
    return words.en if lang == "en" else words.zh


def has_limit(rule: Rule) -> bool:
    """Whether anything is there to judge by: a number, a class, a table with figures, a layer."""
    if rule.table and rule.op != "matrix":
        return _figures(rule) > 0
    return rule.value is not None or rule.op in _VALUELESS


def limit_words(lang: str, rule: Rule, value: Value | None) -> str:
    """Write operator and limit with unit, such as ``≥ 20 万元/亩``; what is not known is said so.

    Parameters
    ----------
    value : Value or None
        The rule's own, or a local one.
    """
    sign = messages(lang).get(f"op.{rule.op}", rule.op)
    if value is not None:
        return f"{sign} {value_words(lang, rule, value)}".strip()
    if rule.op in _VALUELESS or (rule.op == "calculation" and not rule.set_locally):
        return sign
    if count := _figures(rule):
        return f"{sign} {text(lang, 'ui.rules.by_table', count=count)}"
    key = "set_locally" if rule.set_locally else "unknown"
    return f"{sign} {text(lang, f'ui.rules.{key}')}"


def value_words(lang: str, rule: Rule, value: Value) -> str:
    """Write a limit with its unit."""
    if isinstance(value, tuple) and any(isinstance(one, str) for one in value):
        return text(lang, "ui.list_mark").join(_class_words(lang, str(one)) for one in value)
    ends = value if isinstance(value, tuple) else (value,)
    written = [_exact(lang, one, rule.unit) for one in ends]
    unit = messages(lang).get(f"ui.rules.unit_{rule.unit}", rule.unit)
    return "–".join([*(one.removesuffix(unit).rstrip() for one in written[:-1]), written[-1]])


def metric_words(lang: str, metric: str) -> str:
    """Name what a rule measures; "" where the title of the rule alone says it."""
    known = indicators().get(metric)
    if known:
        return in_words(lang, known.title)
    what, _, subject = metric.partition(":")
    if what in _LAYERED and subject in overlay_kinds():
        return text(lang, f"ui.rules.of_{what}", layer=kind_title(lang, subject))
    if what == "quality":
        return text(lang, "ui.rules.of_quality")
    return ""


def denominator_words(lang: str, denominator: str) -> str:
    """Name what a share or an intensity refers to."""
    if denominator == "parcel_area":
        return text(lang, "ui.rules.parcel_area")
    return _from_tables(lang, denominator)


def days_words(lang: str, days: InForce) -> str:
    """Say from which day until which a rule or a pack applies."""
    since, until = days.since, days.until
    if since and until:
        return text(lang, "ui.rules.since_until", since=since.isoformat(), until=until.isoformat())
    if since:
        return text(lang, "ui.rules.since", since=since.isoformat())
    if until:
        return text(lang, "ui.rules.until", until=until.isoformat())
    return text(lang, "ui.rules.no_days")


def example_words(lang: str, rule: Rule, example: Example) -> str:
    """Say what an example gives and what the rule answers to it."""
    answered = text(lang, f"ui.rules.expect_{example.expect}")
    return text(lang, "ui.rules.example", given=_given(lang, rule, example.given), answer=answered)


def _given(lang: str, rule: Rule, given: Any) -> str:
    mark = text(lang, "ui.list_mark")
    if isinstance(given, dict):
        parts = (
            text(lang, "ui.rules.case", key=_key_words(lang, key), value=_given(lang, rule, one))
            for key, one in given.items()
        )
        return mark.join(parts)
    if isinstance(given, (list, tuple)):
        return mark.join(_class_words(lang, str(one)) for one in given) or "—"
    if isinstance(given, str):
        return _class_words(lang, given)
    return _exact(lang, given, rule.unit)


def _key_words(lang: str, key: str) -> str:
    return messages(lang).get(f"ui.rules.case_{key}", key)


def _class_words(lang: str, word: str) -> str:
    """Name a function; classes of land are named by their codes."""
    return messages(lang).get(f"ui.rules.function.{word}", word)


def _from_tables(lang: str, word: str) -> str:
    for row in table("indicator_words.csv"):
        if row["id"] == word:
            return row["en" if lang == "en" else "zh"]
    return word


def _exact(lang: str, value: Any, unit: str) -> str:
    """Write a figure of a rule with all its digits: a limit of 0.001 m is none of 0.00 m."""
    if isinstance(value, (str, bool)) or value is None:
        return amount(lang, value)
    if not math.isfinite(value):
        return str(value)
    percent = 100 if unit == "ratio" else 1
    figure = Decimal(repr(value)) * percent
    places = -int(figure.normalize().as_tuple().exponent)
    written = f"{figure:,.{max(places, _PLACES.get(unit, 0))}f}".replace("-", "−")
    named = messages(lang).get(f"ui.rules.unit_{unit}", unit)
    return f"{written} {named}".strip()


def _figures(rule: Rule) -> int:
    """Count the cells of a rule's table that hold a number."""
    if not rule.table or not rule.column:
        return 0
    return sum(bool(row[rule.column]) for row in rows_of(rule))
