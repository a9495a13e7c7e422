"""Properties of the checks against layers: what no change of layers, order or accuracy may do."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from geo.crs import meridian_tm, to_local
from parcels.checks import (
    boundary,
    corridors,
    eco_redline,
    farmland,
    planned_use,
    registers,
    six_lines,
    water_source,
)
from parcels.findings import RANK, worst
from tests.parcels.checks.overlay_samples import findings, given, overlay, parcels

CHECKS = [
    boundary.CHECK,
    farmland.CHECK,
    eco_redline.CHECK,
    water_source.CHECK,
    planned_use.CHECK,
    six_lines.CHECK,
    corridors.CHECK,
    registers.CHECK,
]
LAND = ("zone", "farmland", "eco_redline", "canal_zone_2", "red_line", "title", "arable")
TRUTH = meridian_tm(112.0)
USES = [("", None, "工业"), ("M1", "gb50137", ""), ("", None, "居住"), ("1001", "", "")]
FEW = settings(max_examples=25, deadline=None)


@st.composite
def shapes(draw, span=300):
    """Draw a polygon with corners on whole metres, valid, at least 50 m² large."""
    points = draw(
        st.lists(st.tuples(st.integers(0, span), st.integers(0, span)), min_size=3, max_size=6)
    )
    shape = shapely.MultiPoint(points).convex_hull
    if draw(st.booleans()):
        x, y = draw(st.tuples(st.integers(0, span), st.integers(0, span)))
        shape = shape.difference(shapely.box(x, y, x + 60, y + 60))
    parts = [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]
    large = [one for one in parts if one.area > 50]
    return large[0] if large else shapely.box(0, 0, draw(st.integers(10, 99)), 40)


@st.composite
def layers(draw):
    """Draw some layers, each with an extent, perhaps incomplete, perhaps of stated accuracy."""
    found = {}
    for kind in draw(st.sets(st.sampled_from(LAND), min_size=1)):
        found[kind] = overlay(
            kind,
            draw(st.lists(shapes(), min_size=1, max_size=3)),
            extent=draw(st.sampled_from(["all", "box", (-50, -50, 400, 400)])),
            complete=draw(st.booleans()),
            accuracy_m=draw(st.sampled_from([None, 0.5, 8.0])),
        )
    if draw(st.booleans()):
        code = draw(st.sampled_from(["1001", "0701", "", "0101"]))
        found["master_plan"] = overlay(
            "master_plan", [draw(shapes())], codes=[code], code_scheme="mnr2023"
        )
    if draw(st.booleans()):
        points = draw(
            st.lists(
                st.tuples(st.integers(-50, 350), st.integers(-50, 350)),
                min_size=2,
                max_size=4,
                unique=True,
            )
        )
        code = draw(st.sampled_from(["110kV", "", "500"]))
        found["power_line"] = overlay("power_line", [shapely.LineString(points)], codes=[code])
    return found


@st.composite
def subjects(draw, most=3):
    """Draw parcels with outlines or places of any accuracy."""
    drawn = draw(st.lists(shapes(), min_size=1, max_size=most))
    outline = [draw(st.booleans()) for _ in drawn]
    return parcels(
        [one if own else None for one, own in zip(drawn, outline, strict=True)],
        places=[None if own else one for one, own in zip(drawn, outline, strict=True)],
        accuracy=[draw(st.sampled_from([0.05, 5.0, 60.0, np.nan])) for _ in drawn],
        uses=[draw(st.sampled_from(USES)) for _ in drawn],
    )


def cells(subject, loaded):
    """Worst outcome of each parcel in each check."""
    about = given(subject, *loaded.values())
    found = {}
    for check in CHECKS:
        told = findings(check.run, about)
        for parcel in range(len(subject)):
            found[check.id, parcel] = worst(one.outcome for one in told if one.parcel == parcel)
    return found


@FEW
@examples(subjects(), layers(), st.data())
def test_switching_a_layer_off_turns_nothing_into_a_pass(subject, loaded, data):
    gone = data.draw(st.sampled_from(sorted(loaded)))
    before = cells(subject, loaded)
    after = cells(subject, {kind: one for kind, one in loaded.items() if kind != gone})
    for cell, outcome in after.items():
        assert outcome != "pass" or before[cell] == "pass", (gone, cell)


@FEW
@examples(subjects(), layers())
def test_every_parcel_is_judged_and_an_unknown_says_why(subject, loaded):
    about = given(subject, *loaded.values())
    for check in CHECKS:
        told = findings(check.run, about)
        assert {one.parcel for one in told} == set(range(len(subject)))
        for one in told:
            assert bool(one.cause) == (one.outcome == "unknown")
            assert one.outcome in RANK
            assert one.needs or one.outcome != "unknown"
            assert one.share is None or 0 <= one.share <= 1


@FEW
@examples(
    shapes(),
    layers(),
    st.lists(
        st.sampled_from([0.05, 0.9, 2.0, 10.0, 40.0, 200.0, np.nan]),
        min_size=2,
        max_size=2,
        unique=True,
    ),
)
def test_a_rougher_place_settles_nothing(shape, loaded, pair):
    fine, rough = sorted(pair, key=lambda one: np.nan_to_num(one, nan=np.inf))
    sharp = cells(parcels([shape], accuracy=fine), loaded)
    blunt = cells(parcels([shape], accuracy=rough), loaded)
    for cell, outcome in sharp.items():
        assert outcome != "unknown" or blunt[cell] in {"unknown", "fail"}, cell
        assert blunt[cell] != "pass" or outcome in {"pass", "warning"}, cell


@FEW
@examples(subjects(), layers(), st.randoms(use_true_random=False))
def test_the_order_of_parcels_changes_nothing(subject, loaded, random):
    order = list(range(len(subject)))
    random.shuffle(order)
    turned = type(subject)(
        ids=tuple(subject.ids[at] for at in order),
        names=subject.names,
        shapes=subject.shapes[order],
        places=subject.places[order],
        geometry_class=subject.geometry_class,
        accuracy_m=subject.accuracy_m[order],
        uses=tuple(subject.uses[at] for at in order),
        declared_m2=subject.declared_m2,
        declared_texts=subject.declared_texts,
    )
    before, after = cells(subject, loaded), cells(turned, loaded)
    assert after == {(check, at): before[check, order[at]] for check, at in after}


@FEW
@examples(shapes(), st.lists(shapes(), min_size=1, max_size=4))
def test_areas_are_those_of_geos_in_another_projection(shape, land):
    subject, layer = parcels([shape]), overlay("farmland", land)
    found = [one for one in findings(farmland.run, given(subject, layer)) if one.rule == "OV_PBF"]
    own = to_local(subject.shapes, TRUTH)[0]
    moved = to_local(layer.shapes, TRUTH)
    shared = shapely.area(shapely.intersection(own, moved))
    told = {one.other: one for one in found if one.reason in {"overlay_hit", "overlay_sliver"}}
    for at, area in enumerate(shared):
        if area > 1:
            one = told[f"#{at + 1}"]
            # 50 km from that meridian plane areas are 5e-5 too large; shares do not feel it
            assert one.share == pytest.approx(area / own.area, rel=1e-5, abs=1e-6)
            whole = shapely.intersection(own, shapely.union_all(moved)).area
            assert one.values["total_share"] == pytest.approx(whole / own.area, rel=1e-5, abs=1e-5)
    if not told:
        assert shared.max() < 0.5
        assert [one.reason for one in found] == ["overlay_clear"]


@FEW
@examples(
    shapes(),
    shapes(),
    st.floats(1.5, 60),
    st.lists(st.tuples(st.floats(0, 360), st.floats(0, 1)), min_size=5, max_size=5),
)
def test_what_is_sure_of_a_rough_outline_holds_wherever_it_lies(shape, land, accuracy, moves):
    about = (("farmland", farmland, "OV_PBF"), ("zone", boundary, "OV_ZONE"))
    for kind, check, rule in about:
        layer = overlay(kind, [land])
        rough = given(parcels([shape], accuracy=accuracy), layer)
        said = worst(one.outcome for one in findings(check.run, rough) if one.rule == rule)
        if said not in {"pass", "fail"}:
            continue
        for turn, part in moves:
            angle, reach = np.radians(turn), accuracy * part * 0.999
            lying = shapely.transform(
                shape, lambda xy, a=angle, d=reach: xy + d * np.array([np.cos(a), np.sin(a)])
            )
            exact = findings(check.run, given(parcels([lying]), layer))
            assert worst(one.outcome for one in exact if one.rule == rule) == said


@FEW
@examples(
    shapes(), shapes(), st.floats(0, 40), shapes(span=60), st.integers(0, 240), st.integers(0, 240)
)
def test_what_is_sure_of_a_place_holds_for_any_parcel_in_it(
    place, land, accuracy, piece, east, north
):
    lying = shapely.transform(piece, lambda xy: xy + np.array([east, north])).intersection(place)
    if lying.geom_type != "Polygon" or lying.area < 60:
        return
    for kind, check, rule in (("farmland", farmland, "OV_PBF"), ("zone", boundary, "OV_ZONE")):
        layer = overlay(kind, [land])
        rough = given(parcels([None], places=[place], accuracy=accuracy), layer)
        said = worst(one.outcome for one in findings(check.run, rough) if one.rule == rule)
        if said in {"pass", "fail"}:
            exact = findings(check.run, given(parcels([lying]), layer))
            assert worst(one.outcome for one in exact if one.rule == rule) == said


@FEW
@examples(shapes(), shapes(), st.integers(1, 299))
def test_cutting_a_feature_in_two_changes_no_verdict(shape, land, at):
    west = land.intersection(shapely.box(-10, -10, at, 400))
    east = land.intersection(shapely.box(at, -10, 400, 400))
    halves = [one for part in (west, east) for one in shapely.get_parts(part) if one.area > 1e-9]
    whole = given(parcels([shape]), overlay("farmland", [land]))
    cut = given(parcels([shape]), overlay("farmland", halves))
    first, second = (
        worst(one.outcome for one in findings(farmland.run, about) if one.rule == "OV_PBF")
        for about in (whole, cut)
    )
    assert first == second
