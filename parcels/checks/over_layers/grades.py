"""Grades of lines and how wide their zones are: voltages, classes of roads, kinds of railways.

A grade that is not written, or not in the table, leaves the width open between the narrowest and
the widest zone of the kind. A line drawn as its axis leaves open where its outer edge runs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from parcels.checks.over_layers.pairs import is_land
from parcels.rules.tables import limits, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.overlay import Overlay
    from parcels.checks.over_layers.uncertain import Bools, Ints
    from parcels.checks.subject import Floats, Objects
    from parcels.rules.load import AppliedRule, RuleBook
    from parcels.rules.tables import Row

WIDTH_COLUMNS = ("width_m", "width", "宽度", "用地宽度", "公路用地宽度", "红线宽度")
SETTING_COLUMNS = ("setting", "所在地区", "地区类型")
_KILOVOLTS = re.compile(r"(\d+(?:\.\d+)?)\s*(kv|千伏|v|伏)?")
_BARE = re.compile(r"[\d.]+(?:\s*[;,/、]\s*[\d.]+)*")
_LARGEST_KV = 2000.0
_WIDEST_M = 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The zone along one line, from its outer edge.

    Attributes
    ----------
    rule : str
        Id of the rule of its grade; "" where the grade is not known.
    narrow, wide : float
        Metres between which the width lies; equal where it is settled.
    half_most : float
        Where only the axis is drawn: how far from it the outer edge may be.
    grade : mapping of language to str
        In words; as it was written where it is not known.
    """

    rule: str
    narrow: float
    wide: float
    half_most: float
    grade: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Zones:
    """The zones along the f features of a layer, arrays of shape (f,).

    Attributes
    ----------
    zones : tuple of Zone
        The different ones.
    which : int array
        Positions in ``zones``.
    half_low, half_high : float array
        Metres from what is drawn to the outer edge: 0 for surfaces, equal where a width is given.
    itself : bool array
        Surfaces that are the zone: planned corridors.
    """

    zones: tuple[Zone, ...]
    which: Ints
    half_low: Floats
    half_high: Floats
    itself: Bools

    def column(self, name: str) -> Any:
        """Return one property of the zone of each feature."""
        return np.array([getattr(one, name) for one in self.zones], dtype=object)[self.which]

    @property
    def sure(self) -> Floats:
        """Metres from what is drawn that lie in the zone for sure."""
        return np.where(self.itself, 0.0, self.half_low + self.column("narrow").astype(float))

    @property
    def possible(self) -> Floats:
        """Metres from what is drawn beyond which the zone does not reach."""
        return np.where(self.itself, 0.0, self.half_high + self.column("wide").astype(float))


def zones_of(book: RuleBook, overlay: Overlay, shapes: Objects) -> Zones | None:
    """Read the zones along the features of a layer.

    Returns
    -------
    Zones or None
        None: no rule in force says how wide any zone of the kind is.
    """
    rows = [row for row in table("line_grades.csv") if row["kind"] == overlay.kind]
    widths = _all_widths(book, rows)
    if not widths:
        return None
    settings = _texts(overlay, SETTING_COLUMNS)
    seen: dict[tuple[str, str, str], int] = {}
    which = np.zeros(len(overlay), dtype=np.int64)
    for at, key in enumerate(zip(overlay.codes, overlay.names, settings, strict=True)):
        which[at] = seen.setdefault(key, len(seen))
    zones = tuple(_zone(book, rows, widths, *key) for key in seen)
    half_low, half_high = _edges(overlay, shapes, zones, which)
    return Zones(
        zones=zones,
        which=which,
        half_low=half_low,
        half_high=half_high,
        itself=is_land(shapes) & (overlay.kind == "planned_corridor"),
    )


def _zone(
    book: RuleBook, rows: Sequence[Row], widths: Sequence[float], code: str, name: str, setting: str
) -> Zone:
    found = _rows_of_grade(rows, code, name)
    ranges = [_range(book, row, widths, setting) for row in found]
    if not ranges or None in ranges:
        ranges = [(min(widths), max(widths))]
        found = []
    narrow = min(low for low, _ in filter(None, ranges))
    wide = max(high for _, high in filter(None, ranges))
    rule = found[0]["rule"] if len(found) == 1 else ""
    asked = found or rows
    halves = [_number(book, row["edge_rule"]) for row in asked if row["edge_rule"]]
    written = code or name or "—"
    words = {"zh": written, "en": written}
    if len(found) == 1:
        words = {"zh": found[0]["grade_zh"], "en": found[0]["grade_en"]}
    return Zone(
        rule=rule,
        narrow=narrow,
        wide=wide,
        half_most=max((np.inf if half is None else half for half in halves), default=0.0),
        grade=words,
    )


