"""The volume study of a proposal: figures, where the buildings stand, drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcels.messages import text
from parcels.proposal.massing.axonometric import axonometric_svg
from parcels.proposal.massing.plan import plan_svg
from parcels.proposal.massing.section import section_svg
from parcels.proposal.massing.sheet import LIGHT
from parcels.proposal.massing.study import on_site, study
from parcels.proposal.massing.wording import measured_text
from parcels.proposal.reports.report import number
from parcels.snapshot.shapes import drawn_shapes

if TYPE_CHECKING:
    from parcels.proposal.massing.model import Box, Building, Study
    from parcels.proposal.measuring.measures import Measured
    from parcels.proposal.model import Proposal
    from parcels.snapshot.proposal.case import Volumes

Entry = dict[str, Any]
_UNITS = {"footprint": "m2", "density": "share", "far": "ratio", "height": "m", "green": "share"}
_DRAWINGS = {"plan": plan_svg, "axonometric": axonometric_svg, "section": section_svg}
_WIDTH = 640  # px


def volume_answers(asked: Volumes, proposal: Proposal, lang: str) -> Entry:
    """Study the volumes; shapes lie in a plane in metres, x east, y north.

    Shares are 0 to 1, areas m², heights m; what is not known is None. Drawings are SVG.
    """
    made = study(proposal, asked.outline)
    figures = made.figures
    measured = {
        "footprint": figures.footprint,
        "density": figures.density,
        "far": figures.far,
        "height": figures.height,
        "green": figures.green_most,
    }
    return {
        "note": asked.note,
        "site": _site(made),
        "figures": [_figure(name, one, lang) for name, one in measured.items()],
        "envelope_m2": figures.envelope_area,
        "stated_height_m": number(made.stated_height),
        "by_use": [
            {
                "kind": kind,
                "title": text(lang, f"massing.kind.{kind}"),
                "above_m2": number(above),
                "below_m2": number(below),
            }
            for kind, above, below in figures.by_use
        ],
        "buildings": [_building(made, one) for one in made.buildings],
        "not_drawn": [
            {
                "row": one.at + 1,
                "title": one.title,
                "lack": one.lack,
                "floor_area_m2": number(one.floor_area),
                "below_ground": one.below_ground,
            }
            for one in made.not_drawn
        ],
        "remarks": [text(lang, f"massing.remark.{one.code}", **one.values) for one in made.remarks],
        "drawings": {
            name: {
                "title": text(lang, f"massing.drawing.{name}"),
                "svg": draw(made, lang, width=_WIDTH, inks=LIGHT),
            }
            for name, draw in _DRAWINGS.items()
        },
    }


def _figure(name: str, measured: Measured, lang: str) -> Entry:
    return {
        "id": name,
        "title": text(lang, f"massing.figure.{name}"),
        "unit": _UNITS[name],
        "low": number(measured.low),
        "high": number(measured.high),
        "text": text(lang, "outcome.unknown")
        if measured.low is None
        else measured_text(measured, _UNITS[name]),
    }


def _site(made: Study) -> Entry | None:
    site = made.site
    if site is None:
        return None
    outline, envelope = drawn_shapes([site.outline, site.envelope])
    return {
        "kind": site.kind,
        "setback_m": site.setback,
        "outline": outline,
        "envelope": envelope,
    }


def _building(made: Study, building: Building) -> Entry:
    place = made.layout.places.get(building.number)
    ground = None if place is None else on_site(place, made.layout.angle)
    return {
        "number": building.number,
        "name": building.name,
        "storeys": building.storeys,
        "height_m": number(building.height),
        "footprint_m2": number(building.footprint),
        "whole": building.is_whole,
        "ground": drawn_shapes([ground])[0],
        "boxes": [_box(one) for one in (*building.boxes, *building.basements)],
    }


def _box(box: Box) -> Entry:
    return {
        "row": box.at + 1,
        "title": box.title,
        "functions": list(box.functions),
        "below_ground": box.below_ground,
        "storeys": box.storeys,
        "storey_height_m": number(box.storey_height),
        "floor_area_m2": number(box.floor_area),
        "footprint_m2": number(box.footprint),
    }
