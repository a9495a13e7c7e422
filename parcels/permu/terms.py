"""Quantities, indices and words of tables of firms: read once from ``data/*.toml``."""

from __future__ import annotations

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
    from collections.abc import Mapping

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
    return fold(text) in _totals()


def trade_of(code: str, words: str) -> str | None:
    """Return the kind of trade (``utilities``, ``waste``) that a firm's code or words name."""
    digits = fold(code).lstrip("abcdefghijklmnopqrst")
    for name, trade in _words().trades.items():
        if digits.startswith(trade.codes) or any(word in fold(words) for word in trade.words):
            return name
    return None


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, _words().nothing.words))


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(fold, _words().totals.words))


def _by_spelling(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({fold(word): key for key, words in table.items() for word in words})
