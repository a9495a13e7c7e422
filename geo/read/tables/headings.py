"""Words of survey tables: what a column's heading, a title or a foot line says."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.survey.fields import KNOWN, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKETS = re.compile(r"[(\[【（].*?[)\]】）]")
_UNIT = re.compile(r"[(\[【]\s*(?:单位[:：]?)?(?:m|米|°|度|十进制度|cm|mm|毫米|厘米)\s*[)\]】]")
_BLANKS = re.compile(r"[\s_]+")
_NORTH = (
    r"[xyn]?(?:纵|北|北向|纵向|北方向)(?:轴)?(?:坐标)?(?:值)?[xyn]?"
    r"|[xn](?:轴)?(?:坐标|值)?(?:北|北向|纵|纵坐标)?|坐标[xn]|north(?:ing)?|pointy"
)
_EAST = (
    r"[yxe]?(?:横|东|东向|横向|东方向)(?:轴)?(?:坐标)?(?:值)?[yxe]?"
    r"|[ye](?:轴)?(?:坐标|值)?(?:东|东向|横|横坐标)?|坐标[ye]|east(?:ing)?|pointx"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lon", re.compile(r"(?:大地)?经度[xyl]?|[xyl]?(?:坐标)?经度|东经|lon|lng|long|longitude|l")),
    ("lat", re.compile(r"(?:大地)?纬度[xyb]?|[xyb]?(?:坐标)?纬度|北纬|lat|latitude|b")),
    ("x", re.compile(_NORTH)),
    ("y", re.compile(_EAST)),
    ("point", re.compile(
        r"(?:界址|拐|边界|测|折|控制|角)?点(?:位)?(?:号|名|编号|名称|序号)|界址点|拐点|点|j号"
        r"|point(?:no|name|id)?|pt(?:no)?|vertex|pointname|jzdh|dh"
    )),
    ("length", re.compile(r"(?:界址)?(?:边长|间距|边距)s?|距离|界址间距|length|side")),
    ("ring", re.compile(r"(?:地块)?(?:圈|环)(?:号|序号)?|ring(?:no|id)?")),
    ("number", re.compile(r"地块序号|宗地序号")),
    ("note", re.compile(r"备注|说明|remarks?|notes?|bz")),
)  # fmt: skip
_SERIAL = re.compile(r"序号|编号|no\.?|号|#|id|fid|oid|objectid|seq|order|name|名称")
_PARCEL_ID = re.compile(r"地块号?|parcel|plot|宗地|图斑|parcel(?:no|number)|plot(?:no)?")
WKT = frozenset(("wkt", "geometry", "geom", "图形", "几何", "wkt_geom", "the_geom", "shape"))
STRING = frozenset(
    (
        "坐标串",
        "坐标",
        "界址点坐标",
        "拐点坐标",
        "边界坐标",
        "坐标点",
        "coordinates",
        "coords",
        "points",
    )
)
_SYSTEM = re.compile(
    r"(?:国家)?2000(?:国家)?(?:大地)?坐标系|CGCS\s?2000(?:坐标系)?"
    r"|(?:19)?80\s?(?:年)?(?:西安|国家大地)坐标系|西安\s?(?:19)?80(?:坐标系)?"
    r"|(?:19)?54\s?(?:年)?北京坐标系|北京\s?(?:19)?54(?:坐标系)?"
    r"|WGS\s?-?84(?:坐标系)?|GCJ\s?-?02|BD\s?-?09"
    r"|(?:[\u4e00-\u9fff]{1,6})?(?:地方|独立|城建|城市)(?:平面)?坐标系",
    re.IGNORECASE,
)  # fmt: skip
_WIDTH = re.compile(r"([36三六])\s*度(?:分)?带|几?度?分带\s*[:：=]?\s*([36])(?!\d)")
_ZONE = re.compile(
    r"带号\s*[:：=]?\s*第?\s*(\d{2})(?!\d)|第\s*(\d{2})\s*带"
    r"|度(?:分)?带[^\d]{0,4}?(\d{2})\s*带"
)
_ZONE_ALONE = re.compile(
    r"(?<![\d.])(1[3-9]|2[0-35-9]|3\d|4[0-5])\s*带(?=坐标|投影|高斯|[^\u4e00-\u9fff]|$)"
)
_MERIDIAN = re.compile(
    r"中央(?:子午线|经线)(?:经度)?\s*[:：=为]?\s*[EL]?0?\s*"
    r"(\d{2,3}(?:\.\d+)?)\s*(?:[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’分])?)?",
    re.IGNORECASE,
)
FOOT = re.compile(
    r"面\s*积|合\s*计|总\s*计|计\s*算|检\s*查|审\s*[核查]|制\s*[表图]|测\s*量|绘\s*图|填\s*表|校\s*[核对]"
    r"|日\s*期|负责|备\s*注|说\s*明|^注|公顷|平方米|亩|年.*月"
)
TITLE = re.compile(r"(?:成果|坐标|点|数据)\s*(?:成果)?\s*表|坐标\s*系|成果表|[一-鿿]地块$|宗地图")
_TITLE_NAME = re.compile(
    r"^(.*?)[\s_\-—]*(?:(?:勘测)?定界)?(?:拐点|界址点|边界点)?"
    r"(?:界址点)?(?:坐标)?(?:成果)?(?:一览)?表"
)
# What stands at the edge of a page between points of one list.
PAGE = re.compile(
    r"(?=.*[页/表])(?:第?\s*[0-9一二三四五六七八九十]{1,4}\s*(?:页|/\s*[0-9]{1,4}\s*页?)|共\s*[0-9]{1,4}\s*页"
    r"|[（(]?(?:转|接|见)?[上下]页[)）]?|[（(]?续[上下]?[页表][)）]?|[\s,，、:：/—-])+"
)
LONGEST = 500  # characters of a row of words that are looked at
_NO_NAMES = {"地块", "宗地", "项目", "用地", "土地"}
SIGNATURES = {
    "计算者": "计算者",
    "计算": "计算者",
    "计算人": "计算者",
    "检查者": "检查者",
    "检查": "检查者",
    "检查人": "检查者",
    "审核": "审核",
    "审核者": "审核",
    "制表": "制表",
    "制表人": "制表",
    "日期": "日期",
    "填表日期": "日期",
}
_NEXT_KEY = re.compile(
    r"\s+(?=(?:计算|检查|审核|制表|填表|绘图|测量|校核|日\s*期|地块|宗地|项目)[^\s:：]{0,4}\s*[:：])"
)
_NOTHING = re.compile(r"[\s年月日_/]*")
_DECLARED = re.compile(
    r"面\s*积\s*(?:[(（](?P<before>[^)）]{1,6})[)）])?\s*[A-Za-z]{0,2}\s*[:：=为约]*\s*"
    r"(?P<number>[0-9０-９](?:[0-9０-９,.．]*[0-9０-９])?)\s*"
    r"(?P<after>平方公里|平方千米|平方米|平米|公顷|亩|㎡|m2|m²|hm2|hm²|ha|km2|km²)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def column_role(heading: str) -> str | None:
    """Tell what a column of a point table holds.

    Parameters
    ----------
    heading : str
        As typed: ``X(m)``, ``纵坐标``, ``点号``, ``地块名称``.

    Returns
    -------
    str or None
        ``x`` north, ``y`` east (words win over letters: 横坐标X is east), ``lon``, ``lat``,
        ``point``, ``length``, ``ring``, ``note``, ``number`` (running number of the parcel),
        a role of `geo.survey.fields.KNOWN`, or ``serial`` for what may be a point's name.
    """
    folded = _BLANKS.sub("", re.sub(r"[_/,]\s*(?:m|米)$", "", fold(heading)))
    if not folded:
        return None
    bare = re.sub(r"[()\[\]【】]", "", _UNIT.sub("", folded))
    for role, pattern in _ROLES:
        if pattern.fullmatch(bare):
            return role
    if _SERIAL.fullmatch(bare):
        return "serial"
    outside = _BRACKETS.sub("", fold(heading)).strip()
    for role, spellings in KNOWN.items():
        if outside in spellings:
            return role
    return "id" if _PARCEL_ID.fullmatch(bare) else None


def name_in_title(title: str) -> str:
    """Return the parcel that a title names: 示例地块界址点坐标成果表 is 示例地块."""
    found = _TITLE_NAME.match(_BRACKETS.sub("", title[:LONGEST]).strip())
    name = found[1].strip(" :：") if found else ""
    return "" if name in _NO_NAMES else name


def system_in(text: str) -> dict[str, str]:
    """Read what a title says of coordinate system, zone width, zone and central meridian.

    Returns
    -------
    dict of str to str
        Keys as in a survey TXT: 坐标系, 几度分带, 带号, 中央经线.
    """
    narrow = unicodedata.normalize("NFKC", text[:LONGEST])
    found: dict[str, str] = {}
    system, width = _SYSTEM.search(narrow), _WIDTH.search(narrow)
    if system:
        found["坐标系"] = system[0]
    if width:
        found["几度分带"] = {"三": "3", "六": "6"}.get(width[1] or width[2], width[1] or width[2])
    zone, meridian = _ZONE.search(narrow), _MERIDIAN.search(narrow)
    if system and not zone:
        zone = _ZONE_ALONE.search(narrow)
    if zone:
        found["带号"] = next(filter(None, zone.groups()))
    if meridian:
        found["中央经线"] = f"{meridian[1]}°{meridian[2]}′" if meridian[2] else meridian[1]
    return found


def declared_area(text: str) -> str | None:
    """Return the area that a foot line declares, with its unit if one is written."""
    found = _DECLARED.search(text[:LONGEST])
    if not found:
        return None
    return f"{found['number']}{found['after'] or found['before'] or ''}"


def pairs_in(cells: Sequence[str]) -> dict[str, str]:
    """Read keys and values of a row above or below a table: 地块名称：甲, or in two cells."""
    short = [cell for cell in cells if len(cell) <= LONGEST]
    parts = [part for cell in short for part in _NEXT_KEY.split(cell) if part.strip()]
    found: dict[str, str] = {}
    for position, part in enumerate(parts):
        key, mark, value = re.sub("[：=]", ":", part, count=1).partition(":")
        role = _key(key)
        following = parts[position + 1] if position + 1 < len(parts) else ""
        if role and value.strip():
            value = part[len(key) + 1 :].strip()
        elif role and (mark or len(parts) > 1) and not _key(re.sub("[：:=].*", "", following)):
            value = following
        if role and not _NOTHING.fullmatch(value):
            found.setdefault(role, value)
    return found


def _key(text: str) -> str | None:
    folded = _BLANKS.sub("", fold(text))
    if folded in SIGNATURES:
        return SIGNATURES[folded]
    if folded.isascii():
        return None  # id, mc and their like are as often values
    return next((role for role, words in KNOWN.items() if role != "area" and folded in words), None)
