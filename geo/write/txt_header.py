"""The head of a survey text: what the source said, set right for the zone that is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from geo.read.txt.header import ABOUT, KEYS, NO_PARAMETERS, is_parameters, without_parameters
from geo.survey.place.stated import read_stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.zones import Zone

_USUAL = {"格式版本号": "1.01", "精度": "0.001", "转换参数": NO_PARAMETERS}
_ALWAYS = KEYS[KEYS.index("坐标系") :]
# Spellings of the keys that say where the numbers lie.
_MEANING = {
    "坐标系统": "坐标系",
    "坐标系名称": "坐标系",
    "分带": "几度分带",
    "分带方式": "几度分带",
    "投影": "投影类型",
    "坐标单位": "计量单位",
    "投影带号": "带号",
    "中央子午线": "中央经线",
}
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_OTHER_SECTION = re.compile(r"\[([^\[\]]*)\](.*)", re.DOTALL)


def header_lines(header: Mapping[str, str], zone: Zone) -> list[str]:
    """Write all sections that stand before the coordinates.

    Parameters
    ----------
    header : mapping
        As `geo.read.txt.header.Header` gives it; empty: the usual ten keys.
    zone : Zone
        Of the coordinates.

    Returns
    -------
    list of str
        Values of the source stay as written unless they contradict the zone.
    """
    own = {key: one for key, one in header.items() if not _OTHER_SECTION.fullmatch(key)}
    values = _about(own, zone)
    lines: list[str] = []
    about = [f"[{ABOUT}]", *(f"{_line(key)}={_line(value)}" for key, value in values.items())]
    section: str | None = None
    for key, value in header.items():
        found = _OTHER_SECTION.fullmatch(key)
        name = found[1] if found else ABOUT
        if name != section:
            section = name
            lines += [f"[{_line(name)}]"] if found else about
            about = about if found else []
        if found and found[2]:
            kept = without_parameters(value) if is_parameters(found[2]) else value
            lines.append(f"{_line(found[2])}={_line(kept)}")
    return lines + about


def _about(own: Mapping[str, str], zone: Zone) -> dict[str, str]:
    due = {
        "坐标系": "2000国家大地坐标系",
        "几度分带": str(zone.width),
        "投影类型": "高斯克吕格",
        "计量单位": "米",
        "带号": str(zone.number),
        "中央经线": str(zone.meridian),
    }
    if not own:
        return {key: due.get(key, _USUAL.get(key, "")) for key in KEYS}
    values = {key: _value(key, value, due, zone) for key, value in own.items()}
    present = {_MEANING.get(key, key) for key in own}
    missing = [key for key in _ALWAYS if key not in present]
    return values | {key: due.get(key, _USUAL.get(key, "")) for key in missing}


def _value(key: str, value: str, due: Mapping[str, str], zone: Zone) -> str:
    if is_parameters(key):
        return without_parameters(value)
    wanted = due.get(_MEANING.get(key, key))
    return value if wanted is None or _says(key, value, zone) else wanted


def _says(key: str, value: str, zone: Zone) -> bool:
    """Whether a value of the source is right for the zone, in whatever spelling."""
    try:
        stated = read_stated({key: value})
    except PlannerError:
        return False
    on_cgcs2000 = stated.datum is None or stated.datum.epsg == 4490 or stated.datum.zone == zone  # noqa: PLR2004
    return bool(value) and stated.agrees(zone) and not stated.degrees and on_cgcs2000


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text)
