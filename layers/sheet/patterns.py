"""Patterns of paper: for grey print and for readers who do not tell colours apart.

Lines lie 2 mm and more apart, so that a copier keeps them. A pattern is anchored to the paper, so
that neighbouring parcels of one use continue each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from layers.sheet.paper import Box

Floats = npt.NDArray[np.float64]
Strokes = Iterable[Floats]
_PITCH = 2.4


def _diagonal(box: Box, pitch: float = _PITCH, *, rising: bool = True) -> Strokes:
    """Lines at 45°, ``pitch`` mm apart measured across them."""
    step = pitch * np.sqrt(2)
    low, high = box.x - box.top, box.right - box.y
    if not rising:
        low, high = box.x + box.y, box.right + box.top
    for at in np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step:
        ends = (box.y, box.top)
        yield np.array([(at + y if rising else at - y, y) for y in ends])


def _double(box: Box) -> Strokes:
    """Pairs of lines at 45°."""
    for line in _diagonal(box, 4.8):
        yield line
        yield line + np.array([1.4, 0.0])


def _horizontal(box: Box) -> Strokes:
    for y in _steps(box.y, box.top, _PITCH):
        yield np.array([(box.x, y), (box.right, y)])


def _grid(box: Box) -> Strokes:
    yield from _horizontal(box)
    for x in _steps(box.x, box.right, _PITCH):
        yield np.array([(x, box.y), (x, box.top)])


def _waves(box: Box) -> Strokes:
    x = np.arange(box.x, box.right + 0.4, 0.4)
    for y in _steps(box.y, box.top, 3.0):
        yield np.column_stack([x, y + 0.35 * np.sin(x * (2 * np.pi / 4.0))])


def _crosses(box: Box) -> Strokes:
    for x, y in _places(box, 4.0):
        yield np.array([(x - 0.6, y), (x + 0.6, y)])
        yield np.array([(x, y - 0.6), (x, y + 0.6)])


def _dots(box: Box) -> Strokes:
    for x, y in _places(box, 3.0):
        yield np.array([(x - 0.12, y), (x + 0.12, y)])


def _rings(box: Box) -> Strokes:
    turn = np.linspace(0, 2 * np.pi, 13)
    circle = 0.5 * np.column_stack([np.cos(turn), np.sin(turn)])
    for place in _places(box, 4.0):
        yield circle + place


def _tufts(box: Box) -> Strokes:
    for x, y in _places(box, 4.2):
        yield np.array([(x - 0.6, y + 0.7), (x, y - 0.3), (x + 0.6, y + 0.7)])
        yield np.array([(x, y - 0.3), (x, y + 0.9)])


def _steps(low: float, high: float, step: float) -> Floats:
    steps: Floats = np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step
    return steps


def _places(box: Box, step: float) -> Iterable[tuple[float, float]]:
    """Places of a net whose rows are shifted by half a step."""
    for row, y in enumerate(_steps(box.y, box.top, step)):
        shift = step / 2 if (row + round(box.y / step)) % 2 else 0.0
        for x in _steps(box.x, box.right, step):
            yield float(x + shift), float(y)


PATTERNS: Mapping[str, tuple[float, Callable[[Box], Strokes]]] = MappingProxyType(
    {
        "dots": (0.45, _dots),
        "crosses": (0.25, _crosses),
        "diagonal": (0.25, _diagonal),
        "falling": (0.25, lambda box: _diagonal(box, rising=False)),
        "double_diagonal": (0.25, _double),
        "horizontal": (0.25, _horizontal),
        "rings": (0.25, _rings),
        "tufts": (0.25, _tufts),
        "grid": (0.25, _grid),
        "waves": (0.25, _waves),
        "envelope": (0.25, lambda box: _diagonal(box, 3.0)),
    }
)
"""Width of the line and the lines that fill a box, by the names of ``style.Pattern`` and more."""
