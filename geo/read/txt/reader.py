"""Survey texts (勘测定界界址点坐标交换格式) and bare coordinate files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from geo.read.charset import text_encoding
from geo.read.numbers import narrow
from geo.read.txt.assembly import assemble
from geo.read.txt.bare import looks_bare, read_bare
from geo.read.txt.header import section_name
from geo.read.txt.lines import read_lines
from geo.read.txt.survey import read_survey

if TYPE_CHECKING:
    from geo.read.formats import Request
    from geo.read.parsed import Parsed

_MARKED = r"[@＠][ \t\x{3000},，\"]*$|^[ \t\x{feff}]*[\[【［][^\[\]]*[\]】］][ \t]*$"
_HEAD = 16_384
_PARCEL_COMMAS = 5


def parse_txt(request: Request) -> Parsed:
    """Read a survey text.

    Parameters
    ----------
    request : Request
        Sections ``[属性描述]`` and ``[地块坐标]``, or nothing but points.

    Returns
    -------
    Parsed
        A row a 地块, bare rings in the order of the numbers as written; the format has north
        first (``axes="ne"``). Parcels of kind 点 or 线 are skipped. A parcel that cannot be read
        has a fault: ``txt_no_points``, ``txt_point_fields``, ``txt_ring_short``, ``txt_cut``,
        ``number_*``.

    Raises
    ------
    PlannerError
        ``txt_not_text``, ``txt_no_coordinates``, ``txt_no_parcels``, ``txt_no_points``,
        ``txt_header_contradicts``, ``txt_too_many_lines``, ``txt_line_too_long``,
        ``file_too_many_*``, ``file_encoding_unknown``,
        ``text_bytes_broken``.
    """
    codec = text_encoding(request.data)
    lines = read_lines(request.path, codec, request.limits)
    is_survey = pc.any(pc.match_substring_regex(lines, _MARKED)).as_py()
    draft = (read_survey if is_survey else read_bare)(lines, request.limits)
    del lines
    return assemble(draft, codec.removesuffix("-sig"), request.limits)


def looks_like_txt(text: str) -> bool:
    """Whether a text is a survey text or a bare coordinate file.

    Parameters
    ----------
    text : str
        The beginning of the file; its last line may be cut.

    Returns
    -------
    bool
        A table with a head of words is none.
    """
    text = text[:_HEAD].lstrip("\ufeff")
    lines = [narrow(line).strip() for line in text.splitlines()]
    sections = {section_name(line) for line in lines}
    if sections & {"属性描述", "地块坐标"}:
        return True
    parcel = any(line.endswith("@") and line.count(",") >= _PARCEL_COMMAS for line in lines)
    return parcel or looks_bare(text)
