"""Outlines of a typed width and depth along a road."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely
import streamlit as st

from geo.shaping.along import along
from geo.units import parse_length
from parcels.messages import text
from parcels.planning.plane import Frame
from parcels.planning.wording import element_name
from parcels.ui import state
from parcels.ui.components.sketch_started import Started
from parcels.ui.markup import tag

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.shaping.along import RoadSide
    from layers.scene import GeometryClass
    from parcels.ui.components.sketch_now import Now

_SIDES: tuple[RoadSide, ...] = ("left", "right")
_FIELDS = ("offset", "front", "depth", "reserve")


class _Road(NamedTuple):
    """A road that ground may be laid along; EPSG:4490."""

    name: str
    shape: BaseGeometry
    width_m: float | None
    geometry_class: GeometryClass
    accuracy_m: float | None


def along_road(now: Now) -> Started | None:
    """Choose a road and type where the ground begins, how wide and how deep it is.

    Raises
    ------
    PlannerError
        ``length_unreadable``, and what the road does not allow (`along`).
    """
    lang, roads = now.lang, _roads(now)
    if not roads:
        st.html(tag("p", text(lang, "ui.sketch.start_no_road"), cls="pl-note pl-muted"))
        return None
    at = st.selectbox(
        text(lang, "ui.sketch.start_road"),
        range(len(roads)),
        format_func=lambda one: roads[one].name,
        key="sketch_start_road",
        on_change=state.hold_params,
    )
    road = roads[at]
    frame = Frame([road.shape])
    line = _longest(frame.into(road.shape))
    typed, side = _asked(lang, road, line)
    if not all(typed.values()):
        return None
    metres = {name: parse_length(said) for name, said in typed.items()}
    made = along(
        line,
        metres["offset"],
        metres["front"],
        metres["depth"],
        side=side,
        offset_m=metres["reserve"],
    )
    return Started(
        shapes=(frame.back(made),),
        names=("",),
        source="along",
        ids=(road.name,),
        geometry_class=road.geometry_class,
        accuracy_m=road.accuracy_m,
        note=_unsure(lang, road),
    )


def _asked(lang: str, road: _Road, line: shapely.LineString) -> tuple[dict[str, str], RoadSide]:
    """Draw the fields; ends and sides are named by the compass."""
    end = text(lang, f"ui.sketch.compass_{_end(line)}")
    typed: dict[str, str] = {}
    for pair in (_FIELDS[:2], _FIELDS[2:]):
        with st.container(horizontal=True, wrap=False, gap="small"):
            for name in pair:
                typed[name] = _field(lang, name, road, end)
    side = st.selectbox(
        text(lang, "ui.sketch.start_side"),
        _SIDES,
        format_func=lambda one: text(
            lang,
            f"ui.sketch.start_{one}",
            compass=text(lang, f"ui.sketch.compass_{_beside(line, one)}"),
        ),
        key="sketch_start_side",
        on_change=state.hold_params,
    )
    return typed, side


def _field(lang: str, name: str, road: _Road, end: str) -> str:
    half = f"{road.width_m / 2:g} m" if name == "reserve" and road.width_m else ""
    typed = st.text_input(
        text(lang, f"ui.sketch.start_{name}", end=end),
        value=half,
        key=f"sketch_start_{name}_{road.name}" if name == "reserve" else f"sketch_start_{name}",
        placeholder=text(lang, f"ui.sketch.start_{name}_hint"),
        on_change=state.hold_params,
        autocomplete="off",
    )
    return str(typed or "").strip()


def _roads(now: Now) -> list[_Road]:
    """List the roads that the scenario draws, then those of the network in use."""
    drawn = [
        _Road(
            element_name(now.lang, one), one.shape, one.width_m, one.geometry_class, one.accuracy_m
        )
        for one in now.line.state.values()
        if one.kind == "road" and shapely.get_dimensions(one.shape) == 1
    ]
    known = [
        _Road(one.name, one.geometry, None, "schematic", one.accuracy_m)
        for one in state.network().features
        if one.kind == "road"
        and one.geometry is not None
        and shapely.get_dimensions(one.geometry) == 1
    ]
    return [*drawn, *known]


def _longest(shape: BaseGeometry) -> shapely.LineString:
    pieces = shapely.get_parts(shapely.line_merge(shape))
    longest: shapely.LineString = max(pieces, key=shapely.length)
    return longest


def _end(line: shapely.LineString) -> str:
    """Name the end at which a line begins."""
    first, last = line.coords[0], line.coords[-1]
    return _compass(first[0] - last[0], first[1] - last[1])


def _beside(line: shapely.LineString, side: RoadSide) -> str:
    """Name the direction of a side of a line."""
    first, last = line.coords[0], line.coords[-1]
    east, north = last[0] - first[0], last[1] - first[1]
    return _compass(-north, east) if side == "left" else _compass(north, -east)


def _compass(east: float, north: float) -> str:
    if abs(east) > abs(north):
        return "E" if east > 0 else "W"
    return "N" if north > 0 else "S"


def _unsure(lang: str, road: _Road) -> str:
    if road.geometry_class != "schematic" or road.accuracy_m is None:
        return ""
    return text(lang, "ui.sketch.start_road_unsure", metres=f"{road.accuracy_m:,.0f}")
