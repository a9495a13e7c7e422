"""Marks as artists of matplotlib, in the order in which they were made."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheet.fonts import font
from layers.sheet.page import Areas, Dots, Lines, Text
from layers.sheet.paper import Box
from layers.sheet.patterns import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from matplotlib.transforms import Transform

    from layers.sheet.page import Mark, Page

_MM_PER_INCH = 25.4
_WHOLE = 1e-6  # a number of pixels is cut, not rounded, by matplotlib
_POINTS = 72 / _MM_PER_INCH
_BOLD, _HALO = 0.045, 0.32  # of the height of the letters: strokes around them


def figure_of(page: Page, dpi: float, *, letters: bool) -> Figure:
    """Make a figure of the size of the paper with all marks on it.

    Parameters
    ----------
    letters : bool
        Write letters as such even where they have a stroke around them, so that a reader of the
        file finds them; on pixels their outlines must be drawn, else the stroke lies beside them.
    """
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    inches = [one / _MM_PER_INCH for one in (page.width, page.height)]
    if not letters:
        inches = [(round(one * dpi) + _WHOLE) / dpi for one in inches]
    figure = Figure(figsize=(inches[0], inches[1]), dpi=dpi, facecolor="white")
    scale = Affine2D().scale(1 / _MM_PER_INCH) + figure.dpi_scale_trans
    made = (
        artist
        for mark in page.marks
        for artist in (
            _outlined(mark, scale)
            if isinstance(mark, Text) and not letters and (mark.halo or mark.bold)
            else _artists(mark, scale)
        )
    )
    for at, artist in enumerate(made):
        artist.set_zorder(at)
        figure.add_artist(artist)
    return figure


@singledispatch
def _artists(mark: Mark, scale: Transform) -> Iterator[Artist]:
    raise TypeError(type(mark).__name__, scale)


@_artists.register(Text)
def _(mark: Text, scale: Transform) -> Iterator[Artist]:
    """Write letters; strokes are paths below or above them, so that the text is there once."""
    strokes = _strokes(mark)
    for stroke in strokes:
        yield _written(mark, scale, path_effects=[stroke])
    yield _written(mark, scale)


def _outlined(mark: Text, scale: Transform) -> Iterator[Artist]:
    """Draw the outlines of letters, strokes and all."""
    from matplotlib.patheffects import Normal

    yield _written(mark, scale, path_effects=[*_strokes(mark), Normal()])


def _strokes(mark: Text) -> list[Any]:
    from matplotlib.patheffects import Stroke

    points = mark.size * _POINTS
    halo = [Stroke(linewidth=points * _HALO, foreground="white")] if mark.halo else []
    bold = [Stroke(linewidth=points * _BOLD, foreground=mark.colour)] if mark.bold else []
    return [*halo, *bold]


def _written(mark: Text, scale: Transform, **look: Any) -> Artist:
    from matplotlib.text import Text as Written

    return Written(
        mark.x,
        mark.y,
        mark.words,
        fontproperties=font(),
        fontsize=mark.size * _POINTS,
        color=mark.colour,
        horizontalalignment=mark.across,
        verticalalignment=mark.up,
        rotation=mark.turn,
        rotation_mode="anchor",
        parse_math=False,
        alpha=mark.opacity,
        transform=scale,
        **look,
    )


@_artists.register(Lines)
def _(mark: Lines, scale: Transform) -> Iterator[Artist]:
    from matplotlib.collections import LineCollection

    lines = LineCollection(
        [*mark.lines],
        linewidths=mark.width * _POINTS,
        colors=mark.colour,
        linestyles=_dashes(mark.dash, mark.width),
        capstyle="butt",
        joinstyle="round",
        transform=scale,
    )
    yield _clipped(lines, mark.clip, scale)


@_artists.register(Areas)
def _(mark: Areas, scale: Transform) -> Iterator[Artist]:
    from matplotlib.collections import PathCollection

    paths = [*_paths(mark.shapes)]

    def area(**look: Any) -> Artist:
        drawn = PathCollection(paths, transform=scale, joinstyle="miter", **look)
        return _clipped(drawn, mark.clip, scale)

    if mark.fill is not None:
        yield area(facecolors=mark.fill, edgecolors="none", linewidths=0, alpha=mark.opacity)
    if mark.pattern:
        yield _pattern(mark, paths, scale)
    if mark.edge is not None:
        yield area(
            facecolors="none",
            edgecolors=mark.edge,
            linewidths=mark.width * _POINTS,
            linestyles=_dashes(mark.dash, mark.width),
        )


@_artists.register(Dots)
def _(mark: Dots, scale: Transform) -> Iterator[Artist]:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    circle = Path.unit_circle()
    corners = np.asarray(circle.vertices)
    paths = [
        Path(corners * mark.radius + centre, circle.codes, readonly=True) for centre in mark.points
    ]
    yield PathCollection(
        paths,
        facecolors=mark.fill,
        edgecolors=mark.edge,
        linewidths=mark.width * _POINTS,
        transform=scale,
    )


def _pattern(mark: Areas, paths: list[Path], scale: Transform) -> Artist:
    """Fill all areas of the mark with one set of lines, cut by their outlines."""
    from matplotlib.collections import LineCollection
    from matplotlib.path import Path

    west, south, east, north = shapely.total_bounds(np.asarray(mark.shapes, dtype=object))
    box = Box(west, south, east - west, north - south)
    if mark.clip is not None:
        box = _shared(box, mark.clip)
    width, strokes = PATTERNS[mark.pattern]
    lines = LineCollection(
        [*strokes(box)] if box.width > 0 and box.height > 0 else [],
        linewidths=width * _POINTS,
        colors=mark.pattern_colour,
        transform=scale,
    )
    if mark.clip is None:
        outline = Path.make_compound_path(*paths)
    else:
        cut = shapely.intersection(
            shapely.union_all(np.asarray(mark.shapes, dtype=object)),
            shapely.box(box.x, box.y, box.right, box.top),
        )
        found = [*_paths([cut])]
        outline = Path.make_compound_path(*found) if found else Path(np.zeros((3, 2)))
    lines.set_clip_path(outline, transform=scale)
    return lines


def _shared(one: Box, other: Box) -> Box:
    x, y = max(one.x, other.x), max(one.y, other.y)
    return Box(x, y, min(one.right, other.right) - x, min(one.top, other.top) - y)


def _clipped(artist: Artist, clip: Box | None, scale: Transform) -> Artist:
    """Cut at the edges of a box."""
    if clip is not None:
        from matplotlib.patches import Rectangle

        artist.set_clip_path(Rectangle((clip.x, clip.y), clip.width, clip.height, transform=scale))
    return artist


def _dashes(dash: tuple[float, ...] | None, width: float) -> Any:
    """Give dashes as multiples of the line's width, as matplotlib wants them."""
    return "solid" if dash is None else (0, tuple(one / width for one in dash))


def _paths(shapes: Iterable[Any]) -> Iterator[Path]:
    """Make one path of each polygon, its holes included."""
    from matplotlib.path import Path

    for part in shapely.get_parts(np.asarray([*shapes], dtype=object)):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        rings = shapely.get_rings(part)
        points = shapely.get_coordinates(rings)
        codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        sizes = shapely.get_num_coordinates(rings)
        ends = np.cumsum(sizes)
        codes[ends - sizes] = Path.MOVETO
        codes[ends - 1] = Path.CLOSEPOLY
        yield Path(points, codes, readonly=True)
