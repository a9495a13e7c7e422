"""Long coordinates of GeoJSON as arrays of numbers: Python lists take ten times the memory."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_LONG = 500  # bytes: shorter ones cost little
_MARK = "@coordinates "
_BLANK = r"[ \t\r\n]*"
_RUN = re.compile(rb'(?<!\\)"coordinates"[ \t\r\n]*:[ \t\r\n]*(\[[\[\]0-9eE+\-., \t\r\n]{500,})')
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_POSITION = rf"\[{_BLANK}{_NUMBER}(?:{_BLANK},{_BLANK}{_NUMBER}){{1,2}}{_BLANK}\]"
_AS_BLANKS = bytes.maketrans(b"[],\t\r\n", b"      ")
_OPEN, _CLOSE = b"[]"
_FEWEST = 4
_DIMENSIONS = (2, 3)


def _list_of(one: str) -> str:
    return rf"\[{_BLANK}{one}(?:{_BLANK},{_BLANK}{one})*{_BLANK}\]"


_POLYGON = _list_of(_list_of(_POSITION))
_GRAMMAR = {"Polygon": f"^{_POLYGON}$", "MultiPolygon": f"^{_list_of(_POLYGON)}$"}


def _is_mark(geometry: Any) -> bool:
    if not isinstance(geometry, dict):
        return False
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    is_polygon = isinstance(kind, str) and kind in _GRAMMAR
    return is_polygon and isinstance(coordinates, str) and coordinates.startswith(_MARK)


class LongCoordinates:
    """What stands behind the marks that `take_out` left in a text."""

    def __init__(self, data: bytes, spans: Sequence[tuple[int, int]]) -> None:
        self._data = data
        self._spans = spans

    def __len__(self) -> int:
        """Count the marks."""
        return len(self._spans)

    def size(self, geometry: Any) -> int:
        """Give the bytes that were taken out of a polygon; 0 for any other member."""
        return len(self._text(geometry)) if self._spans and _is_mark(geometry) else 0

    def restored(self, geometry: dict[str, Any]) -> dict[str, Any]:
        """Give the member as it stood, with lists; ``json_broken`` when they are none."""
        try:
            return {**geometry, "coordinates": json.loads(self._text(geometry))}
        except (ValueError, RecursionError) as error:
            raise PlannerError("json_broken", line=1, column=1) from error

    def shape(self, geometry: dict[str, Any]) -> Any:
        """Give the polygon; None where anything about it is not as it should be."""
        text, kind = self._text(geometry), geometry["type"]
        whole = pa.array([text.decode()], pa.large_string())
        if not pc.match_substring_regex(whole, _GRAMMAR[kind])[0].as_py():
            return None
        letters = np.frombuffer(text, np.uint8)
        brackets = letters[(letters == _OPEN) | (letters == _CLOSE)]
        depth = np.cumsum(np.where(brackets == _OPEN, 1, -1).astype(np.int8), dtype=np.int8)
        outer = 1 if kind == "Polygon" else 2
        counts = np.add.accumulate((brackets == _OPEN) & (depth == outer + 2), dtype=np.int32)
        ends = counts[(brackets == _CLOSE) & (depth == outer)]
        numbers = np.fromstring(text.translate(_AS_BLANKS), sep=" ")
        if len(numbers) not in {count * int(ends[-1]) for count in _DIMENSIONS}:
            return None
        xy = numbers.reshape(int(ends[-1]), -1)
        parts = np.cumsum((brackets == _CLOSE) & (depth == outer - 1))
        part = parts[(brackets == _CLOSE) & (depth == outer)]
        return _polygon(xy, np.diff(ends, prepend=0), part if kind == "MultiPolygon" else None)

    def _text(self, geometry: dict[str, Any]) -> bytes:
        start, end = self._spans[int(geometry["coordinates"].removeprefix(_MARK))]
        return self._data[start:end]


def _polygon(
    xy: npt.NDArray[np.float64], counts: npt.NDArray[np.int32], part: npt.NDArray[np.intp] | None
) -> Any:
    """Build a polygon of closed rings; None: one is not closed, too short or not finite."""
    last = np.cumsum(counts) - 1
    closed = (xy[last, :2] == xy[last - counts + 1, :2]).all()
    if not closed or counts.min() < _FEWEST or not np.isfinite(xy).all():
        return None
    rings = shapely.linearrings(xy, indices=np.repeat(np.arange(len(counts)), counts))
    if part is None:
        return shapely.polygons(rings[0], rings[1:])
    return shapely.multipolygons(shapely.polygons(rings, indices=part))


def take_out(data: bytes) -> tuple[bytes, LongCoordinates]:
    """Put a mark for every long list of numbers that is the value of ``coordinates``.

    Parameters
    ----------
    data : bytes
        GeoJSON in an encoding that contains ASCII.

    Returns
    -------
    rest : bytes
        JSON as before, with short strings for the lists.
    taken : LongCoordinates
        The marks may also stand where there is no geometry: count those that are used.
    """
    if _MARK.encode() in data:
        return data, LongCoordinates(data, ())
    rest: list[bytes] = []
    spans: list[tuple[int, int]] = []
    end = 0
    for found in _RUN.finditer(data):
        start = found.start(1)
        rest += [data[end:start], json.dumps(f"{_MARK}{len(spans)}").encode()]
        end = start + len(found[1].rstrip(b", \t\r\n"))
        spans.append((start, end))
    return b"".join([*rest, data[end:]]), LongCoordinates(data, spans)
