"""Scenarios come back from their snapshot with every step, and run into the same things again."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.planning.comparing.compare import Measured, compare
from parcels.planning.desk.answer import answer_of
from parcels.planning.ground.prepared import ground_of
from parcels.rules.load import rule_book
from parcels.snapshot.building import build
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.scenarios.inputs import lines_of, scenarios_inputs
from parcels.snapshot.scenarios.kind import case_of, parts
from parcels.snapshot.scenarios.opening import scenarios_case, stored_scenarios_case
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from parcels.workspace import load_reference
from tests.parcels.checks.overlay_samples import drawn
from tests.parcels.planning.sketches import element
from tests.parcels.snapshot.kind_samples import (
    demo_lines,
    edited_copy,
    farmland,
    scenarios_sample,
    scenarios_sample_case,
)
from tests.parcels.snapshot.samples import DAY, head


def read_back(snapshot):
    """Read the content as another program would: from its bytes."""
    return case_of(json.loads(canonical_bytes(snapshot.content)))


def test_scenarios_are_measured_again_from_their_snapshot():
    first = scenarios_sample()
    case = read_back(first)
    assert build("scenarios", case, head(first.content["title"])).digest == first.digest


def test_each_scenario_says_what_its_page_says():
    case = scenarios_sample_case()
    content = scenarios_sample().content
    for line, said, drawn_part in zip(
        case.lines, content["answers"]["scenarios"], content["scenarios"], strict=True
    ):
        page = answer_of(line, case.ground, "zh")
        assert [one["message"] for one in said["conflicts"]] == [
            one["message"] for one in page["conflicts"]
        ]
        assert {one["element"]: one["outcome"] for one in said["judged"]} == {
            name: one["outcome"] for name, one in page["judged"].items()
        }
        ledger = {one["part"]: one["area_m2"] for one in said["ledger"]["lines"]}
        assert ledger == {part: page["ledger"][f"{part}_m2"] for part in ledger}
        assert [one["id"] for one in drawn_part["elements"]] == [
            one["id"] for one in page["elements"]
        ]


def test_conflicts_and_indices_are_cited_by_ids_of_their_own():
    scenarios = scenarios_sample().content["answers"]["scenarios"]
    conflicts = [one["id"] for each in scenarios for one in each["conflicts"]]
    indices = [one["id"] for each in scenarios for one in each["indices"]["indices"]]
    assert conflicts == [f"S{at}" for at in range(1, len(conflicts) + 1)]
    assert indices == [f"I{at}" for at in range(1, len(indices) + 1)]


def test_differences_are_led_back_to_steps_with_name_and_time():
    case = scenarios_sample_case()
    first, second, third = case.lines
    rows = {
        one["metric"]: one for one in scenarios_sample().content["answers"]["comparison"]["rows"]
    }
    truth = {one.metric: one for one in compare(first, third, Measured(case.measuring.figures))}
    gross = rows["gross"]["differences"][1]
    assert Fraction(gross["change"]) == pytest.approx(float(truth["gross"].change))
    assert sum(one["change"] for one in gross["causes"]) == pytest.approx(gross["change"])
    (last,) = gross["causes"][-1]["steps"]
    assert (last["number"], last["by"], last["at"]) == (7, "李工", "2026-11-21T09:30:00Z")
    assert rows["road"]["differences"][1]["change"] is None
    assert rows["gross"]["differences"][0]["scenario"] == second.scenario.id


def test_balance_stands_in_both_schemes_and_adds_up():
    for said in scenarios_sample().content["answers"]["scenarios"]:
        assert [one["scheme"] for one in said["balance"]] == ["gb50137", "mnr2023"]
        for one in said["balance"]:
            parts_of_it = [row["area_m2"] for row in one["rows"] if row["standing"] != "group"]
            assert sum(parts_of_it) == pytest.approx(one["total_m2"])


def test_land_of_a_classified_size_is_told():
    (notice,) = scenarios_sample().content["answers"]["notices"]
    assert notice["code"] == "sensitive"
    assert len(notice["scenarios"]) == 3


def test_steps_that_were_undone_stay_at_home():
    line = demo_lines()[1]
    undone = replace(line, scenario=replace(line.scenario, head=line.operations[-2].id))
    (kept,) = small_case(undone).lines
    assert kept.operations == line.operations[:-1]
    assert kept.scenario.tip == kept.scenario.head == line.operations[-2].id


def test_nothing_loaded_and_nothing_surveyed_is_no_secret():
    case = small_case(demo_lines()[0])
    answers = parts(case, "zh")["answers"]
    assert answers["notices"] == []
    assert answers["comparison"] is None


def small_case(*lines, overlays=None):
    """Give a case without parcels and reference layers: quick to judge."""
    ground = ground_of(
        book=rule_book(DAY, packs=["expansion"]), overlays=overlays or {}, plane_at=(112.53, 32.9)
    )
    return scenarios_case(lines, ground, reference=replace(load_reference(), layers=()))


TYPED = st.text(st.characters(codec="utf-8"), max_size=9)
METRES = st.none() | st.floats(0, 1e4)
ELEMENTS = st.builds(
    lambda key, corner, stated: element(
        f"{key:032x}", drawn((corner, corner, corner + 300, corner + 200)), **stated
    ),
    st.integers(0, 3),
    st.floats(-9000, 9000),
    st.fixed_dictionaries(
        {
            "name": TYPED,
            "code": TYPED,
            "scheme": st.sampled_from(["", "gb50137", "mnr2023"]),
            "accuracy_m": METRES,
            "year": st.none() | st.integers(2000, 2100),
            "source": TYPED,
            "attributes": st.dictionaries(TYPED, TYPED, max_size=3),
        }
    ),
)
SETTINGS = st.dictionaries(
    st.sampled_from(["road_widths", "setback_m", "?"]) | TYPED,
    TYPED | st.floats(allow_nan=False) | st.dictionaries(TYPED, TYPED | st.integers(), max_size=2),
    max_size=3,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(puts=st.lists(ELEMENTS, min_size=1, max_size=3), name=TYPED, stated=SETTINGS)
def test_whatever_was_drawn_and_typed_comes_back(puts, name, stated):
    line = edited_copy(demo_lines()[2], name=name, puts=tuple(puts))
    line = replace(line, scenario=replace(line.scenario, settings=stated))
    case = small_case(line, overlays={"farmland": farmland()})
    plain = json.loads(canonical_bytes(scenarios_inputs(case)))
    (back,) = lines_of(plain)
    assert back.scenario == line.scenario
    assert back.operations == line.operations
    assert list(back.scenario.settings) == list(stated)
    assert canonical_bytes(parts(case_of(as_content(case)), "zh")) == canonical_bytes(
        parts(case, "zh")
    )


def as_content(case):
    return json.loads(canonical_bytes(build("scenarios", case, head("x")).content))


def test_scenarios_of_the_store_are_opened_by_their_ids(tmp_path):
    store = open_store(tmp_path / "store.sqlite")
    line = demo_lines()[0]
    store.create(SINGLE_DESK, line.scenario, line.operations, key="k")
    case = stored_scenarios_case(
        store,
        SINGLE_DESK,
        [line.scenario.id],
        book=rule_book(DAY, packs=["expansion"]),
        overlays={},
    )
    assert case.lines[0].state.keys() == line.state.keys()
    assert len(case.ground.parcels) == 9


@pytest.mark.parametrize("count", [0, 2, 5])
def test_none_more_than_four_or_one_twice_is_refused(count):
    case = scenarios_sample_case()
    with pytest.raises(PlannerError, match="snapshot_scenarios_count"):
        replace(case, lines=(case.lines[0],) * count)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("operations", 0, "kind"), "verkaufen", "inputs.operations.0"),
        (("operations", 0, "parameters"), "{", "inputs.operations.0"),
        (("operations", 0, "puts", 0, "shape"), "00", "inputs.operations.0"),
        (("operations", 0, "puts", 0, "kind"), "river", "inputs.operations.0"),
        (("lines", 1, "operations"), ["?"], "inputs.lines.1"),
        (("lines", 0, "scenario", "head"), "?", "inputs.lines.0"),
        (("lines", 0, "scenario", "settings"), None, "inputs.lines.0"),
        (("ground", "centre"), [1], "inputs.ground"),
        (("ground", "backdrops", 2, "names"), [], "inputs.ground.backdrops.2"),
        (("ground", "parcels", "shapes"), [3], "inputs.ground.parcels.shapes.0"),
        (("around", "zone"), {}, "inputs.around"),
    ],
)
def test_inputs_that_are_unfit_are_named(path, value, where):
    content = json.loads(canonical_bytes(scenarios_sample().content))
    held = content["inputs"]
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    with pytest.raises(PlannerError) as caught:
        case_of(content)
    assert caught.value.code == "snapshot_input_unusable"
    assert caught.value.values["where"] == where
