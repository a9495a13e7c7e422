"""What is written on a map: names of parcels, points, side lengths, roads and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.sheet.drawing import seen
from layers.sheet.fonts import printable, shortened, width
from layers.sheet.labels import Label, Spot, spots_along, spots_around
from layers.sheet.page import INK
from layers.sheet.signs import BOUNDARY, VIOLET
from parcels.sheets.point_pages import decimals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.sheet.frame import MapFrame
    from parcels.sheets.ground import Ground, Plot

Floats = npt.NDArray[np.float64]
_NAME, _SMALL = 3.2, 2.4
_LONGEST_NAME = 34.0  # mm
_GREY, _WATER = "#4F5B66", "#2A6A8F"
_MOST_AROUND = 120
_MOST_LED = 150  # points with leader lines; more of them would hide the parcel
_PLACES_FROM = 25_000
_CENTRAL = 0.6  # of the widest circle: room enough to stay in the middle


def name_labels(frame: MapFrame, ground: Ground) -> Iterator[Label]:
    """Name the parcels, in their middle where there is room, else beside them."""
    few = len(ground.plots) <= 12  # noqa: PLR2004
    for plot in ground.plots:
        shape = plot.shape if plot.shape is not None else plot.box or plot.place
        if shape is None:
            continue
        [on_paper] = seen(frame, [shape])
        if on_paper.is_empty:
            continue
        yield _name_label(plot, on_paper, known=plot.shape is not None, long=few)


def _name_label(plot: Plot, on_paper: Any, *, known: bool, long: bool) -> Label:
    x, y, room = _middle(on_paper)
    mark = shortened(plot.mark, _NAME, _LONGEST_NAME)
    title = plot.title
    fits = long and width(printable(title), _NAME) <= min(_LONGEST_NAME, 1.6 * room)
    words = title if fits else mark
    size = _NAME if long else _SMALL
    up = size * 0.9
    middle = tuple(Spot(x, y + by) for by in (0.0, up, -up, 2 * up, -2 * up))
    beside = spots_around((x, y), words, size, gap=room / 2 + 1.0)
    return Label(
        words=words,
        spots=(*middle, *beside),
        size=size,
        colour=INK if known else VIOLET,
        bold=True,
        anchor=(x, y) if long else None,
    )


def _middle(on_paper: Any) -> tuple[float, float, float]:
    """Give the middle of the widest place of a shape, and how wide it is there, mm."""
    part = max(shapely.get_parts(on_paper), key=shapely.area)
    radius = shapely.maximum_inscribed_circle(part, tolerance=0.5)
    reach = float(shapely.length(radius))
    centre = part.centroid
    if part.contains(centre) and part.boundary.distance(centre) > _CENTRAL * reach:
        return float(centre.x), float(centre.y), 2 * reach
    x, y = shapely.get_coordinates(radius)[0]
    return float(x), float(y), 2 * reach


def point_labels(frame: MapFrame, ground: Ground) -> Iterator[Label]:
    """Name the boundary points, outside of the parcel if there is room."""
    led = sum(len(ring.names) for plot in ground.plots for ring in plot.rings) <= _MOST_LED
    for plot in ground.plots:
        for ring in plot.rings:
            centres = frame.on_paper(ring.points)
            outward = _outward(centres, is_hole=ring.is_hole)
            for name, centre, way in zip(ring.names, centres, outward, strict=True):
                at = float(centre[0]), float(centre[1])
                if not _inside(frame, at):
                    continue
                words = shortened(name, _SMALL, 16.0)
                away = float(way[0]), float(way[1])
                yield Label(
                    words=words,
                    spots=spots_around(at, words, _SMALL, gap=0.9, away=away),
                    size=_SMALL,
                    anchor=at if led else None,
                )


def anchors_of(frame: MapFrame, ground: Ground) -> Floats:
    """Give all boundary points on paper, shape (n, 2)."""
    points = [ring.points for plot in ground.plots for ring in plot.rings]
    return frame.on_paper(np.vstack(points)) if points else np.empty((0, 2))


def length_labels(frame: MapFrame, ground: Ground) -> Iterator[Label]:
    """Write the length of each side along it, outside of the parcel first."""
    for plot in ground.plots:
        for ring in plot.rings:
            centres = frame.on_paper(ring.points)
            if (_signed_area(centres) > 0) == ring.is_hole:
                order = [(at + 1, at) for at in range(len(centres))]
            else:
                order = [(at, at + 1) for at in range(len(centres))]
            for at, (start, end) in enumerate(order):
                words = decimals(ring.lengths[at], 2)
                one, other = centres[start % len(centres)], centres[end % len(centres)]
                yield Label(
                    words=words,
                    spots=spots_along(one, other, words, _SMALL),
                    size=_SMALL,
                    colour=BOUNDARY,
                )


def background_labels(frame: MapFrame, ground: Ground) -> Iterator[Label]:
    """Name neighbours, roads, rivers and places, as far as there is room."""
    yield from _around_labels(frame, ground)
    named = bound_names(ground)
    found = []
    for layer in ground.layers:
        if layer.kind == "parcel":
            continue
        colour = _WATER if layer.kind in {"river", "canal"} else _GREY
        for told, shape in zip(layer.features, seen(frame, layer.shapes), strict=True):
            name = str(told.get("label") or "")
            if name and not shape.is_empty and is_shown(frame, layer.kind, name, named):
                rank = 0 if name in named else 2 if layer.kind == "landmark" else 1
                found.append((rank, name, shape, colour))
    for _, name, shape, colour in sorted(found, key=lambda one: one[0]):
        yield from _feature_label(frame, name, shape, colour)


def bound_names(ground: Ground) -> set[str]:
    """Give the names by which the plan bounds the parcels."""
    return {
        name
        for plot in ground.plots
        for names in (plot.entry.get("bounds") or {}).values()
        for name in names
    }


def is_shown(frame: MapFrame, kind: str, name: str, named: set[str]) -> bool:
    """Leave out places on small scales, unless the plan names them."""
    return kind != "landmark" or name in named or frame.scale <= _PLACES_FROM


def _around_labels(frame: MapFrame, ground: Ground) -> Iterator[Label]:
    others = [one for one in ground.around if one.shape is not None]
    visible = [
        (one, shape)
        for one, shape in zip(others, seen(frame, [one.shape for one in others]), strict=True)
        if not shape.is_empty
    ]
    for plot, shape in visible[:_MOST_AROUND]:
        inside = shapely.intersection(shape, _window(frame))
        if inside.is_empty or not shapely.area(inside):
            continue
        x, y, _ = _middle(inside)
        words = shortened(plot.mark, _SMALL, 24.0)
        yield Label(words=words, spots=(Spot(x, y),), size=_SMALL, colour=_GREY)


def _feature_label(frame: MapFrame, name: str, shape: Any, colour: str) -> Iterator[Label]:
    """Name a feature once: a line along its course, an area in its middle, a place beside it."""
    words, size = shortened(name, 2.6, 40.0), 2.6
    cut = shapely.intersection(shape, _window(frame))
    if cut.is_empty:
        return
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        x, y, _ = _middle(cut) if shapely.area(cut) else (0.0, 0.0, 0.0)
        yield Label(words=words, spots=(Spot(x, y),), size=size, colour=colour)
    elif "Line" in shape.geom_type:
        spots = _along(cut, words, size)
        yield Label(words=words, spots=spots, size=size, colour=colour, upright=True)
    else:
        x, y = shapely.get_coordinates(cut)[0]
        at = float(x), float(y)
        yield Label(words=words, spots=spots_around(at, words, size), size=size, colour=colour)


def _along(cut: Any, words: str, size: float) -> tuple[Spot, ...]:
    """List places along the straightest parts of a line, the longest first."""
    segments = [
        (points[at], points[at + 1])
        for part in shapely.get_parts(cut)
        if "Line" in part.geom_type
        for points in [shapely.get_coordinates(part)]
        for at in range(len(points) - 1)
    ]
    segments.sort(key=lambda one: -float(np.hypot(*(one[1] - one[0]))))
    return tuple(
        spot for one, other in segments[:3] for spot in spots_along(one, other, words, size)
    )


def _window(frame: MapFrame) -> Any:
    box = frame.box.inset(1.0)
    return shapely.box(box.x, box.y, box.right, box.top)


def _inside(frame: MapFrame, at: tuple[float, float]) -> bool:
    box = frame.box
    return box.x < at[0] < box.right and box.y < at[1] < box.top


def _signed_area(points: Floats) -> float:
    following = np.roll(points, -1, axis=0)
    return float(np.sum(points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1])) / 2


def _outward(points: Floats, *, is_hole: bool) -> Floats:
    """Give the direction away from the land at each point of a ring."""
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    along = _unit(before) + _unit(after)
    flat = np.hypot(along[:, 0], along[:, 1]) < 1e-9  # noqa: PLR2004
    along[flat] = _unit(before)[flat]
    right = np.column_stack([along[:, 1], -along[:, 0]])
    side = 1.0 if _signed_area(points) > 0 else -1.0
    return right * (-side if is_hole else side)


def _unit(vectors: Floats) -> Floats:
    lengths = np.hypot(vectors[:, 0], vectors[:, 1])
    units: Floats = vectors / np.where(lengths > 0, lengths, 1.0)[:, None]
    return units
