"""Words typed into fields of a proposal that are no quantities: classes, functions, yes or no."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from parcels.checks.indicators.facts import Functions, fact_of
from parcels.permu.units import fold
from parcels.proposal.functions import DATA, function_names, function_roles, function_title

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 200
_NEAR = 0.4
_NAMED = 3
_FALLBACK = 8
_SEPARATORS = re.compile(r"[·、,，;；|/\n+&及和与\s]+")
_NUMBERED = re.compile(
    r"^(?:[A-Za-z]?[0-9一二三四五六七八九十]+[-#号栋幢]+楼?)?(?:多层|高层|地上|地下)?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BUILT = re.compile(r"(?:大?楼|用房|区|建筑)$")


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((DATA / "typed_words.toml").read_text(encoding="utf-8"))


@cache
def _words(topic: str) -> Mapping[str, str]:
    lists = _lists()[topic]
    return MappingProxyType({fold(word): key for key, words in lists.items() for word in words})


@cache
def _function_words() -> Mapping[str, tuple[str, ...]]:
    with (DATA / "function_words.csv").open(encoding="utf-8", newline="") as file:
        found = {row["word"]: tuple(row["functions"].split()) for row in csv.DictReader(file)}
    unknown = {code for codes in found.values() for code in codes} - set(function_roles())
    if unknown:
        raise KeyError(sorted(unknown))
    return MappingProxyType(found)


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    """Return function codes by their English titles, folded."""
    return MappingProxyType({fold(function_title("en", one)): (one,) for one in function_roles()})


def choice_of(topic: str, text: str) -> str | None:
    """Return what a word of a list (role, level, use) means; None: it is not in the list."""
    return _words(topic).get(fold(text))


def first_words(topic: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return for each option the word to offer: the first in Chinese, else the option itself."""
    if topic not in _lists():
        return options
    words = _lists()[topic]
    return tuple(next((w for w in words.get(one, ()) if not w.isascii()), one) for one in options)


def yes_or_no(text: str) -> bool | None:
    """Read yes or no; None: it is neither."""
    answer = _words("yes_no").get(fold(text))
    return None if answer is None else answer == "yes"


def class_of(text: str, indicator: str) -> str | None:
    """Read a class of GB 50137, by code or in words; None: it is none.

    ``converted_from`` knows land that was never building land, too: E, and E2 for farmland.
    """
    spoken = _words("converted_from").get(fold(text)) if indicator == "converted_from" else None
    found = spoken or coded(text, indicator)
    return found or choice_of("use", text)


def coded(text: str, indicator: str) -> str | None:
    """Read a class, an industry code or an edition as the checks of parcels read them."""
    if len(text) > _LONGEST:
        return None
    found = fact_of(_plain(text), indicator)
    return found if isinstance(found, str) else None


def functions_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read what a row of floor area is for.

    Returns
    -------
    codes, unread : tuple of str
        All codes that the words may mean, in the order of the table, and the words that name no
        function; where there are such words no code is known.
    """
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return (), (plain,)
    words = [plain] if _codes(plain) else [one for one in _SEPARATORS.split(plain) if one.strip()]
    meant = {word.strip(): _codes(word.strip()) for word in words or [plain]}
    unread = tuple(word for word, codes in meant.items() if not codes)
    if unread:
        return (), unread if len(unread) < len(meant) else (plain,)
    found = {code for codes in meant.values() for code in codes}
    return tuple(code for code in function_roles() if code in found), ()


def _codes(word: str) -> tuple[str, ...]:
    """Return what a word may mean; without 2号, 多层, brackets and 楼 where that says nothing."""
    bare = _BRACKETS.sub("", _NUMBERED.sub("", word)).strip()
    for one in dict.fromkeys((word, bare, _BUILT.sub("", bare))):
        found = _function_words().get(one) or _english().get(fold(one)) or _as_checked(one)
        if found:
            return found
    return ()


def _as_checked(word: str) -> tuple[str, ...]:
    """Read one word as the checks of parcels do."""
    read = fact_of(word, "functions") if word else None
    return read.words[0][1] if isinstance(read, Functions) and len(read.words) == 1 else ()


def near_functions(word: str) -> tuple[str, ...]:
    """Return names of functions that a word may have been meant for, the nearest first."""
    chinese = [*dict.fromkeys([*_function_words(), *function_names().values()])]
    names = [function_title("en", one) for one in function_roles()] if word.isascii() else chinese
    held = [name for name in names if len(word) > 1 and (word in name or name in word)]
    close = get_close_matches(word[:_LONGEST], names, n=_NAMED, cutoff=_NEAR)
    return tuple(dict.fromkeys([*held, *close]))[:_NAMED] or tuple(
        names[-len(function_roles()) :][:_FALLBACK]
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
