"""What a survey text says of itself before its parcels: keys and values, kept as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.numbers import narrow
from geo.read.parsed import Note

if TYPE_CHECKING:
    from geo.read.parsed import Value

ABOUT, COORDINATES = "属性描述", "地块坐标"
KEYS = (
    "格式版本号",
    "数据产生单位",
    "数据产生日期",
    "坐标系",
    "几度分带",
    "投影类型",
    "计量单位",
    "带号",
    "精度",
    "转换参数",
)
# Keys that say where the numbers lie; two values for one of them cannot both be meant.
_DECISIVE = {"坐标系", "几度分带", "分带", "投影类型", "计量单位", "带号", "中央经线"}
_ANY_KEY = {*KEYS, *_DECISIVE}
_SECTION = re.compile(r"[\[【]\s*([^\[\]【】]*?)\s*[\]】]\s*:?")
_BARE_KEY = re.compile(
    rf"({'|'.join(sorted(_ANY_KEY, key=len, reverse=True))})[ \t\u3000]*([^ \t].*)"
)
# The characters of sections and keys as Hong Kong and Taiwan write them.
_SIMPLE = str.maketrans("屬塊標號帶幾類計單轉換參數據產經線", "属块标号带几类计单转换参数据产经线")
_OPENING = tuple("[【［")
_PARAMETERS = re.compile("转换参数|七参数|四参数")
_EMPTY_PARAMETERS = re.compile(r"[\s,，;；0.]*")
NO_PARAMETERS = ",,,,,,"


def section_name(text: str) -> str | None:
    """Read a line such as ``[地块坐标]``; None when it is no section."""
    text = text.strip("\ufeff \t\u3000")
    found = _SECTION.fullmatch(narrow(text)) if text[:1] in _OPENING else None
    name = simplified(found[1] if found else text)
    if name in {ABOUT, COORDINATES}:
        return name
    return found[1] if found else None


def simplified(text: str) -> str:
    """Write a section or a key of the format in the characters of the mainland."""
    return text if text.isascii() else text.translate(_SIMPLE).replace("座标", "坐标")


def is_parameters(key: str) -> bool:
    """Whether a key holds the parameters between coordinate systems."""
    return _PARAMETERS.search(key) is not None


def without_parameters(value: str) -> str:
    """Leave the seven places of 转换参数 empty: the values are a state secret.

    Parameters
    ----------
    value : str
        What stands after ``转换参数=``.

    Returns
    -------
    str
        An empty spelling as written (``,,,,,,`` or zeros), otherwise seven empty places.
    """
    is_empty = value and _EMPTY_PARAMETERS.fullmatch(value) and "," in value
    return value if is_empty else NO_PARAMETERS


class Header:
    """The keys of all sections but the coordinates, in the order of the file.

    Attributes
    ----------
    values : dict of str to str
        Keys of other sections than ``[属性描述]`` have that section before them.
    section : str or None
        Section of the line that is being read; None: before the first.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.notes: list[Note] = []
        self.section: str | None = None
        self.seen: set[str] = set()

    def enter(self, section: str) -> None:
        """Begin a section; one that the format does not know is kept and noted."""
        if section not in {ABOUT, COORDINATES, *self.seen}:
            self.notes.append(Note(code="txt_section_extra", values={"section": section}))
            self.values.setdefault(f"[{section}]", "")
        self.section = section
        self.seen.add(section)

    def take(self, text: str, line: int) -> bool:
        """Take a line as ``key=value``; False when it is none.

        Raises
        ------
        PlannerError
            ``txt_header_contradicts`` when it says something else than before about where
            the coordinates lie.
        """
        key, is_pair, value = self._pair(text, line)
        known = key in _ANY_KEY
        if not is_pair or (self.section in {None, COORDINATES} and not known):
            return False
        if self.section not in {None, ABOUT, COORDINATES}:
            self.values.pop(f"[{self.section}]", None)
            key = f"[{self.section}]{key}"
        if is_parameters(key):
            value = self._empty(key, value)
        self._store(key, value, line)
        return True

    def _pair(self, text: str, line: int) -> tuple[str, bool, str]:
        for mark in ("=", "＝", "：", ":"):
            written, found, value = text.partition(mark)
            written = written.strip("\ufeff \t\u3000") if found else ""
            key = simplified(written)
            if found and (mark in "=＝" or key in _ANY_KEY):
                return key if key in _ANY_KEY else written, True, value.strip()
        bare = _BARE_KEY.fullmatch(text.strip()) if self.section == ABOUT else None
        if bare:
            values: dict[str, Value] = {"key": bare[1], "value": bare[2].strip(), "line": line + 1}
            self.notes.append(Note(code="txt_key_mark_missing", values=values))
            return bare[1], True, bare[2].strip()
        return "", False, ""

    def _empty(self, key: str, value: str) -> str:
        if not _EMPTY_PARAMETERS.fullmatch(value):
            self.notes.append(Note(code="txt_parameters_dropped", values={"key": key}))
            return NO_PARAMETERS
        return value

    def _store(self, key: str, value: str, line: int) -> None:
        before = self.values.get(key)
        if before and value and before != value:
            if key in _DECISIVE:
                raise PlannerError(
                    "txt_header_contradicts", key=key, value=value, before=before, line=line + 1
                )
            values: dict[str, Value] = {"key": key, "value": value, "before": before}
            values["line"] = line + 1
            self.notes.append(Note(code="txt_header_twice", values=values))
            return
        self.values[key] = value or before or ""
