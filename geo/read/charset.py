"""Chinese text in whatever encoding it came, without ever losing a character."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_GB_NAMES = {"gbk", "gb2312", "gb18030", "cp936", "936", "ansi936", "euccn", "hz", "chinese"}
_UTF8_NAMES = {"utf8", "65001", "cp65001"}
_BIG5_NAMES = {"big5", "950", "cp950", "ansi950"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def declared_encoding(label: str) -> str | None:
    """Read the label of a ``.cpg`` file.

    Parameters
    ----------
    label : str
        For example ``UTF-8``, ``GBK``, ``936`` or ``ANSI 936``.

    Returns
    -------
    str or None
        A codec that can hold Chinese, or None when the label names no such thing
        (``ISO-8859-1`` is what tools write when nobody chose).
    """
    name = "".join(char for char in label.lower() if char.isalnum())
    if name in _UTF8_NAMES:
        return "utf-8"
    if name in _GB_NAMES:
        return "gb18030"
    return "cp950" if name in _BIG5_NAMES else None


def find_encoding(texts: Sequence[bytes], declared: str | None = None) -> str:
    """Find the one encoding of some texts.

    The order is byte order mark, declared, strict UTF-8, GB18030. A declared encoding that the
    bytes contradict loses: UTF-8 text also passes for GBK nonsense, the other way round it
    hardly ever does, so that valid UTF-8 with Chinese characters is UTF-8.

    Parameters
    ----------
    texts : sequence of bytes
        A whole text, or the cells of a table, each of which may end in half a character.
    declared : str, optional
        A codec from `declared_encoding`.

    Returns
    -------
    str
        Name of the codec.

    Raises
    ------
    PlannerError
        ``file_encoding_unknown`` when no encoding reads all bytes.
    """
    for mark, codec in _BOMS:
        if texts and texts[0].startswith(mark):
            return codec
    if _is_chinese_utf8(texts):
        return "utf-8"
    order = [declared] if declared else []
    for codec in [*order, "utf-8", "gb18030"]:
        if _decoded(texts, codec) is not None:
            return codec
    raise PlannerError("file_encoding_unknown")


def decode(data: bytes) -> tuple[str, str]:
    """Decode a whole text and name its encoding; errors as `find_encoding`."""
    codec = find_encoding([data])
    try:
        return data.decode(codec), codec.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise PlannerError("file_encoding_unknown") from error


def decode_cut(data: bytes, codec: str) -> str:
    """Decode a text, dropping the half character that a field's width may have cut off."""
    return codecs.getincrementaldecoder(codec)().decode(data)


def _decoded(texts: Sequence[bytes], codec: str) -> list[str] | None:
    try:
        return [decode_cut(text, codec) for text in texts]
    except UnicodeDecodeError:
        return None


def _is_chinese_utf8(texts: Sequence[bytes]) -> bool:
    foreign = [text for text in texts if not text.isascii()]
    decoded = _decoded(foreign, "utf-8")
    if not foreign or decoded is None:
        return False
    chars = Counter("".join(run for text in decoded for run in _FOREIGN.findall(text)))
    chinese = sum(n for char, n in chars.items() if unicodedata.east_asian_width(char) in "WF")
    return 2 * chinese >= chars.total() > 0
