"""Many location phrases from one text or CSV file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.charset import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

PHRASE_COLUMNS = ("位置", "位置描述", "地块位置", "坐落", "四至", "phrase", "location")
AREA_COLUMNS = ("面积", "用地面积", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRow:
    """One phrase of a file with its line, and the area written beside it."""

    line: int
    phrase: str
    area: str | None = None


def read_lines(data: bytes) -> list[PhraseRow]:
    """Read one phrase a line; blank lines and lines that begin with # are left out.

    Parameters
    ----------
    data : bytes
        UTF-8 or GB18030.

    Returns
    -------
    list of PhraseRow
        In the order of the file.

    Raises
    ------
    PlannerError
        ``file_encoding_unknown``.
    """
    lines = enumerate(decode(data)[0].splitlines(), start=1)
    return [
        PhraseRow(line=number, phrase=line.strip())
        for number, line in lines
        if line.strip() and not line.lstrip().startswith("#")
    ]


def read_csv(data: bytes, *, column: str | None = None) -> list[PhraseRow]:
    """Read the phrases of a table with a header line.

    Parameters
    ----------
    data : bytes
        UTF-8 or GB18030, separated by commas.
    column : str, optional
        The column of phrases; default: the first of `PHRASE_COLUMNS` that is there.

    Returns
    -------
    list of PhraseRow
        Rows with an empty phrase are left out; areas come from a column of `AREA_COLUMNS`.

    Raises
    ------
    PlannerError
        ``phrases_no_column`` with the ``columns`` there are, ``file_encoding_unknown``,
        ``phrases_broken_table``.
    """
    reader = csv.DictReader(io.StringIO(decode(data)[0], newline=""))
    try:
        columns = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        phrase = _first((column,) if column else PHRASE_COLUMNS, columns)
        if phrase is None:
            raise PlannerError("phrases_no_column", columns=columns)
        area = _first(AREA_COLUMNS, columns)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise PlannerError("phrases_broken_table", line=reader.line_num) from error
    return [
        PhraseRow(line=line, phrase=row[phrase].strip(), area=(row[area] or None) if area else None)
        for line, row in rows
        if (row[phrase] or "").strip()
    ]


def _first(wanted: Sequence[str], columns: Sequence[str]) -> str | None:
    return next((name for name in wanted if name in columns), None)
