"""Findings in words: sentences, cells of the matrix, limits with their source, what is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

from geo.units import decimal_mu
from parcels.messages import messages, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcels.findings import Finding
    from parcels.rules.load import AppliedRule, RuleBook

_SUFFIXES = {
    "_m2": "m2",
    "_m": "m",
    "_share": "ratio",
    "_mu": "亩",
    "_wan_mu": "万元/亩",
}
NO_NUMBER = {"no_overlap", "report", "match", "matrix"}
"""Operators whose limit is no figure that a reader could compare with."""
_WHOLE = re.compile(r"\.0+(?![0-9])")
_MINUS = "−"
_MOST_DECIMALS = 4
_TWO_DECIMALS = {"万元/亩", "万元"}
_WHOLE_METRES = 10
_EXACT = Context(prec=400)  # of any float: 309 digits before the point at most
_PLACES = tuple(Decimal(1).scaleb(-places) for places in range(_MOST_DECIMALS + 1))
_NONZERO = re.compile("[1-9]")


def amount(lang: str, value: Any, unit: str = "") -> str:
    """Write a measured value or a limit with its unit.

    Parameters
    ----------
    value : float, str, sequence or None
        None: ``—``. Ratios become percent; m² get 亩 beside them; metres are whole from 10 on.
    unit : str
        ``m2``, ``m``, ``ratio``, any other unit as it is shown, or "".
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return text(lang, "amount.yes" if value else "amount.no")
    if isinstance(value, (tuple, list)) and value and all(_is_number(one) for one in value):
        return _range(lang, value, unit)
    if not _is_number(value):
        return text(lang, "amount.as_is", value=value)
    return _measure(lang, float(value), unit)


def _range(lang: str, ends: Sequence[float], unit: str) -> str:
    """Write a range with its unit once; the ends of a range of shares are percent both."""
    numbers = [Decimal(repr(float(one))) for one in ends[:-1]]
    before = [_fixed(one * 100, 2) if unit == "ratio" else _plainly(one) for one in numbers]
    return "–".join([*before, amount(lang, ends[-1], unit)])


def finding_text(lang: str, finding: Finding) -> str:
    """Say what was found, with the values that decide it."""
    return messages(lang)[f"finding.{finding.reason}.text"].format_map(_Named(lang, finding))


def cell_text(lang: str, finding: Finding) -> str:
    """Say it in a few characters, for a cell of the matrix; "" where there is nothing to add."""
    own = messages(lang)[f"finding.{finding.reason}.cell"]
    if finding.outcome == "unknown" and finding.cause and not own:
        return cause_short(lang, finding)
    named = _named(lang, finding)
    named["measured"] = _told_apart(lang, finding, _brief)
    named["share"] = _brief(lang, finding.share, "ratio")
    return own.format_map(named)


def cause_short(lang: str, finding: Finding) -> str:
    """Name the cause of an unknown in a few characters."""
    metres = finding.values.get("accuracy_m")
    if finding.cause == "geometry_uncertain" and _is_number(metres):
        return text(lang, "cause.geometry_uncertain.metres", metres=f"{metres:,.0f}")
    return text(lang, f"cause.{finding.cause}.short")


def need_text(lang: str, need: str, book: RuleBook) -> str:
    """Name a datum that is missing.

    Parameters
    ----------
    need : str
        As in `Finding.needs`: ``layer:farmland``, ``input:far``, ``geometry``, ``local:SL_INV``.
    """
    kind, _, subject = need.partition(":")
    if not subject:
        return text(lang, f"need.{kind}")
    return text(lang, f"need.{kind}", subject=_subject(lang, kind, subject, book))


def needs_text(lang: str, needs: Iterable[str], book: RuleBook) -> str:
    """Name several data that are missing, those of one kind together."""
    by_kind: dict[str, list[str]] = {}
    for need in needs:
        kind, _, subject = need.partition(":")
        by_kind.setdefault(kind, []).append(_subject(lang, kind, subject, book) if subject else "")
    mark = text(lang, "ui.list_mark")
    return text(lang, "ui.review.clause_mark").join(
        text(lang, f"need.{kind}", subject=mark.join(dict.fromkeys(subjects)))
        for kind, subjects in by_kind.items()
    )


def measured_text(lang: str, finding: Finding) -> str:
    """Write what was measured, unrounded where rounding would make it equal to its limit."""
    return _told_apart(lang, finding, amount)


def limit_text(lang: str, finding: Finding) -> str:
    """Write operator and limit, such as ``≤ 7.00 %``; "" where the rule has no number."""
    if finding.limit is None:
        return ""
    if finding.op in NO_NUMBER:
        return text(lang, f"op.{finding.op}")
    written = amount(lang, finding.limit, finding.unit)
    sign = messages(lang).get(f"op.{finding.op}", finding.op)
    return f"{sign} {written}".strip()


def source_text(lang: str, applied: AppliedRule) -> str:
    """Name document, number and clause of a rule, and how far the text was checked."""
    source = applied.rule.source
    written = " ".join(part for part in (source.document, source.number, source.clause) if part)
    return f"{written} · {text(lang, f'mark.{applied.rule.confidence}')}"


def rule_title(lang: str, applied: AppliedRule) -> str:
    """Name a rule."""
    title = applied.rule.title
    return title.en if lang == "en" else title.zh


