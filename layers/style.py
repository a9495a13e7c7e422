"""How things are drawn: one table of signs for the screen map and the printed sheet.

One channel per meaning: fill = land use, outline = where the geometry comes from,
violet hatch = possible extent, dark frame with a white line = chosen.
Colours are softened planning-drawing hues; lengths are CSS pixels on the screen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Pattern = Literal[
    "none",
    "dots",
    "crosses",
    "diagonal",
    "double_diagonal",
    "horizontal",
    "rings",
    "tufts",
    "grid",
    "waves",
]

PAPER = "#F4F5F2"
INK = "#17222D"
HALO = "#FFFFFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSign:
    """Fill of a land use: screen tone, dark outline tone, pattern for grey print."""

    tone: str
    outline: str
    pattern: Pattern = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSign:
    """Outline of a geometry class: width in px, SVG dash array, opacity of the fill."""

    weight: float
    dash: str | None
    fill_opacity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSign:
    """A line: colour and width in px, the casing under it (width 0 = none), dash array."""

    color: str
    weight: float
    dash: str | None = None
    casing: str = HALO
    casing_weight: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSign:
    """An area that is not a parcel: outline, fill and optional pattern."""

    color: str
    weight: float
    dash: str | None
    fill: str
    fill_opacity: float
    hatch: str | None = None


USES: dict[str, UseSign] = {
    "residential": UseSign(tone="#FFE680", outline="#7A6400", pattern="dots"),
    "commercial": UseSign(tone="#EE8277", outline="#8A2F28", pattern="crosses"),
    "industrial": UseSign(tone="#C9A57F", outline="#6B4A2A", pattern="diagonal"),
    "m0": UseSign(tone="#DD8E5F", outline="#7A3F1B", pattern="double_diagonal"),
    "logistics": UseSign(tone="#B6A0DD", outline="#55408A", pattern="horizontal"),
    "public": UseSign(tone="#F0A9C8", outline="#8A3B60", pattern="rings"),
    "green": UseSign(tone="#8FCB8C", outline="#2F6B2E", pattern="tufts"),
    "road": UseSign(tone="#C4CAD0", outline="#5F6A73"),
    "utility": UseSign(tone="#77B0BD", outline="#1B4F5A", pattern="grid"),
    "water": UseSign(tone="#AAD3EC", outline="#2A6A8F", pattern="waves"),
    "unknown": UseSign(tone="#E3E7EA", outline="#51606D"),
}

GEOMETRY: dict[str, OutlineSign] = {
    "surveyed": OutlineSign(weight=2.4, dash=None, fill_opacity=0.75),
    "digitized": OutlineSign(weight=1.2, dash=None, fill_opacity=0.75),
    "solved_from_text": OutlineSign(weight=1.8, dash="9 4", fill_opacity=0.55),
    "schematic": OutlineSign(weight=2.0, dash="2 4", fill_opacity=0.40),
}

LINES: dict[str, LineSign] = {
    "road": LineSign(color="#FFFFFF", weight=4, casing="#B4BDC5", casing_weight=6),
    "road_guess": LineSign(color="#9AA5AE", weight=1.4, dash="1.2 3.6"),
    "road_planned": LineSign(color="#7C8894", weight=2, dash="8 5"),
    "expressway": LineSign(color="#F2DFA8", weight=4, casing="#A79A6E", casing_weight=6.4),
    "river": LineSign(color="#AAD3EC", weight=5),
    "canal": LineSign(color="#9CCBE8", weight=3.4),
    "water_guess": LineSign(color="#9CCBE8", weight=3, dash="7 5"),
    "admin": LineSign(color="#8494A1", weight=1.2, dash="10 3 2 3"),
}

AREAS: dict[str, AreaSign] = {
    "park": AreaSign(color="#7E9A86", weight=1.2, dash=None, fill="#DCE8DD", fill_opacity=0.45),
    "park_guess": AreaSign(
        color="#7E9A86", weight=1.2, dash="2 4", fill="#DCE8DD", fill_opacity=0.3
    ),
    "area": AreaSign(color="#8494A1", weight=1.2, dash=None, fill="#E8ECEF", fill_opacity=0.4),
    "area_guess": AreaSign(
        color="#8494A1", weight=1.2, dash="2 4", fill="#E8ECEF", fill_opacity=0.25
    ),
    "water": AreaSign(color="#7FB6D8", weight=1, dash=None, fill="#AAD3EC", fill_opacity=0.8),
    "envelope": AreaSign(
        color="#6A4BA6", weight=1.6, dash="9 5", fill="#6A4BA6", fill_opacity=0.05
    ),
    "block": AreaSign(
        color="#6A4BA6", weight=1.2, dash=None, fill="#6A4BA6", fill_opacity=1, hatch="block"
    ),
    "extension": AreaSign(color="#0B5A8F", weight=2, dash=None, fill="#0B5A8F", fill_opacity=0.14),
    "candidate": AreaSign(color="#3D2670", weight=2, dash="9 4", fill="#8E73C4", fill_opacity=0.45),
    "conflict": AreaSign(
        color="#A1221A", weight=1.6, dash=None, fill="#A1221A", fill_opacity=1, hatch="conflict"
    ),
}

LABELS: dict[str, str] = {
    "plain": "#465766",
    "guess": "#66727C",
    "water": "#2A6A8F",
    "park": "#3F5F49",
    "number": INK,
}

GUESSED_LABELS_FROM_ZOOM = 13.2


def signs() -> dict[str, Any]:
    """Return all signs as plain data for the browser's map."""
    return {
        "paper": PAPER,
        "ink": INK,
        "halo": HALO,
        "uses": {name: asdict(sign) for name, sign in USES.items()},
        "geometry": {name: asdict(sign) for name, sign in GEOMETRY.items()},
        "lines": {name: asdict(sign) for name, sign in LINES.items()},
        "areas": {name: asdict(sign) for name, sign in AREAS.items()},
        "labels": dict(LABELS),
        "guessed_labels_from_zoom": GUESSED_LABELS_FROM_ZOOM,
    }
