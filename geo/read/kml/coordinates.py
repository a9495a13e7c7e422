"""Coordinates of KML as people write them: read exactly, repaired where only one reading exists."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.errors import PlannerError
from geo.read.numbers import read_number

_PLAIN = re.compile(r"[0-9+\-.,\s]*", re.ASCII)
_AROUND_COMMA = re.compile(r"\s*,\s*")
_NARROW = {full: full - 0xFEE0 for full in range(ord("！"), ord("～") + 1)} | {
    0x3000: " ",
    0x2212: "-",
    ord("。"): ".",
    ord("、"): ",",
    0x200B: None,
    0xFEFF: None,
}
_PLANE, _SPACE = 2, 3
_SHOWN = 40
_Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """One ``coordinates`` element.

    Attributes
    ----------
    points : float array, shape (n, 2), or None
        First number, second number; None when a tuple cannot be read.
    heights : bool
        Some third number is not zero.
    repaired : str
        How the element begins when it is not well written but can be read; "": it is.
    broken : tuple of (int, str)
        Position from 1 and text of the first tuple that cannot be read.
    """

    points: npt.NDArray[np.float64] | None
    heights: bool = False
    repaired: str = ""
    broken: tuple[int, str] = (0, "")


def read_coordinates(text: str) -> Coordinates:
    """Read ``lon,lat[,alt]`` tuples that white space separates.

    Parameters
    ----------
    text : str
        Content of the element.

    Returns
    -------
    Coordinates
        Blanks around commas, semicolons, full-width signs and a comma too many are read only
        if exactly one reading gives two or three numbers in every tuple.
    """
    tuples = [one.split(",") for one in text.split()]
    points = _plain_points(text, tuples)
    if points is not None:
        heights = any(len(one) == _SPACE and one[2].strip("+-0.") != "" for one in tuples)
        return Coordinates(points=points, heights=heights)
    narrow = text.translate(_NARROW)
    readings = {one for one in map(_reading, _spellings(narrow)) if one is not None}
    if len(readings) != 1:
        return Coordinates(points=None, broken=_first_broken(narrow, text))
    points = np.array(readings.pop()).reshape(-1, 2)
    return Coordinates(points=points, repaired=" ".join(text.split())[:_SHOWN])


def _plain_points(text: str, tuples: list[list[str]]) -> npt.NDArray[np.float64] | None:
    """Read the tuples of a well-written element; None: it is not one."""
    if not _PLAIN.fullmatch(text) or not {len(one) for one in tuples} <= {_PLANE, _SPACE}:
        return None
    try:
        return np.array([(float(one[0]), float(one[1])) for one in tuples]).reshape(-1, 2)
    except ValueError:
        return None


def _spellings(text: str) -> tuple[str, ...]:
    """Give the ways in which commas, blanks and semicolons can be meant."""
    return (
        text,
        _AROUND_COMMA.sub(",", text.strip()),
        _AROUND_COMMA.sub(",", text.replace(";", " ").strip()),
        _AROUND_COMMA.sub(",", text.replace(";", ",").strip()),
    )


def _reading(text: str) -> _Points | None:
    tuples = [one.rstrip(",").split(",") for one in text.split()]
    if len({len(one) for one in tuples}) != 1 or len(tuples[0]) not in (_PLANE, _SPACE):
        return None
    points = [_point(one) for one in tuples]
    return tuple(one for one in points if one is not None) if None not in points else None


def _point(numbers: list[str]) -> tuple[float, float] | None:
    if len(numbers) not in (_PLANE, _SPACE):
        return None
    try:
        return read_number(numbers[0]).value, read_number(numbers[1]).value
    except PlannerError:
        return None


def _first_broken(narrow: str, text: str) -> tuple[int, str]:
    written = text.split()
    for number, (one, shown) in enumerate(zip(narrow.split(), written, strict=False), start=1):
        if _point(one.split(",")) is None:
            return number, shown[:_SHOWN]
    return 1, "".join(written[:1])[:_SHOWN]
