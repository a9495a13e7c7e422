"""The named features of a network, and what a name in a phrase refers to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.location.features import Match, NamedFeature
from geo.location.lexicon import EMPTY
from geo.location.names import read_name
from geo.location.numerals import arabic
from geo.location.similar import SimilarNames
from geo.location.text import clean, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.location.reading import Name

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_BLANK = re.compile(rf"[\s“”「」《》{_INVISIBLE}]+")
_ALIKE = str.maketrans("【〔[】〕]", "((()))")
_ODD = re.compile(rf"[\s“”「」《》【〔[\]〕】{_INVISIBLE}]")
_NUMBERED_ROUTES = (
    (re.compile(r"(\d+)国道|国道(\d+)"), r"g\1\2"),
    (re.compile(r"(\d+)省道|省道(\d+)"), r"s\1\2"),
)
_BRACKET = re.compile(r"\([^()]*\)$")
_TWO_NAMES = re.compile("[（(/]")
_COMPANY = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$")
_ORGANISATION = re.compile(r"(?:股份|有限|责任|公司|集团|总厂|厂|总部)+$")
_ROAD_TYPE = re.compile(r"(?:大道|大街|路|街|巷)$")
# 规划东一路 is 东一路 once it is built.
_PLANNED = re.compile(r"^规划(?=..+[路街道河渠]$)|(?<=[路街道])[东西南北中]段$")
_SHORTEST = 2


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """Return the form of a name that is compared: width, blanks, numerals, route numbers.

    经十路, 经10路 and 经１０路 have one key; so do 312国道, 国道312 and G312.
    """
    folded = simplified(unicodedata.normalize("NFKC", name).casefold())
    if _ODD.search(folded):
        folded = _BLANK.sub("", folded).translate(_ALIKE)
    folded = arabic(folded)
    if "道" in folded:
        for pattern, route in _NUMBERED_ROUTES:
            folded = pattern.sub(route, folded)
    return folded


@dataclass(frozen=True, slots=True)
class _Index:
    """Which features a key names, from the surest kind of name to the least sure."""

    names: dict[str, list[int]] = field(default_factory=dict)
    aliases: dict[str, list[int]] = field(default_factory=dict)
    former: dict[str, list[int]] = field(default_factory=dict)
    unbracketed: dict[str, list[int]] = field(default_factory=dict)
    short: dict[str, list[int]] = field(default_factory=dict)


class Gazetteer:
    """Finds features by name; a lexicon for `geo.location.phrases.parse`.

    Use `build`. The order of ``features`` gives the positions in a `Match`.
    """

    def __init__(self, features: tuple[NamedFeature, ...], index: _Index) -> None:
        self.features = features
        self._index = index
        self._known = (
            index.names.keys() | index.aliases.keys() | index.former.keys()
        ) | index.unbracketed.keys()
        self._similar = SimilarNames(_spellings(features))

    @classmethod
    def build(cls, features: Sequence[NamedFeature]) -> Gazetteer:
        """Index features by name, alias, former name and short form.

        Parameters
        ----------
        features : sequence of NamedFeature
            In any order; several may have the same name. Such names are ambiguous, so
            the pieces of one road must be joined before.
        """
        index = _Index()
        for position, feature in enumerate(features):
            name = key(feature.name)
            _add(index.names, [name], position)
            _add(index.aliases, map(key, (*feature.aliases, *_inside(feature.name))), position)
            _add(index.former, map(key, feature.former), position)
            if name.startswith("原"):
                _add(index.former, [name[1:]], position)
            _add(index.unbracketed, [_BRACKET.sub("", name)], position)
            _add(index.short, _short_forms(name), position)
        return cls(tuple(features), index)

    def known(self, name: str) -> bool:
        """Tell whether a feature has this name, alias or former name."""
        return key(name) in self._known

    def kind(self, name: str) -> str | None:
        """Return the kind of the features with this name; None if none or of several kinds."""
        kinds = {self.features[position].kind for position in self._named(name)}
        return kinds.pop() if len(kinds) == 1 else None

    def match(self, name: Name) -> Match:
        """Find the features that a name of a phrase refers to.

        The text of the name decides; aliases that the phrase gives narrow it down, or
        stand in for it when only they are known. If text and alias lead to different
        features the name is ambiguous.
        """
        found = [set(self._positions(text)) for text in (name.text, *name.aliases)]
        if name.former and not found[0]:
            found[0] = set(self._formerly(key(name.text).removeprefix("原")))
        found = [positions for positions in found if positions]
        if not found:
            return Match(status="unknown", candidates=self._candidates(name))
        common = set.intersection(*found) or set.union(*found)
        positions = tuple(sorted(common))
        if len(positions) == 1:
            return Match(status="matched", positions=positions)
        return Match(status="ambiguous", positions=positions, candidates=self._tellable(positions))

    def _named(self, name: str) -> list[int]:
        index, wanted = self._index, key(name)
        for names in (index.names, index.aliases, index.former, index.unbracketed):
            if wanted in names:
                return names[wanted]
        return []

    def _positions(self, name: str) -> list[int]:
        wanted = key(name)
        return (
            self._named(name)
            or self._index.short.get(wanted, [])
            or self._index.names.get(_PLANNED.sub("", _BRACKET.sub("", wanted)), [])
        )

    def _formerly(self, wanted: str) -> list[int]:
        index = self._index
        for names in (index.former, index.aliases, index.names):
            if wanted in names:
                return names[wanted]
        return []

    def _tellable(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Names of the features, with kind and id where the same name occurs twice."""
        chosen = [self.features[position] for position in positions]
        often = Counter(feature.name for feature in chosen)
        return tuple(
            f"{feature.name} ({feature.kind}, {feature.id})"
            if often[feature.name] > 1
            else feature.name
            for feature in chosen
        )

    def _candidates(self, name: Name) -> tuple[str, ...]:
        positions = self._similar.like([key(text) for text in (name.text, *name.aliases)])
        return tuple(dict.fromkeys(self.features[position].name for position in positions))[:5]


def _add(names: dict[str, list[int]], keys: Iterable[str], position: int) -> None:
    for name in dict.fromkeys(keys):
        if name:
            names.setdefault(name, []).append(position)


def _short_forms(name: str) -> list[str]:
    """Forms without bracket, organisation or road type: 中光学集团 may be called 中光学.

    A short form has at least two characters; 信臣 is short for 信臣路 and for 信臣大道.
    """
    plain = _BRACKET.sub("", name)
    endings = (_COMPANY, _ORGANISATION, _ROAD_TYPE, _PLANNED)
    forms = dict.fromkeys(ending.sub("", plain) for ending in endings)
    return [form for form in forms if form != name and len(form) >= _SHORTEST]


def _inside(name: str) -> tuple[str, ...]:
    """Names that a name gives beside itself: 锦江（府河）, 甲路/乙路."""
    if not _TWO_NAMES.search(name):
        return ()
    both = read_name(clean(name), EMPTY)
    return (both.text, *both.aliases) if both and both.aliases else ()


def _spellings(features: Sequence[NamedFeature]) -> list[tuple[str, int]]:
    return [
        (key(name), position)
        for position, feature in enumerate(features)
        for name in (feature.name, *feature.aliases, *feature.former)
    ]
