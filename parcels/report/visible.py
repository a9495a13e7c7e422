"""Text of strangers on paper: what cannot be seen is written by its number."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(words: str) -> str:
    """Write what a text hides: a control character becomes ``[U+0007]``; lines stay lines.

    Marks that turn the direction of writing, blanks without width and characters that are none
    would change what a reader sees; a document of Word or a workbook cannot hold them at all.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one if one == "\n" else _sign(one) for one in lines)


def _sign(one: str) -> str:
    return f"[U+{ord(one):04X}]" if unicodedata.category(one) in _HIDDEN else one
