"""Names that look or sound like an unknown one: edit distance and pinyin."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Sequence

# What kind of feature it is says nothing about which one it is.
_KIND_OF_FEATURE = re.compile(r"(?<=..)(?:大道|大街|路|街|巷|河|公园|小区)$")
_LIKE = 60.0
_MOST = 5


class SimilarNames:
    """Finds similar names among thousands; the pinyin is worked out on first use.

    Parameters
    ----------
    spellings : sequence of (str, int)
        Name keys and the positions of their features; a position may occur often.
    """

    def __init__(self, spellings: Sequence[tuple[str, int]]) -> None:
        self._spellings = tuple(spellings)

    def like(self, names: Sequence[str]) -> list[int]:
        """Return positions of reasonably similar names, best first.

        Half of the score is the likeness of the characters, half that of their toneless
        pinyin, so that 信陈路 finds 信臣路.
        """
        if not self._spellings:
            return []
        scores = np.max([self._scores(name) for name in names], axis=0)
        enough = np.flatnonzero(scores >= _LIKE)
        best = enough[np.lexsort((enough, -scores[enough]))]
        return list(dict.fromkeys(self._spellings[at][1] for at in best))[:_MOST]

    def _scores(self, name: str) -> npt.NDArray[np.float32]:
        written = process.cdist([_stem(name)], self._stems, scorer=fuzz.ratio)[0]
        spoken = process.cdist([_pinyin(name)], self._pinyin, scorer=fuzz.ratio)[0]
        whole = process.cdist([name], self._whole, scorer=fuzz.ratio)[0]
        scores: npt.NDArray[np.float32] = (written + spoken) / 2 + whole / 1000
        return scores

    @cached_property
    def _whole(self) -> list[str]:
        return [name for name, _ in self._spellings]

    @cached_property
    def _stems(self) -> list[str]:
        return [_stem(name) for name in self._whole]

    @cached_property
    def _pinyin(self) -> list[str]:
        return [_pinyin(name) for name in self._whole]


def _stem(name: str) -> str:
    return _KIND_OF_FEATURE.sub("", name)


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin  # a third of a second, and only unknown names need it

    return " ".join(lazy_pinyin(_stem(name)))
