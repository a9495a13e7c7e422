"""The ground: what is near is found, large layers are cut without a loss, threads may ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.crs import to_lonlat
from parcels.planning.conflicts.judging import judge
from parcels.planning.desk.answer import answer_of, look_of
from parcels.planning.ground import prepared as ground_module
from parcels.planning.ground.memory import Memory
from parcels.planning.ground.prepared import ground_of
from parcels.planning.line import Line
from parcels.planning.model import Element, Operation, Scenario
from parcels.rules.load import rule_book
from tests.parcels.checks.overlay_samples import PLANE, TODAY, drawn, overlay, parcels

BOOK = rule_book(TODAY)
GRID = [(x * 50, y * 50, x * 50 + 45, y * 50 + 45) for x in range(30) for y in range(30)]


def test_a_large_layer_is_cut_to_what_is_near_and_keeps_its_numbers(monkeypatch):
    monkeypatch.setattr(ground_module, "FEW", 10)
    layer = overlay("farmland", GRID, extent="box")
    ground = ground_of(book=BOOK, overlays={"farmland": layer})
    near = ground.overlays_near(drawn((100, 100, 200, 200)), 20.0)["farmland"]
    inside = [
        at
        for at, box in enumerate(GRID)
        if box[2] > 75 and box[0] < 225 and box[3] > 75 and box[1] < 225
    ]
    assert {f"#{at + 1}" for at in inside} <= set(near.names)
    assert len(near) < 40
    assert (near.extent, near.complete, near.digest) == (layer.extent, layer.complete, layer.digest)
    assert len(ground.overlays_near(drawn((0, 0, 1, 1)), np.inf)["farmland"]) == len(GRID)


@pytest.mark.parametrize("kind", sorted(ground_module.WHOLE_KINDS))
def test_lines_of_unknown_reach_are_never_cut(kind, monkeypatch):
    monkeypatch.setattr(ground_module, "FEW", 0)
    lines = overlay(kind, ["LINESTRING (0 0, 9 9)", "LINESTRING (90000 0, 90000 9)"])
    ground = ground_of(book=BOOK, overlays={kind: lines})
    assert len(ground.overlays_near(drawn((0, 0, 10, 10)), 5.0)[kind]) == 2


def test_parcels_near_are_those_within_reach_and_those_that_may_lie_anywhere():
    some = parcels(
        [(0, 0, 10, 10), (500, 0, 510, 10), (900, 0, 910, 10), None, (5000, 0, 5010, 10)],
        places=[None, None, None, None, None],
        accuracy=[0.1, 0.1, 800.0, np.nan, 0.1],
    )
    ground = ground_of(book=BOOK, parcels=some)
    assert ground.parcels_near(drawn((20, 0, 30, 10)), 100.0).tolist() == [0, 2, 3]
    alone = ground_of(book=BOOK, parcels=parcels([(5000, 0, 5010, 10), (9000, 0, 9010, 10)]))
    assert alone.parcels_near(drawn((0, 0, 10, 10)), 10.0).tolist() == [0]


def test_many_threads_ask_one_ground():
    layers = {
        "farmland": overlay("farmland", GRID),
        "red_line": overlay("red_line", GRID[::7]),
        "zone": overlay("zone", [(0, 0, 700, 700)]),
    }
    some = parcels(GRID[::5])
    random = np.random.default_rng(3)
    corners = random.uniform(0, 1200, (60, 2))
    sketches = [
        Element(
            id=f"e{at}", kind="parcel", shape=to_lonlat(shapely.box(x, y, x + 160, y + 90), PLANE)
        )
        for at, (x, y) in enumerate(corners)
    ]

    def asked(ground):
        def ask(one):
            return look_of(one, ground, "zh"), [
                (c.layer, c.finding.reason, c.finding.other, c.area_m2)
                for c in judge(one, ground).conflicts
            ]

        return ask

    alone = list(map(asked(ground_of(book=BOOK, overlays=layers, parcels=some)), sketches))
    fresh = {kind: replace(one) for kind, one in layers.items()}
    with ThreadPoolExecutor(4) as pool:
        together = list(
            pool.map(asked(ground_of(book=BOOK, overlays=fresh, parcels=some)), sketches)
        )
    assert together == alone


def test_the_memory_is_bounded():
    memory, made = Memory(most=2), []

    def once(digest):
        return memory.once(digest, lambda: made.append(digest) or digest)

    for digest in ("a", "b", "a", "c", "a", "b"):
        assert once(digest) == digest
    assert made == ["a", "b", "c", "b"]


def test_the_same_input_gives_the_same_answer():
    elements = [
        Element(id="a", kind="extension", shape=drawn((0, 0, 400, 300)), name="甲 {x} <img>"),
        Element(id="b", kind="green", shape=drawn((0, 0, 50, 300))),
        Element(id="c", kind="road", shape=drawn("LINESTRING (0 100, 400 100)"), width_m=12.5),
    ]
    done = Operation(id="o", after=None, kind="start", puts=tuple(elements))
    line = Line(scenario=Scenario(id="s", name="情景", head="o", tip="o"), operations=(done,))
    answers = [
        answer_of(
            line, ground_of(book=BOOK, overlays={"farmland": overlay("farmland", GRID[:50])}), lang
        )
        for lang in ("zh", "zh", "en")
    ]
    assert answers[0] == answers[1]
    assert answers[0]["elements"] == answers[2]["elements"]
    assert answers[0]["conflicts"] != answers[2]["conflicts"]
    assert [one["geometry"] for one in answers[0]["conflicts"]] == [
        one["geometry"] for one in answers[2]["conflicts"]
    ]
