"""A map of one index: the parcels that rows of the table match, the deeper the more per 亩."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.messages import text
from parcels.parcel_sets import SETS
from parcels.permu.figures import index_text
from parcels.permu.matching import match_parcels
from parcels.ui import cache, state
from parcels.ui.components.permu_palette import palette
from parcels.ui.components.set_choice import shown_set
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from parcels.permu.indices import IndexValue
    from parcels.ui.components.permu_palette import Palette
    from parcels.ui.components.permu_source import Held

_MOST = 1000  # shapes
_HEIGHT = 280
_MARGIN = 0.15  # of the extent of the shapes, on every side
_NUMBER, _LETTER = 48, 15  # px that a number takes
_LEAST = 1e-9  # degrees, for one parcel alone
_LABELS = 40  # above it the numbers would cover the shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Shapes that firms may stand on, EPSG:4490."""

    ids: Sequence[str]
    names: Sequence[str]
    shapes: Sequence[BaseGeometry]
    schematic: bool


def firm_map(lang: str, held: Held, index: str, values: Sequence[IndexValue]) -> None:
    """Draw the parcels of the firms; say how many match none."""
    ground, firms = _ground(held), held.table.firms
    placed = _placed(held, ground)
    if not placed or len(placed) > _MOST:
        key = "map_many" if placed else "map_none"
        note = text(lang, f"ui.permu.{key}", limit=f"{_MOST:,}")
        st.html(tag("p", note, cls="pl-note pl-muted", role="status"))
        return
    shapes = [ground.shapes[place] for _, place in placed]
    latitude = shapes[0].centroid.y
    features = [
        _feature(shape, latitude, firms[at].name or firms[at].id, index, values[at])
        for shape, (at, _) in zip(shapes, placed, strict=True)
    ]
    spec = map_spec(clear_of_others(features), _roads(shapes, latitude), palette())
    st.vega_lite_chart(spec=spec, width="stretch")
    said = text(lang, "ui.permu.map_matched", matched=len(placed), rest=len(firms) - len(placed))
    if ground.schematic:
        said = f"{text(lang, 'ui.permu.map_schematic')} {said}"
    st.html(tag("p", said, cls="pl-note pl-muted"))


def firm_places(held: Held) -> tuple[dict[int, BaseGeometry], bool]:
    """Return the shapes of the firms by position, EPSG:4490, and whether they are drawing aids."""
    ground = _ground(held)
    return {at: ground.shapes[place] for at, place in _placed(held, ground)}, ground.schematic


def _placed(held: Held, ground: _Ground) -> list[tuple[int, int]]:
    """Pair positions of firms with positions on the ground; firms that match nothing are out."""
    firms = held.table.firms
    if held.token is not None:
        places = [firm.at for firm in firms]
    else:
        places = match_parcels(firms, ground.ids, ground.names)
    return [(at, place) for at, place in enumerate(places) if place is not None]


def _ground(held: Held) -> _Ground:
    """Take the set that the table came from, the set that is looked at, or 表2."""
    found = SETS.find(held.token) if held.token else shown_set()
    if found is not None:
        ids = found.survey.parcels.column("id").to_pylist()
        names = found.survey.parcels.column("name").to_pylist()
        return _Ground(ids=ids, names=names, shapes=list(found.shapes), schematic=False)
    boxes = cache.display_boxes()
    rows = [one.row for one in cache.builtin_parcels() if one.row.parcel_id in boxes]
    return _Ground(
        ids=[row.parcel_id for row in rows],
        names=[row.name for row in rows],
        shapes=[boxes[row.parcel_id] for row in rows],
        schematic=True,
    )


def _roads(shapes: Sequence[BaseGeometry], latitude: float) -> list[dict[str, Any]]:
    """Give the lines of the network in use around the shapes, for orientation."""
    import shapely

    west, south, east, north = shapely.total_bounds(shapes)
    margin = _MARGIN * max(east - west, north - south)
    box = (west - margin, south - margin, east + margin, north + margin)
    lines = [
        shapely.clip_by_rect(feature.geometry, *box)
        for feature in state.network().features
        if feature.geometry is not None and shapely.get_dimensions(feature.geometry) == 1
    ]
    return [
        {"type": "Feature", "geometry": shapely.geometry.mapping(_flat(line, latitude))}
        for line in lines
        if not line.is_empty
    ]


