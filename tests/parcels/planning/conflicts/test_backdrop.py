"""Reference features under a sketch: told with their accuracy, never as a certainty they lack."""

from __future__ import annotations

import numpy as np
import pytest

from parcels.finding_words import finding_text
from parcels.messages import LANGUAGES
from parcels.planning.conflicts.judging import judge
from parcels.planning.ground.prepared import Backdrop, ground_of
from parcels.planning.model import Element
from parcels.rules.load import rule_book
from tests.parcels.checks.overlay_samples import TODAY, drawn, overlay

BOOK = rule_book(TODAY)


def layer(*shapes, kind="road", accuracy=2000.0):
    return Backdrop(
        id=f"{kind}s",
        kind=kind,
        title={"zh": "参照", "en": "Reference"},
        names=tuple(f"F{at}" for at in range(len(shapes))),
        shapes=np.array([drawn(one) for one in shapes], dtype=object),
        accuracy_m=np.full(len(shapes), accuracy),
        width_m=np.full(len(shapes), np.nan),
    )


def told(backdrop, kind="extension", shape=(0, 0, 1000, 1000)):
    ground = ground_of(book=BOOK, backdrops=[backdrop])
    found = judge(Element(id="e", kind=kind, shape=drawn(shape)), ground).conflicts
    return [one for one in found if one.finding.check == "sketch_backdrop"]


CROSSING, NEAR, FAR = (
    "LINESTRING (-50 500, 1050 500)",
    "LINESTRING (0 -900, 1000 -900)",
    "LINESTRING (0 -9000, 9 -9000)",
)


@pytest.mark.parametrize(
    ("backdrop", "expected"),
    [
        (layer(CROSSING), [("unknown", "sketch_crosses_roughly")]),
        (layer(CROSSING, accuracy=0.5), [("warning", "sketch_crosses")]),
        (layer(CROSSING, accuracy=np.nan), [("unknown", "sketch_crosses_unstated")]),
        (layer(NEAR), [("unknown", "sketch_may_cross")]),
        (layer(NEAR, accuracy=0.5), []),
        (layer(FAR), []),
        (layer(CROSSING, NEAR, FAR), [("unknown", "sketch_crosses_roughly"), ("unknown", "sketch_may_cross")]),
        (layer((200, 200, 400, 400), kind="park"), [("unknown", "sketch_crosses_roughly")]),
        (layer("POINT (500 500)", kind="landmark"), [("unknown", "sketch_holds_roughly")]),
        (layer("LINESTRING (0 0, 1000 0)", accuracy=0.5), [("warning", "sketch_crosses")]),
        (layer("LINESTRING (0 -100, 0 0)", accuracy=0.5), []),
        (layer((1000, 0, 2000, 1000), kind="park", accuracy=0.5), []),
    ],
    ids=str,
)  # fmt: skip
def test_what_lies_across_a_sketch(backdrop, expected):
    found = told(backdrop)
    assert [(one.finding.outcome, one.finding.reason) for one in found] == expected
    for one in found:
        for lang in LANGUAGES:
            assert finding_text(lang, one.finding)


def test_lengths_and_areas_are_those_inside():
    (line,) = told(layer(CROSSING))
    assert (line.finding.unit, line.finding.measured) == ("m", pytest.approx(1000, rel=1e-4))
    (park,) = told(layer((200, 200, 400, 400), kind="park"))
    assert park.area_m2 == pytest.approx(40_000, rel=1e-4)
    assert park.finding.share == pytest.approx(0.04, rel=1e-3)


def test_an_extension_inside_the_loaded_zone_is_told_and_a_parcel_is_not():
    zone = overlay("zone", [(0, 0, 400, 1000)], names=["高新区"])
    ground = ground_of(
        book=BOOK, overlays={"zone": zone}, backdrops=[layer((0, 0, 9, 9), kind="zone")]
    )
    extension = Element(id="e", kind="extension", shape=drawn((0, 0, 1000, 1000)))
    (found,) = [one for one in judge(extension, ground).conflicts if one.layer == "zone"]
    assert (found.finding.outcome, found.finding.other) == ("warning", "高新区")
    assert found.area_m2 == pytest.approx(400_000, rel=1e-4)
    inside = Element(id="p", kind="parcel", shape=drawn((0, 0, 100, 100)))
    assert [one for one in judge(inside, ground).conflicts if one.layer == "zone"] == []


def test_what_an_element_is_drawn_along_on_purpose_is_not_told():
    assert told(layer(CROSSING), kind="road") == []
    assert told(layer((0, 0, 50, 50), kind="water"), kind="green") == []
