"""Properties of the checks on uses: less knowledge never makes a verdict better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcels.checks.adjacency import run as adjacency
from parcels.checks.separation import run as separation
from parcels.findings import RANK
from tests.parcels.checks import overlay_samples as samples

CODES = ["R2", "A33", "M", "M1", "M2", "M3", "W", "W3", "U2", "B41", "G2", "S1", ""]
SETTLED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
boxes = st.tuples(*[st.integers(0, 60)] * 2, st.integers(1, 20), st.integers(1, 20)).map(
    lambda b: (10 * b[0], 10 * b[1], 10 * (b[0] + b[2]), 10 * (b[1] + b[3]))
)
pieces = st.lists(st.tuples(boxes, st.sampled_from(CODES)), min_size=1, max_size=5)
accuracies = st.sampled_from([0.1, 0.1, 5.0, 40.0])


@st.composite
def situations(draw):
    own = draw(pieces)
    subject = samples.parcels(
        [box for box, _ in own],
        accuracy=[draw(accuracies) for _ in own],
        uses=[(code, "gb50137", "") for _, code in own],
    )
    around = draw(st.lists(st.tuples(boxes, st.sampled_from(CODES)), max_size=4))
    layers = [
        samples.overlay(
            "land_use",
            [box for box, _ in around],
            codes=[code for _, code in around],
            code_scheme="gb50137",
            complete=draw(st.booleans()),
        ),
        *(
            samples.overlay(kind, [draw(boxes)], codes=["厂房"])
            for kind in ("sewage", "hazard_a", "hospital_sensitive", "school", "railway", "road")
        ),
    ]
    return subject, layers


def worst(run, subject, layers):
    """Worst outcome of each parcel."""
    ranks = np.full(len(subject), 9)
    for one in samples.findings(run, samples.given(subject, *layers)):
        ranks[one.parcel] = min(ranks[one.parcel], RANK[one.outcome])
    assert (ranks < 9).all()
    return ranks


@SETTLED
@given(situations(), st.data())
def test_a_layer_that_is_switched_off_never_makes_a_pass(situation, data) -> None:
    subject, layers = situation
    kept = data.draw(st.sets(st.sampled_from([one.kind for one in layers])))
    for run in (adjacency, separation):
        before = worst(run, subject, layers)
        after = worst(run, subject, [one for one in layers if one.kind in kept])
        better = (after >= RANK["pass"]) & (before < RANK["pass"])
        assert not better.any()


@SETTLED
@given(situations(), st.sampled_from([1.0, 30.0, 500.0, float("nan")]))
def test_a_place_that_is_less_sure_never_settles_anything(situation, more) -> None:
    subject, layers = situation
    rougher = replace(subject, accuracy_m=subject.accuracy_m + more)
    for run in (adjacency, separation):
        before, after = worst(run, subject, layers), worst(run, rougher, layers)
        settled = after != RANK["unknown"]
        assert (after[settled] == before[settled]).all()


@SETTLED
@given(situations(), st.data())
def test_what_a_place_settles_holds_for_every_outline_in_it(situation, data) -> None:
    subject, layers = situation
    at = data.draw(st.integers(0, len(subject) - 1))
    west, south, east, north = data.draw(boxes)
    inner = data.draw(st.tuples(*[st.floats(0.05, 0.9)] * 4))
    x, y = (west + inner[0] * (east - west), south + inner[1] * (north - south))
    outline = (x, y, x + inner[2] * (east - x), y + inner[3] * (north - y))
    drawn = [list(subject.shapes), list(subject.shapes)]
    drawn[0][at], drawn[1][at] = None, samples.drawn(outline)
    places = [None] * len(subject)
    places[at] = samples.drawn((west, south, east, north))
    accuracy = subject.accuracy_m.copy()
    accuracy[at] = 0.0
    base = replace(subject, accuracy_m=accuracy)
    rough = replace(base, shapes=samples.objects(drawn[0]), places=samples.objects(places))
    exact = replace(base, shapes=samples.objects(drawn[1]))
    for run in (adjacency, separation):
        before, after = worst(run, exact, layers)[at], worst(run, rough, layers)[at]
        assert after in {before, RANK["unknown"]}


@SETTLED
@given(situations())
def test_an_open_class_is_never_better_than_its_worst_reading(situation) -> None:
    subject, layers = situation
    whole = {"M": ("M1", "M2", "M3"), "W": ("W1", "W2", "W3")}
    rows = [at for at, use in enumerate(subject.uses) if use.code in whole]
    for run in (adjacency, separation):
        opened = worst(run, subject, layers)
        for at in rows:
            read = []
            for code in whole[subject.uses[at].code]:
                uses = [(one.code, "gb50137", "") for one in subject.uses]
                uses[at] = (code, "gb50137", "")
                settled = replace(subject, uses=tuple(samples.use_of(*one) for one in uses))
                read.append(worst(run, settled, layers)[at])
            if opened[at] == RANK["fail"]:
                assert set(read) == {RANK["fail"]}
            if opened[at] >= RANK["pass"]:
                assert min(read) >= RANK["pass"]


@SETTLED
@given(situations(), st.randoms())
def test_the_order_of_parcels_changes_nothing(situation, random) -> None:
    subject, layers = situation
    order = list(range(len(subject)))
    random.shuffle(order)
    moved = replace(
        subject,
        ids=tuple(subject.ids[at] for at in order),
        names=tuple(subject.names[at] for at in order),
        shapes=subject.shapes[order],
        accuracy_m=subject.accuracy_m[order],
        uses=tuple(subject.uses[at] for at in order),
    )
    for run in (adjacency, separation):
        here = samples.findings(run, samples.given(subject, *layers))
        there = samples.findings(run, samples.given(moved, *layers))
        assert _told(here, subject) == _told(there, moved)


def _told(found, subject):
    return sorted(
        (subject.ids[one.parcel], one.outcome, one.reason, one.rule, one.other) for one in found
    )
