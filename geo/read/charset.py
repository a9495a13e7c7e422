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
_FOREIGN_BYTE = re.compile(rb"[\x80-\xff]")
_GB_NAMES = {"gbk", "gb2312", "gb18030", "cp936", "936", "ansi936", "euccn", "hz", "chinese"}
_UTF8_NAMES = {"utf8", "65001", "cp65001"}
_BIG5_NAMES = {"big5", "950", "cp950", "ansi950"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 16_384  # bytes
_ZEROS = 8  # one byte in so many is zero in UTF-16 with digits
_MOSTLY = 4  # Chinese characters for each broken byte


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
    texts = [_foreign_lines(text) if len(text) > _SAMPLE else text for text in texts]
    if _is_chinese_utf8(texts):
        return "utf-8"
    order = [declared] if declared else []
    for codec in [*order, "utf-8", "gb18030"]:
        if _decoded(texts, codec) is not None:
            return codec
    raise PlannerError("file_encoding_unknown")


def text_encoding(data: bytes) -> str:
    """Find the encoding of a whole text.

    Parameters
    ----------
    data : bytes
        The file; UTF-16 is known without its mark too.

    Returns
    -------
    str
        Name of the codec.

    Raises
    ------
    PlannerError
        ``text_bytes_broken`` with the first line that is no UTF-8, or no GB18030, in a text
        that otherwise is; ``file_encoding_unknown``.
    """
    if not data.startswith(tuple(mark for mark, _ in _BOMS)) and (wide := _unmarked_utf16(data)):
        return wide
    try:
        codec = find_encoding([data])
    except PlannerError:
        codec = ""
    if codec in {"", "gb18030"}:
        _require_whole(data, "utf-8")
    if not codec:
        _require_whole(data, "gb18030")
        raise PlannerError("file_encoding_unknown")
    return codec


def decode_roughly(data: bytes) -> str | None:
    """Decode the beginning of what may be a text, broken bytes as U+FFFD; None: it is none."""
    if data.startswith(tuple(mark for mark, _ in _BOMS[1:])):
        return decode_cut(data, "utf-16")
    wide = _unmarked_utf16(data)
    if wide:
        return decode_cut(data, wide)
    for codec in ("utf-8-sig", "gb18030"):
        found = _decoded([data], codec)
        if found is not None:
            return found[0]
    mostly = next((codec for codec in ("utf-8", "gb18030") if _is_mostly(data, codec)), None)
    return data.decode(mostly, errors="replace") if mostly else None


def _foreign_lines(data: bytes) -> bytes:
    """Keep the lines that are not ASCII: the others are the same in every encoding."""
    lines, end = [], 0
    while found := _FOREIGN_BYTE.search(data, end):
        start = data.rfind(b"\n", end, found.start()) + 1 or end
        end = data.find(b"\n", found.end()) + 1 or len(data)
        lines.append(data[start:end])
    return b"".join(lines)


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: digits, commas and line ends have a zero byte each."""
    start = data[:_SAMPLE]
    start = start[: len(start) // 2 * 2]
    zeros = start[::2].count(0), start[1::2].count(0)
    if max(zeros) * _ZEROS < len(start) or min(zeros):
        return None
    codec = "utf-16-le" if zeros[1] else "utf-16-be"
    texts = _decoded([start], codec)
    if texts is None or not "".join(texts[0].split()).rstrip("\x1a").isprintable():
        return None
    return codec


def _is_mostly(data: bytes, codec: str) -> bool:
    """Whether nearly all that is not ASCII reads as Chinese."""
    text = _foreign_lines(data).decode(codec, errors="replace")
    chars = Counter("".join(_FOREIGN.findall(text)))
    broken = chars.pop("\ufffd", 0)
    chinese = sum(n for char, n in chars.items() if unicodedata.east_asian_width(char) in "WF")
    return chinese > _MOSTLY * broken and 2 * chinese >= chars.total()


def _require_whole(data: bytes, codec: str) -> None:
    """Name the first broken byte of a text that is of this encoding but for a few bytes."""
    try:
        decode_cut(data, codec)
    except UnicodeDecodeError as error:
        if not _is_mostly(data, codec):
            return
        line = data.count(b"\n", 0, error.start) + 1
        raise PlannerError(
            "text_bytes_broken",
            encoding=codec.upper(),
            line=line,
            value=data[error.start : max(error.end, error.start + 1)].hex(" ").upper(),
        ) from error


def decode(data: bytes) -> tuple[str, str]:
    """Decode a whole text and name its encoding; errors as `text_encoding`."""
    codec = text_encoding(data)
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
