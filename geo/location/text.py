"""A phrase as written beside the same phrase as the grammar compares it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# A line break before a list number separates; other breaks come from the page layout.
_LIST_BREAK = re.compile(r"(?<!\s)\s++(?=[①-⑳]|[(（]?[\d一二三四五六七八九十]{1,2}[)）.、．])")
# Blanks carry meaning only between two Latin words.
_BLANK = re.compile(r"(?<!\s)(?:(?<![!-~])\s++|\s++(?![!-~]))")
_LATIN_BLANK = re.compile(r"\s+")
_KEPT = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WIDE = {wide: wide - 0xFEE0 for wide in range(ord("！"), ord("～") + 1)}
# Traditional forms of the words that relate a parcel to a name, and of the ends of names.
_TRADITIONAL = str.maketrans(
    "東側與間內兩邊線園區縣鎮鄉莊廠場橋圍處塊離臨鄰範約於為號匯會條後畝頃總積經緯橫縱",
    "东侧与间内两边线园区县镇乡庄厂场桥围处块离临邻范约于为号汇会条后亩顷总积经纬横纵",
)
_ALIKE = _WIDE | _TRADITIONAL | str.maketrans("【〔[［】〕]］—–―~～〜﹑﹐", "(((())))------、,")
_ANY_TRADITIONAL = re.compile(f"[{''.join(map(chr, _TRADITIONAL))}]")
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of a phrase: ``written`` for names, ``folded`` for comparing.

    Both have the same length, so that one position fits both.
    """

    written: str
    folded: str

    def __len__(self) -> int:
        """Return the number of characters."""
        return len(self.folded)

    def cut(self, start: int, end: int | None = None) -> Text:
        """Return the stretch between two positions."""
        return Text(self.written[start:end], self.folded[start:end])

    def strip(self, characters: str) -> Text:
        """Return the stretch without these folded characters at either end."""
        left = len(self.folded) - len(self.folded.lstrip(characters))
        return self.cut(left, max(left, len(self.folded.rstrip(characters))))


def clean(phrase: str) -> Text:
    """Drop invisible characters and layout blanks, and fold what remains."""
    if not phrase.isprintable():
        phrase = "".join(filter(_visible, _LIST_BREAK.sub(_separated, phrase)))
    phrase = _LATIN_BLANK.sub(" ", _BLANK.sub("", phrase))
    return Text(phrase, fold(phrase))


def simplified(text: str) -> str:
    """Write the traditional forms among the grammar's words in their simplified form."""
    return text.translate(_TRADITIONAL) if _ANY_TRADITIONAL.search(text) else text


def _separated(blanks: re.Match[str]) -> str:
    return "；" if "\n" in blanks.group() else blanks.group()


def fold(text: str) -> str:
    """Fold width, look-alike and traditional forms, character by character: the length stays."""
    text = text.translate(_ALIKE)
    if not unicodedata.is_normalized("NFKC", text):
        text = "".join(map(_fold_character, text))
    return text


def _fold_character(character: str) -> str:
    if character in _KEPT:
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _visible(character: str) -> bool:
    return (
        character.isspace()
        or character == _JOINER
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
