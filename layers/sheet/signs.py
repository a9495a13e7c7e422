"""How things look on paper, in millimetres; colours are those of the screen's table of signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from layers.sheet.page import INK, THIN
from layers.style import AREAS, LINES, USES

if TYPE_CHECKING:
    from collections.abc import Mapping

VIOLET = "#53378C"
BOUNDARY = "#C00000"
CONFLICT = "#A1221A"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLook:
    """Fill, pattern and outline of an area."""

    fill: str | None = None
    opacity: float = 1.0
    edge: str | None = INK
    width: float = THIN
    dash: tuple[float, ...] | None = None
    pattern: str = ""
    pattern_colour: str = INK


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLook:
    """A line and the casing under it (width 0: none)."""

    colour: str
    width: float
    dash: tuple[float, ...] | None = None
    casing: str = "#FFFFFF"
    casing_width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DotLook:
    """A circle."""

    radius: float = 0.4
    fill: str = "#FFFFFF"
    edge: str = INK
    width: float = THIN


Look = AreaLook | LineLook | DotLook

OUTLINES: Mapping[str, AreaLook] = MappingProxyType(
    {
        "surveyed": AreaLook(edge=BOUNDARY, width=0.3, opacity=0.75),
        "digitized": AreaLook(edge=INK, width=0.25, opacity=0.75),
        "solved_from_text": AreaLook(edge=VIOLET, width=0.35, dash=(2.4, 1.1), opacity=0.55),
        "schematic": AreaLook(edge=INK, width=0.45, dash=(0.5, 0.9), opacity=0.40),
    }
)
"""Outline by where the geometry comes from; 0.3 mm red is the line of a surveyed boundary."""
ENVELOPE = AreaLook(
    edge=VIOLET, width=0.35, dash=(2.6, 1.4), pattern="envelope", pattern_colour="#8E79B8"
)
BOX = AreaLook(edge=INK, width=0.5, dash=(0.5, 1.0), fill="#FFFFFF", opacity=0.55)
NEIGHBOUR = AreaLook(edge="#5A5A5A", width=0.25, fill="#F2F2F0")
LANDMARK = DotLook(radius=0.6, width=0.3)
POINT = DotLook(edge=BOUNDARY)
"""Circle of a boundary point, 0.8 mm wide."""

LINE_LOOKS: Mapping[str, LineLook] = MappingProxyType(
    {
        "road": LineLook(colour="#FFFFFF", width=1.1, casing="#8A949C", casing_width=1.6),
        "road_guess": LineLook(colour="#6F7A84", width=0.35, dash=(0.5, 1.1)),
        "road_planned": LineLook(colour="#6F7A84", width=0.5, dash=(2.2, 1.3)),
        "expressway": LineLook(
            colour=LINES["expressway"].color, width=1.3, casing="#8B7F55", casing_width=2.0
        ),
        "river": LineLook(colour=LINES["river"].color, width=1.6),
        "canal": LineLook(colour=LINES["canal"].color, width=1.0),
        "water_guess": LineLook(colour=LINES["water_guess"].color, width=0.9, dash=(2.0, 1.4)),
        "admin": LineLook(colour="#6B7986", width=0.35, dash=(3.0, 0.9, 0.6, 0.9)),
    }
)
AREA_LOOKS: Mapping[str, AreaLook] = MappingProxyType(
    {
        "park": AreaLook(fill=AREAS["park"].fill, edge="#7E9A86", opacity=0.6),
        "park_guess": AreaLook(
            fill=AREAS["park"].fill, edge="#7E9A86", dash=(0.5, 1.0), opacity=0.4
        ),
        "area": AreaLook(fill=AREAS["area"].fill, edge="#8494A1", opacity=0.6),
        "area_guess": AreaLook(
            fill=AREAS["area"].fill, edge="#8494A1", dash=(0.5, 1.0), opacity=0.4
        ),
        "water": AreaLook(fill=AREAS["water"].fill, edge="#7FB6D8", opacity=0.9),
    }
)


def use_look(use: str, geometry_class: str) -> AreaLook:
    """Give the look of a parcel: fill and pattern by use, outline by where its shape comes from."""
    sign = USES.get(use, USES["unknown"])
    outline = OUTLINES.get(geometry_class, OUTLINES["schematic"])
    pattern = "" if sign.pattern == "none" else sign.pattern
    return replace(outline, fill=sign.tone, pattern=pattern, pattern_colour=sign.outline)


def feature_sign(kind: str, *, basis: str, status: str, is_area: bool) -> str:
    """Name the look of a feature of a layer; a guess and a plan look like one."""
    if kind == "road":
        if status == "planned":
            return "road_planned"
        return "road_guess" if basis == "guess" else "road"
    if kind in {"river", "canal"}:
        if is_area:
            return "water"
        return "water_guess" if basis == "guess" else kind
    if kind in {"park", "area"}:
        return f"{kind}_guess" if basis == "guess" else kind
    return kind
