"""A small sheet of SVG: shapes, and labels that never cover one another or leave the frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LETTER = 12.0
"""Height of letters, px."""
LINE = 17.0
"""From one line of letters to the next, px."""
_SVG = "http://www.w3.org/2000/svg"
_FONT = (
    "'PingFang SC','Microsoft YaHei UI','Microsoft YaHei','HarmonyOS Sans SC',"
    "'Source Han Sans SC','Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei',sans-serif"
)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"\s+")
_WIDE_FROM = 0x80  # letters from here on are as wide as high in fonts for Chinese
_WIDE, _USUAL = 1.04, 0.62
_WIDTHS = {
    **dict.fromkeys(" ijl.,:;'|!()[]", 0.36),
    **dict.fromkeys("mwMW@%&", 1.0),
    **dict.fromkeys("ABCDEFGHIJKLNOPQRSTUVXYZ", 0.76),
    **dict.fromkeys("\u2068\u2069", 0.0),
}
"""Widths of letters, of their height: rather those of the wider fonts."""
_EDGE = 2.0  # px between a label and what it must not touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """Colours of a drawing that follow the theme of the page; uses keep theirs."""

    text: str
    muted: str
    line: str
    ground: str
    envelope: str
    limit: str
    halo: str


LIGHT = Inks(
    text="#17222D",
    muted="#51606D",
    line="#51606D",
    ground="#F4F5F2",
    envelope="#6A4BA6",
    limit="#A1221A",
    halo="#FFFFFF",
)
DARK = Inks(
    text="#E6ECF1",
    muted="#B2C0CC",
    line="#B2C0CC",
    ground="#1B242C",
    envelope="#C9B8F4",
    limit="#FFA79F",
    halo="#12181E",
)
ON_USE = "#17222D"
"""Ink on the tones of uses, which are light in every theme."""

Point = tuple[float, float]
Space = tuple[float, float, float, float]
"""Left, top, right, bottom, px."""


def text_width(words: str, size: float = LETTER) -> float:
    """Estimate how wide a text is, px; rather too wide than too narrow."""
    return size * sum(
        _WIDTHS.get(one, _WIDE if ord(one) >= _WIDE_FROM else _USUAL) for one in words
    )


def fitted(words: str, width: float, size: float = LETTER) -> str:
    """Shorten a text to a width, with … at its end; "" where not even a letter has room."""
    words = _BLANKS.sub(" ", words[:200]).strip()
    if text_width(words, size) <= width:
        return words
    while words and text_width(f"{words}…", size) > width:
        words = words[:-1]
    return f"{words.rstrip()}…" if words else ""


def isolated(words: str) -> str:
    """Keep what a text says about its direction from turning what stands beside it."""
    return f"\u2068{words}\u2069"


class Sheet:
    """A drawing in the making, px, y down."""

    def __init__(self, width: float, inks: Inks) -> None:
        self.width = width
        self.inks = inks
        self._root = ET.Element("svg", {"xmlns": _SVG, "font-family": _FONT})
        self._root.set("font-size", _px(LETTER))
        self._taken: list[Space] = []

    def polygon(self, rings: Iterable[Sequence[Point]], **look: str) -> None:
        """Draw a closed shape of one or several rings."""
        drawn = (" L".join(f"{_px(x)} {_px(y)}" for x, y in ring) for ring in rings)
        data = " ".join(f"M{ring} Z" for ring in drawn)
        self._add("path", d=data, fill_rule="evenodd", **look)

    def line(self, start: Point, end: Point, **look: str) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        ends = {"x1": _px(x1), "y1": _px(y1), "x2": _px(x2), "y2": _px(y2)}
        self._add("line", **ends, **look)

    def rectangle(self, space: Space, **look: str) -> None:
        """Draw a rectangle."""
        left, top, right, bottom = space
        size = {"width": _px(right - left), "height": _px(bottom - top)}
        self._add("rect", x=_px(left), y=_px(top), **size, **look)

    def label(
        self,
        words: str,
        at: Point,
        *,
        anchor: str = "middle",
        ink: str = "",
        halo: bool = False,
        halo_ink: str = "",
        weight: str = "",
    ) -> bool:
        """Write a line of text around a point, unless it would cover another or leave the frame.

        Parameters
        ----------
        at : (float, float)
            ``anchor`` (start, middle or end) and middle of the height of the text.

        Returns
        -------
        bool
            Whether it was written.
        """
        space = label_space(words, at, anchor)
        if not words or not self.is_free(space):
            return False
        self._taken.append(space)
        look = {"text-anchor": anchor} if anchor != "start" else {}
        if weight:
            look["font-weight"] = weight
        if halo or halo_ink:
            around = halo_ink or self.inks.halo
            look |= {"paint-order": "stroke", "stroke": around, "stroke-width": "3"}
        node = self._add("text", x=_px(at[0]), y=_px(at[1] + LETTER * 0.36), **look)
        node.set("fill", ink or self.inks.text)
        node.text = _NOT_XML.sub("\ufffd", words)
        return True

    def upright(self, words: str, at: Point, *, ink: str) -> bool:
        """Write a text that reads from below upwards around a point, where it has room."""
        x, y = at
        left, top, right, bottom = label_space(words, (0.0, 0.0))
        space = (x + top, y + left, x + bottom, y + right)
        if not self.is_free(space):
            return False
        self._taken.append(space)
        turn = {"text_anchor": "middle", "fill": ink, "transform": f"rotate(-90 {_px(x)} {_px(y)})"}
        node = self._add("text", x=_px(x), y=_px(y + LETTER * 0.36), **turn)
        node.text = words
        return True

    def is_free(self, space: Space) -> bool:
        """Whether a label may stand here."""
        left, top, right, _ = space
        inside = left >= 0 and top >= 0 and right <= self.width
        return inside and not any(meet(space, one) for one in self._taken)

    def keep_free(self, space: Space) -> None:
        """Let no label stand here from now on."""
        self._taken.append(space)

    def finish(self, height: float) -> str:
        """Return the drawing as text; the same drawing is the same text."""
        size = {"width": _px(self.width), "height": _px(height)}
        for name, value in (size | {"viewBox": f"0 0 {size['width']} {size['height']}"}).items():
            self._root.set(name, value)
        return ET.tostring(self._root, encoding="unicode")

    def _add(self, name: str, **look: str) -> ET.Element:
        named = {key.rstrip("_").replace("_", "-"): value for key, value in look.items()}
        return ET.SubElement(self._root, name, named)


def label_space(words: str, at: Point, anchor: str = "middle") -> Space:
    """Return what a line of text covers, with the distance that it keeps from others."""
    width = text_width(words)
    x, y = at
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    half = LETTER * 0.6
    return left - _EDGE, y - half, left + width + _EDGE, y + half


def meet(one: Space, other: Space) -> bool:
    """Whether two spaces share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
