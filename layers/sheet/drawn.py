"""Marks as artists of matplotlib, in the order in which they were made."""

from __future__ import annotations

from functools import singledispatch
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheet import lettering
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


def figure_of(page: Page, dpi: float, *, letters: bool) -> Figure:
    """Make a figure of the size of the paper with all marks on it.

    Parameters
    ----------
    letters : bool
        Write letters as such, so that a reader of the file finds them; else their outlines, which
        on pixels is quicker and lies where it was measured.
    """
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    inches = [one / _MM_PER_INCH for one in (page.width, page.height)]
    if not letters:
        inches = [(round(one * dpi) + _WHOLE) / dpi for one in inches]
    figure = Figure(figsize=(inches[0], inches[1]), dpi=dpi, facecolor="white")
    scale = Affine2D().scale(1 / _MM_PER_INCH) + figure.dpi_scale_trans
    made = (artist for run in _runs(page.marks) for artist in _drawn(run, scale, letters=letters))
    for at, artist in enumerate(made):
        artist.set_zorder(at)
        figure.add_artist(artist)
    return figure


def _runs(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """Put lines of text that follow each other together."""
    for is_text, run in groupby(marks, key=lambda one: isinstance(one, Text)):
        found = [*run]
        yield from [found] if is_text else [[one] for one in found]


def _drawn(run: list[Mark], scale: Transform, *, letters: bool) -> Iterator[Artist]:
    texts = [one for one in run if isinstance(one, Text)]
    if not texts:
        yield from _artists(run[0], scale)
    elif letters:
        yield from (artist for one in texts for artist in lettering.letters(one, scale))
    else:
        yield from lettering.outlines(texts, scale)


@singledispatch
def _artists(mark: Mark, scale: Transform) -> Iterator[Artist]:
    raise TypeError(type(mark).__name__, scale)


@_artists.register(Lines)
def _(mark: Lines, scale: Transform) -> Iterator[Artist]:
    lines = _strokes(mark.lines, mark.colour, mark.width, scale, _dashes(mark.dash, mark.width))
    yield _clipped(lines, mark.clip, scale)


def _strokes(
    lines: Iterable[Any], colour: str, width: float, scale: Transform, dashes: Any = "solid"
) -> Artist:
    """Draw lines as one path: thousands of them cost little then."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    found = [*lines] or [np.zeros((1, 2))]
    codes = np.full(sum(map(len, found)), Path.LINETO, dtype=Path.code_type)
    codes[np.cumsum([0, *map(len, found[:-1])])] = Path.MOVETO
    return PathPatch(
        Path(np.concatenate(found), codes, readonly=True),
        fill=False,
        edgecolor=colour,
        linewidth=width * _POINTS,
        linestyle=dashes,
        capstyle="butt",
        joinstyle="round",
        transform=scale,
    )


@_artists.register(Areas)
def _(mark: Areas, scale: Transform) -> Iterator[Artist]:
    paths = [*_paths(mark.shapes)]

    def area(**look: Any) -> Artist:
        return _clipped(_shapes(paths, transform=scale, **look), mark.clip, scale)

    if mark.fill is not None:
        yield area(facecolor=mark.fill, edgecolor="none", linewidth=0, alpha=mark.opacity)
    if mark.pattern:
        yield _pattern(mark, paths, scale)
    if mark.edge is not None:
        yield area(
            facecolor="none",
            edgecolor=mark.edge,
            linewidth=mark.width * _POINTS,
            linestyle=_dashes(mark.dash, mark.width),
        )


def _shapes(paths: list[Path], **look: Any) -> Artist:
    """Give the paths one look; a lone one as a patch, whose extents nobody works out."""
    from matplotlib.collections import PathCollection
    from matplotlib.patches import PathPatch

    if len(paths) == 1:
        return PathPatch(paths[0], joinstyle="miter", **look)
    return PathCollection(paths, joinstyle="miter", **look)


@_artists.register(Dots)
def _(mark: Dots, scale: Transform) -> Iterator[Artist]:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    yield PathCollection(
        [Path.unit_circle()],
        offsets=mark.points,
        offset_transform=scale,
        facecolors=mark.fill,
        edgecolors=mark.edge,
        linewidths=mark.width * _POINTS,
        transform=Affine2D().scale(mark.radius) + scale,
    )


def _pattern(mark: Areas, paths: list[Path], scale: Transform) -> Artist:
    """Fill all areas of the mark with one set of lines, cut by their outlines."""
    from matplotlib.path import Path

    west, south, east, north = shapely.total_bounds(np.asarray(mark.shapes, dtype=object))
    box = Box(west, south, east - west, north - south)
    if mark.clip is not None:
        box = _shared(box, mark.clip)
    width, strokes = PATTERNS[mark.pattern]
    found = strokes(box) if box.width > 0 and box.height > 0 else ()
    lines = _strokes(found, mark.pattern_colour, width, scale)
    if mark.clip is None or _contains(mark.clip, (west, south, east, north)):
        outline = Path.make_compound_path(*paths)
    else:
        cut = shapely.intersection(
            shapely.union_all(np.asarray(mark.shapes, dtype=object)),
            shapely.box(box.x, box.y, box.right, box.top),
        )
        inside = [*_paths([cut])]
        outline = Path.make_compound_path(*inside) if inside else Path(np.zeros((3, 2)))
    lines.set_clip_path(outline, transform=scale)
    return lines


def _contains(box: Box, bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return box.x <= west and box.y <= south and east <= box.right and north <= box.top


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

    for part in shapely.orient_polygons(shapely.get_parts(np.asarray([*shapes], dtype=object))):
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
