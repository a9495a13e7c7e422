"""The map of a sheet: background, neighbours, parcels, points, and labels that do not collide."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.sheet.drawing import draw_areas, draw_features, seen
from layers.sheet.frame import draw_north, draw_ticks
from layers.sheet.labels import Placing
from layers.sheet.signs import BOX, ENVELOPE, LANDMARK, NEIGHBOUR, POINT, use_look
from layers.use_signs import use_sign
from parcels.map_scene import use_key
from parcels.messages import text
from parcels.sheets.furniture import draw_notice, draw_watermark
from parcels.sheets.map_labels import (
    anchors_of,
    background_labels,
    bound_names,
    is_shown,
    length_labels,
    name_labels,
    point_labels,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheet.frame import MapFrame
    from layers.sheet.page import Page
    from layers.sheet.paper import Box
    from layers.sheet.signs import Look
    from parcels.sheets.ground import Ground, Plot

MOST_POINTS = 500
"""Of all parcels of a map, to be labelled on it; more of them stand in the table alone."""
_POLYGON = 3
MOST_DRAWN, MOST_NAMED = 50_000, 3_000
"""Points that are drawn, parcels that are named: more would be one dark field."""


@dataclass(kw_only=True, eq=False)
class MapDrawn:
    """What came of drawing a map.

    Attributes
    ----------
    looks : dict of str to Look
        What was drawn, by its key in ``sheet.sign``: the legend.
    left : int
        Labels of points and sides that found no room; they stand in the table.
    sources : list of str
        Of the layers that were drawn.
    """

    looks: dict[str, Look] = field(default_factory=dict)
    left: int = 0
    sources: list[str] = field(default_factory=list)


def draw_map(
    page: Page,
    frame: MapFrame,
    ground: Ground,
    *,
    notice: str,
    reserved: Sequence[Box] = (),
    points: bool = True,
) -> MapDrawn:
    """Draw parcels and what lies around them.

    Parameters
    ----------
    notice : str
        How uncertain the places are; stands in the frame; "": none.
    reserved : sequence of Box
        Parts of the frame that stay free.
    points : bool
        Draw and label boundary points and side lengths, where the parcels have them.
    """
    drawn = MapDrawn()
    page.box(frame.box, fill="#FFFFFF", edge=None)
    _draw_background(page, frame, ground, drawn)
    _draw_around(page, frame, ground, drawn)
    outlines = _draw_plots(page, frame, ground, drawn)
    _draw_landmarks(page, frame, ground, drawn)
    labelled = points and sum(map(_count, ground.plots)) <= MOST_POINTS
    if points and sum(map(_count, ground.plots)) <= MOST_DRAWN:
        _draw_points(page, frame, ground, drawn)
    draw_watermark(page, frame.box, ground.content)
    draw_ticks(page, frame, labelled=not ground.is_local)
    rooms = [
        draw_north(page, frame, text(ground.lang, "sheet.north"), keep_off=_extent(frame, ground)),
        draw_notice(page, frame.box, notice + _cut(frame, ground)),
        *reserved,
    ]
    placing = Placing(
        frame=frame.box.inset(1.0),
        lines=outlines,
        anchors=anchors_of(frame, ground) if labelled else (),
        blocked=[shapely.box(one.x, one.y, one.right, one.top) for one in rooms if one.width > 0],
    )
    _label(placing, frame, ground, labelled=labelled, drawn=drawn, points=points)
    placing.draw(page)
    return drawn


def _cut(frame: MapFrame, ground: Ground) -> str:
    """Say that the land in which a parcel may lie goes on beyond the frame."""
    window = shapely.box(*frame.bounds)
    places = [one.place for one in ground.plots if one.shape is None and one.place is not None]
    beyond = any(not one.within(window) for one in places)
    return text(ground.lang, "sheet.extent_cut") if beyond else ""


def _extent(frame: MapFrame, ground: Ground) -> Any:
    """Give what of the parcels lies on the paper."""
    known = [one.shape if one.shape is not None else one.box for one in ground.plots]
    boxes = shapely.envelope(seen(frame, known))
    return shapely.multipolygons(boxes[shapely.get_type_id(boxes) == _POLYGON])


def _count(plot: Plot) -> int:
    return sum(len(ring.names) for ring in plot.rings)


def _draw_background(page: Page, frame: MapFrame, ground: Ground, drawn: MapDrawn) -> None:
    from layers.sheet.signs import AREA_LOOKS, LINE_LOOKS

    order = ["area", "park", "river", "canal", "admin"]
    layers = sorted(
        (one for one in ground.layers if one.kind not in {"parcel", "landmark"}),
        key=lambda one: order.index(one.kind) if one.kind in order else len(order),
    )
    for layer in layers:
        signs = draw_features(page, frame, layer.kind, layer.shapes, layer.features)
        for sign in signs:
            drawn.looks[sign] = AREA_LOOKS.get(sign) or LINE_LOOKS[sign]
        if signs and layer.source:
            drawn.sources.append(layer.source)


def _draw_landmarks(page: Page, frame: MapFrame, ground: Ground, drawn: MapDrawn) -> None:
    """Draw a dot for each place, those that the plan names on every scale."""
    named, box = bound_names(ground), frame.box
    window = shapely.box(box.x, box.y, box.right, box.top)
    found = [
        shape
        for layer in ground.layers
        if layer.kind == "landmark"
        for told, shape in zip(layer.features, seen(frame, layer.shapes), strict=True)
        if shape.geom_type == "Point"
        and shape.within(window)
        and is_shown(frame, layer.kind, str(told.get("label") or ""), named)
    ]
    page.dots(shapely.get_coordinates(np.asarray(found, dtype=object)), radius=LANDMARK.radius)
    if found:
        drawn.looks["landmark"] = LANDMARK


def _draw_around(page: Page, frame: MapFrame, ground: Ground, drawn: MapDrawn) -> None:
    shapes = [one.shape for one in ground.around if one.shape is not None]
    visible = [one for one in seen(frame, shapes) if not one.is_empty]
    if visible:
        draw_areas(page, frame, visible, NEIGHBOUR)
        drawn.looks["neighbour"] = NEIGHBOUR


def plot_use(plot: Plot) -> str:
    """Give the key of a parcel's use in the table of signs."""
    use = plot.entry.get("use") or {}
    by_code = use_sign(str(use.get("code") or ""), str(use.get("scheme") or ""))
    return by_code if by_code != "unknown" else use_key(str(use.get("text") or ""))


