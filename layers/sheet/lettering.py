"""Lines of text as letters that a reader of the file finds, or as outlines for pixels."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from layers.sheet.fonts import advance, font, outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist
    from matplotlib.path import Path
    from matplotlib.transforms import Transform

    from layers.sheet.page import Text

Floats = npt.NDArray[np.float64]
_POINTS = 72 / 25.4
_BOLD, _HALO = 0.045, 0.32  # of the height of the letters: strokes around them
_ACROSS = {"left": 0.0, "center": -0.5, "right": -1.0}
_UP = {"baseline": 0.0, "bottom": 0.12, "center": -0.37, "top": -0.88}
"""From the named height to the baseline, in ems: Chinese signs stand from −0.12 to 0.88."""


def baseline(mark: Text) -> tuple[float, float]:
    """Give the start of the baseline of a line of text, millimetres."""
    across = _ACROSS[mark.across] * sum(map(advance, mark.words)) * mark.size
    up = _UP[mark.up] * mark.size
    angle = math.radians(mark.turn)
    east, north = math.cos(angle), math.sin(angle)
    return mark.x + east * across - north * up, mark.y + north * across + east * up


def letters(mark: Text, scale: Transform) -> Iterator[Artist]:
    """Write letters; strokes are paths below or above them, so that the text is there once."""
    from matplotlib.patheffects import Stroke

    points = mark.size * _POINTS
    if mark.halo:
        yield _written(mark, scale, [Stroke(linewidth=points * _HALO, foreground="white")])
    if mark.bold:
        yield _written(mark, scale, [Stroke(linewidth=points * _BOLD, foreground=mark.colour)])
    yield _written(mark, scale, [])


def _written(mark: Text, scale: Transform, strokes: list[Any]) -> Artist:
    from matplotlib.text import Text as Written

    x, y = baseline(mark)
    return Written(
        x,
        y,
        mark.words,
        fontproperties=font(),
        fontsize=mark.size * _POINTS,
        color=mark.colour,
        horizontalalignment="left",
        verticalalignment="baseline",
        rotation=mark.turn,
        rotation_mode="anchor",
        parse_math=False,
        alpha=mark.opacity,
        transform=scale,
        path_effects=strokes,
    )


def outlines(marks: Sequence[Text], scale: Transform) -> Iterator[Artist]:
    """Draw lines of text as shapes, all halos below all letters.

    An empty path ends each collection: of a lone path matplotlib works out the extents, curve by
    curve.
    """
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    nothing = Path(np.zeros((1, 2)))

    halos = [one for one in marks if one.halo]
    if halos:
        yield PathCollection(
            [*map(_path, halos), nothing],
            facecolors="none",
            edgecolors="white",
            linewidths=[*(one.size * _POINTS * _HALO for one in halos), 0.0],
            joinstyle="round",
            snap=False,
            transform=scale,
        )
    colours = [*map(_rgba, marks), (0.0, 0.0, 0.0, 0.0)]
    yield PathCollection(
        [*map(_path, marks), nothing],
        facecolors=colours,
        edgecolors=colours,
        linewidths=[*(one.size * _POINTS * _BOLD if one.bold else 0.0 for one in marks), 0.0],
        joinstyle="round",
        snap=False,
        transform=scale,
    )


def _rgba(mark: Text) -> tuple[float, ...]:
    from matplotlib.colors import to_rgba

    return to_rgba(mark.colour, mark.opacity)


def _path(mark: Text) -> Path:
    from matplotlib.path import Path

    vertices, codes = _shape(mark.words)
    angle = math.radians(mark.turn)
    east, north = math.cos(angle) * mark.size, math.sin(angle) * mark.size
    turned = vertices @ np.array([[east, north], [-north, east]])
    return Path(turned + baseline(mark), codes, readonly=True)


@lru_cache(maxsize=4096)
def _shape(words: str) -> tuple[Floats, npt.NDArray[np.uint8]]:
    """Give the outlines of a line of text in ems, its baseline beginning at the origin."""
    points, codes, pen = [np.empty((0, 2))], [np.empty(0, dtype=np.uint8)], 0.0
    for one in words:
        own, kinds = outline(one)
        points.append(own + np.array([pen, 0.0]))
        codes.append(kinds)
        pen += advance(one)
    return np.vstack(points), np.concatenate(codes)
