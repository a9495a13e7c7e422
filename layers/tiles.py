"""PNG tiles of a large layer: Web Mercator pixels drawn from flat coordinate arrays.

Web Mercator is used for pixels only; nothing is measured in it. A unit square
holds the world: x grows east, y grows south, both from 0 to 1.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely
from PIL import Image, ImageColor, ImageDraw

from geo.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Geometries = npt.NDArray[np.object_]
Colour = tuple[int, int, int, int]

TILE = 256
MAX_ZOOM = 24
MAX_LATITUDE = 85.0511287798066
OTHER_USE = "#C4CAD0"
FILL_OPACITY = {"surveyed": 0.75, "digitized": 0.75, "solved_from_text": 0.55, "schematic": 0.40}

_SAMPLES = 2  # drawn this many times larger, then averaged: smooth edges
_CANVAS = TILE * _SAMPLES
_DOT = 1.5 * _SAMPLES  # features smaller than this many canvas pixels become one dot
_OUTLINED = 6 * _SAMPLES  # features larger than this get a hairline,
_FRAMED = 24 * _SAMPLES  # features larger than this a full outline
_HUGE = 4 * _CANVAS  # features larger than this are cut to the tile before drawing
_SHELL, _HOLE, _LINE = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawing:
    """A layer flattened for drawing.

    Attributes
    ----------
    tree : shapely.STRtree
        Over the geometries, longitude and latitude.
    points : float array, shape (p, 2)
        Vertices in the unit square.
    rings : int array, shape (r + 1,)
        Ring ``i`` holds ``points[rings[i]:rings[i + 1]]``.
    kinds : int array, shape (r,)
        Shell, hole or line.
    features : int array, shape (n + 1,)
        Feature ``i`` holds the rings ``features[i]`` to ``features[i + 1]``.
    boxes : float array, shape (n, 4)
        Left, top, right, bottom in the unit square.
    order : int array, shape (n,)
        Rank in drawing order: large features first, so that small ones stay visible.
    codes : int array, shape (n,)
        Row of ``fills`` and ``strokes``.
    """

    tree: shapely.STRtree
    points: Floats
    rings: Ints
    kinds: Ints
    features: Ints
    boxes: Floats
    order: Ints
    codes: Ints
    fills: tuple[Colour, ...]
    strokes: tuple[Colour, ...]


def to_unit(lonlat: Floats) -> Floats:
    """Longitude and latitude in degrees, shape (n, 2), to the unit square."""
    latitude = np.radians(np.clip(lonlat[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    y = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack([lonlat[:, 0] / 360 + 0.5, y])


def to_lonlat(unit: Floats) -> Floats:
    """Positions in the unit square, shape (n, 2), to longitude and latitude in degrees."""
    latitude = np.degrees(np.arctan(np.sinh((0.5 - unit[:, 1]) * 2 * np.pi)))
    return np.column_stack([(unit[:, 0] - 0.5) * 360, latitude])


def check_tile(z: int, x: int, y: int) -> None:
    """Raise ``tile_out_of_range`` unless the tile lies in the Web Mercator pyramid."""
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise PlannerError("tile_out_of_range", value=f"{z}/{x}/{y}")


def flatten(
    geometries: Geometries,
    tree: shapely.STRtree,
    styles: Sequence[tuple[str, str]],
    palette: Mapping[str, str],
) -> Drawing:
    """Flatten polygons and lines for drawing.

    Parameters
    ----------
    geometries : array of (Multi)Polygon and (Multi)LineString, shape (n,)
        Longitude and latitude in degrees, none empty.
    tree : shapely.STRtree
        Over the same array.
    styles : sequence of (use, geometry class), length n
        Use is a key of `palette`; an unknown one is drawn grey.
    palette : mapping
        Use to ``#RRGGBB``.
    """
    rings, owner, kinds = _rings(geometries)
    lonlat, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    points = to_unit(lonlat)
    boxes = shapely.bounds(geometries)
    corners = np.column_stack([to_unit(boxes[:, [0, 3]]), to_unit(boxes[:, [2, 1]])])
    size = (corners[:, 2] - corners[:, 0]) * (corners[:, 3] - corners[:, 1])
    table, codes = _style_table(styles)
    fills = tuple(_fill(palette.get(use, OTHER_USE), kind) for use, kind in table)
    return Drawing(
        tree=tree,
        points=points,
        rings=_offsets(ring_of_point, len(rings)),
        kinds=kinds,
        features=_offsets(owner, len(geometries)),
        boxes=corners,
        order=np.argsort(np.argsort(-size, kind="stable"), kind="stable"),
        codes=codes,
        fills=fills,
        strokes=tuple(_stroke(fill) for fill in fills),
    )


def render(drawing: Drawing, z: int, x: int, y: int) -> bytes:
    """Draw one tile, 256 by 256 pixels with transparency.

    Returns
    -------
    bytes
        PNG. Same input, same bytes.

    Raises
    ------
    PlannerError
        ``tile_out_of_range``.
    """
    check_tile(z, x, y)
    scale = float(_CANVAS * 2**z)
    origin = np.array([x, y], dtype=np.float64) * _CANVAS
    found = drawing.tree.query(shapely.box(*_tile_box(z, x, y)))
    if not len(found):
        return empty_tile()
    found = found[np.argsort(drawing.order[found])]
    boxes = drawing.boxes[found] * scale - np.tile(origin, 2)
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    image = _dots(drawing, found[size < _DOT], boxes[size < _DOT])
    shown = size >= _DOT
    _shapes(image, drawing, found[shown], size[shown], (scale, origin))
    return _png(image)


@lru_cache(maxsize=1)
def empty_tile() -> bytes:
    """Draw a fully transparent tile."""
    return _png(Image.new("RGBA", (_CANVAS, _CANVAS)))


def _rings(geometries: Geometries) -> tuple[Geometries, Ints, Ints]:
    """Rings and lines of all features in feature order, with owner and kind of each."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    surface = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part_of_ring = shapely.get_rings(parts[surface], return_index=True)
    holes = np.diff(part_of_ring, prepend=-1) == 0
    lines = parts[~surface]
    everything = np.concatenate([rings, lines])
    owners = np.concatenate([owner[surface][part_of_ring], owner[~surface]])
    kinds = np.concatenate([np.where(holes, _HOLE, _SHELL), np.full(len(lines), _LINE)])
    order = np.argsort(owners, kind="stable")
    return everything[order], owners[order], kinds[order]


