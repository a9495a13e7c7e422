"""Quantities as people type them, read exactly into the unit of their field, or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NoReturn

from parcels.permu.terms import says_nothing
from parcels.proposal.document.spelled import splits
from parcels.proposal.document.typed_marks import bounds_of, off_start, plain
from parcels.proposal.document.typed_units import (
    MOST,
    factor_in,
    foreign_currency,
    plain_unit,
    readings,
    states_year,
)
from parcels.proposal.model import Amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.proposal.document.typed_marks import Bound
    from parcels.proposal.fields import ProposalField

SHOWN = 60
LONGEST = 200
_ONE = Fraction(1)
_WHOLE = ("people", "count")
_NOT_FINITE = re.compile(r"[-+]?(?:nan|inf|infinity|∞|1\.#\w+).*", re.IGNORECASE | re.DOTALL)
_EXPONENT = re.compile(r"[-+]?[0-9.]+e[-+]?[0-9]+.*", re.IGNORECASE | re.DOTALL)
_SIGNED = re.compile(r"(?:[-−–]|负)\s*[0-9.零〇一二两三四五六七八九十百千万亿].*", re.DOTALL)
_OTHER_NUMBER = re.compile(r"[0-9]{2}|[0-9][.,万亿]|(?:^|[^a-z])[0-9]", re.IGNORECASE)
_BRACKET = re.compile(r"(?<![/·每(\[【])\s*[(\[【][^()\[\]【】0-9]*[)\]】]\s*$")
_TWICE = re.compile(r"([^(]*[0-9][^(]*?)\s*(?:\(|=|,?(?:折合|合|即))\s*([^()]*[0-9][^()]*?)\s*\)?")
_WRITTEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_YEARLY = re.compile(r"(?:每年|全年|年均)\s*")
_MANY = re.compile(r"(?<=[0-9百千万亿])\s*[余多](?=\s*[^0-9\s])")
_RANGE = re.compile(r"\s*(?:[-~—–〜―]{1,2}|至|到)\s*(?=[0-9.零〇一二两三四五六七八九十百千])")
_YUAN = re.compile(r"^(?:[¥￥]|rmb|cny|人民币)\s*", re.IGNORECASE)
_OPEN = frozenset(("待定", "未定", "待填", "待核", "待核实", "未知", "tbd", "?", "？"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A text, read.

    Attributes
    ----------
    amount : Amount or None
        In the unit of the field; None where there is a problem.
    problem : str
        Code of a fault; "" where there is none.
    remarks : tuple of str
        Codes of what is to be told although the value is used.
    values : mapping
        What the sentences name; ``value`` is the text as typed, cut to 60 characters.
    """

    amount: Amount | None = None
    problem: str = ""
    remarks: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_quantity(
    text: str, asked: ProposalField, *, unit: str = "", whole: Amount | None = None
) -> Typed:
    """Read what is typed into a field of a quantity.

    Parameters
    ----------
    text : str
        As typed: ``1.2亿``, ``45亩``, ``４．５万㎡``, ``50-60亩``, ``不少于50亩``, ``40%``.
    asked : ProposalField
    unit : str
        Unit that the heading states for numbers without one; "": that of
        `parcels.proposal.document.typed_units.plain_unit`, which many fields do not have: 30000
        may be m² or 亩, and is then refused.
    whole : Amount or None
        What a share (40%) refers to, where the field may be typed as a share.

    Returns
    -------
    Typed
        Never raises; a number that makes no sense is a problem, not a number.
    """
    shown = text.strip()
    values = {"value": shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"}
    reader = _Reader(asked=asked, unit=unit or plain_unit(asked), whole=whole)
    if len(text) > LONGEST:
        return Typed(problem="proposal_number_unreadable", values=MappingProxyType(values))
    try:
        amount, remarks = reader.read(plain(shown))
    except _UnreadError as problem:
        named = MappingProxyType(values | problem.values)
        return Typed(problem=problem.code, values=named)
    return Typed(amount=amount, remarks=remarks, values=MappingProxyType(values))


class _UnreadError(Exception):
    """A text that is no quantity; stays in this module."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads texts for one field."""

    asked: ProposalField
    unit: str
    whole: Amount | None

    def read(self, text: str) -> tuple[Amount, tuple[str, ...]]:
        """Read a whole text and what is to be told about it."""
        _require_number(text)
        if self.asked.kind == "money" and (currency := foreign_currency(text)):
            raise _UnreadError("proposal_unit_foreign", unit=currency)
        text = self._without_title(text)
        twice = _TWICE.fullmatch(text)
        return self._same(twice[1], twice[2]) if twice else self._once(text)

    def _once(self, text: str) -> tuple[Amount, tuple[str, ...]]:
        bare, bracket = _BRACKET.sub("", text), _BRACKET.search(text)
        told = ["proposal_number_beside"] if bracket else []
        bare, bounds = bounds_of(self._without_year(bare))
        several = _MANY.sub("", bare)
        if several != bare or "about" in bounds:
            told.append("proposal_number_about")
        bounds.discard("about")
        return self._bounded(several.strip(), bounds), tuple(told)

    def _same(self, first: str, second: str) -> tuple[Amount, tuple[str, ...]]:
        """Read 45亩（30000㎡): both must say the same, as far as they are written out."""
        (one, told), (other, _) = self._once(first), self._once(second)
        if one.exact is None or other.exact is None:
            raise _UnreadError("proposal_number_several")
        slack = _last_digit(first, one.exact) + _last_digit(second, other.exact)
        if abs(one.exact - other.exact) > slack / 2:
            raise _UnreadError("proposal_number_several")
        return one, (*told, "proposal_number_twice")

    def _without_title(self, text: str) -> str:
        """Take the name of the field off the start: 用地面积280亩."""
        for title in (self.asked.title, self.asked.share_title):
            if title is not None and text.startswith(title.zh):
                return off_start(text, re.compile(re.escape(title.zh) + r"\s*"))
        return text

    def _without_year(self, text: str) -> str:
        """Take 每年 off the start, where the field is an amount a year."""
        rest = off_start(text, _YEARLY)
        if rest != text and not self.asked.a_year:
            raise _UnreadError("proposal_unit_a_year", unit=text[: len(text) - len(rest)].strip())
        return rest

    def _bounded(self, text: str, bounds: set[Bound]) -> Amount:
        if len(bounds) > 1:
            raise _UnreadError("proposal_number_unreadable")
        if _SIGNED.fullmatch(text):
            raise _UnreadError("proposal_number_negative")
        ends = _RANGE.split(text)
        if len(ends) == 2 and ends[0] and not bounds:  # noqa: PLR2004 -- from and to
            return self._between(*ends)
        value = self._one(text)
        if not bounds:
            return value
        if "least" in bounds:
            return Amount(low=value.low, high=self._ceiling(value.low))
        return Amount(low=Fraction(0), high=value.high)

    def _ceiling(self, low: Fraction) -> Fraction | None:
        """Return the most that an amount can be: what it is a part of, where that is known."""
        most = self.whole.high if self.whole and self.asked.share_of else None
        return most if most is not None and most >= low else None

    def _between(self, first: str, second: str) -> Amount:
        """Read 50-60亩, 3-5万㎡, 50亩至60亩: the first takes the unit of the second."""
        high = self._one(second)
        tail = next((rest for _, rest in splits(second)[-1:]), "")
        lone = splits(first)
        same = bool(lone) and not lone[0][1] and len(lone) == 1
        low = self._one(f"{first}{tail}" if same else first, unit=_unit_of(second))
        if high.high is None or low.low > high.high:
            raise _UnreadError("proposal_number_reversed")
        return Amount(low=low.low, high=high.high)

    def _one(self, text: str, *, unit: str = "") -> Amount:
        """Read one number with its unit; ``unit``: that of the other end of a range."""
        bare = _YUAN.sub("", text) if self.asked.kind == "money" else text
        ways = splits(bare.removeprefix("+").strip())
        if not ways:
            raise _UnreadError("proposal_number_unreadable")
        if bare != text:
            ways = tuple((value, rest or "元") for value, rest in ways)
        if ways[0][1].endswith(("%", "‰")):
            return self._share(*ways[0])
        value = self._scaled(ways, unit)
        if value is None:
            self._refuse(ways[-1][1])
        return self._sensible(value)

    def _scaled(self, ways: tuple[tuple[Fraction, str], ...], unit: str) -> Fraction | None:
        for value, rest in ways:
            known = factor_in(self.asked, rest, value) if rest else None
            if known is not None:
                return known
            if rest and value == 0 and factor_in(self.asked, rest, _ONE) is not None:
                raise _UnreadError("proposal_number_zero")  # no m² a person
        if all(rest for _, rest in ways):
            return None
        lone = next(value for value, rest in ways if not rest)
        if lone == 0:
            return lone  # the same in every unit
        meant = unit if factor_in(self.asked, unit, lone) is not None else self.unit
        return factor_in(self.asked, meant, lone) if meant else None

    def _share(self, value: Fraction, rest: str) -> Amount:
        """Read 40%: of the whole that the field names."""
        if not self.asked.share_of or rest not in {"%", "‰"}:
            self._refuse(rest)
        share = value / (100 if rest == "%" else 1000)
        if share > 1:
            raise _UnreadError("proposal_share_over")
        if self.whole is None:
            raise _UnreadError("proposal_share_of_nothing")
        low, high = self.whole.low * share, self.whole.high
        return Amount(low=low, high=None if high is None else high * share)

    def _refuse(self, rest: str) -> NoReturn:
        """Say why there is no unit, or why it is none of this field."""
        if not rest or not rest.strip("十百千万亿"):
            raise _UnreadError("proposal_unit_missing", units=" / ".join(readings(self.asked)))
        if not self.asked.a_year and states_year(rest):
            raise _UnreadError("proposal_unit_a_year", unit=rest[:SHOWN])
        if _OTHER_NUMBER.search(rest):
            raise _UnreadError("proposal_number_several")
        raise _UnreadError(
            "proposal_unit_unknown", unit=rest[:SHOWN], units=" / ".join(readings(self.asked))
        )

    def _sensible(self, value: Fraction) -> Amount:
        """Refuse what no proposal can have."""
        most = MOST[self.asked.kind]
        if value > most:
            raise _UnreadError("proposal_number_absurd", limit=f"{most:,} {self.asked.unit}")
        if self.asked.kind in _WHOLE and value.denominator != 1:
            raise _UnreadError("proposal_number_not_whole")
        return Amount(low=value, high=value)


def _require_number(text: str) -> None:
    """Refuse what is no number at first sight, with the reason."""
    if says_nothing(text) or text.lower() in _OPEN:
        raise _UnreadError("proposal_number_nothing")
    if _NOT_FINITE.fullmatch(text):
        raise _UnreadError("proposal_number_not_finite")
    if _EXPONENT.fullmatch(text):
        raise _UnreadError("proposal_number_exponent")


def _last_digit(text: str, value: Fraction) -> Fraction:
    """Return what one more in the last digit of a number would be worth."""
    found = _WRITTEN.search(text)
    digits = found[0].replace(",", "") if found else ""
    if not digits.strip("0."):
        return Fraction(0)
    decimals = len(digits.partition(".")[2])
    return value / Fraction(digits) * Fraction(1, 10**decimals)


def _unit_of(text: str) -> str:
    """Return what follows a number, without 万 and the like: 亩 of 5万亩."""
    ways = splits(text)
    return ways[0][1] if ways else ""
