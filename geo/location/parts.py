"""Where one phrase speaks of several pieces of land: 一块…；另一块…, 地块一：…, ①…②…."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.location.text import Text

_COUNT = "一二三四五六七八九十"
_START = r"(?:^|(?<=[,;。、:]))"
_PIECE = "(?:块|宗|处|片|幅|个地块|宗地|个|部分)"
_NO_DIRECTION = "(?![以之][东南西北]|[东南西北][侧边面部])"
# Each pattern is one way to list pieces; a phrase is split by the first one found in it.
_LISTS = (
    re.compile("(?:地块|宗地)?[①-⑳]:?"),
    re.compile(rf"(?:{_START}(?:其中)?第?[{_COUNT}]|[和及]?(?:另外?|其余|剩余)一?){_PIECE}(?:地块|用地)?{_NO_DIRECTION}[:为是,]?"),
    re.compile(rf"{_START}其[{_COUNT}][,:、是]?"),
    re.compile(rf"{_START}[{_COUNT}]是"),
    re.compile(rf"{_START}(?:地块|宗地|片区|区块|图斑)(?:[{_COUNT}]|[\dA-Za-z]{{1,2}})(?:号|#)?(?=[:,为位东南西北四]|坐落)[:,为]?"),
    re.compile(rf"{_START}(?:[{_COUNT}]|\d{{1,2}}|[A-Za-z甲乙丙丁])(?:号|#)?(?:地块|宗地|片区|区块){_NO_DIRECTION}[:,为]?"),
    re.compile(rf"(?:{_START}|(?<=[东南西北侧边面部角块]))\((?:[{_COUNT}]|\d{{1,2}})\)"),
    re.compile(rf"{_START}[甲乙丙丁A-Z]:"),
    re.compile(rf"{_START}(?:[{_COUNT}]|\d{{1,2}})(?:、|\)|[.](?!\d))"),
)  # fmt: skip
# 东地块：…；西地块：…: headings of any kind, when there are several.
_HEADING = re.compile(rf"{_START}[^,;。:、()]{{1,10}}(?:地块|宗地|片区|区块|号地):")


def split_list(text: Text) -> tuple[Text | None, list[Text]]:
    """Split a phrase at its list marks.

    Returns
    -------
    preamble : Text or None
        The words before the first mark, which hold for every piece.
    pieces : list of Text
        The words of each piece, without the marks; the whole text if there is no list.
    """
    for pattern in (*_LISTS, *([_HEADING] if ":" in text.folded else [])):
        found = list(pattern.finditer(text.folded))
        one_will_do = pattern is not _HEADING and found and found[0].start() == 0
        if len(found) > 1 or (one_will_do and found[0].end() < len(text)):
            starts = [*found, None]
            pieces = [
                text.cut(mark.end(), following.start() if following else None)
                for mark, following in pairwise(starts)
                if mark
            ]
            return text.cut(0, found[0].start()), pieces
    return None, [text]
