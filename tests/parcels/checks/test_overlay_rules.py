"""Which rules judge layers: days, packs, local limits, uses; evidence and names in findings."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest
import shapely

from geo.crs import to_local
from parcels.checks import boundary, corridors, eco_redline, farmland, registers
from parcels.checks.model import CheckInput
from parcels.checks.over_layers import strips as overlaying_strips
from parcels.finding_words import finding_text, need_text
from parcels.rules.load import RuleBook, rule_book
from parcels.rules.model import Override
from tests.parcels.checks.overlay_samples import PLANE, TODAY, findings, given, overlay, parcels

SQUARE = (0, 0, 100, 100)


def local(rule, value):
    return Override(rule=rule, value=value, by="张三", day=TODAY, reason="本地规定")


def narrowed(book, rule, **changes):
    """Return a book with one rule changed, as a pack of a bureau might write it."""
    applied = book.rules[rule]
    changed = dataclasses.replace(applied, rule=applied.rule.model_copy(update=changes))
    return RuleBook(
        as_of=book.as_of,
        packs=book.packs,
        rules={**book.rules, rule: changed},
        dormant=book.dormant,
    )


def test_a_rule_of_later_days_leaves_its_check_unknown():
    layer = overlay("eco_redline", [SQUARE])
    found = findings(eco_redline.run, given(parcels([SQUARE]), layer, as_of=date(2010, 1, 1)))
    assert [(one.outcome, one.cause, one.rule) for one in found] == [
        ("unknown", "rule_not_in_force", "OV_ECO")
    ]


def test_packs_without_the_rule_drop_a_layer_but_never_a_protection():
    subject = parcels([SQUARE])
    found = findings(registers.run, given(subject, overlay("title", [SQUARE]), packs=["land_law"]))
    said = {one.rule: (one.outcome, one.reason) for one in found}
    assert said["OV_TITLE"] == ("not_applicable", "overlay_rule_not_chosen")
    assert said["OV_MIL"] == ("unknown", "overlay_protection_not_chosen")
    assert "土地管理法" in finding_text("zh", found[0])


def test_a_local_share_replaces_the_one_of_the_rule():
    layer = overlay("growth_boundary", [(0, 0, 96, 100)])
    about = given(parcels([SQUARE]), layer, overrides=[local("OV_UGB", 0.95)])
    found = [one for one in findings(boundary.run, about) if one.rule == "OV_UGB"]
    assert [(one.outcome, one.limit) for one in found] == [("pass", 0.95)]
    assert found[0].share == pytest.approx(0.96, abs=1e-6)


def test_a_limit_that_is_no_number_is_unknown():
    layer = overlay("growth_boundary", [SQUARE])
    book = narrowed(rule_book(TODAY), "OV_UGB", value=None)
    about = CheckInput(parcels=parcels([SQUARE]), book=book, overlays={"growth_boundary": layer})
    found = [one for one in findings(boundary.run, about) if one.rule == "OV_UGB"]
    assert [(one.outcome, one.needs) for one in found] == [("unknown", ("local:OV_UGB",))]


def test_a_local_width_moves_the_zone():
    layer = overlay("highway", [(-50, -60, 150, -30)], codes=["G312"])
    subject = parcels([SQUARE])
    before = findings(corridors.run, given(subject, layer))
    after = findings(corridors.run, given(subject, layer, overrides=[local("SEP_HWY_G", 50.0)]))
    assert "corridor_hit" not in {one.reason for one in before}
    hit = next(one for one in after if one.reason == "corridor_hit")
    assert (hit.rule, hit.limit) == ("SEP_HWY_G", 50.0)
    assert hit.values["strip_m2"] == pytest.approx(2000.0, rel=1e-6)


def test_without_widths_a_line_leaves_everything_unknown():
    layer = overlay("highway", [(-50, -60, 150, -30)], codes=["G312"])
    found = findings(corridors.run, given(parcels([SQUARE]), layer, packs=["overlays"]))
    said = {one.rule: (one.outcome, one.reason, one.needs) for one in found}
    assert said["OV_HWY"] == ("unknown", "corridor_no_width", ("value:OV_HWY",))


def test_without_a_bound_for_the_outer_edge_no_parcel_is_cleared():
    layer = overlay("highway", ["LINESTRING (0 5000, 100 5000)"], codes=["G312"])
    about = given(parcels([SQUARE]), layer, packs=["overlays", "separation"])
    found = [one for one in findings(corridors.run, about) if one.rule == "OV_HWY"]
    assert [(one.outcome, one.reason) for one in found] == [("unknown", "corridor_reach_open")]


def test_a_rule_for_some_uses_leaves_the_others_out_and_open_ones_open():
    uses = [("M1", "gb50137", ""), ("R2", "gb50137", ""), ("", None, "工业"), ("", None, "")]
    subject = parcels([SQUARE] * 4, uses=uses)
    book = narrowed(rule_book(TODAY), "OV_PBF", uses=("M1", "W1"))
    about = CheckInput(
        parcels=subject, book=book, overlays={"farmland": overlay("farmland", [SQUARE])}
    )
    found = [one for one in findings(farmland.run, about) if one.rule == "OV_PBF"]
    assert {(one.parcel, one.outcome, one.reason) for one in found} == {
        (0, "fail", "overlay_hit"),
        (1, "not_applicable", "overlay_other_use"),
        (2, "unknown", "overlay_use_open"),
        (3, "unknown", "overlay_use_open"),
    }
    assert all(finding_text("en", one) for one in found)


def test_evidence_is_the_land_that_a_finding_is_about():
    subject = parcels([(500, 0, 600, 100), SQUARE])
    layer = overlay("farmland", [(900, 0, 950, 50), (50, 50, 200, 200)])
    batches = [one for one in farmland.run(given(subject, layer)) if one.reason == "overlay_hit"]
    drawn = to_local(batches[0].evidence(0), PLANE)
    assert batches[0].parcel.tolist() == [1]
    assert drawn.symmetric_difference(shapely.box(50, 50, 100, 100)).area < 1e-3


def test_evidence_of_a_strip_and_of_land_outside():
    subject = parcels([SQUARE])
    road = overlay("highway", [(-50, -45, 150, -15)], codes=["G312"])
    strip = next(one for one in corridors.run(given(subject, road)) if one.rule == "SEP_HWY_G")
    assert to_local(strip.evidence(0), PLANE).area == pytest.approx(500.0, rel=1e-6)
    zone = overlay("zone", [(0, 0, 30, 100)])
    outside = next(
        one for one in boundary.run(given(subject, zone)) if one.rule == "OV_ZONE" and len(one)
    )
    assert to_local(outside.evidence(0), PLANE).area == pytest.approx(7000.0, rel=1e-6)


def test_each_feature_names_the_file_that_it_came_from():
    parts = [
        overlay("title", [(0, 0, 50, 100)], title="甲.gpkg"),
        overlay("title", [(50, 0, 100, 100)], title="乙.gpkg"),
    ]
    merged = dataclasses.replace(
        overlay("title", [(0, 0, 50, 100), (50, 0, 100, 100)]), parts=tuple(parts)
    )
    found = findings(registers.run, given(parcels([SQUARE]), merged))
    told = [(one.other, one.values["title"]) for one in found if one.reason == "overlay_hit"]
    assert told == [("#1", "甲.gpkg"), ("#2", "乙.gpkg")]


def test_hostile_names_stay_as_typed():
    name = "{{7*7}} {x} <script>alert(1)</script>"
    layer = overlay("title", [SQUARE], names=[name], title=name)
    found = next(
        one
        for one in findings(registers.run, given(parcels([SQUARE]), layer))
        if one.reason == "overlay_hit"
    )
    assert finding_text("zh", found).count(name) == 2


def test_many_strips_at_once_are_those_one_by_one(monkeypatch):
    rng = np.random.default_rng(7)
    corners = rng.uniform(0, 400, (60, 2))
    boxes = [(x, y, x + 40, y + 25) for x, y in corners]
    turns = np.column_stack([np.linspace(0, 400, 120), 200 + 60 * np.sin(np.linspace(0, 9, 120))])
    layer = overlay(
        "power_line",
        [shapely.LineString(turns), "LINESTRING (0 0, 400 400)"],
        codes=["110kV", "500kV"],
    )
    for accuracy in (0.1, 3.0):
        about = given(parcels(boxes, accuracy=accuracy), layer)
        monkeypatch.setattr(overlaying_strips, "_FEW", 10_000)
        slowly = findings(corridors.run, about)
        monkeypatch.setattr(overlaying_strips, "_FEW", 0)
        assert [dataclasses.astuple(one) for one in findings(corridors.run, about)] == [
            dataclasses.astuple(one) for one in slowly
        ]
        assert {"corridor_hit_axis", "corridor_hit_for_sure"} & {one.reason for one in slowly}


def test_distances_are_those_of_geos():
    rng = np.random.default_rng(3)
    boxes = [(x, y, x + 30, y + 30) for x, y in rng.uniform(0, 300, (40, 2))]
    line = shapely.LineString(np.cumsum(rng.uniform(-5, 9, (200, 2)), axis=0))
    layer = overlay("power_line", [line], codes=["500kV"])
    told = [one for one in findings(corridors.run, given(parcels(boxes), layer)) if one.unit == "m"]
    assert told
    for one in told:
        true = shapely.distance(shapely.box(*boxes[one.parcel]), line)
        assert one.measured == pytest.approx(true, abs=1e-3)
        assert true < 40.0


def test_a_rule_of_ones_own_about_any_kind_is_applied():
    book = narrowed(rule_book(TODAY), "OV_TITLE", metric="overlap:green_belt")
    subject, belt = parcels([SQUARE]), overlay("green_belt", [(50, 0, 200, 100)])
    about = CheckInput(parcels=subject, book=book, overlays={"green_belt": belt})
    found = [one for one in findings(registers.run, about) if one.rule == "OV_TITLE"]
    assert ("warning", "overlay_hit") in {(one.outcome, one.reason) for one in found}


def test_a_rule_about_a_kind_that_nobody_can_load_is_unknown_and_readable():
    book = narrowed(rule_book(TODAY), "OV_TITLE", metric="overlap:moonlight")
    about = CheckInput(parcels=parcels([SQUARE]), book=book)
    found = [one for one in findings(registers.run, about) if one.reason == "overlay_missing"]
    lost = next(one for one in found if one.rule == "OV_TITLE")
    assert lost.needs == ("local:OV_TITLE",)
    assert "moonlight" in finding_text("zh", lost)
    assert need_text("zh", lost.needs[0], book)
