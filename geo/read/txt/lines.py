"""The lines of a survey text, read piece by piece: large files never lie there as one text."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from geo.read.limits import Limits

_LINES_PER_FEATURE = 5
_LONGEST = 20_000  # bytes of a line
_PIECE = 1_000_000  # bytes


def read_lines(path: Path, codec: str, limits: Limits) -> pa.Array:
    """Read a text and split it at CR, LF or CRLF.

    Parameters
    ----------
    path : Path
        Half a character at its end (the file was cut) is left out.
    codec : str
        Its encoding.
    limits : Limits
        A line a vertex, and some for each feature.

    Returns
    -------
    pyarrow.Array of large_string
        The last line is empty when a line end stands before it.

    Raises
    ------
    PlannerError
        ``txt_not_text`` (a zero byte), ``txt_too_many_lines``, ``txt_line_too_long``,
        ``file_encoding_unknown``.
    """
    limit = limits.vertices + _LINES_PER_FEATURE * limits.features
    lines = _Lines()
    count = 0
    for text in _pieces(path, codec):
        if "\0" in text:
            line = count + text.count("\n", 0, text.index("\0")) + 1
            raise PlannerError("txt_not_text", line=line)
        count += text.count("\n") + 1
        if count <= limit:
            lines.add(text)
    if count > limit:
        raise PlannerError("txt_too_many_lines", count=count, limit=limit)
    return lines.whole()


def _pieces(path: Path, codec: str) -> Iterator[str]:
    """Give the text in pieces between line ends, which are LF alone."""
    decoder = codecs.getincrementaldecoder(codec)()
    rest = ""
    with path.open("rb") as file:
        while data := file.read(_PIECE):
            try:
                text = rest + decoder.decode(data)
            except UnicodeDecodeError as error:
                raise PlannerError("file_encoding_unknown") from error
            whole, end, rest = text.rpartition("\n")
            if end:
                yield _even(whole + end)[:-1]
    yield _even(rest)


def _even(text: str) -> str:
    for end in ("\r\r\n", "\r\n", "\r"):
        text = text.replace(end, "\n")
    return text


class _Lines:
    """Lines in the memory layout of Arrow, which grows without being copied."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends: list[npt.NDArray[np.int64]] = [np.zeros(1, np.int64)]

    def add(self, text: str) -> None:
        """Split a text that ends before a line end."""
        lines = pc.split_pattern(pa.array([text], pa.large_string()), "\n").flatten()
        lengths = np.asarray(pc.binary_length(lines))
        longest = int(lengths.argmax())
        if lengths[longest] > _LONGEST:
            line = sum(len(one) for one in self._ends) + longest
            raise PlannerError("txt_line_too_long", line=line, limit=_LONGEST)
        self._ends.append(len(self._text) + np.cumsum(lengths))
        self._text += text.replace("\n", "").encode("utf-8", "surrogatepass")

    def whole(self) -> pa.Array:
        """Give all lines."""
        ends = np.concatenate(self._ends)
        buffers = [None, pa.py_buffer(ends), pa.py_buffer(self._text)]
        return pa.Array.from_buffers(pa.large_string(), len(ends) - 1, buffers)
