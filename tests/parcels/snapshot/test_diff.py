"""Which verdicts changed between two snapshots, and what changed them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
import shapely

from geo.errors import PlannerError
from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.review import Review, findings_digest
from parcels.reviews.model import Event
from parcels.rules.load import rule_book
from parcels.rules.model import Override
from parcels.snapshot.building import build
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.diff import diff
from parcels.snapshot.differing.model import Component
from parcels.snapshot.differing.words import diff_entry, diff_lines
from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from parcels.snapshot.review.case import ReviewCase
from tests.parcels.checks.overlay_samples import overlay, parcels
from tests.parcels.snapshot.samples import head, table_two, two_parcels

DAY = date(2026, 11, 22)
BOXES = [(0, 0, 200, 200), (200, 0, 400, 200), (500, 0, 700, 200)]
INDUSTRY = [("M1", "gb50137", "")] * 3


@cache
def _farmland(*, hit=True):
    return overlay("farmland", [(100, 100, 300, 300) if hit else (9000, 9000, 9100, 9100)])


def _snapshot(
    *, boxes=BOXES, layers=(), day=DAY, packs=None, limits=(), said=None, uses=INDUSTRY, **stated
):
    subject = parcels(boxes, uses=uses[: len(boxes)], attributes=stated.pop("attributes", None))
    subject = replace(subject, **stated) if stated else subject
    given = CheckInput(
        parcels=subject,
        book=rule_book(day, packs=packs, overrides=limits),
        overlays={one.kind: one for one in layers},
    )
    review = Review(batch="b", title="t", given=given, assessment=assess(given))
    case = ReviewCase(review=review, day=DAY, events=said or {})
    return build("review", case, head("测试"))


def _compared(before, after):
    report = diff(before, after)
    assert report.is_tried
    for lang in ("zh", "en"):
        json.dumps(diff_entry(report, lang), allow_nan=False)
        assert diff_lines(report, lang)
    return report


def _changes(report):
    return {(one.key_after, one.check, one.before, one.after): one for one in report.verdicts}


def test_a_snapshot_is_the_same_as_itself():
    report = diff(table_two(), table_two())
    assert (report.is_same, report.verdicts, report.values, report.components) == (True, (), [], ())
    assert len(diff_lines(report, "zh")) == 1


def test_a_layer_that_failed_is_unknown_and_named_first():
    report = _compared(_snapshot(layers=[_farmland()]), _snapshot())
    assert report.lost_layers == ("farmland",)
    lost = [one for one in report.verdicts if one.check == "farmland"]
    assert lost
    assert {one.after for one in lost} == {"unknown"}
    assert {one.cause for one in lost} == {"layer_missing"}
    assert {one.alone for one in lost} == {(Component(part="layer", name="farmland"),)}
    assert list(report.verdicts[: len(lost)]) == lost
    line = diff_lines(report, "zh")[1]
    assert "不是问题减少" in line
    assert f"{len(lost)} 项" in line
    before, after = report.counts["unknown"]
    assert after > before


def test_another_edition_of_a_layer():
    report = _compared(_snapshot(layers=[_farmland()]), _snapshot(layers=[_farmland(hit=False)]))
    assert report.lost_layers == ()
    assert report.components == (Component(part="layer", name="farmland"),)
    assert report.verdicts
    assert {one.alone for one in report.verdicts} == {report.components}


def test_a_moved_outline():
    moved = [BOXES[0], (150, 0, 400, 200), BOXES[2]]
    report = _compared(_snapshot(), _snapshot(boxes=moved))
    assert report.components == (Component(part="outline"),)
    overlap = [one for one in report.verdicts if one.check == "overlap"]
    assert {one.key_after for one in overlap} == {"1", "2"}
    assert {one.alone for one in overlap} == {(Component(part="outline"),)}
    assert any(one.path[:3] == ("parcels", 1, "shape") for one in report.values)


def test_a_neighbour_that_came():
    report = _compared(_snapshot(boxes=BOXES[:1]), _snapshot(boxes=[BOXES[0], (150, 0, 400, 200)]))
    assert report.new == ("2",)
    assert report.components == (Component(part="neighbours"),)
    assert {(one.check, one.after) for one in report.verdicts} >= {("overlap", "fail")}
    assert {one.alone for one in report.verdicts if one.check == "overlap"} == {report.components}


def test_parcels_that_were_renumbered_are_known_by_their_outline():
    turned = list(reversed(BOXES))
    before = _snapshot(ids=("甲", "乙", "丙"))
    after = _snapshot(boxes=turned, ids=("1号", "2号", "3号"))
    report = _compared(before, after)
    assert report.matched == ((0, 2), (1, 1), (2, 0))
    assert (report.renumbered, report.gone, report.new) == (3, (), ())
    assert [one.key_before for one in report.verdicts] == []


def test_a_fact_a_limit_a_pack_and_a_day():
    facts = _compared(
        _snapshot(),
        _snapshot(declared_texts=("4.1", "", ""), declared_m2=np.array([41000.0, np.nan, np.nan])),
    )
    assert facts.components == (Component(part="facts"),)
    assert {(one.key_after, one.check) for one in facts.verdicts} == {("1", "declared_area")}
    assert facts.verdicts[0].alone == facts.components

    rules = [one.rule for one in rule_book(DAY).rules.values()]
    most = next(one for one in rules if one.unit == "ha" and isinstance(one.value, float))
    stricter = Override(rule=most.id, value=1.0, by="甲", day=DAY, reason="本地")
    limits = _compared(_snapshot(), _snapshot(limits=[stricter]))
    assert limits.components == (Component(part="limits"),)
    assert {(one.rule, one.alone) for one in limits.verdicts} == {(most.id, limits.components)}

    packs = _compared(
        _snapshot(packs=["geometry_qc"]), _snapshot(packs=["geometry_qc", "overlays"])
    )
    assert packs.components == (Component(part="pack", name="overlays"),)
    assert packs.verdicts
    assert {one.alone for one in packs.verdicts} == {packs.components}

    day = _compared(_snapshot(), _snapshot(day=date(1990, 1, 1)))
    assert day.components == (Component(part="as_of"),)
    assert {one.alone for one in day.verdicts} == {day.components}


def test_two_parts_that_act_only_together():
    """Farmland lies where only the moved parcel is: layer and outline both are needed."""
    far = [BOXES[0], BOXES[1], (9000, 9000, 9200, 9200)]
    report = _compared(
        _snapshot(layers=[overlay("farmland", [(20000, 0, 20100, 100)])]),
        _snapshot(boxes=far, layers=[_farmland(hit=False)]),
    )
    changed = [one for one in report.verdicts if one.check == "farmland" and one.key_after == "3"]
    assert changed
    assert {one.alone for one in changed} == {()}
    assert {one.together for one in changed} == {
        (Component(part="layer", name="farmland"), Component(part="outline"))
    }


def test_an_override():
    plain = _snapshot()
    review = Review(
        batch="b",
        title="t",
        given=(given := CheckInput(parcels=parcels(BOXES, uses=INDUSTRY), book=rule_book(DAY))),
        assessment=assess(given),
    )
    one = next(one for one in review.assessment.of(0) if one.outcome == "unknown")
    same = [x for x in review.assessment.of(0) if (x.check, x.rule) == (one.check, one.rule)]
    content = {
        "check": one.check,
        "rule": one.rule,
        "outcome": "pass",
        "original": "unknown",
        "reason": "现场",
        "until": "2027-01-01",
        "findings": findings_digest(same),
    }
    event = Event(
        batch="b", parcel="1", kind="override", by="甲", at="2026-11-20T00:00:00Z", content=content
    )
    report = _compared(plain, _snapshot(said={"1": (event,)}))
    assert report.components == (Component(part="said"),)
    assert [(v.rule, v.before, v.after, v.alone) for v in report.verdicts] == [
        (one.rule, "unknown", "pass", report.components)
    ]


def test_another_version_is_named_as_the_cause():
    before = _snapshot()
    content = json.loads(canonical_bytes(before.content))
    content["made"]["app"] = "0.1.0"
    finding = next(one for one in content["answers"]["findings"] if one["outcome"] == "unknown")
    finding["outcome"] = "pass"
    report = _compared(seal(content), before)
    assert [one.alone for one in report.verdicts] == [(Component(part="program"),)]


def test_levels_are_compared_without_causes():
    before, after = (
        reduced(one, "partner") for one in (_snapshot(layers=[_farmland()]), _snapshot())
    )
    report = diff(before, after)
    assert not report.is_tried
    assert report.lost_layers == ("farmland",)
    assert diff_lines(report, "en")


def test_kinds_do_not_mix():
    other = replace(two_parcels(), content={**two_parcels().content, "kind": "permu"})
    with pytest.raises(PlannerError) as caught:
        diff(two_parcels(), other)
    assert caught.value.code == "snapshot_diff_kinds"


@pytest.mark.parametrize("section", ["parcels", "answers"])
def test_a_content_that_was_torn_apart_is_told(section):
    torn = seal({**two_parcels().content, section: [{}] if section == "parcels" else {}})
    with pytest.raises(PlannerError) as caught:
        diff(two_parcels(), torn)
    assert caught.value.code == "snapshot_input_unusable"


def test_an_outline_begins_anywhere():
    ring = np.array([(0, 0), (200, 0), (200, 200), (0, 200)], dtype=float)
    turned = shapely.Polygon(np.roll(ring, 2, axis=0)[::-1])
    report = _compared(
        _snapshot(boxes=[BOXES[0]], ids=("a",)), _snapshot(boxes=[turned], ids=("b",))
    )
    assert report.renumbered == 1