def _range(
    book: RuleBook, row: Row, widths: Sequence[float], setting: str
) -> tuple[float, float] | None:
    """Return the widths that a grade may have; None where its rule is not in force."""
    if row["reach_rule"]:
        reach = _number(book, row["reach_rule"])
        return max(widths), np.inf if reach is None else max(reach, *widths)
    applied = book.rules.get(row["rule"])
    if applied is None:
        return None
    case = {"line": row["line"]} if row["line"] else {}
    column = "setting" if setting.isascii() else "setting_zh"
    found = _widths(applied, **case, **({column: setting} if setting else {}))
    found = found or _widths(applied, **case)
    return (found[0], found[-1]) if found else None


def _all_widths(book: RuleBook, rows: Sequence[Row]) -> list[float]:
    applied = [book.rules[row["rule"]] for row in rows if row["rule"] in book.rules]
    return [width for one in applied for width in _widths(one)]


def _widths(applied: AppliedRule, **case: str) -> tuple[float, ...]:
    """Return the widths of a rule, rising; a local limit stands for the whole table."""
    if applied.rule.table and applied.override is None:
        return limits(applied.rule, **case)
    limit = applied.limit
    is_number = isinstance(limit, (int, float)) and not isinstance(limit, bool)
    return (float(limit),) if is_number else ()  # type: ignore[arg-type]


def _number(book: RuleBook, rule: str) -> float | None:
    applied = book.rules.get(rule)
    found = () if applied is None else _widths(applied)
    return found[0] if found else None


def _rows_of_grade(rows: Sequence[Row], code: str, name: str) -> list[Row]:
    """Return the rows that a feature's code, else its name, may mean."""
    for text, bare in ((_folded(code), True), (_folded(name), False)):
        if any(row["from_kv"] for row in rows):
            found = _rows_of_voltages(rows, _kilovolts(text, bare=bare))
        else:
            found = [row for row in rows if re.search(row["pattern"], text)][:1]
        if found:
            return found
    return []


def _rows_of_voltages(rows: Sequence[Row], voltages: Sequence[float]) -> list[Row]:
    found = []
    for voltage in voltages:
        fitting = [row for row in rows if float(row["from_kv"]) <= voltage <= float(row["to_kv"])]
        if not fitting:
            return []
        found += [row for row in fitting if row not in found]
    return found


def _kilovolts(text: str, *, bare: bool) -> list[float]:
    """Read voltages: with their unit, or, in a code, as numbers (kV; from 2,000 on volts)."""
    read = _KILOVOLTS.findall(text)
    named = [(float(number), unit) for number, unit in read if unit]
    if not named and bare and _BARE.fullmatch(text):
        named = [
            (float(number), "kv" if float(number) < _LARGEST_KV else "v") for number, _ in read
        ]
    return [value / 1000 if unit in {"v", "伏"} else value for value, unit in named]


def _edges(
    overlay: Overlay, shapes: Objects, zones: Sequence[Zone], which: Ints
) -> tuple[Floats, Floats]:
    """Return how far the outer edge is from what is drawn: at least, at most."""
    most = np.array([one.half_most for one in zones], dtype=float)[which]
    low, high = np.zeros(len(which)), most
    half = np.array([_half(text) for text in _texts(overlay, WIDTH_COLUMNS)])
    stated = np.isfinite(half)
    low, high = np.where(stated, half, low), np.where(stated, half, high)
    surface = is_land(shapes)
    return np.where(surface, 0.0, low), np.where(surface, 0.0, high)


def _half(text: str) -> float:
    """Return half of a width in metres; NaN for what is none."""
    try:
        width = float(text.removesuffix("m").removesuffix("米"))
    except ValueError:
        return np.nan
    return width / 2 if 0 < width <= _WIDEST_M else np.nan


def _texts(overlay: Overlay, columns: Sequence[str]) -> list[str]:
    """Return what the first of some columns says about each feature; "" for nothing."""
    known = {_folded(name): name for name in overlay.attributes}
    found = next((known[name] for name in columns if name in known), None)
    if found is None:
        return [""] * len(overlay)
    return [_folded("" if one is None else str(one)) for one in overlay.attributes[found]]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