def _subject(lang: str, kind: str, subject: str, book: RuleBook) -> str:
    if kind in {"layer", "extent", "complete"}:
        from layers.overlay_kinds import overlay_kinds

        titles = overlay_kinds()[subject].title
        return titles.en if lang == "en" else titles.zh
    if kind == "field":
        from parcels.proposal.fields import quantity_words

        return quantity_words(lang, subject)
    if kind in {"local", "value"}:
        applied = book.find(subject)
        return rule_title(lang, applied) if applied else subject
    return input_title(lang, subject)


def input_title(lang: str, metric: str) -> str:
    """Name an input of a check: an indicator, or one of the few other facts that checks ask for."""
    from parcels.rules.indicators import indicators

    known = indicators().get(metric)
    if known is None:
        return text(lang, f"input.{metric}")
    return known.title.en if lang == "en" else known.title.zh


def input_unit(metric: str) -> str:
    """Return the unit in which an input is judged, as it is shown; ``ratio`` for shares."""
    from parcels.rules.indicators import indicators

    known = indicators().get(metric)
    unit = known.unit if known else ""
    return {"m2": "m²"}.get(unit, unit)


class _Named(dict[str, object]):
    """The values of a finding in words, each written when the sentence asks for it."""

    def __init__(self, lang: str, finding: Finding) -> None:
        super().__init__()
        self._lang, self._finding = lang, finding

    def __missing__(self, name: str) -> object:
        lang, finding = self._lang, self._finding
        if name == "measured":
            return measured_text(lang, finding)
        if name == "limit":
            return limit_text(lang, finding)
        if name == "share":
            return amount(lang, finding.share, "ratio")
        if name == "other":
            return finding.other or "—"
        return shown(lang, _value(lang, name, finding.values[name]))


def _named(lang: str, finding: Finding) -> dict[str, Any]:
    named = {key: _value(lang, key, value) for key, value in finding.values.items()}
    named["measured"] = measured_text(lang, finding)
    named["limit"] = limit_text(lang, finding)
    named["share"] = amount(lang, finding.share, "ratio")
    named["other"] = finding.other or "—"
    return named


def _told_apart(lang: str, finding: Finding, write: Callable[[str, Any, str], str]) -> str:
    """Write what was measured; unrounded where rounding would make it equal to its limit."""
    value, limit, unit = finding.measured, finding.limit, finding.unit
    written = write(lang, value, unit)
    ends = limit if isinstance(limit, tuple) else (limit,)
    same = _WHOLE.sub("", written)
    numbers = [one for one in ends if _is_number(one)]
    alike = [one for one in numbers if _WHOLE.sub("", write(lang, one, unit)) == same]
    if not alike or not _is_number(value) or value in alike:
        return written
    shortened = float(f"{value:.12g}")
    exact = Decimal(repr(value if shortened in alike else shortened))
    exact *= 100 if unit == "ratio" else 1
    shown = "m²" if unit == "m2" else "%" if unit == "ratio" else unit
    return f"{_signed(f'{exact.normalize():f}')} {shown}".strip()


def _brief(lang: str, value: Any, unit: str) -> str:
    """Write a measure for a narrow cell: percent with one decimal, m² alone and whole."""
    if not _is_number(value) or not math.isfinite(value):
        return amount(lang, value, unit)
    if unit == "ratio":
        return f"{_fixed(Decimal(repr(float(value))) * 100, 1)} %"
    if unit == "m2":
        return f"{_fixed(Decimal(repr(float(value))), 0)} m²"
    return amount(lang, value, unit)


def _value(lang: str, key: str, value: Any) -> Any:
    """Write one value; a mapping of language to words gives those of the language."""
    if isinstance(value, Mapping):
        return _value(lang, key, value[lang])
    if not _is_number(value):
        return list(value) if isinstance(value, (tuple, list, set, frozenset)) else value
    unit = next((unit for suffix, unit in _SUFFIXES.items() if key.endswith(suffix)), "")
    return amount(lang, value, unit)


def _measure(lang: str, value: float, unit: str) -> str:
    if not math.isfinite(value):
        return "—" if math.isnan(value) else text(lang, "amount.as_is", value=value)
    exact = Decimal(repr(value))
    if unit == "m2":
        return text(
            lang, "amount.m2", value=_fixed(exact, 2), mu=_signed(f"{decimal_mu(value, 2):,}")
        )
    if unit == "ratio":
        return text(lang, "amount.percent", value=_fixed(exact * 100, 2))
    if unit == "m":
        return f"{_fixed(exact, 0 if abs(value) >= _WHOLE_METRES else 2)} m"
    written = _fixed(exact, 2) if _has_cents(exact, unit) else _plainly(exact)
    return f"{written} {unit}" if unit else written


def _has_cents(value: Decimal, unit: str) -> bool:
    """Whether an amount of money is written with two decimals: whole ones need none."""
    return unit in _TWO_DECIMALS and value != value.to_integral_value()


def _fixed(value: Decimal, places: int) -> str:
    """Round half up, once."""
    rounded = value.quantize(_PLACES[places], ROUND_HALF_UP, _EXACT)
    return _signed(f"{rounded:,}")


def _plainly(value: Decimal) -> str:
    """Write whole numbers as such, others with two to four decimals."""
    if value == value.to_integral_value():
        return _fixed(value, 0)
    whole, _, decimals = _fixed(value, _MOST_DECIMALS).rstrip("0").partition(".")
    return f"{whole}.{decimals:0<2}"


def _signed(written: str) -> str:
    """Write a minus for a hyphen, and none before a zero."""
    if "-" not in written:
        return written
    return written.replace("-", _MINUS if _NONZERO.search(written) else "")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
