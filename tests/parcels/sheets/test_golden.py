"""Sheets look as they did when somebody looked at them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.systems import read_system
from layers.sheet.output import png
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import sheet
from parcels.snapshot.model import seal
from tests.parcels.sheets.contents import CENTRE, SYSTEM, gear, parcel, rectangle, snapshot
from tests.parcels.sheets.golden import DPI, changed_tiles, compare, levels_of

OUTCOMES = ("fail", "unknown", "warning", "pass", "not_applicable")


def finding(at, outcome):
    return {
        "id": f"F{at + 1}",
        "key": "1",
        "check": f"check{at}",
        "rule_id": f"R{at}",
        "rule_title": "重叠面积",
        "outcome": outcome,
        "measured": 12.5 if outcome in {"fail", "warning", "pass"} else None,
        "limit_text": "≤ 1.00 m²",
        "unit": "m2",
        "cause": "layer_missing" if outcome == "unknown" else "",
        "message": "与相邻地块比较所得。",
        "source": "产品检查项",
        "other_id": "",
    }


def feature(shape, **told):
    lonlat = read_system(SYSTEM).to_lonlat(shape)
    return {"geometry": json.loads(shapely.to_geojson(lonlat)), "properties": told}


def road(name, *points, **told):
    line = shapely.LineString(np.array(points) + CENTRE)
    return feature(line, label=name, **told)


def drawn_layers():
    roads = [
        road("信臣路", (-900, 160), (900, 175), accuracy_m=300.0),
        road("张衡路", (-60, -900), (-45, 900), basis="guess"),
    ]
    place = feature(
        shapely.Point(CENTRE[0] + 260, CENTRE[1] + 60), label="热电厂", accuracy_m=250.0
    )
    layers = [
        {"kind": "road", "title": "道路", "source": "示意绘制", "features": roads},
        {"kind": "landmark", "title": "地物", "source": "示意绘制", "features": [place]},
    ]
    return {"notice": "道路等参考图层为示意，非勘测", "groups": [{"layers": layers}]}


def surveyed():
    outline = rectangle(180, 110).difference(rectangle(30, 20, east=100, north=50))
    findings = [finding(at, outcome) for at, outcome in enumerate(OUTCOMES)]
    other = parcel(rectangle(90, 40, north=-40), at=1, name="邻宗")
    given = snapshot(parcel(outline), other, findings=findings, drawn=drawn_layers())
    titles = [{"id": one["check"], "title": f"检查{at}"} for at, one in enumerate(findings)]
    answers = {**given.content["answers"], "checks": titles}
    return seal({**given.content, "answers": answers})


def row_of_the_plan():
    lonlat = read_system(SYSTEM).to_lonlat
    place = shapely.Polygon(np.array([(-700, -500), (240, -520), (260, 160), (-700, 150)]) + CENTRE)
    entry = parcel(
        rectangle(),
        shape=None,
        rings=[],
        place=json.loads(shapely.to_geojson(lonlat(place))),
        box=json.loads(shapely.to_geojson(lonlat(rectangle(140, 90)))),
        bounds={"N": ["信臣路"], "E": ["热电厂"], "S": [], "W": []},
        location_text="信臣路以南、热电厂以西",
        geometry_class="solved_from_text",
        accuracy_m=300.0,
        area_m2=None,
        plane_m2=None,
    )
    return snapshot(entry, drawn=drawn_layers(), system="")


def batch():
    uses = ["1001", "0701", "1101", "0801", "1401", "1301", "0901", "1001"]
    entries = [
        parcel(
            rectangle(90, 60, east=at % 4 * 110, north=at // 4 * 80),
            at=at,
            use={"text": "", "code": code, "scheme": "mnr2023", "problem": ""},
        )
        for at, code in enumerate(uses)
    ]
    return snapshot(*entries, lang="en")


SHEETS = {
    "cadastral": (surveyed, SheetOptions(template="cadastral", parcels=("1",), maker="王工")),
    "cadastral-row": (row_of_the_plan, SheetOptions(template="cadastral")),
    "survey-map-grey": (
        batch,
        SheetOptions(template="survey_map", paper="A3", landscape=False, tone="grey"),
    ),
    "dense": (
        lambda: snapshot(parcel(gear(60))),
        SheetOptions(template="cadastral", landscape=False),
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_looks_as_it_did(name):
    given, options = SHEETS[name]
    compare(name, sheet(given(), options).png(1, dpi=DPI))


def test_a_side_length_that_is_missing_would_be_seen():
    """The comparison itself: a digit that moved is let pass, a label that is gone is not."""
    given, options = SHEETS["cadastral"]
    drawn = sheet(given(), options)
    marks = [one for one in drawn.content[0].marks if getattr(one, "words", "") != "180.00"]
    page = replace(drawn.content[0], marks=marks)
    whole, without = levels_of(drawn.png(1, dpi=DPI)), levels_of(png(page, dpi=DPI))
    assert len(changed_tiles(whole, without)) >= 1
    assert changed_tiles(whole, whole) == []
