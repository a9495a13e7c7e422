"""What the browser is told of a scenario: plain JSON values, rounded once, in one language.

The keys are written down in ``docs/sketch.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping

from layers.overlay_kinds import overlay_kinds
from layers.use_signs import use_sign
from parcels.finding_words import finding_text, need_text
from parcels.messages import messages, text
from parcels.planning.conflicts.at_once import overlaps_at_once
from parcels.planning.conflicts.judging import judge
from parcels.planning.figures.elements import figures_of
from parcels.planning.figures.ledger import ledger_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from parcels.planning.conflicts.model import Conflict, Judged
    from parcels.planning.figures.elements import Figures
    from parcels.planning.figures.ledger import Need
    from parcels.planning.ground.prepared import Ground
    from parcels.planning.line import Line
    from parcels.planning.model import Element, Scenario

_DECIMALS = 2
_DRAWN_DEGREES = 8
"""Decimals of degrees of what is drawn to be seen: a millimetre. Elements keep every digit."""
_SHARE_DECIMALS = 6
_Json = dict[str, Any]


def answer_of(
    line: Line, ground: Ground, lang: str, draft: Mapping[str, Any] | None = None
) -> _Json:
    """Tell how a scenario stands: elements with figures, conflicts, ledger, what can be undone.

    Parameters
    ----------
    line : Line
    ground : Ground
    lang : str
        Of titles and sentences.
    draft : mapping, optional
        What this person has not finished.

    Returns
    -------
    dict
        Of JSON's values.
    """
    elements = list(line.state.values())
    judged = {one.id: judge(one, ground, elements) for one in elements}
    undo = line.own[-1].kind if line.own else None
    redo = line.undone[0].kind if line.undone else None
    return {
        "scenario": scenario_part(line.scenario),
        "can_undo": undo is not None,
        "can_redo": redo is not None,
        "undo": undo,
        "redo": redo,
        "elements": [_element(one, judged[one.id].figures) for one in elements],
        "judged": {
            name: {"outcome": one.outcome, "counts": dict(one.counts)}
            for name, one in judged.items()
        },
        "conflicts": [told for one in judged.values() for told in _told(one, ground, lang)],
        "ledger": ledger_part(line, ground, lang),
        "draft": None if draft is None else dict(draft),
    }


def look_of(element: Element, ground: Ground, lang: str, others: Sequence[Element] = ()) -> _Json:
    """Tell figures and shared land of a shape that is being drawn; nothing is saved."""
    figures = figures_of(element)
    return {
        "area_m2": _rounded(figures.area_m2),
        "perimeter_m": _rounded(figures.perimeter_m),
        "length_m": _rounded(figures.length_m),
        "conflicts": [
            _conflict(one, ground, lang) for one in overlaps_at_once(element, ground, others)
        ],
    }


def scenario_part(scenario: Scenario) -> _Json:
    """Name a scenario and its last save."""
    return {
        "id": scenario.id,
        "name": scenario.name,
        "version": scenario.version,
        "archived": scenario.archived,
        "saved_by": scenario.saved_by,
        "saved_at": scenario.saved_at,
    }


def ledger_part(line: Line, ground: Ground, lang: str) -> _Json:
    """Give the area ledger; each missing datum is a sentence."""
    ledger = ledger_of(line.state, line.scenario.settings, ground.backdrops)
    return {
        "gross_m2": ledger.gross_m2,
        "road_m2": ledger.road_m2,
        "green_m2": ledger.green_m2,
        "setback_m2": ledger.setback_m2,
        "net_m2": ledger.net_m2,
        "road_known_m2": ledger.road_known_m2,
        "net_at_most_m2": ledger.net_at_most_m2,
        "elements": {part: list(ids) for part, ids in ledger.elements.items()},
        "needs": [_need(one, lang) for one in ledger.needs],
    }


def _need(need: Need, lang: str) -> str:
    return text(lang, f"sketch_ledger.{need.code}", name=need.name, value=need.value)


def _told(judged: Judged, ground: Ground, lang: str) -> list[_Json]:
    """Tell the conflicts of an element, once in each language."""
    if lang not in judged.told:
        judged.told[lang] = [_conflict(one, ground, lang) for one in judged.conflicts]
    return judged.told[lang]


def _element(element: Element, figures: Figures) -> _Json:
    return {
        "id": element.id,
        "kind": element.kind,
        "name": element.name,
        "code": element.code,
        "scheme": element.scheme,
        "use": use_sign(element.code, element.scheme),
        "width_m": element.width_m,
        "year": element.year,
        "source": element.source,
        "geometry_class": element.geometry_class,
        "accuracy_m": element.accuracy_m,
        "geometry": _plain(mapping(element.shape)),
        "area_m2": _rounded(figures.area_m2),
        "plane_m2": _rounded(figures.plane_m2),
        "perimeter_m": _rounded(figures.perimeter_m),
        "length_m": _rounded(figures.length_m),
    }


def _conflict(conflict: Conflict, ground: Ground, lang: str) -> _Json:
    finding = conflict.finding
    return {
        "element": conflict.element,
        "layer": conflict.layer,
        "title": conflict_title(conflict, lang),
        "check": finding.check,
        "rule": finding.rule,
        "other": finding.other,
        "outcome": finding.outcome,
        "reason": finding.reason,
        "message": finding_text(lang, finding),
        "needs": [need_text(lang, need, ground.book) for need in finding.needs],
        "area_m2": _rounded(conflict.area_m2),
        "share": None if conflict.share is None else round(conflict.share, _SHARE_DECIMALS),
        "geometry": _drawn(conflict.shape),
    }


def conflict_title(conflict: Conflict, lang: str) -> str:
    """Name the layer, else the check, else the cause that nothing can be said for."""
    if conflict.title is not None:
        return conflict.title[lang]
    kind = overlay_kinds().get(conflict.layer)
    if kind is not None:
        return kind.title.en if lang == "en" else kind.title.zh
    finding = conflict.finding
    keys = [f"sketch_layer.{conflict.layer}", f"check.{conflict.layer}.title"]
    keys += [f"cause.{finding.cause}.short", f"check.{finding.check}.title", "sketch_layer.other"]
    return text(lang, next(key for key in keys if key in messages(lang)))


def _drawn(shape: BaseGeometry | None) -> _Json | None:
    if shape is None or shape.is_empty:
        return None
    return _plain(mapping(shapely.transform(shape, lambda xy: xy.round(_DRAWN_DEGREES))))


def _plain(geojson: Mapping[str, Any]) -> _Json:
    """Give GeoJSON of lists: what is compared, sent and read back looks the same."""
    if "geometries" in geojson:
        return {
            "type": geojson["type"],
            "geometries": [_plain(one) for one in geojson["geometries"]],
        }
    return {"type": geojson["type"], "coordinates": _lists(geojson["coordinates"])}


def _lists(value: Any) -> Any:
    return [_lists(one) for one in value] if isinstance(value, (tuple, list)) else value


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