def _flat(shape: BaseGeometry, latitude: float) -> BaseGeometry:
    """Shrink degrees of longitude to those of latitude: near enough for a picture of one town."""
    import shapely

    east = math.cos(math.radians(latitude))
    flat: BaseGeometry = shapely.transform(shape, lambda points: points * (east, 1.0))
    return flat


def _feature(
    shape: BaseGeometry, latitude: float, name: str, index: str, value: IndexValue
) -> dict[str, Any]:
    import shapely

    flat = _flat(shape, latitude)
    centre = flat.representative_point()
    known = value.value is not None
    return {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(flat),
        "value": float(value.value) if value.value is not None else None,
        "label": index_text(index, value.value) if known else "?",
        "name": name,
        "x": centre.x,
        "y": centre.y,
    }


def clear_of_others(features: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out numbers that would cover others; every parcel keeps its dot and its shape.

    The map is as high as it is drawn, so a number takes the same share of it on any screen.
    """
    xs, ys = ([one[key] for one in features] for key in ("x", "y"))
    drawn = (1 + 2 * _MARGIN) * max(max(ys) - min(ys), max(xs) - min(xs), _LEAST)
    scale = _HEIGHT / drawn
    placed: list[tuple[float, float]] = []
    found = []
    for one in sorted(features, key=lambda each: -(each["value"] or 0.0)):
        x, y = one["x"] * scale, one["y"] * scale
        is_free = all(abs(x - u) > _NUMBER or abs(y - v) > _LETTER for u, v in placed)
        if is_free:
            placed.append((x, y))
        found.append({**one, "shown": one["label"] if is_free else ""})
    return found


def map_spec(
    features: Sequence[dict[str, Any]], roads: Sequence[dict[str, Any]], colours: Palette
) -> dict[str, Any]:
    """Describe shapes for Vega-Lite, shaded by value; unknown ones have a violet dashed frame."""
    known = [one for one in features if one["value"] is not None]
    unknown = [one for one in features if one["value"] is None]
    scale = {"range": list(colours.scale), "zero": True}
    shade = {"field": "value", "type": "quantitative", "scale": scale, "legend": None}
    frame = {"filled": False, "stroke": colours.unknown, "strokeWidth": 1.6, "strokeDash": [5, 4]}
    dot = {"type": "circle", "size": 26, "opacity": 1, "color": colours.ink}
    words = {"type": "text", "fontSize": 12, "fontWeight": 600}
    where = {"longitude": {"field": "x"}, "latitude": {"field": "y"}}
    told = [{"field": "name", "title": " "}, {"field": "label", "title": "  "}]
    place = {**where, "text": {"field": "shown"}}
    line = {"type": "geoshape", "filled": False, "stroke": colours.road, "strokeWidth": 1.2}
    layers: list[dict[str, Any]] = [
        {"data": {"values": list(roads)}, "mark": line},
        {
            "data": {"values": known},
            "mark": {"type": "geoshape", "stroke": colours.outline, "strokeWidth": 1},
            "encoding": {"fill": shade},
        },
        {"data": {"values": unknown}, "mark": {"type": "geoshape", **frame}},
        {"data": {"values": list(features)}, "mark": dot, "encoding": {**where, "tooltip": told}},
        {
            "data": {"values": list(features) if len(features) <= _LABELS else []},
            "mark": {**words, "align": "left", "dx": 6, "color": colours.text},
            "encoding": place,
        },
    ]
    return {
        "projection": {"type": "identity", "reflectY": True},
        "layer": [one for one in layers if one["data"]["values"]],
        "height": _HEIGHT,
        "config": {"view": {"stroke": None}},
    }
