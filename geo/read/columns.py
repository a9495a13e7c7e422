"""Which column of a foreign table holds what: names, other names, kinds, accuracy."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = (
    "name",
    "名称",
    "路名",
    "道路名称",
    "道路名",
    "标准名称",
    "地名",
    "name:zh",
    "name_zh",
    "name_cn",
    "road_name",
    "roadname",
    "lmmc",
    "dlmc",
    "mc",
)
ALIASES = ("alias", "aliases", "alt_name", "short_name", "别名", "又名", "简称")
FORMER = ("former", "former_name", "old_name", "曾用名", "原名", "旧名")
KIND = ("kind", "类型", "类别", "fclass")
DISTRICT = ("district", "辖区", "行政区", "片区", "所在区")
ACCURACY = ("accuracy_m", "精度", "精度m", "精度_m")
TAGS = ("railway", "waterway", "highway")

_KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "road": ("road", "highway", "street", "道路", "公路", "街道", "城市道路", "路"),
    "river": ("river", "stream", "河流", "河", "水系", "江"),
    "canal": ("canal", "ditch", "drain", "渠", "干渠", "渠道", "运河"),
    "railway": ("railway", "rail", "light_rail", "subway", "铁路"),
    "landmark": ("landmark", "poi", "地标", "单位", "企业", "学校"),
    "park": ("park", "园区", "产业园", "开发区"),
    "area": ("area", "area_feature", "面", "区域"),
    "settlement": ("settlement", "village", "hamlet", "town", "居民点", "村", "村庄"),
    "admin": ("admin", "行政区", "行政区划"),
}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
_NAME_ENDINGS = (
    ("railway", re.compile(r"(铁路|高铁|专用线)$")),
    ("canal", re.compile(r"(干渠|渠|运河)$")),
    ("river", re.compile(r"[河江溪]$")),
)
_SEPARATORS = re.compile(r"[;；、|｜]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a network that mean something; None: there is none.

    ``name_how`` is ``chosen`` by the user or ``known`` from `NAME`.
    """

    name: str
    name_how: Literal["chosen", "known"]
    aliases: str | None = None
    former: str | None = None
    kind: str | None = None
    district: str | None = None
    accuracy: str | None = None
    tags: tuple[str, ...] = ()


def find_columns(frame: pd.DataFrame, *, name: str | None = None) -> Columns:
    """Find the columns of a network.

    Parameters
    ----------
    frame : DataFrame
        Attributes.
    name : str, optional
        The name column that the user chose.

    Returns
    -------
    Columns
        Case, width of letters and surrounding blanks do not matter.

    Raises
    ------
    PlannerError
        ``network_no_name_column`` when no column is known to hold names or all those are empty,
        ``network_name_column_unknown`` when the chosen one does not exist; both list ``columns``.
    """
    columns = [str(column) for column in frame.columns if column != "geometry"]
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(_key(column), column)
    if name is not None and name not in columns and _key(name) not in by_key:
        raise PlannerError("network_name_column_unknown", column=name, columns=columns)
    chosen = name if name in columns else by_key.get(_key(name or ""))
    known = [by_key[key] for key in NAME if key in by_key]
    found = chosen or next((column for column in known if _texts(frame[column])), None)
    if found is None:
        raise PlannerError("network_no_name_column", columns=columns)
    return Columns(
        name=found,
        name_how="chosen" if name is not None else "known",
        aliases=_first(by_key, ALIASES),
        former=_first(by_key, FORMER),
        kind=_first(by_key, KIND),
        district=_first(by_key, DISTRICT),
        accuracy=_first(by_key, ACCURACY),
        tags=tuple(by_key[tag] for tag in TAGS if tag in by_key),
    )


def as_text(value: Any) -> str | None:
    """Give a cell as text without surrounding blanks; None when there is nothing in it."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)) or value is pd.NA:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def as_names(value: Any) -> tuple[str, ...]:
    """Split a cell that lists names: 甲路;乙路、丙路|丁路."""
    parts = (part.strip() for part in _SEPARATORS.split(as_text(value) or ""))
    return tuple(dict.fromkeys(part for part in parts if part))


def as_metres(value: Any) -> float | None:
    """Read an accuracy in metres (``5``, ``±5 m``, ``5米``); None when it is no positive number."""
    text = unicodedata.normalize("NFKC", as_text(value) or "").removeprefix("±")
    try:
        metres = float(text.removesuffix("m").removesuffix("米"))
    except ValueError:
        return None
    return metres if math.isfinite(metres) and metres > 0 else None


def kind_of(row: Mapping[str, Any], columns: Columns, *, name: str, dimension: int) -> str:
    """Tell what a feature is: by its kind column, its tags, its name, its geometry.

    Parameters
    ----------
    row : mapping
        The feature's cells.
    columns : Columns
        Where to look.
    name : str
        The feature's name: 白河 is a river, 运河路 is a road.
    dimension : int
        0 point, 1 line, 2 polygon.

    Returns
    -------
    str
        A kind of `NamedFeature`.
    """
    written = _key(as_text(row[columns.kind]) or "") if columns.kind else ""
    if written in _KINDS:
        return _KINDS[written]
    for tag in columns.tags:
        value = as_text(row[tag])
        if value:
            return _KINDS.get(_key(value), _KINDS.get(_key(tag), "river"))
    if dimension == 1:
        return next((kind for kind, ending in _NAME_ENDINGS if ending.search(name)), "road")
    return "landmark" if dimension == 0 else "area"


def _first(by_key: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((by_key[name] for name in names if name in by_key), None)


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _texts(column: pd.Series[Any]) -> bool:
    return any(as_text(value) for value in column)
