"""Random work on a tree of scenarios, against lists of the states that were seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from geo.errors import PlannerError
from parcels.planning.editing.workbench import Workbench
from parcels.planning.line import Line, path_to, state_after
from parcels.planning.model import Scenario
from parcels.storage.access import SINGLE_DESK
from tests.parcels.planning.sketches import box, geojson

BOXES = st.builds(
    lambda x, y, w, h: geojson(box(x * 40, y * 40, (x + w) * 40, (y + h) * 40)),
    *[st.integers(0, 5)] * 2,
    *[st.integers(1, 4)] * 2,
)
WHICH = st.integers(0, 30)


class Memory:
    """Scenarios and operations in dictionaries."""

    def __init__(self):
        self.scenarios, self.operations = {}, {}

    def line(self, _actor, name):
        found = self.scenarios[name]
        return Line(scenario=found, operations=path_to(found.tip, self.operations))

    def saved(self, _actor, _name, _key):
        return None

    def create(self, scenario):
        self.scenarios[scenario.id] = scenario

    def add(self, _actor, name, operation, *, seen, **_):
        self.operations[operation.id] = operation
        return self._save(name, seen, head=operation.id, tip=operation.id)

    def move(self, _actor, name, head, *, seen, **_):
        return self._save(name, seen, head=head)

    def _save(self, name, seen, **changed):
        assert self.scenarios[name].version == seen
        self.scenarios[name] = replace(self.scenarios[name], version=seen + 1, **changed)
        return self.scenarios[name]


class Work(RuleBasedStateMachine):
    """Each scenario has the states it went through, where it stands, and where its own begin."""

    @initialize()
    def begin(self):
        self.memory, self.keys = Memory(), 0
        self.memory.create(Scenario(id="0", name="0"))
        self.seen = {"0": [{}]}
        self.stands, self.floor = {"0": 0}, {"0": 0}

    def bench(self, which):
        name = list(self.seen)[which % len(self.seen)]
        return name, Workbench(self.memory, SINGLE_DESK, name)

    def do(self, name, bench, command):
        self.keys += 1
        version = self.memory.scenarios[name].version
        return bench.do(command, seen=version, key=str(self.keys), at="")

    def edit(self, which, command):
        """Do a command; None where it was refused, which must leave everything as it was."""
        name, bench = self.bench(which)
        try:
            line = self.do(name, bench, command)
        except PlannerError:
            return None
        at = self.stands[name]
        self.seen[name] = [*self.seen[name][: at + 1], dict(line.state)]
        self.stands[name] = at + 1
        return line

    def element(self, which, of):
        name, _ = self.bench(which)
        known = sorted({one for state in self.seen[name] for one in state})
        return known[of % len(known)] if known else "nothing"

    @rule(which=WHICH, shape=BOXES)
    def draw(self, which, shape):
        name, _ = self.bench(which)
        before = self.seen[name][self.stands[name]]
        line = self.edit(which, {"do": "draw", "kind": "parcel", "geometry": shape})
        assert list(line.state)[:-1] == list(before)
        assert {one: line.state[one] for one in before} == before

    @rule(which=WHICH, of=WHICH, shape=BOXES)
    def reshape(self, which, of, shape):
        element = self.element(which, of)
        self.edit(which, {"do": "vertices", "element": element, "geometry": shape})

    @rule(which=WHICH, of=WHICH)
    def delete(self, which, of):
        element = self.element(which, of)
        line = self.edit(which, {"do": "delete", "elements": [element]})
        assert line is None or element not in line.state

    @rule(which=WHICH, shape=BOXES)
    def cut(self, which, shape):
        self.edit(which, {"do": "cut", "geometry": shape})

    @rule(which=WHICH)
    def undo(self, which):
        self.step(which, "undo", -1)

    @rule(which=WHICH)
    def redo(self, which):
        self.step(which, "redo", 1)

    def step(self, which, command, by):
        name, bench = self.bench(which)
        to = self.stands[name] + by
        if not self.floor[name] <= to < len(self.seen[name]):
            with pytest.raises(PlannerError, match=f"nothing_to_{command}"):
                self.do(name, bench, {"do": command})
            return
        self.stands[name] = to
        assert self.do(name, bench, {"do": command}).state == self.seen[name][to]

    @rule(which=WHICH)
    def fork(self, which):
        name, _ = self.bench(which)
        parent, child = self.memory.scenarios[name], str(len(self.seen))
        head = parent.head
        self.memory.create(
            Scenario(id=child, name=child, parent=name, base=head, head=head, tip=head)
        )
        at = self.stands[name]
        self.seen[child] = self.seen[name][: at + 1]
        self.stands[child] = self.floor[child] = at

    @rule(which=WHICH, of=WHICH, back=WHICH)
    def revert(self, which, of, back):
        name, bench = self.bench(which)
        line, at = bench.line(), self.stands[name]
        to = line.done[back % at].id if at else None
        element, before = self.element(which, of), line.state
        after = self.edit(which, {"do": "revert", "element": element, "to": to})
        if after is None:
            return
        then = self.seen[name][back % at + 1] if at else {}
        assert after.state.get(element) == then.get(element)
        others = {one: shape for one, shape in after.state.items() if one != element}
        assert others == {one: shape for one, shape in before.items() if one != element}

    @rule(which=WHICH, there=WHICH, step=WHICH)
    def pick(self, which, there, step):
        other, bench = self.bench(there)
        steps = bench.line().done
        if steps:
            chosen = steps[step % len(steps)]
            line = self.edit(
                which,
                {"do": "pick", "operation": chosen.id, "scenario": other, "replace": True},
            )
            assert line is None or all(line.state[one.id] == one for one in chosen.puts)

    @invariant()
    def every_scenario_is_what_was_last_seen_of_it(self):
        for name, states in getattr(self, "seen", {}).items():
            line = self.memory.line(SINGLE_DESK, name)
            assert line.state == state_after(line.done) == states[self.stands[name]]
            assert line.inherited == states[self.floor[name]]
            assert len(line.own) == self.stands[name] - self.floor[name]


TestWork = Work.TestCase
TestWork.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
