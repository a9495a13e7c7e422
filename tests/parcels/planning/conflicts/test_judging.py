"""What a sketch runs into is what a review of the same outline finds."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.area import lonlat_area
from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.checks.order import CHECKS
from parcels.findings import OUTCOMES
from parcels.planning.conflicts.at_once import overlaps_at_once
from parcels.planning.conflicts.judging import judge
from parcels.planning.conflicts.model import MOST_LISTED
from parcels.planning.conflicts.subject import alone
from parcels.planning.conflicts.table import TABLE, checks_of
from parcels.planning.ground import prepared as ground_module
from parcels.planning.ground.prepared import ground_of
from parcels.planning.model import ELEMENT_KINDS, Element
from parcels.rules.load import rule_book
from tests.parcels.checks.overlay_samples import TODAY, drawn, overlay, parcels

CASES = tomllib.loads(
    (Path(__file__).parents[3] / "cases" / "conflicts" / "one_layer.toml").read_text("utf-8")
)["case"]
BOOK = rule_book(TODAY)


def element(shape, kind="parcel", name="e", **stated):
    return Element(id=name, kind=kind, shape=drawn(shape), **stated)


def about(judged, layer):
    return [one for one in judged if one.layer == layer]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_one_layer(case):
    layer = overlay(case["layer"], case["land"], accuracy_m=case.get("accuracy"))
    ground = ground_of(book=BOOK, overlays={case["layer"]: layer})
    stated = {"geometry_class": case.get("geometry_class", "digitized")}
    sketch = element(
        case["sketch"],
        case["kind"],
        accuracy_m=case.get("own_accuracy"),
        source=case.get("source", "drawn"),
        **stated,
    )
    found = about(judge(sketch, ground).conflicts, case["layer"])
    said = [[one.finding.outcome, one.finding.reason] for one in found]
    assert said == case["expect"]
    if case["area"]:
        assert [one.area_m2 for one in found] == pytest.approx(case["area"], rel=1e-5)
        assert all(one.shape is not None for one in found)
        whole = float(lonlat_area(sketch.shape))
        assert [one.share * whole for one in found] == pytest.approx(case["area"], rel=1e-3)
    at_once = overlaps_at_once(sketch, ground)
    assert [[one.finding.outcome, one.finding.reason] for one in at_once] == case["at_once"]


def test_the_table_says_of_every_check_and_kind_why():
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    assert [row["check"] for row in rows] == [one.id for one in CHECKS]
    assert all(row[kind] in {"yes", "no"} for row in rows for kind in (*ELEMENT_KINDS, "beside"))
    assert all(row["why"].strip() for row in rows)
    named = {rule for row in rows for rule in row["not_for_extension"].split()}
    assert named <= set(BOOK.rules)


def test_missing_layers_are_one_line_with_their_count_and_never_a_pass():
    judged = judge(element((0, 0, 100, 100), "extension"), ground_of(book=BOOK))
    missing = [one for one in judged.conflicts if one.finding.reason == "sketch_open_layer_missing"]
    assert len(missing) == 1
    layers = {need for need in missing[0].finding.needs if need.startswith("layer:")}
    assert missing[0].finding.values["count"] == len(layers) > 10
    assert judged.outcome == "unknown"


def test_a_road_of_unknown_width_is_unknown_as_a_whole():
    line = Element(id="r", kind="road", shape=drawn("LINESTRING (0 0, 500 0)"))
    ground = ground_of(book=BOOK)
    judged = judge(line, ground)
    assert (judged.outcome, judged.conflicts[0].finding.reason) == (
        "unknown",
        "sketch_road_without_width",
    )
    assert overlaps_at_once(line, ground) == ()


def test_a_road_line_takes_up_its_width():
    line = Element(id="r", kind="road", shape=drawn("LINESTRING (0 0, 500 0)"), width_m=40.0)
    layer = overlay("farmland", [(100, 0, 200, 500)])
    found = about(
        judge(line, ground_of(book=BOOK, overlays={"farmland": layer})).conflicts, "farmland"
    )
    assert [one.area_m2 for one in found] == pytest.approx([2000.0], rel=1e-4)


def test_an_element_does_not_overlap_the_parcel_that_it_was_started_from():
    ground = ground_of(book=BOOK, parcels=parcels([(0, 0, 100, 100), (90, 0, 200, 100)]))
    other = element((0, 0, 100, 100), source="parcel:P1", geometry_class="surveyed")
    found = about(judge(other, ground).conflicts, "parcels")
    assert [(one.finding.other, one.finding.values["row"]) for one in found] == [("P2", 2)]
    assert [one.finding.other for one in overlaps_at_once(other, ground)] == ["P2"]


def test_elements_of_one_kind_are_neighbours_and_others_are_not():
    ground = ground_of(book=BOOK)
    everything = [
        element((0, 0, 100, 100), name="a"),
        element((50, 0, 150, 100), "extension", name="b"),
        element((60, 0, 160, 100), name="c", source="drawn"),
        element((0, 0, 20, 100), "green", name="d"),
    ]
    found = about(judge(everything[0], ground, everything).conflicts, "elements")
    assert [(one.finding.other, one.finding.values["row"]) for one in found] == [("#c", 3)]
    assert found[0].area_m2 == pytest.approx(4000.0, rel=1e-5)
    assert about(judge(everything[1], ground, everything).conflicts, "elements") == []


ROUGH = {"geometry_class": "schematic", "accuracy_m": 2000.0}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ROUGH | {"source": "demo"}, ROUGH | {"source": "demo"}, [("elements", "fail", "sketch_shares")]),
        (ROUGH | {"source": "file:a"}, ROUGH | {"source": "file:b"}, [("parcels", "unknown", "overlap_possible")]),
        (ROUGH | {"source": "parcel"}, ROUGH | {"source": "parcel"}, [("parcels", "unknown", "overlap_possible")]),
        (ROUGH | {"source": "demo"}, {}, [("parcels", "unknown", "overlap_possible")]),
    ],
    ids=["one drawing", "two files", "unnamed sources", "rough and exact"],
)  # fmt: skip
def test_rough_outlines_of_one_drawing_lie_to_each_other_as_drawn(one, other, expected):
    both = [
        element((0, 0, 1000, 1000), "extension", "a", **one),
        element((900, 0, 2000, 1000), "extension", "b", **other),
    ]
    found = judge(both[0], ground_of(book=BOOK), both).conflicts
    said = [
        (one.layer, one.finding.outcome, one.finding.reason)
        for one in found
        if one.finding.check == "overlap"
    ]
    assert said == expected


def test_an_element_that_did_not_change_is_not_judged_again(monkeypatch):
    ground = ground_of(book=BOOK)
    one, other = element((0, 0, 100, 100), name="a"), element((50, 0, 150, 100), name="b")
    first = judge(one, ground, [one, other])
    assert judge(replace(one), ground, [one, other]) is first
    moved = element((60, 0, 150, 100), name="b")
    assert judge(one, ground, [one, moved]) is not first
    assert judge(replace(one, name="甲"), ground, [one, other]) is not first


def test_a_crowd_is_listed_up_to_a_number_and_summed():
    boxes = [(x * 10, 0, x * 10 + 5, 5 + x / 10) for x in range(MOST_LISTED + 20)]
    ground = ground_of(book=BOOK, overlays={"farmland": overlay("farmland", boxes)})
    sketch = element((0, -50, 1000, 50), "extension")
    whole = shapely.area(shapely.box(*np.array(boxes).T)).sum()
    for found in (judge(sketch, ground).conflicts, overlaps_at_once(sketch, ground)):
        told = about(found, "farmland")
        assert len(told) == MOST_LISTED + 1
        assert told[-1].finding.values["count"] == 20
        assert sum(one.area_m2 for one in told) == pytest.approx(whole, rel=1e-4)
        assert sum(one.shape is not None for one in told) == MOST_LISTED


def test_far_away_the_plane_of_the_sketch_itself_is_used():
    at_home = parcels([(0, 0, 100, 100)])
    far = shapely.box(87.6, 43.8, 87.61, 43.81)
    near = overlay("farmland", [(0, 0, 10, 10)])
    away = replace(near, shapes=np.array([shapely.box(87.605, 43.8, 87.62, 43.81)], dtype=object))
    ground = ground_of(
        book=BOOK, parcels=at_home, overlays={"farmland": away}, plane_at=(112.5, 33.0)
    )
    sketch = Element(id="e", kind="extension", shape=far)
    truth = float(lonlat_area(shapely.intersection(far, away.shapes[0])))
    for found in (judge(sketch, ground).conflicts, overlaps_at_once(sketch, ground)):
        assert about(found, "farmland")[0].area_m2 == pytest.approx(truth, rel=2e-5)


def whole_set(sketch, some, layers):
    """Assess the same outline as a review does: first of the whole set, layers uncut."""
    ground = ground_of(book=BOOK, parcels=some, overlays=layers)
    own = alone(sketch, sketch.shape, ground)
    joined = {
        name: np.concatenate([getattr(own, name), getattr(some, name)])
        for name in ("shapes", "places", "accuracy_m", "declared_m2")
    } | {
        name: getattr(own, name) + getattr(some, name)
        for name in ("ids", "names", "geometry_class", "uses", "declared_texts")
    }
    chosen = checks_of(sketch.kind)
    checks = [one for one in CHECKS if one.id in chosen.ids]
    given_now = CheckInput(parcels=replace(some, **joined), book=BOOK, overlays=layers)
    return ground, assess(given_now, checks=checks)


boxes = st.tuples(
    st.integers(-4, 24), st.integers(-4, 24), st.integers(1, 6), st.integers(1, 6)
).map(lambda at: (at[0] * 50.0, at[1] * 50.0, (at[0] + at[2]) * 50.0, (at[1] + at[3]) * 50.0))
# No accuracy below is a distance between two such boxes: a tie is decided by the last bit.
USES = (("M1", "gb50137", ""), ("R2", "gb50137", ""), ("", None, "工业"), ("", None, ""))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    outline=boxes,
    others=st.lists(boxes, min_size=2, max_size=8),
    layers=st.dictionaries(
        st.sampled_from(
            ["farmland", "red_line", "canal_zone_2", "approved", "land_use", "power_line"]
        ),
        st.tuples(st.lists(boxes, min_size=1, max_size=6), st.sampled_from([None, 0.5, 310.0])),
        max_size=3,
    ),
    use=st.sampled_from(USES),
    rough=st.sampled_from([0.1, 0.1, 210.0, float("nan")]),
)
def test_the_outcomes_are_those_of_a_review_of_the_whole_set(outline, others, layers, use, rough):
    some = parcels(
        others,
        accuracy=[rough, *[0.1] * (len(others) - 1)],
        uses=[USES[at % 4] for at in range(len(others))],
    )
    overlays = {
        kind: overlay(kind, land, accuracy_m=accuracy, **_coded(kind, land))
        for kind, (land, accuracy) in layers.items()
    }
    sketch = Element(id="e", kind="parcel", shape=drawn(outline), code=use[0], scheme=use[1] or "")
    few, ground_module.FEW = ground_module.FEW, 0  # cut every layer
    try:
        ground, run = whole_set(sketch, some, overlays)
        judged = judge(sketch, ground)
    finally:
        ground_module.FEW = few
    wanted = [OUTCOMES[rank] for rank in sorted(run.matrix()[0])]
    assert [one for one, count in judged.counts.items() for _ in range(count)] == wanted
    breaches = [one for one in run.of(0) if one.outcome in {"fail", "warning"}]
    told = [one.finding for one in judged.conflicts if one.finding.outcome in {"fail", "warning"}]
    assert sorted((one.rule, one.reason, one.outcome) for one in told) == sorted(
        (one.rule, one.reason, one.outcome) for one in breaches
    )


def _coded(kind, land):
    if kind == "land_use":
        return {
            "codes": ["R2" if at % 2 else "M3" for at in range(len(land))],
            "code_scheme": "gb50137",
        }
    return {}
