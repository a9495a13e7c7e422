"""Numbers of a verdict in words: values beside their limit, margins, what a share refers to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.finding_words import amount
from parcels.messages import LANGUAGES, text
from parcels.proposal.fields import quantity_unit
from parcels.proposal.ruling.judging import STRICT
from parcels.rules.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcels.proposal.measuring.measures import Measured, Ratio
    from parcels.proposal.ruling.judging import Limit
    from parcels.rules.model import Op

    ByLanguage = Mapping[str, str]
_DIGITS = 400  # before and behind the point, whatever is typed
_MOST_PLACES = 40
_POINTS, _AREA, _OTHER = 2, 2, 4


@cache
def by_language(key: str) -> ByLanguage:
    """Return a sentence without values in every language."""
    return MappingProxyType({lang: text(lang, key) for lang in LANGUAGES})


def value_words(lang: str, value: Fraction, unit: str, ends: Iterable[Fraction]) -> str:
    """Write a value; with more digits where rounding would make it equal to an end of a limit."""
    percent, places = _scale(unit)
    others = [one * percent for one in ends if one != value]
    shown = value * percent
    if not any(rounded(shown, places) == rounded(one, places) for one in others):
        return amount(lang, float(value), unit)
    while places < _MOST_PLACES and any(
        rounded(shown, places) == rounded(one, places) for one in others
    ):
        places += 1
    written = f"{rounded(shown, places):,f} {'%' if unit == 'ratio' else _shown_unit(unit)}"
    return written.replace("-", "−").strip()


@cache
def whole_words(word_id: str) -> ByLanguage:
    """Name by language what a share refers to; an unknown id as it is."""
    for row in table("indicator_words.csv"):
        if row["id"] == word_id:
            return MappingProxyType({"zh": row["zh"], "en": row["en"]})
    return MappingProxyType({"zh": word_id, "en": word_id})


def of_whole(whole: str, ratio: Ratio) -> ByLanguage:
    """Say in brackets what a value refers to and how it is counted; "" where nothing."""
    is_doubled = any(span[1] > 1 for span in (*ratio.above.values(), *ratio.below.values()))
    return _notes(whole, is_allotted=ratio.allotted, is_doubled=is_doubled)


@cache
def _notes(whole: str, *, is_allotted: bool, is_doubled: bool) -> ByLanguage:
    told = {}
    for lang in LANGUAGES:
        notes = [text(lang, "proposal.whole.of", whole=whole_words(whole)[lang])] if whole else []
        notes += [text(lang, "proposal.whole.allotted")] if is_allotted else []
        notes += [text(lang, "proposal.whole.doubled")] if is_doubled else []
        joined = text(lang, "proposal.whole.mark").join(notes)
        told[lang] = text(lang, "proposal.whole.brackets", told=joined) if notes else ""
    return MappingProxyType(told)


def margin_of(limits: Sequence[Limit], measured: Measured) -> Fraction:
    """Return by how much a value keeps its hardest limit, below 0 by how much it breaks it.

    Of a range the least that is certain: the end that is nearer to the limit.
    """
    return min((_margin(one, measured) for one in limits), default=Fraction(0))


def _margin(limit: Limit, measured: Measured) -> Fraction:
    least, most = limit
    low = measured.low or Fraction(0)
    high = measured.high
    found = []
    if least is not None:
        found.append(high - least if high is not None and high < least else low - least)
    if most is not None:
        found.append(most - low if high is None or low > most else most - high)
    return min(found, default=Fraction(0))


def margin_words(
    op: Op, limits: Sequence[Limit], measured: Measured, ratio: Ratio, unit: str
) -> ByLanguage:
    """Say by how much a limit is kept or broken: in its unit and, for quotients, of what is above.

    A share of 32.5 % is 2.5 points above 30 %: with the denominator as it is, 2,000 of 80,000 m².
    """
    margin = margin_of(limits, measured)
    if margin == 0:
        ends = "out" if op in STRICT else "in" if measured.exact is not None else "worst"
        return by_language(f"proposal.margin.equal_{ends}")
    kind = "left" if margin > 0 else "over" if _is_above(limits, measured) else "short"
    told = {}
    for lang in LANGUAGES:
        size = _size(lang, abs(margin), unit)
        if measured.below is not None and ratio.above:
            back = abs(margin) * measured.below / ratio.factor
            more = _size(lang, back, quantity_unit(next(iter(ratio.above))))
            size = text(lang, "proposal.margin.of_whole", size=size, amount=more)
        told[lang] = text(lang, f"proposal.margin.{kind}", size=size)
        if measured.exact is None:
            told[lang] = text(lang, "proposal.margin.at_least", told=told[lang])
    return told


def _is_above(limits: Sequence[Limit], measured: Measured) -> bool:
    low = measured.low or Fraction(0)
    return any(most is not None and low >= most for _, most in limits)


def _size(lang: str, size: Fraction, unit: str) -> str:
    percent, places = _scale(unit)
    shown = size * percent
    while places < _MOST_PLACES and rounded(shown, places) == 0:
        places += 1
    whole = rounded(shown, places)
    written = f"{whole:,f}" if places == _POINTS else _stripped(whole)
    if unit == "ratio":
        return text(lang, "proposal.margin.points", size=written)
    return f"{written} {_shown_unit(unit)}".strip()


def _stripped(value: Decimal) -> str:
    whole, _, decimals = f"{value:,f}".partition(".")
    kept = decimals.rstrip("0")
    return f"{whole}.{kept:0<2}" if kept else whole


def _scale(unit: str) -> tuple[int, int]:
    """Return by what a value is multiplied to be shown, and with how many decimals."""
    if unit == "ratio":
        return 100, _POINTS
    return 1, _AREA if unit in {"m2", "m²", "万元", "万元/亩"} else _OTHER


def _shown_unit(unit: str) -> str:
    return "m²" if unit == "m2" else unit


def rounded(value: Fraction, places: int) -> Decimal:
    """Round half up, once."""
    with localcontext(prec=_DIGITS):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
