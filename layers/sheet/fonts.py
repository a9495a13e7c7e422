"""The one font of paper: found in its package, measured, embedded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import PlannerError

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

FONT_NAME = "Noto Sans CJK SC"
_PACKAGE, _FILE = "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"
_FACE = 2  # of the collection: simplified Chinese
_SUBUNITS = 64.0  # of a font unit, in which FreeType gives what it does not scale
_ROOM = 1.02  # hinting widens a line of letters a little
_OPENING, _CLOSING = "（“《〔(", "，。、；：）”》〕！？,.;:)%²"
_PLAIN = re.compile(r"[ -~\u4e00-\u9fa5，。：；、（）“”\u3000]*")  # the font has all of them
_BLANKS = {" ", "\u3000"}
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_lock = Lock()


@cache
def font_file() -> Path:
    """Find the font collection; its face 2 is simplified Chinese.

    Raises
    ------
    PlannerError
        ``font_missing``: the package is not installed, or its file is gone.
    """
    found = find_spec(_PACKAGE)
    folders = (found.submodule_search_locations or []) if found else []
    for folder in folders:
        path = Path(folder) / _FILE
        if path.is_file():
            return path
    raise PlannerError("font_missing", font=FONT_NAME)


@cache
def font() -> FontProperties:
    """Give the font as matplotlib takes it; no list of the machine's fonts is asked."""
    from matplotlib.font_manager import FontPath, FontProperties

    return FontProperties(fname=FontPath(str(font_file()), _FACE))


@lru_cache(maxsize=16384)
def printable(words: str) -> str:
    """Write what the font has no sign for by its number, a blank of any kind as a blank.

    A line break, a control character or a mark that turns the direction of writing must neither
    vanish nor act: ``[U+202E]`` stands in its place.
    """
    return words if _PLAIN.fullmatch(words) else "".join(_sign(one) for one in words)


def width(words: str, size: float) -> float:
    """Measure a line of text.

    Parameters
    ----------
    words : str
        As `printable` returns it.
    size : float
        Height of the em square, in any unit.

    Returns
    -------
    float
        In the unit of ``size``; a little more than what is drawn.
    """
    return _ems(words) * size * _ROOM


def wrapped(words: str, size: float, room: float) -> list[str]:
    """Break a text into lines that are no wider than the room; Chinese breaks anywhere.

    Parameters
    ----------
    words : str
        As typed; it is made `printable`.
    size, room : float
        Height of the letters and width of a line, in one unit.

    Returns
    -------
    list of str
        At least one line; a word that is wider than the room is broken.
    """
    written = printable(words)
    if width(written, size) <= room:
        return [written.rstrip() if written.strip() else ""]
    lines, line = [], ""
    for piece in _pieces(written):
        if line and width(line + piece.rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece.strip() else ""
        while width(line, size) > room and len(line) > 1:
            cut = _fitting(line, size, room)
            lines.append(line[:cut])
            line = line[cut:].lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def shortened(words: str, size: float, room: float) -> str:
    """Cut a line at its end, with … for what is left out; as it is where it fits."""
    words = printable(words)
    if width(words, size) <= room:
        return words
    return words[: _fitting(words, size, room - width("…", size))].rstrip() + "…"


def _fitting(line: str, size: float, room: float) -> int:
    """Count the signs at the start of a line that fit; one at least."""
    used = 0.0
    for at, one in enumerate(line):
        used += advance(one) * size * _ROOM
        if used > room:
            return max(at, 1)
    return len(line)


def _pieces(words: str) -> list[str]:
    """Split a text where a line may end: after a blank, before and after a Chinese sign."""
    pieces: list[str] = []
    for one in words:
        closes = one in _CLOSING
        opened = bool(pieces) and pieces[-1][-1] in _OPENING
        joins = pieces and (closes or opened or not (_is_wide(one) or _is_wide(pieces[-1][-1])))
        if joins and (closes or opened or not pieces[-1].endswith(" ")):
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces


def _is_wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in "WF"


def _sign(one: str) -> str:
    if one in _BLANKS:
        return one
    if one.isspace():
        return " "
    if unicodedata.category(one) in _UNPRINTABLE or not _has(one):
        return f"[U+{ord(one):04X}]"
    return one


@cache
def _face() -> FT2Font:
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(font_file()), face_index=_FACE)


@cache
def _has(one: str) -> bool:
    with _lock:
        return _face().get_char_index(ord(one)) != 0


@lru_cache(maxsize=16384)
def _ems(words: str) -> float:
    return sum(map(advance, words))


@cache
def advance(one: str) -> float:
    """Give the width of a sign as a share of the em square."""
    from matplotlib.ft2font import LoadFlags

    with _lock:
        face = _face()
        glyph = face.load_char(ord(one), flags=LoadFlags.NO_SCALE)
        return float(glyph.horiAdvance) / float(face.units_per_EM)


@cache
def outline(one: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8]]:
    """Give the outline of a sign in ems: points and the codes of a path of matplotlib."""
    from matplotlib.ft2font import LoadFlags

    with _lock:
        face = _face()
        face.load_char(ord(one), flags=LoadFlags.NO_SCALE)
        points, codes = face.get_path()
        return np.asarray(points) * (_SUBUNITS / face.units_per_EM), np.asarray(codes)
