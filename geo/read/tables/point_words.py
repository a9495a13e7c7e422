"""What the words around a point table say: name, area, coordinate system, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.read.tables.grid import PLAIN_NUMBER
from geo.read.tables.headings import TITLE, declared_area, name_in_title, pairs_in, system_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.read.tables.blocks import Block, Point

COLUMNS = {
    "id": "地块编号",
    "name": "地块名称",
    "area": "地块面积",
    "use": "地块用途",
    "code": "地类编码",
}
_TOTAL = re.compile(r"合\s*计|总\s*(?:面\s*积|计)|共\s*计")
_NAME = re.compile(
    r"(?!.*(?:坐标|单位|说明|成果|一览|附件|附表|表$|[院局队页]$|[：:=；;。]|年.*月))(?=.*[^\W\d_]).{1,30}"
)
_ROLES_OF_ROWS = ("area", "use", "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Title and foot lines of a block.

    Attributes
    ----------
    columns : dict of str to str
        Column of the attributes to text.
    header : dict of str to str
        What is said of the coordinate system, by the keys of a survey TXT.
    is_total : bool
        The area is a sum over parcels.
    """

    columns: dict[str, str] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    is_total: bool = False


def words_of(block: Block) -> Words:
    """Read the text rows of a block; what means nothing to us stays as 标题 and 表尾."""
    cells, own = block.grid.rows, slice(*block.columns)
    head, foot = ([cells[row][own] for row in rows] for rows in (block.head, block.foot))
    header: dict[str, str] = {}
    columns: dict[str, str] = {}
    for row in [*head, *foot]:
        header = system_in(" ".join(filter(None, row))) | header
        for role, value in pairs_in(row).items():
            columns.setdefault(COLUMNS.get(role, role), value)
    area_row = next((row for row in [*head, *foot] if declared_area(" ".join(row))), None)
    if area_row is not None:
        columns["地块面积"] = declared_area(" ".join(area_row)) or ""
    named = next(filter(None, (name_in_title("".join(row)) for row in head)), "")
    columns.setdefault("地块名称", named or _plain_name(head))
    columns["标题"], columns["表尾"] = _joined(head), _joined(foot)
    is_total = area_row is not None and _TOTAL.search("".join(area_row)) is not None
    return Words(columns=columns, header=header, is_total=is_total)


def _plain_name(head: Sequence[Sequence[str]]) -> str:
    """Take a line of its own above a table for the name of its parcel; the nearest counts."""
    rows = [[cell.strip() for cell in row if cell.strip()] for row in head]
    names = [row[0] for row in rows if len(row) == 1 and _NAME.fullmatch(row[0])]
    return names[-1] if names else ""


def stand_apart(block: Block) -> list[Block]:
    """Split lists side by side of which more than one has a title of its own."""
    starts = [min(band.roles.values()) for band in block.bands]
    if len(starts) < 2:  # noqa: PLR2004 -- nothing beside it
        return [block]
    spans = list(zip([0, *starts[1:]], [*starts[1:], None], strict=True))
    rows = [block.grid.rows[row] for row in block.head]
    titled = [any(TITLE.search("".join(cells[slice(*span)])) for cells in rows) for span in spans]
    if sum(titled) < 2:  # noqa: PLR2004
        return [block]
    lists = range(len(starts))
    return [
        replace(
            block,
            columns=spans[own],
            points=[block.points[one] if one == own else [] for one in lists],
        )
        for own in lists
    ]


def attributes_of(
    block: Block, points: Sequence[Point], words: Words, *, alone: bool
) -> dict[str, str]:
    """Give the attributes of one parcel by column.

    Parameters
    ----------
    block : Block
        Where its points stand.
    points : sequence of Point
        The first ones name it.
    words : Words
        Of its block; an area that stands there once is not given to several parcels.
    alone : bool
        It is the block's only parcel.
    """
    found = dict(words.columns)
    if not alone or words.is_total:
        found.pop("地块面积", None)
    band = block.bands[0]
    keys = [role for role in ("number", "id", "name") if role in band.roles]
    key = dict(zip(keys, points[0].key, strict=False))
    for role in ("id", "name"):
        if role in key:
            found[COLUMNS[role]] = key[role]
    if "number" in key and not key.get("id") and "id" not in key:
        found["地块编号"] = key["number"]
    for role in _ROLES_OF_ROWS:
        if role in band.roles:
            found[COLUMNS[role]] = _first(block, points, role)
    if band.area_unit and PLAIN_NUMBER.fullmatch(found.get("地块面积", "")):
        found["地块面积"] = f"{found['地块面积'].strip()}{band.area_unit}"
    if "note" in band.roles:
        found["备注"] = _notes(block, points)
    return found


def _first(block: Block, points: Sequence[Point], role: str) -> str:
    cells = (block.bands[0].cell(block.grid.rows[point.row], role) for point in points)
    return next((cell for cell in cells if cell.strip()), "")


def _notes(block: Block, points: Sequence[Point]) -> str:
    cells = (block.bands[0].cell(block.grid.rows[point.row], "note") for point in points)
    return "；".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))


def _joined(rows: Sequence[Sequence[str]]) -> str:
    return "；".join(" ".join(cell.strip() for cell in row if cell.strip()) for row in rows)
