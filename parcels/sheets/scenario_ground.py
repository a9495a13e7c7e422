"""Scenarios of a snapshot in one plane: elements, conflicts, what lies around."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import PlannerError
from layers.sheet.drawing import draw_areas, draw_lines, seen
from layers.sheet.signs import CONFLICT, LINE_LOOKS, AreaLook, use_look
from layers.style import AREAS
from parcels.messages import text
from parcels.sheets.ground import Layer, geometry, layers_of, on_plane, plane_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.systems import System
    from layers.sheet.frame import MapFrame
    from layers.sheet.page import Page
    from layers.sheet.signs import LineLook, Look
    from parcels.sheets.ground import Bounds
    from parcels.snapshot.model import Content

Entry = dict[str, Any]
_OWN_GROUP = "scenario-"
_EXTENSION = AreaLook(
    edge=AREAS["extension"].color, fill=AREAS["extension"].fill, width=0.5, opacity=0.14
)
_CONFLICT = AreaLook(
    edge=CONFLICT, width=0.3, fill=None, pattern="falling", pattern_colour=CONFLICT
)
_KINDS = ("extension", "green", "parcel", "road")


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """A scenario with its geometries on the plane.

    Attributes
    ----------
    entry : dict
        Of ``scenarios`` in the content.
    answer : dict
        Of ``answers.scenarios``: ledger, indices, conflicts.
    shapes : array of (geometry or None)
        Of the elements.
    conflicts : array of geometry
        Land where a rule is not met.
    """

    entry: Entry
    answer: Entry
    shapes: Any
    conflicts: Any

    @property
    def name(self) -> str:
        """Name as typed."""
        return str(self.entry.get("name") or self.entry.get("id") or "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """All scenarios in one plane.

    Attributes
    ----------
    system : System or None
        None: metres from a local origin.
    layers : tuple of Layer
        What lies around, the same for all.
    """

    content: Content
    system: System | None
    scenarios: tuple[Drawn, ...]
    layers: tuple[Layer, ...]

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north of all elements of all scenarios."""
        known = [one for each in self.scenarios for one in each.shapes if one is not None]
        if not known:
            raise PlannerError("sheet_no_elements")
        west, south, east, north = shapely.total_bounds(np.asarray(known, dtype=object))
        return float(west), float(south), float(east), float(north)


def compared_of(content: Content, wanted: str) -> Compared:
    """Bring the scenarios of a snapshot to one plane.

    Parameters
    ----------
    wanted : str
        System that is asked for; "": the 3-degree zone of the place.

    Raises
    ------
    PlannerError
        ``sheet_no_elements``; those of `plane_of`.
    """
    entries = list(content.get("scenarios") or ())
    elements = [one for entry in entries for one in entry.get("elements") or ()]
    if not any(one.get("shape") for one in elements):
        raise PlannerError("sheet_no_elements")
    system = plane_of(content, elements, wanted)
    answers = {one["id"]: one for one in (content.get("answers") or {}).get("scenarios") or ()}
    groups = [
        one
        for one in (content.get("drawn") or {}).get("groups") or ()
        if not str(one.get("id")).startswith(_OWN_GROUP)
    ]
    around = layers_of({**content, "drawn": {"groups": groups}}, system)
    return Compared(
        content=content,
        system=system,
        scenarios=tuple(_drawn(one, answers.get(one.get("id"), {}), system) for one in entries),
        layers=tuple(around),
    )


def _drawn(entry: Entry, answer: Entry, system: System | None) -> Drawn:
    elements: Sequence[Entry] = entry.get("elements") or ()
    broken = [
        geometry(one.get("shape"))
        for one in answer.get("conflicts") or ()
        if one.get("outcome") == "fail"
    ]
    return Drawn(
        entry=entry,
        answer=answer,
        shapes=on_plane([geometry(one.get("shape")) for one in elements], system),
        conflicts=on_plane([one for one in broken if one is not None], system),
    )


def draw_elements(page: Page, frame: MapFrame, drawn: Drawn, lang: str) -> dict[str, Look]:
    """Draw the elements of a scenario and where rules are not met; return the signs."""
    legend: dict[str, Look] = {}
    elements: Sequence[Entry] = drawn.entry.get("elements") or ()
    placed = sorted(
        zip(elements, seen(frame, drawn.shapes), strict=True), key=lambda one: _rank(one[0])
    )
    for element, shape in placed:
        if shape.is_empty:
            continue
        words, look = _sign(element, lang)
        legend[words] = look
        if isinstance(look, AreaLook):
            draw_areas(page, frame, [shape], look)
        else:
            draw_lines(page, frame, [shape], look)
    if len(drawn.conflicts):
        draw_areas(page, frame, seen(frame, drawn.conflicts), _CONFLICT)
        legend[text(lang, "comparison.conflict")] = _CONFLICT
    return legend


def _rank(element: Entry) -> int:
    kind = element.get("kind")
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _sign(element: Mapping[str, Any], lang: str) -> tuple[str, AreaLook | LineLook]:
    """Give words and look of an element: a use has its colour, a schematic shape its dots."""
    kind, origin = str(element.get("kind")), str(element.get("geometry_class") or "schematic")
    if kind == "road":
        sign = "road_planned" if origin == "schematic" else "road"
        return text(lang, f"location.look.{sign}"), LINE_LOOKS[sign]
    if kind == "extension":
        dash = (1.2, 0.9) if origin == "schematic" else None
        return text(lang, "comparison.extension"), replace(_EXTENSION, dash=dash)
    use = "green" if kind == "green" else str(element.get("use") or "unknown")
    words = f"{text(lang, f'map.use_{use}')} · {text(lang, f'map.geometry_{origin}')}"
    return words, use_look(use, origin)