def _offsets(owner: Ints, count: int) -> Ints:
    """Start of each owner's run in a sorted owner array, and the end of the last."""
    return np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=count))]).astype(np.intp)


def _style_table(styles: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], Ints]:
    table = {style: code for code, style in enumerate(dict.fromkeys(styles))}
    codes = np.fromiter((table[style] for style in styles), dtype=np.intp, count=len(styles))
    return list(table), codes


def _fill(colour: str, geometry_class: str) -> Colour:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(255 * FILL_OPACITY.get(geometry_class, 0.75))


def _stroke(fill: Colour) -> Colour:
    red, green, blue, _ = fill
    return red * 11 // 20, green * 11 // 20, blue * 11 // 20, 200


def _tile_box(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a tile with a margin for outlines, in degrees."""
    margin = 2 / TILE
    unit = np.array([[x - margin, y + 1 + margin], [x + 1 + margin, y - margin]]) / 2**z
    (west, south), (east, north) = to_lonlat(unit)
    return float(west), float(south), float(east), float(north)


def _dots(drawing: Drawing, found: Ints, boxes: Floats) -> Image.Image:
    """Start a canvas with one dot for each feature that is too small to have a shape."""
    canvas = np.zeros((_CANVAS, _CANVAS, 4), dtype=np.uint8)
    column, row = ((boxes[:, :2] + boxes[:, 2:]) / 2).astype(np.intp).T // _SAMPLES * _SAMPLES
    inside = (column >= 0) & (column < _CANVAS) & (row >= 0) & (row < _CANVAS)
    colours = np.array(drawing.fills, dtype=np.uint8)[drawing.codes[found[inside]]]
    for right, down in np.ndindex(_SAMPLES, _SAMPLES):
        canvas[row[inside] + down, column[inside] + right] = colours
    return Image.fromarray(canvas)


def _shapes(
    image: Image.Image, drawing: Drawing, found: Ints, size: Floats, view: tuple[float, Floats]
) -> None:
    scale, origin = view
    pen = ImageDraw.Draw(image)
    for feature, pixels in zip(found.tolist(), size.tolist(), strict=True):
        code = drawing.codes[feature]
        fill, stroke = drawing.fills[code], drawing.strokes[code]
        for ring in range(drawing.features[feature], drawing.features[feature + 1]):
            points = drawing.points[drawing.rings[ring] : drawing.rings[ring + 1]]
            canvas = points * scale - origin
            kind = drawing.kinds[ring]
            for piece in _cut(canvas, kind) if pixels > _HUGE else (canvas,):
                path: Any = piece.astype(np.float32)  # Pillow reads pairs of floats
                if kind == _LINE:
                    pen.line(path, fill=(*fill[:3], 255), width=2 * _SAMPLES)
                    continue
                pen.polygon(path, fill=(0, 0, 0, 0) if kind == _HOLE else fill)
                if pixels > _OUTLINED:
                    pen.line(path, fill=stroke, width=_SAMPLES if pixels > _FRAMED else 1)


def _cut(canvas: Floats, kind: int) -> tuple[Floats, ...]:
    """Cut one ring or line to the canvas and a margin: coordinates stay small."""
    whole = shapely.linestrings(canvas) if kind == _LINE else shapely.polygons(canvas)
    margin = 8 * _SAMPLES
    part = shapely.clip_by_rect(whole, -margin, -margin, _CANVAS + margin, _CANVAS + margin)
    pieces = shapely.get_parts(part)
    wanted = shapely.get_dimensions(pieces) == (1 if kind == _LINE else 2)
    rings = pieces[wanted] if kind == _LINE else shapely.get_exterior_ring(pieces[wanted])
    return tuple(shapely.get_coordinates(ring) for ring in rings)


def _png(image: Image.Image) -> bytes:
    # Averaging needs colours weighted by their opacity, or edges turn dark.
    smooth = image.convert("RGBa").reduce(_SAMPLES).convert("RGBA")
    buffer = io.BytesIO()
    smooth.save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()
