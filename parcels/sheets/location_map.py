"""The map of a location plan: what lies around, the parcels, and names that lie on nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheet.drawing import draw_areas, draw_features, seen
from layers.sheet.fonts import printable, width
from layers.sheet.labels import Label, Placing, Spot, spots_around
from layers.sheet.page import SMALLEST
from layers.sheet.signs import AREA_LOOKS, BOX, ENVELOPE, LINE_LOOKS, DotLook, use_look
from layers.use_signs import use_sign
from parcels.map_scene import use_key
from parcels.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layers.sheet.frame import MapFrame
    from layers.sheet.page import Page
    from layers.sheet.signs import Look
    from parcels.sheets.ground import Entry, Ground, Layer, Plot

Legend = dict[str, "Look"]
"""Words of the legend to the look that was drawn."""
PLACE = DotLook(radius=0.6, fill="#3C4650", edge="#FFFFFF", width=0.2)
_WATER, _NAME, _GREY = "#2A5F86", "#17222D", "#51606D"
_DETAILED = 25_000
"""Down to this scale names of guessed roads are written; in overviews they only clutter."""
_MOST_NUMBERS, _MOST_LED = 400, 60
_ORDER = ("admin", "park", "area", "river", "canal", "road", "expressway")


def draw_background(page: Page, frame: MapFrame, ground: Ground) -> Legend:
    """Draw the layers under the parcels; places that are named become dots."""
    return draw_layers(page, frame, ground.layers, ground.lang, told=told_names(ground))


def draw_layers(
    page: Page, frame: MapFrame, layers: Sequence[Layer], lang: str, *, told: str = ""
) -> Legend:
    """Draw layers, areas first.

    Parameters
    ----------
    told : str
        Words that name places: those are shown on overviews too.
    """
    legend: Legend = {}
    for layer in sorted(layers, key=lambda one: _rank(one.kind)):
        for sign in draw_features(page, frame, layer.kind, layer.shapes, layer.features):
            look = AREA_LOOKS.get(sign) or LINE_LOOKS[sign]
            legend[text(lang, f"location.look.{sign}")] = look
        named = [not _is_clutter(layer.kind, one, frame, told) for one in layer.features]
        points = _points(frame, layer.shapes[np.asarray(named, dtype=bool)])
        if len(points) and told:
            page.dots(
                points, radius=PLACE.radius, fill=PLACE.fill, edge=PLACE.edge, width=PLACE.width
            )
            legend[text(lang, "location.look.place")] = PLACE
    return legend


def told_names(ground: Ground) -> str:
    """Join the words that say where the parcels lie: what they name is named on the map."""
    return " ".join(str(one.entry.get("location_text") or "") for one in ground.plots)


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _points(frame: MapFrame, shapes: Any) -> Any:
    """Give the points of a layer that lie inside the frame, on paper."""
    parts = shapely.get_parts(frame.shapes(np.asarray(shapes, dtype=object)))
    single = parts[shapely.get_type_id(parts) == shapely.GeometryType.POINT]
    points = shapely.get_coordinates(single)
    box = frame.box.inset(1.0)
    inside = (
        (points[:, 0] > box.x)
        & (points[:, 0] < box.right)
        & (points[:, 1] > box.y)
        & (points[:, 1] < box.top)
    )
    return points[inside]


def draw_plots(page: Page, frame: MapFrame, ground: Ground) -> Legend:
    """Draw the parcels: outlines by use and origin, drawing aids of rows without an outline.

    A single row shows its possible extent too; the extents of many would cover each other.
    """
    legend: Legend = {}
    by_look: dict[tuple[str, str], list[Any]] = {}
    boxes: list[Any] = []
    for plot in ground.plots:
        if plot.shape is not None:
            key = use_of(plot.entry), str(plot.entry.get("geometry_class") or "schematic")
            by_look.setdefault(key, []).append(plot.shape)
        elif plot.box is not None:
            boxes.append(plot.box)
    if len(ground.plots) == 1 and ground.plots[0].shape is None and ground.plots[0].place:
        draw_areas(page, frame, seen(frame, [ground.plots[0].place]), ENVELOPE)
        legend[text(ground.lang, "map.envelope")] = ENVELOPE
    for (use, geometry_class), shapes in sorted(by_look.items()):
        look = use_look(use, geometry_class)
        draw_areas(page, frame, seen(frame, shapes), look)
        use_word, class_word = (
            text(ground.lang, f"map.{one}") for one in (f"use_{use}", f"geometry_{geometry_class}")
        )
        legend[f"{use_word} · {class_word}"] = look
    if boxes:
        draw_areas(page, frame, seen(frame, boxes), BOX)
        legend[text(ground.lang, "location.look.box")] = BOX
    return legend


def use_of(entry: Entry) -> str:
    """Give the sign of the land use of a parcel, by its code or by its words."""
    use: Mapping[str, Any] = entry.get("use") or {}
    if use.get("code"):
        return use_sign(str(use["code"]), str(use.get("scheme") or ""))
    return use_key(str(use.get("text") or ""))


def draw_names(page: Page, frame: MapFrame, ground: Ground, blocked: Iterable[Any]) -> int:
    """Write the numbers of the parcels, then names of what is around them.

    Returns
    -------
    int
        Parcels whose number found no room: they stand in the list alone.
    """
    marks = [*map(_middle, seen(frame, [plot_shape(one) for one in ground.plots]))]
    placing = Placing(frame=frame.box.inset(0.8), lines=_lines(frame, ground), blocked=[*blocked])
    for point in marks[:_MOST_NUMBERS]:
        if point is not None:
            placing.block(shapely.Point(point).buffer(0.9))
    led = len(ground.plots) <= _MOST_LED
    placed = [
        (plot, point) for plot, point in zip(ground.plots, marks, strict=True) if point is not None
    ][:_MOST_NUMBERS]
    placing.place(_number(plot, point, led=led) for plot, point in placed)
    missed = len(ground.plots) - len(placed) + len(placing.left)
    placing.place(_names(frame, ground))
    placing.draw(page)
    return missed


def plot_shape(plot: Plot) -> Any:
    """Give what of a parcel is drawn on an overview."""
    return next((one for one in (plot.shape, plot.box, plot.place) if one is not None), None)


def _middle(shape: Any) -> tuple[float, float] | None:
    if shape is None or shape.is_empty:
        return None
    point = shape.representative_point()
    return float(point.x), float(point.y)


def _number(plot: Plot, point: tuple[float, float], *, led: bool) -> Label:
    """Give the number of a parcel; among many no lines lead to numbers farther away."""
    words, size = plot.mark, 2.8
    spots = spots_around(point, words, size, gap=1.6)
    return Label(words=words, spots=spots, size=size, bold=True, anchor=point if led else None)


def _lines(frame: MapFrame, ground: Ground) -> list[Any]:
    """Give lines that names had better not lie on."""
    kinds = {"road", "expressway", "river", "canal"}
    shapes = [one for layer in ground.layers if layer.kind in kinds for one in layer.shapes]
    return [one for one in seen(frame, shapes) if not one.is_empty] if shapes else []


def _names(frame: MapFrame, ground: Ground) -> list[Label]:
    """List the names of the background, those that orient most first, each once."""
    found: dict[str, Label] = {}
    order = ("expressway", "river", "canal", "park", "admin", "road", "area", "landmark")
    told = told_names(ground)
    for layer in sorted(
        ground.layers, key=lambda one: order.index(one.kind) if one.kind in order else 9
    ):
        for one, shape in zip(layer.features, seen(frame, layer.shapes), strict=True):
            words = str(one.get("label") or "")
            if not words or words in found or shape.is_empty:
                continue
            if _is_clutter(layer.kind, one, frame, told):
                continue
            label = _name(words, layer.kind, shapely.clip_by_rect(shape, *_edges(frame)))
            if label is not None:
                found[words] = label
    return sorted(found.values(), key=lambda one: one.words not in told)


def _is_clutter(kind: str, one: Mapping[str, Any], frame: MapFrame, told: str) -> bool:
    """Whether an overview leaves a name out; never one that says where a parcel lies."""
    if frame.scale <= _DETAILED or (one.get("label") or " ") in told:
        return False
    return kind in {"landmark", "area"} or (kind == "road" and one.get("basis") == "guess")


def _edges(frame: MapFrame) -> tuple[float, float, float, float]:
    box = frame.box
    return box.x, box.y, box.right, box.top


def _name(words: str, kind: str, shape: Any) -> Label | None:
    if shape.is_empty:
        return None
    if shape.geom_type in {"LineString", "MultiLineString"}:
        colour = _WATER if kind in {"river", "canal"} else _NAME
        size = 2.6 if kind in {"river", "canal", "expressway"} else SMALLEST
        spots = tuple(_along(shape, words, size))
        return Label(words=words, spots=spots, size=size, colour=colour, upright=True)
    middle = _middle(shape)
    if middle is None:
        return None
    if shape.geom_type in {"Point", "MultiPoint"}:
        spots = spots_around(middle, words, SMALLEST, gap=1.0)
        return Label(words=words, spots=spots, size=SMALLEST, colour=_GREY)
    spots = (Spot(*middle), *spots_around(middle, words, SMALLEST, gap=4.0))
    return Label(words=words, spots=spots, size=2.6, colour=_GREY)


def _along(shape: Any, words: str, size: float) -> Iterator[Spot]:
    """List places along the longest piece of a line, beside it and on it."""
    line = max(shapely.get_parts(shape), key=shapely.length)
    half = width(printable(words), size) / 2
    if line.length < 2 * half:
        return
    for share in (0.5, 0.35, 0.65, 0.2, 0.8):
        at = min(max(line.length * share, half), line.length - half)
        (x0, y0), (x1, y1) = (
            shapely.get_coordinates(line.interpolate(one))[0] for one in (at - half, at + half)
        )
        angle = math.atan2(y1 - y0, x1 - x0)
        turn = (math.degrees(angle) + 90) % 180 - 90
        for away in (size * 0.5 + 1.1, -size * 0.5 - 1.1, 0.0):
            yield Spot(
                (x0 + x1) / 2 - math.sin(angle) * away, (y0 + y1) / 2 + math.cos(angle) * away, turn
            )
