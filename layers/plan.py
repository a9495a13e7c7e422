"""The rows of 表2, the plan's list of parcels to be approved, exactly as written."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from layers.load import DATA, load_features

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "plan_2021"
PLANNED = "planned"
_PIECES = re.compile(r"(\d+)\s*个")
_COLUMNS = {
    "parcel_id": "parcel_id",
    "number": "序号",
    "district_text": "辖区",
    "name": "项目名称",
    "location_text": "位置",
    "use_text": "用途",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One row of 表2.

    Attributes
    ----------
    parcel_id : str
        Ours, unique; names are no key (rows 6 and 7 are equal, rows 8 and 9 too).
    district_text, name, location_text, use_text : str
        As the plan writes them.
    status_text, status_code : str
        The table lists what is to be submitted for approval: 拟报, ``planned``.
    line : int
        Line of the row in the text edition of the plan.
    pieces : int or None
        Number of pieces that the name itself states (防爆 2 个).
    suggested_code, suggestion_reason : str or None
        A GB 50137 code that somebody may want to accept, with a note code that says why. It is
        not in the plan and never used as if it were.
    remarks : tuple of str
        Note codes of what looks wrong in the row as written: ``district_is_no_admin_unit``,
        ``several_pieces_in_one_row``, ``name_says_other_use``.
    """

    parcel_id: str
    number: int
    district_text: str
    name: str
    location_text: str
    use_text: str
    line: int
    pieces: int | None = None
    suggested_code: str | None = None
    suggestion_reason: str | None = None
    remarks: tuple[str, ...] = ()
    status_text: str = "拟报"
    status_code: str = PLANNED
    source: str = SOURCE


def table2_rows(folder: Path = DATA) -> tuple[PlanRow, ...]:
    """Return the nine rows in the order of the plan.

    Raises
    ------
    PlannerError
        ``plan_table_unreadable``, or what is wrong with the layer of administrative units.
    """
    units = admin_names(folder)
    path = folder / "table2.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_row(raw, units) for raw in csv.DictReader(file))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise PlannerError("plan_table_unreadable", file=path.name, reason=str(error)) from error


def admin_names(folder: Path = DATA) -> frozenset[str]:
    """Return every name and alias of an administrative unit."""
    stated = [feature.properties for feature in load_features("admin", folder)]
    return frozenset(name for unit in stated for name in (unit.name, *unit.aliases))


def _row(raw: dict[str, str], units: frozenset[str]) -> PlanRow:
    text = {field: raw[column] for field, column in _COLUMNS.items()}
    found = _PIECES.search(text["name"])
    pieces = int(found[1]) if found else None
    return PlanRow(
        parcel_id=text["parcel_id"],
        number=int(text["number"]),
        district_text=text["district_text"],
        name=text["name"],
        location_text=text["location_text"],
        use_text=text["use_text"],
        line=int(raw["line"]),
        pieces=pieces,
        suggested_code=raw["suggested_gb50137"] or None,
        suggestion_reason=raw["suggestion_reason"] or None,
        remarks=_remarks(text, pieces, units),
    )


def _remarks(text: dict[str, str], pieces: int | None, units: frozenset[str]) -> tuple[str, ...]:
    seen = {
        "district_is_no_admin_unit": text["district_text"] not in units,
        "several_pieces_in_one_row": pieces is not None and pieces > 1,
        "name_says_other_use": "工业" in text["name"] and text["use_text"] != "工业",
    }
    return tuple(code for code, holds in seen.items() if holds)
