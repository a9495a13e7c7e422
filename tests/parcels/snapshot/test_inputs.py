"""A case that went through a file is the same case: all sections, byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.parsed import Fault, Note
from layers.overlay_kinds import overlay_kinds
from layers.overlay_merge import merged
from parcels.assess import assess
from parcels.checks.model import CheckInput
from parcels.checks.subject import QualityFinding
from parcels.facts import with_facts
from parcels.review import Review
from parcels.reviews.model import Event
from parcels.rules.load import rule_book
from parcels.rules.model import Override
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.review.case import ReviewCase
from parcels.snapshot.review.kind import case_of, parts
from tests.parcels.checks.overlay_samples import overlay, parcels
from tests.parcels.set_samples import HOSTILE, hostile_survey
from tests.parcels.snapshot.samples import DAY, case_of_survey, table_two_case
from tests.parcels.survey_samples import survey, troubled_survey

BOXES = [(0, 0, 100, 100), (100, 0, 200, 100), (50, 50, 150, 150), None, None]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.none() | st.floats() | st.integers(-9, 9).map(float) | st.just(-0.0)


def _again(case, lang="zh"):
    before = canonical_bytes(parts(case, lang))
    back = case_of(json.loads(before))
    assert canonical_bytes(parts(back, lang)) == before
    for at in range(len(case.review.given.parcels)):
        assert back.review.basis(at) == case.review.basis(at)
    return back


def _case(given_to_checks, **said):
    review = Review(
        batch="b" * 64, title=HOSTILE, given=given_to_checks, assessment=assess(given_to_checks)
    )
    return ReviewCase(review=review, day=DAY, **said)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_plan_comes_back(lang):
    back = _again(table_two_case(lang), lang)
    assert back.words == table_two_case(lang).words


@pytest.mark.parametrize("read", [survey, troubled_survey, hostile_survey])
def test_a_survey_comes_back(read):
    case = case_of_survey(
        replace(
            read(),
            rejected=(
                Fault(code="ring_short", where="feature:3", values={"points": 2, "odd": 1.0}),
            ),
        )
    )
    back = _again(case)
    assert back.rejected == case.rejected
    for key, rings in case.rings.items():
        for ring, again in zip(rings, back.rings[key], strict=True):
            assert (ring.is_hole, list(ring.names)) == (again.is_hole, again.names)
            for name in ("north", "east", "lengths"):
                assert np.array_equal(getattr(ring, name), getattr(again, name))


@cache
def _every_layer():
    land = [(0, 0, 120, 90), (110, 10, 300, 300), "LINESTRING (0 0, 300 300)"]
    return [
        overlay(
            kind,
            land[:2] if kind != "road" else land,
            names=[HOSTILE, "=1+1"] + ["x"] * (kind == "road"),
            extent=extent,
            complete=complete,
            accuracy_m=accuracy,
            attributes={"级别": [1.0, None, -0.0][: 2 + (kind == "road")]},
            code_scheme="mnr2023" if kind == "land_use" else None,
        )
        for kind, extent, complete, accuracy in zip(
            overlay_kinds(),
            ["all", "box", (0, 0, 150, 150)] * 30,
            [True, False] * 30,
            [None, 5.0, float("nan"), 0.1] * 30,
            strict=False,
        )
    ]


def test_layers_of_all_kinds_come_back():
    subject = parcels(
        BOXES,
        places=[None, None, None, (0, 0, 90, 90), None],
        accuracy=[0.1, 300, np.nan, 2, 0.1],
        uses=[
            ("1001", "mnr2023", ""),
            ("M1", "gb50137", ""),
            ("", None, "工业"),
            ("", None, HOSTILE),
            ("9", None, ""),
        ],
        attributes={
            "容积率": [1.0, "abc", float("nan"), -1.5, None],
            "b": [True, 1, 2.0, float("inf"), "="],
        },
    )
    layers = {one.kind: one for one in _every_layer()}
    case = _case(CheckInput(parcels=subject, book=rule_book(DAY), overlays=layers))
    back = _again(case)
    assert list(back.review.given.overlays) == list(layers)
    columns = back.review.given.parcels.attributes
    assert list(columns) == ["容积率", "b"]
    assert [str(one) for one in columns["容积率"]] == ["1.0", "abc", "nan", "-1.5", "None"]
    assert [type(one) for one in columns["b"]] == [bool, int, float, float, str]


def test_a_layer_of_two_files_comes_back_with_its_files():
    note = Note(code="crs_assumed", values={"a": 1.0})
    first, second = (
        overlay("farmland", [box], title=str(box), digest=str(box)) for box in BOXES[:2]
    )
    first = replace(
        first,
        report=replace(first.report, digest="1", notes=(note,), remarks=((Fault(code="x"), 2),)),
    )
    both = merged([first, second])
    assert len(both.parts) == 2
    case = _case(
        CheckInput(parcels=parcels(BOXES), book=rule_book(DAY), overlays={"farmland": both})
    )
    again = _again(case).review.given.overlays["farmland"]
    assert [part.title for part in again.parts] == [part.title for part in both.parts]
    assert again.report == both.report
    assert shapely.equals_exact(again.shapes, both.shapes).all()


def _events(review, at):
    said = {
        "batch": review.batch,
        "parcel": review.key(at),
        "by": HOSTILE,
        "at": "2026-11-20T01:02:03Z",
    }
    one = next(one for one in review.assessment.of(at) if one.outcome == "unknown")
    opinion = {
        "verdict": "revise",
        "reason": "\u2028=1+1",
        "parcel": "p",
        "rules": review.given.book.digest,
        "layers": "l",
    }
    override = {
        "check": one.check,
        "rule": one.rule,
        "outcome": "pass",
        "original": "unknown",
        "reason": "看过现场",
        "until": "2027-01-01",
    }
    return (
        Event(kind="comment", content={"text": HOSTILE}, **said),
        Event(kind="fact", content={"key": "far", "value": "1,5"}, **said),
        Event(kind="opinion", content=opinion, **said),
        Event(kind="override", content=override, **said),
        Event(kind="override", content={**override, "rule": "NONE", "until": "2020-01-01"}, **said),
    )


def test_what_people_said_and_local_limits_come_back():
    book = rule_book(DAY)
    rule = next(one.rule for one in book.rules.values() if isinstance(one.rule.value, float))
    local = Override(rule=rule.id, value=rule.value, by="甲", day=date(2026, 1, 1), reason=HOSTILE)
    subject = with_facts(parcels(BOXES[:2]), {1: {"class": "M1", "far": "1,5"}})
    given_to_checks = CheckInput(parcels=subject, book=rule_book(DAY, overrides=[local]))
    case = _case(given_to_checks)
    case = replace(case, selected=(1,), events={"2": _events(case.review, 1)})
    back = _again(case)
    assert back.events == case.events
    content = json.loads(canonical_bytes(parts(back, "zh")))
    assert [one["selected"] for one in content["parcels"]] == [False, True]
    assert [one["counts"] for one in content["parcels"][1]["said"]["overrides"]] == [True, False]
    assert content["parcels"][1]["counts"]["pass"] == content["parcels"][0]["counts"]["pass"] + 1


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(TEXTS, TEXTS, NUMBERS, NUMBERS, st.none() | st.booleans() | TEXTS | NUMBERS),
        min_size=1,
        max_size=3,
    )
)
def test_any_values_come_back(rows):
    ids, names, accuracy, declared, cells = zip(*rows, strict=True)
    count = len(rows)
    finding = QualityFinding(code="Q_AREA", severity="warn", value=accuracy[0], limit=declared[0])
    subject = replace(
        parcels(
            BOXES[:count],
            accuracy=[np.nan if one is None else one for one in accuracy],
            attributes={names[0]: list(cells), "容积率": list(cells)},
        ),
        ids=ids,
        names=names,
        declared_m2=np.array([np.nan if one is None else one for one in declared]),
        plane_m2=np.array([one or np.nan for one in accuracy], dtype=float),
        quality={0: [finding]},
        quality_known=True,
    )
    _again(_case(_small(subject)))


def _small(subject):
    return CheckInput(
        parcels=subject, book=rule_book(DAY, packs=["geometry_qc", "control_index_2023"])
    )


@pytest.mark.parametrize(
    ("steps", "value", "where"),
    [
        (("inputs", "layers", 0, "extent_how"), "guessed", "inputs.layers.0"),
        (("inputs", "layers", 0, "shapes", 0), "POINT", "inputs.layers.0.shapes.0"),
        (("inputs", "layers", 0, "names"), [], "inputs.layers.0"),
        (("inputs", "day"), "soon", "inputs"),
        (("inputs", "parcels", "columns"), [["nix", []]], "inputs.parcels"),
        (("parcels", 0, "accuracy_m"), "0.1", "parcels"),
        (("parcels", 1, "at"), 7, "parcels"),
        (("parcels", 0, "shape"), {"type": "Polygon"}, "parcels.shape.0"),
    ],
)
def test_inputs_that_are_none_are_named(steps, value, where):
    layers = {"farmland": overlay("farmland", BOXES[:1])}
    case = _case(replace(_small(parcels(BOXES[:2])), overlays=layers))
    content = json.loads(canonical_bytes(parts(case, "zh")))
    spot = content
    for step in steps[:-1]:
        spot = spot[step]
    spot[steps[-1]] = value
    with pytest.raises(PlannerError) as caught:
        case_of(content)
    assert caught.value.code == "snapshot_input_unusable"
    assert caught.value.values["where"] == where
