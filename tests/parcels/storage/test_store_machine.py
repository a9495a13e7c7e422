"""The store against a plain dictionary: whatever is asked in whatever order, both know the same."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from geo.errors import PlannerError
from parcels.planning.model import Element, Operation, Scenario
from parcels.storage.access import Actor
from parcels.storage.store import open_store

PEOPLE = (Actor("甲", "planner"), Actor("乙", "admin"))
TEMPLATE = Path(tempfile.mkdtemp()) / "planner.sqlite"
NAMES = st.sampled_from(["", "扩区 “一”", "a\tb\\n", "'; DROP TABLE scenario; --", "{{7*7}}", "𠮷"])


@dataclass
class Known:
    """What a scenario must be."""

    parent: str | None
    base: str | None
    chain: list[Operation]  # from the first of all to the tip
    head: int  # how many of them are done
    version: int = 1
    name: str = ""
    archived: bool = False
    settings: dict = field(default_factory=dict)

    @property
    def base_at(self) -> int:
        ids = [None, *(one.id for one in self.chain)]
        return ids.index(self.base)

    @property
    def head_id(self) -> str | None:
        return self.chain[self.head - 1].id if self.head else None

    def state(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for one in self.chain[: self.head]:
            for dropped in one.drops:
                found.pop(dropped, None)
            for put in one.puts:
                found[put.id] = put
        return found


class StoreMachine(RuleBasedStateMachine):
    """Two people, a tree of scenarios, saves that are late, early, repeated and forged."""

    scenarios = Bundle("scenarios")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        if not TEMPLATE.exists():
            open_store(TEMPLATE).scenarios(PEOPLE[0])
        shutil.copy(TEMPLATE, self.folder / "planner.sqlite")
        self.store = open_store(self.folder / "planner.sqlite")
        self.known: dict[str, Known] = {}
        self.answers: list[tuple] = []  # what was asked, and what was answered
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            assert self.store.verify().flaws == ()
            shutil.rmtree(self.folder)

    def next(self) -> str:
        self.number += 1
        return f"{self.number:032x}"

    def operation(self, after: str | None, alive: list[str], who: Actor, data) -> Operation:
        number = self.next()
        named = data.draw(
            st.lists(st.sampled_from([*alive, f"e{number}"]), max_size=2, unique=True)
        )
        puts = tuple(
            Element(
                id=name,
                kind="extension",
                shape=shapely.box(112.5, 32.9, 112.5 + self.number / 7, 33.0),
                name=data.draw(NAMES),
                attributes={"备注": number},
            )
            for name in named
        )
        gone = data.draw(st.lists(st.sampled_from(alive), max_size=1)) if alive else []
        drops = tuple(one for one in gone if one not in named)
        at = f"2026-11-22T08:{self.number % 60:02}:00Z"
        return Operation(
            id=number, after=after, kind="draw", puts=puts, drops=drops, by=who.name, at=at
        )

    def saved(self, call, *asked, **named):
        """Ask, and keep what was asked for a repetition."""
        answer = call(*asked, **named)
        self.answers.append((call, asked, named, answer))
        return answer

    @rule(target=scenarios, who=st.sampled_from(PEOPLE), name=NAMES, data=st.data())
    def create(self, who, name, data) -> str:
        new = self.next()
        operations = [
            self.operation(None, [], who, data) for _ in range(data.draw(st.integers(0, 1)))
        ]
        made = Scenario(id=new, name=name, made_at="2026-11-22T08:00:00Z", settings={"a": [1.5]})
        answer = self.saved(self.store.create, who, made, operations, key=f"k{new}")
        self.known[new] = Known(
            None, None, operations, len(operations), name=name, settings={"a": [1.5]}
        )
        self.check(new, answer)
        return new

    @rule(target=scenarios, parent=scenarios, who=st.sampled_from(PEOPLE), data=st.data())
    def fork(self, parent, who, data) -> str:
        new, known = self.next(), self.known[parent]
        at = data.draw(st.integers(0, len(known.chain)))
        base = known.chain[at - 1].id if at else None
        made = Scenario(id=new, name="叉", parent=parent, base=base, made_at="2026-11-22T08:00:00Z")
        answer = self.saved(self.store.create, who, made, key=f"k{new}")
        self.known[new] = Known(parent, base, known.chain[:at], at, name="叉")
        self.check(new, answer)
        return new

    @rule(scenario=scenarios, who=st.sampled_from(PEOPLE), data=st.data())
    def add(self, scenario, who, data) -> None:
        known = self.known[scenario]
        made = self.operation(known.head_id, [*known.state()], who, data)
        answer = self.saved(
            self.store.add, who, scenario, made, seen=known.version, key=f"k{made.id}"
        )
        known.chain = [*known.chain[: known.head], made]
        known.head += 1
        known.version += 1
        self.check(scenario, answer)

    @rule(scenario=scenarios, who=st.sampled_from(PEOPLE), data=st.data())
    def move(self, scenario, who, data) -> None:
        known = self.known[scenario]
        known.head = data.draw(st.integers(known.base_at, len(known.chain)))
        answer = self.saved(
            self.store.move,
            who,
            scenario,
            known.head_id,
            seen=known.version,
            key=self.next(),
            at="t",
        )
        known.version += 1
        self.check(scenario, answer)

    @rule(scenario=scenarios, name=st.none() | NAMES, archived=st.none() | st.booleans())
    def change(self, scenario, name, archived) -> None:
        known, who = self.known[scenario], PEOPLE[1]
        given = {"name": name, "archived": archived, "settings": {"n": self.number}}
        answer = self.saved(
            self.store.change, who, scenario, seen=known.version, key=self.next(), at="t", **given
        )
        known.name = known.name if name is None else name
        known.archived = known.archived if archived is None else archived
        known.settings = given["settings"]
        known.version += 1
        self.check(scenario, answer)

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def repeat(self, data) -> None:
        call, asked, named, answer = data.draw(st.sampled_from(self.answers))
        assert call(*asked, **named) == answer

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def use_a_key_again_for_something_else(self, data) -> None:
        _, asked, named, _ = data.draw(st.sampled_from(self.answers))
        scenario = asked[1] if isinstance(asked[1], str) else asked[1].id
        with pytest.raises(PlannerError, match="save_key_reused"):
            self.store.change(asked[0], scenario, seen=1, key=named["key"], at="t", name="别的")

    @rule(scenario=scenarios, late=st.integers(-2, 2).filter(bool), data=st.data())
    def save_on_another_version(self, scenario, late, data) -> None:
        known = self.known[scenario]
        made = self.operation(known.head_id, [], PEOPLE[0], data)
        with pytest.raises(PlannerError, match="scenario_moved_on") as raised:
            self.store.add(PEOPLE[0], scenario, made, seen=known.version + late, key=f"k{made.id}")
        assert raised.value.values["version"] == known.version

    @rule(scenario=scenarios, data=st.data())
    def add_what_does_not_follow(self, scenario, data) -> None:
        known = self.known[scenario]
        elsewhere = [
            one
            for one in (None, *(step.id for step in known.chain), "nowhere")
            if one != known.head_id
        ]
        made = self.operation(data.draw(st.sampled_from(elsewhere)), [], PEOPLE[0], data)
        with pytest.raises(PlannerError, match="operation_out_of_line"):
            self.store.add(PEOPLE[0], scenario, made, seen=known.version, key=f"k{made.id}")

    @rule(scenario=scenarios)
    def move_out_of_reach(self, scenario) -> None:
        known = self.known[scenario]
        before = [None, *(one.id for one in known.chain)][: known.base_at]
        for head in ["nowhere", *before[-1:]]:
            with pytest.raises(PlannerError, match="operation_out_of_line"):
                self.store.move(
                    PEOPLE[0], scenario, head, seen=known.version, key=self.next(), at="t"
                )

    @rule()
    def reopen(self) -> None:
        self.store = open_store(self.folder / "planner.sqlite")
        bound = [
            (getattr(self.store, call.__name__), asked, named, answer)
            for call, asked, named, answer in self.answers
        ]
        self.answers = bound

    def check(self, scenario, answer) -> None:
        line, known = self.store.line(PEOPLE[0], scenario), self.known[scenario]
        assert line.scenario == answer
        assert list(line.operations) == known.chain
        assert line.state == known.state()
        assert list(line.state) == list(known.state())
        said = (line.scenario.version, line.scenario.name, line.scenario.archived)
        assert said == (known.version, known.name, known.archived)
        assert line.scenario.settings == known.settings
        assert (line.scenario.parent, line.scenario.base) == (known.parent, known.base)
        assert [one.id for one in line.own] == [
            one.id for one in known.chain[known.base_at : known.head]
        ]

    @invariant()
    def the_list_is_complete(self) -> None:
        if not hasattr(self, "store"):
            return
        every = self.store.scenarios(PEOPLE[0], archived=True)
        assert [one.id for one in every] == list(self.known)
        assert [one.id for one in self.store.scenarios(PEOPLE[0])] == [
            name for name, known in self.known.items() if not known.archived
        ]


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_an_operation_comes_back_with_the_name_of_who_saved_it(tmp_path):
    store = open_store(tmp_path / "planner.sqlite")
    store.create(PEOPLE[0], Scenario(id="s", name="", made_at="t"), key="k")
    made = Operation(id="o", after=None, kind="draw", by="somebody else", at="t")
    store.add(PEOPLE[0], "s", made, seen=1, key="k2")
    assert store.line(PEOPLE[0], "s").operations == (replace(made, by="甲"),)
