"""What stands below every drawing: names of buildings, colours of uses, lines, what it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcels.messages import text
from parcels.proposal.massing.sheet import LETTER, LINE, fitted, isolated, text_width
from parcels.proposal.massing.uses import KINDS, kind_of, sign_of
from parcels.proposal.massing.wording import metres

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcels.proposal.massing.model import Box, Building, Site
    from parcels.proposal.massing.sheet import Sheet

_SWATCH = 14.0
_BETWEEN = 14.0
_LEFT = 8.0
_MOST_NAMES = 24
_LONGEST_NAME = 100.0  # px


class Legend:
    """Entries that flow from left to right, line by line, from a height on downwards."""

    def __init__(self, sheet: Sheet, top: float) -> None:
        self._sheet = sheet
        self._x = _LEFT
        self.y = top + LINE / 2

    def names(self, lang: str, buildings: Iterable[Building]) -> None:
        """Name buildings by their numbers: 3 宿舍 8层 28.8 m."""
        listed = list(buildings)
        for one in listed[:_MOST_NAMES]:
            self._words(building_words(lang, one))
        if len(listed) > _MOST_NAMES:
            rest = len(listed) - _MOST_NAMES
            self._words(text(lang, "massing.drawing.more_names", count=rest))
        self._next_line()

    def uses(self, lang: str, boxes: Iterable[Box]) -> None:
        """Show the colours of the uses that are drawn."""
        kinds = {kind_of(box.functions) for box in boxes}
        for kind in KINDS:
            if kind in kinds:
                sign = sign_of(kind)
                words = text(lang, f"massing.kind.{kind}")
                x = self._room(_SWATCH + 6 + text_width(words))
                space = (x, self.y - LETTER / 2, x + _SWATCH, self.y + LETTER / 2)
                self._sheet.rectangle(space, fill=sign.tone, stroke=sign.outline)
                self._sheet.label(words, (x + _SWATCH + 6, self.y), anchor="start")

    def line(self, words: str, *, ink: str, dash: str = "", width: str = "1.6") -> None:
        """Show what a line means."""
        x = self._room(2 * _SWATCH + 6 + text_width(words))
        look = {"stroke": ink, "stroke_width": width}
        if dash:
            look["stroke_dasharray"] = dash
        self._sheet.line((x, self.y), (x + 2 * _SWATCH, self.y), **look)
        self._sheet.label(words, (x + 2 * _SWATCH + 6, self.y), anchor="start")

    def site_lines(self, lang: str, site: Site) -> None:
        """Show the boundary and the envelope, with its setback."""
        inks = self._sheet.inks
        self.line(text(lang, "massing.drawing.site"), ink=inks.line, width="2")
        if site.setback is None:
            words = text(lang, "massing.drawing.no_setback")
        else:
            words = text(lang, "massing.drawing.setback", metres=metres(site.setback))
        envelope = text(lang, "massing.drawing.envelope")
        self.line(f"{envelope} · {words}", ink=inks.envelope, dash="9 5")

    def no_height(self, lang: str, boxes: Iterable[Box]) -> None:
        """Show what dashed edges mean, where a box has them."""
        if any(box.height is None for box in boxes):
            words = text(lang, "massing.drawing.height_unknown")
            self.line(words, ink=self._sheet.inks.line, dash="4 3")

    def caption(self, words: str) -> None:
        """Say in grey what the drawing is not; broken where it is too wide."""
        self._next_line()
        room = self._sheet.width - 2 * _LEFT
        for line in _broken(words, room):
            ink = self._sheet.inks.muted
            self._sheet.label(line, (_LEFT, self.y), anchor="start", ink=ink)
            self.y += LINE

    @property
    def bottom(self) -> float:
        """Where the sheet may end."""
        return self.y

    def _words(self, words: str) -> None:
        x = self._room(text_width(words))
        self._sheet.label(words, (x, self.y), anchor="start")

    def _room(self, width: float) -> float:
        """Return where the next entry stands; a new line where this one has no room."""
        if self._x > _LEFT and self._x + width > self._sheet.width - _LEFT:
            self._next_line()
        x = self._x
        self._x += width + _BETWEEN
        return x

    def _next_line(self) -> None:
        if self._x > _LEFT:
            self._x = _LEFT
            self.y += LINE


def building_words(lang: str, building: Building) -> str:
    """Name a building: number, name, storeys, height."""
    words = [str(building.number), isolated(fitted(building.name, _LONGEST_NAME))]
    if building.boxes:
        words.append(text(lang, "massing.drawing.storeys", count=building.storeys))
        known = building.height is not None
        words.append(
            metres(building.height) if known else text(lang, "massing.drawing.height_unknown")
        )
    below = sum(box.storeys for box in building.basements)
    if below:
        words.append(text(lang, "massing.drawing.storeys_below", count=below))
    return " ".join(words)


def _broken(words: str, room: float) -> list[str]:
    """Break a text into lines at its marks, else anywhere."""
    lines, line = [], ""
    for letter in words:
        if text_width(line + letter) > room:
            cut = max(line.rfind(mark) for mark in " ；，;") + 1
            cut = cut if cut > len(line) // 2 else len(line)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
        line += letter
    return [*lines, line]