def _draw_plots(page: Page, frame: MapFrame, ground: Ground, drawn: MapDrawn) -> list[Any]:
    """Draw the parcels, those of one look together; return their outlines on paper."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for plot in ground.plots:
        if plot.shape is not None:
            sign = plot_use(plot), str(plot.entry.get("geometry_class"))
            groups.setdefault(sign, []).append(plot.shape)
    outlines: list[Any] = []
    for (use, kind), shapes in groups.items():
        on_paper = [one for one in seen(frame, shapes) if not one.is_empty]
        look = use_look(use, kind)
        draw_areas(page, frame, on_paper, look)
        drawn.looks[f"use_{use}"] = use_look(use, "digitized")
        drawn.looks[f"class_{kind}"] = replace(look, fill=None, pattern="")
        outlines.extend(shapely.boundary(np.asarray(on_paper, dtype=object)))
    return outlines + _draw_places(page, frame, ground, drawn)


def _draw_places(page: Page, frame: MapFrame, ground: Ground, drawn: MapDrawn) -> list[Any]:
    """Draw where parcels may lie whose outline is not known, and the aid of the schematic map."""
    loose = [one for one in ground.plots if one.shape is None]
    places = [one for one in seen(frame, [each.place for each in loose]) if not one.is_empty]
    if places:
        draw_areas(page, frame, places, ENVELOPE)
        drawn.looks["envelope"] = ENVELOPE
    boxes = [one for one in seen(frame, [each.box for each in loose]) if not one.is_empty]
    if boxes:
        draw_areas(page, frame, boxes, BOX)
        drawn.looks["box"] = BOX
    return [one.boundary for one in (*places, *boxes)]


def _draw_points(page: Page, frame: MapFrame, ground: Ground, drawn: MapDrawn) -> None:
    found = [ring.points for plot in ground.plots for ring in plot.rings]
    if not found:
        return
    centres = frame.on_paper(np.vstack(found))
    box = frame.box
    inside = (
        (centres[:, 0] > box.x)
        & (centres[:, 0] < box.right)
        & (centres[:, 1] > box.y)
        & (centres[:, 1] < box.top)
    )
    page.dots(
        centres[inside], radius=POINT.radius, fill=POINT.fill, edge=POINT.edge, width=POINT.width
    )
    drawn.looks["point"] = POINT


def _label(
    placing: Placing,
    frame: MapFrame,
    ground: Ground,
    *,
    labelled: bool,
    points: bool,
    drawn: MapDrawn,
) -> None:
    """Place names first, then points, then lengths, then what lies around."""
    named = len(ground.plots) <= MOST_NAMED
    placing.place(name_labels(frame, ground) if named else ())
    if labelled:
        for plot in ground.plots:
            for ring in plot.rings:
                for centre in frame.on_paper(ring.points):
                    placing.block(shapely.Point(centre).buffer(POINT.radius, quad_segs=2))
        placing.place(point_labels(frame, ground))
        placing.place(length_labels(frame, ground))
    elif points:
        drawn.left = 2 * sum(map(_count, ground.plots))
    drawn.left += len(placing.left) + (0 if named else len(ground.plots))
    kept = len(placing.left)
    placing.place(background_labels(frame, ground))
    del placing.left[kept:]
