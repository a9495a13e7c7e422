"""Layers and areas of the plane on a page, cut at the frame of the map."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.sheet.signs import AREA_LOOKS, LINE_LOOKS, feature_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layers.sheet.frame import MapFrame
    from layers.sheet.page import Page
    from layers.sheet.signs import AreaLook, LineLook

Shapes = npt.NDArray[np.object_]
_BEYOND = 6.0  # mm beyond the frame that outlines are kept, so that no cut edge is seen


def seen(frame: MapFrame, shapes: Sequence[Any] | Shapes) -> Shapes:
    """Bring shapes of the plane to the paper, cut a little outside of the frame.

    Returns
    -------
    array of geometry
        Empty ones for what lies elsewhere and for None.
    """
    west, south, east, north = frame.bounds
    more = _BEYOND * frame.scale / 1000
    array = np.empty(len(shapes), dtype=object)
    array[:] = [shapely.Point() if one is None else one for one in shapes]
    bounds = shapely.bounds(array)
    window = west - more, south - more, east + more, north + more
    inside = (bounds[:, :2] >= window[:2]).all(axis=1) & (bounds[:, 2:] <= window[2:]).all(axis=1)
    partly = ~inside & ~shapely.is_empty(array)
    array[partly] = shapely.clip_by_rect(shapely.make_valid(array[partly]), *window)
    drawn: Shapes = frame.shapes(array)
    return drawn


def draw_features(
    page: Page,
    frame: MapFrame,
    kind: str,
    shapes: Shapes,
    properties: Sequence[Mapping[str, Any]],
) -> list[str]:
    """Draw a layer of the map's background.

    Parameters
    ----------
    kind : str
        As in `layers.scene.Kind`; landmarks are left to `draw_places`.
    shapes : array of geometry
        On the plane.
    properties : sequence of mapping
        ``basis`` and ``status`` of each feature.

    Returns
    -------
    list of str
        Names of the looks that were drawn, for the legend.
    """
    box = frame.box
    window = shapely.box(box.x, box.y, box.right, box.top)
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for shape, told in zip(seen(frame, shapes), properties, strict=True):
        if shape.is_empty or not shape.intersects(window):
            continue
        is_area = shape.geom_type in {"Polygon", "MultiPolygon"}
        sign = feature_sign(
            kind,
            basis=told.get("basis") or "known",
            status=told.get("status") or "existing",
            is_area=is_area,
        )
        groups[sign].append(shape)
    for sign in sorted(groups, key=[*AREA_LOOKS, *LINE_LOOKS, *groups].index):
        _draw(page, frame, sign, groups[sign])
    return [sign for sign in groups if sign in AREA_LOOKS or sign in LINE_LOOKS]


def _draw(page: Page, frame: MapFrame, sign: str, shapes: list[Any]) -> None:
    areas = [one for one in shapes if one.geom_type in {"Polygon", "MultiPolygon"}]
    if sign in AREA_LOOKS:
        draw_areas(page, frame, areas, AREA_LOOKS[sign])
    if sign in LINE_LOOKS:
        lines = [one.boundary if one in areas else one for one in shapes]
        draw_lines(page, frame, lines, LINE_LOOKS[sign])


def draw_areas(page: Page, frame: MapFrame, shapes: Iterable[Any], look: AreaLook) -> None:
    """Draw areas that are on the paper already."""
    page.areas(
        shapes,
        fill=look.fill,
        edge=look.edge,
        width=look.width,
        dash=look.dash,
        opacity=look.opacity,
        pattern=look.pattern,
        pattern_colour=look.pattern_colour,
        clip=frame.box,
    )


def draw_lines(page: Page, frame: MapFrame, shapes: Iterable[Any], look: LineLook) -> None:
    """Draw lines that are on the paper already, their casing first."""
    parts = shapely.get_parts(np.asarray([*shapes], dtype=object))
    lines = [
        shapely.get_coordinates(part)
        for part in parts
        if part.geom_type in {"LineString", "LinearRing"} and not part.is_empty
    ]
    if look.casing_width:
        page.lines(lines, width=look.casing_width, colour=look.casing, clip=frame.box)
    page.lines(lines, width=look.width, colour=look.colour, dash=look.dash, clip=frame.box)
