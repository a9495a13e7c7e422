"""A page as a list of marks in millimetres; `layers.sheet.output` draws it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from layers.sheet.fonts import printable, shortened, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.sheet.paper import Box

Floats = npt.NDArray[np.float64]
Across = Literal["left", "center", "right"]
Up = Literal["baseline", "bottom", "center", "top"]
INK = "#1E1E1E"
THIN, FRAME = 0.25, 0.5
LINE_HEIGHT = 1.45
SMALLEST = 2.4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Text:
    """A line of text.

    Attributes
    ----------
    words : str
        Printable.
    x, y : float
        The point that ``across`` and ``up`` name.
    size : float
        Height of the em square.
    turn : float
        Degrees, counter-clockwise, about the point.
    halo : bool
        White around the letters.
    """

    words: str
    x: float
    y: float
    size: float
    colour: str
    across: Across
    up: Up
    turn: float
    bold: bool
    halo: bool
    opacity: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lines:
    """Lines of one look; each an array of points, shape (n, 2)."""

    lines: tuple[Floats, ...]
    width: float
    colour: str
    dash: tuple[float, ...] | None
    clip: Box | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Areas:
    """Polygons of one look.

    Attributes
    ----------
    shapes : tuple of geometry
        Polygons and multi-polygons in millimetres, holes are holes.
    fill, edge : str or None
        None: none.
    pattern : str
        Key of `layers.sheet.patterns.PATTERNS`; "": none.
    """

    shapes: tuple[Any, ...]
    fill: str | None
    edge: str | None
    width: float
    dash: tuple[float, ...] | None
    opacity: float
    pattern: str
    pattern_colour: str
    clip: Box | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dots:
    """Circles of one look; ``points`` has shape (n, 2)."""

    points: Floats
    radius: float
    fill: str
    edge: str
    width: float


Mark = Text | Lines | Areas | Dots


@dataclass(slots=True, kw_only=True)
class Page:
    """Paper that is drawn on; what comes later lies on top.

    Attributes
    ----------
    width, height : float
        Of the paper, millimetres; the origin is below left.
    marks : list of Mark
        What was drawn.
    """

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)

    def text(  # noqa: PLR0913 -- a line of text has that many traits
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = 3.0,
        colour: str = INK,
        across: Across = "left",
        up: Up = "baseline",
        turn: float = 0.0,
        bold: bool = False,
        halo: bool = False,
        opacity: float = 1.0,
        room: float | None = None,
    ) -> float:
        """Write a line; words that no font has are written by number, those without room cut.

        Returns
        -------
        float
            Width of the line, mm.
        """
        written = printable(words) if room is None else shortened(words, size, room)
        if written:
            self.marks.append(
                Text(
                    words=written,
                    x=x,
                    y=y,
                    size=size,
                    colour=colour,
                    across=across,
                    up=up,
                    turn=turn,
                    bold=bold,
                    halo=halo,
                    opacity=opacity,
                )
            )
        return width(written, size)

    def paragraph(  # noqa: PLR0913 -- as `text`
        self,
        words: str,
        x: float,
        top: float,
        *,
        room: float,
        size: float = 3.0,
        colour: str = INK,
        bold: bool = False,
        most: int = 99,
    ) -> float:
        """Write a text in lines that fit; what does not fit in ``most`` lines ends with ….

        Returns
        -------
        float
            Lower edge of the last line, mm.
        """
        lines = wrapped(words, size, room)
        if len(lines) > most:
            lines = [*lines[: most - 1], shortened("".join(lines[most - 1 :]), size, room)]
        for at, line in enumerate(lines):
            self.text(
                line, x, top - size * (0.9 + LINE_HEIGHT * at), size=size, colour=colour, bold=bold
            )
        return top - size * LINE_HEIGHT * len(lines)

    def lines(
        self,
        lines: Iterable[Any],
        *,
        width: float = THIN,
        colour: str = INK,
        dash: Sequence[float] | None = None,
        clip: Box | None = None,
    ) -> None:
        """Draw lines; each is a sequence of points."""
        drawn = tuple(np.asarray(one, dtype=float) for one in lines)
        if drawn:
            self.marks.append(
                Lines(
                    lines=drawn,
                    width=width,
                    colour=colour,
                    dash=None if dash is None else tuple(dash),
                    clip=clip,
                )
            )

    def areas(  # noqa: PLR0913 -- as `text`
        self,
        shapes: Iterable[Any],
        *,
        fill: str | None = None,
        edge: str | None = INK,
        width: float = THIN,
        dash: Sequence[float] | None = None,
        opacity: float = 1.0,
        pattern: str = "",
        pattern_colour: str = INK,
        clip: Box | None = None,
    ) -> None:
        """Draw polygons in millimetres."""
        drawn = tuple(one for one in shapes if not one.is_empty)
        if drawn:
            self.marks.append(
                Areas(
                    shapes=drawn,
                    fill=fill,
                    edge=edge,
                    width=width,
                    dash=None if dash is None else tuple(dash),
                    opacity=opacity,
                    pattern=pattern,
                    pattern_colour=pattern_colour,
                    clip=clip,
                )
            )

    def box(
        self,
        box: Box,
        *,
        fill: str | None = None,
        edge: str | None = INK,
        width: float = THIN,
        dash: Sequence[float] | None = None,
        pattern: str = "",
        pattern_colour: str = INK,
    ) -> None:
        """Draw a rectangle."""
        import shapely

        self.areas(
            [shapely.box(box.x, box.y, box.right, box.top)],
            fill=fill,
            edge=edge,
            width=width,
            dash=dash,
            pattern=pattern,
            pattern_colour=pattern_colour,
        )

    def dots(
        self,
        points: Any,
        *,
        radius: float = 0.4,
        fill: str = "#FFFFFF",
        edge: str = INK,
        width: float = THIN,
    ) -> None:
        """Draw circles."""
        centres = np.asarray(points, dtype=float).reshape(-1, 2)
        if len(centres):
            self.marks.append(
                Dots(points=centres, radius=radius, fill=fill, edge=edge, width=width)
            )
