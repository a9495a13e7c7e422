"""Which column of a foreign table holds id, name, declared area, use and land-use code."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.survey.model import AreaUnit

# Spellings in the order of preference, folded by `fold`: field names of cadastral data bases
# (DKBH, DKMC, MJ …) and the words that people use; at the end the first three characters, which
# are all that the ten bytes of a Shapefile's names hold of them in UTF-8.
KNOWN: Mapping[str, tuple[str, ...]] = {
    "id": (
        "地块编号", "地块代码", "宗地代码", "宗地编号", "宗地号", "图斑编号", "地块号", "编号",
        "dkbh", "dkdm", "zddm", "zdbh", "tbbh", "bsm", "parcel_id", "parcelid", "plot_id",
        "id", "bh", "fid", "objectid", "地块编", "地块代", "宗地编", "宗地代", "图斑编",
    ),
    "name": (
        "地块名称", "宗地名称", "项目名称", "企业名称", "单位名称", "权利人", "名称",
        "dkmc", "xmmc", "qymc", "tbmc", "mc", "name", "parcel_name", "title", "标注",
        "地块名", "宗地名", "项目名",
    ),
    "area": (
        "地块面积", "宗地面积", "申报面积", "用地面积", "报批面积", "实测面积", "图斑面积", "面积",
        "dkmj", "zdmj", "ydmj", "tbmj", "scmj", "mj", "area", "area_mu", "area_ha", "area_m2",
        "地块面", "宗地面", "申报面", "用地面",
    ),
    "use": (
        "地块用途", "规划用途", "土地用途", "批准用途", "用途", "dkyt", "tdyt", "yt", "use",
        "landuse", "地块用", "土地用",
    ),
    "code": (
        "地类编码", "地类代码", "用地用海代码", "用地代码", "dlbm", "ydyhfldm", "yddm", "ydxz",
        "code", "landuse_code", "地类编", "地类代",
    ),
}  # fmt: skip
_UNITS: tuple[tuple[re.Pattern[str], AreaUnit], ...] = (
    (re.compile(r"平方公里|平方千米|km2|km²|㎢"), "km2"),
    (re.compile(r"公顷|万平方米|万㎡|万m2|万m²|hm2|hm²|(?:^|[_(\s])(?:ha|gq)(?:$|[_)\s])"), "ha"),
    (re.compile(r"(?<![公万])亩|(?:^|[_(\s])mu(?:$|[_)\s])"), "mu"),
    (re.compile(r"平方米|㎡|m2|m²|(?:^|[_(\s])(?:sqm|pfm)(?:$|[_)\s])"), "m2"),
)
_UNIT_TAIL = re.compile(
    r"[(（\[【].*?[)）\]】]$|[_\s-]*(?:mu|ha|m2|km2|hm2|sqm|gq|pfm|亩|公顷|平方米)$"
)


def find_fields(
    names: Sequence[str], fixed: Mapping[str, str], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Find the column of each role.

    Parameters
    ----------
    names : sequence of str
        Columns of the table.
    fixed : mapping
        Role to column as the format defines it.
    chosen : mapping
        Role to column as the user says; it wins. What is no role is for the reader.

    Returns
    -------
    dict of str to str
        Only roles that have a column.

    Raises
    ------
    PlannerError
        ``column_unknown`` when the user names a column that is not there.
    """
    for role, column in chosen.items():
        if role in KNOWN and column not in names:
            raise PlannerError("column_unknown", column=column, columns=list(names))
    found = {role: column for role, column in {**fixed, **chosen}.items() if role in KNOWN}
    folded = {fold(name): name for name in reversed(names)}
    bare = {_UNIT_TAIL.sub("", fold(name)): name for name in reversed(names)}
    for role, spellings in KNOWN.items():
        for spelling in spellings:
            known = folded.get(spelling) or bare.get(spelling)
            if role not in found and known is not None:
                found[role] = known
    return found


def unit_in_name(column: str) -> AreaUnit | None:
    """Return the unit of area that a column's name states, such as ``面积(亩)`` or ``area_ha``."""
    folded = fold(column)
    return next((unit for pattern, unit in _UNITS if pattern.search(folded)), None)


def fold(name: str) -> str:
    """Make spellings comparable: full width, case and blanks do not count."""
    return unicodedata.normalize("NFKC", name).strip().lower()
