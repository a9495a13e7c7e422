"""Quantities, indices and words of tables of firms: read once from ``data/*.toml``."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from parcels.permu.units import Kind, fold
from parcels.rules.model import Mark, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUMS = ("合计", "总计", "小计", "共计", "累计")
_BESIDE = re.compile(r"(?:\([^()]*\)|[:：])+$")
DATA = Path(__file__).parent / "data"
LAND: Final = "land"
DENOMINATORS = ("land", "registered", "mapped", "granted")
"""Areas that 亩均 may be reckoned with: as stated, registered, mapped, granted."""


class Frozen(BaseModel):
    """What is read from a data file: nothing may be added, nothing changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Frozen):
    """A document that figures come from; ``read`` says how much of it was seen."""

    title: Words
    number: str = ""
    date: str = ""
    issuer: str = ""
    mark: Mark
    read: str
    where: str


class Quantity(Frozen):
    """What a column may hold.

    Attributes
    ----------
    most : Decimal
        Above it a value is taken for a slip; in the kind's own unit.
    signed : bool
        It may be negative.
    headings : tuple of str
        Folded spellings.
    """

    id: str
    title: Words
    kind: Kind
    most: Decimal
    signed: bool = False
    headings: tuple[str, ...] = Field(min_length=1)


class Indicator(Frozen):
    """An index: numerator / denominator × factor, in ``unit``.

    Attributes
    ----------
    numerator, denominator : tuple of str
        Quantities; the first that the table has counts. ``land`` is the chosen denominator.
    land_in_m2 : bool
        The land counts in m², not in 亩.
    inverse : tuple of str
        Headings of its reciprocal.
    most : Decimal or None
        Above it the index is taken for a slip.
    """

    id: str
    title: Words
    unit: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    factor: int = 1
    land_in_m2: bool = False
    headings: tuple[str, ...]
    inverse: tuple[str, ...] = ()
    most: Decimal | None = None
    source: str
    mark: Mark

    @property
    def per_land(self) -> bool:
        """Whether land is what it is divided by."""
        return self.denominator == (LAND,)

    @property
    def is_named_per_mu(self) -> bool:
        """Whether its name says 亩均, so that 万元 in its heading can only be 万元/亩."""
        return "亩均" in self.title.zh

    @property
    def scale(self) -> Fraction:
        """What the quotient of the quantities' own units is multiplied by."""
        return Fraction(3, 2000) if self.land_in_m2 else Fraction(self.factor)


class _Trade(Frozen):
    codes: tuple[str, ...]
    words: tuple[str, ...]


class _Words(Frozen):
    words: tuple[str, ...]


class _WordLists(Frozen):
    columns: dict[str, tuple[str, ...]]
    status: dict[str, tuple[str, ...]]
    size: dict[str, tuple[str, ...]]
    answer: dict[str, tuple[str, ...]]
    nothing: _Words
    totals: _Words
    makers: _Words
    trades: dict[str, _Trade]


def load_table(name: str) -> dict[str, Any]:
    """Read one of our own data files."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def origins() -> Mapping[str, Origin]:
    """Return every source by id."""
    found = load_table("sources.toml")
    return MappingProxyType({key: Origin.model_validate(one) for key, one in found.items()})


@cache
def quantities() -> Mapping[str, Quantity]:
    """Return every quantity by id."""
    listed = [Quantity.model_validate(one) for one in load_table("quantities.toml")["quantity"]]
    return MappingProxyType({one.id: one for one in listed})


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every index by id."""
    listed = [Indicator.model_validate(one) for one in load_table("indicators.toml")["indicator"]]
    return MappingProxyType({one.id: one for one in listed})


@cache
def _words() -> _WordLists:
    return _WordLists.model_validate(load_table("words.toml"))


@cache
def text_columns() -> Mapping[str, str]:
    """Return folded heading to role of the columns that hold words."""
    return _by_spelling(_words().columns)


@cache
def status_words() -> Mapping[str, str]:
    """Return folded word to status."""
    return _by_spelling(_words().status)


@cache
def size_words() -> Mapping[str, str]:
    """Return folded word to size."""
    return _by_spelling(_words().size)


@cache
def answer_words() -> Mapping[str, str]:
    """Return folded word to ``yes`` or ``no``."""
    return _by_spelling(_words().answer)


def says_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no such value."""
    return fold(text) in _nothing()


def is_total(text: str) -> bool:
    """Tell whether a row's name says that it sums up others."""
    bare = _BESIDE.sub("", fold(text))
    return bare in _totals() or bare.endswith(_SUMS)


def trade_of(code: str, words: str) -> str | None:
    """Return the kind of trade that a firm's code or, without one, its words name.

    Returns
    -------
    str or None
        ``utilities`` or ``waste``, "" when neither code nor words are given, None for any other:
        who makes power electronics supplies no power.
    """
    digits = fold(code).lstrip("abcdefghijklmnopqrst")
    written = "" if says_nothing(words) else fold(words)
    if digits[:2].isdecimal() and len(digits) > 1:
        return next((one for one, trade in _trades() if digits.startswith(trade.codes)), None)
    if not written:
        return ""
    if any(word in written for word in _words().makers.words):
        return None
    return next(
        (one for one, trade in _trades() if any(word in written for word in trade.words)), None
    )


def _trades() -> Iterable[tuple[str, _Trade]]:
    return _words().trades.items()


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, _words().nothing.words))


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(fold, _words().totals.words))


def _by_spelling(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({fold(word): key for key, words in table.items() for word in words})
