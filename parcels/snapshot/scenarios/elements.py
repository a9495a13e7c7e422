"""Elements of scenarios with their areas, and how they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.payload import plain_groups
from layers.scene import LayerGroup, MapFeature, MapLayer
from layers.use_signs import use_sign
from parcels.messages import text
from parcels.planning.figures.elements import figures_of
from parcels.planning.model import ELEMENT_KINDS
from parcels.planning.wording import element_name
from parcels.snapshot.shapes import drawn_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.scene import Kind
    from parcels.planning.line import Line
    from parcels.planning.model import Element, ElementKind
    from parcels.snapshot.scenarios.case import ScenariosCase

Entry = dict[str, Any]
GROUP = "scenario-"
"""Begins the id of a group that is drawn from the case; others are kept as they were given."""
_DRAWN_AS: Mapping[ElementKind, Kind] = {
    "extension": "area",
    "parcel": "parcel",
    "road": "road",
    "green": "park",
}


def scenario_entries(case: ScenariosCase, lang: str) -> list[Entry]:
    """Give each scenario with its elements in their order; shapes are GeoJSON in EPSG:4490."""
    return [
        {
            "id": line.scenario.id,
            "name": line.scenario.name,
            "elements": [_entry(one, lang) for one in line.state.values()],
        }
        for line in case.lines
    ]


def scenarios_drawing(case: ScenariosCase, lang: str) -> Entry:
    """Give the layers under the scenarios, then a group a scenario with a layer a kind."""
    own = [_group(line, at, lang) for at, line in enumerate(case.lines)]
    return {
        "notice": case.notice or text(lang, "ui.sketch.notice"),
        "groups": [*(dict(one) for one in case.under), *plain_groups(own)],
    }


def _entry(element: Element, lang: str) -> Entry:
    figures = figures_of(element)
    return {
        "id": element.id,
        "kind": element.kind,
        "kind_text": text(lang, f"ui.sketch.kind_{element.kind}"),
        "name": element.name,
        "title": element_name(lang, element),
        "code": element.code,
        "scheme": element.scheme,
        "use": use_sign(element.code, element.scheme),
        "width_m": element.width_m,
        "year": element.year,
        "geometry_class": element.geometry_class,
        "accuracy_m": element.accuracy_m,
        "source": element.source,
        "attributes": dict(element.attributes),
        "area_m2": figures.area_m2,
        "plane_m2": figures.plane_m2,
        "perimeter_m": figures.perimeter_m,
        "length_m": figures.length_m,
        "shape": drawn_shapes([element.shape])[0],
    }


def _group(line: Line, at: int, lang: str) -> LayerGroup:
    name = f"{GROUP}{at + 1}"
    layers = (_layer(line, name, kind, lang) for kind in ELEMENT_KINDS)
    title = line.scenario.name
    return LayerGroup(id=name, title=title, layers=tuple(one for one in layers if one.features))


def _layer(line: Line, group: str, kind: ElementKind, lang: str) -> MapLayer:
    features = tuple(
        MapFeature(
            id=one.id,
            geometry=one.shape,
            label=element_name(lang, one),
            use=use_sign(one.code, one.scheme),
            geometry_class=one.geometry_class,
            status="planned",
            accuracy_m=one.accuracy_m,
        )
        for one in line.state.values()
        if one.kind == kind
    )
    title = text(lang, f"ui.sketch.kind_{kind}")
    return MapLayer(id=f"{group}-{kind}", title=title, kind=_DRAWN_AS[kind], features=features)
