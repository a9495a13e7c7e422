"""What a scenario must hold after each save, worked out beside the store with plain dictionaries.

Every save follows from its number and from what was saved before, so that a killed writer and
the one who judges it need to agree on nothing but numbers.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Any

import shapely

from parcels.planning.model import Element, Operation, Scenario

if TYPE_CHECKING:
    from parcels.planning.line import Line
    from parcels.storage.access import Actor
    from parcels.storage.store import Store

BIG_SHAPE = 4000
"""Vertices of a shape that needs many pages of a database file."""


@dataclass(frozen=True, slots=True)
class Save:
    """One save: all of it follows from its number and the model that it is made for."""

    do: str
    number: int
    seen: int
    operation: Operation | None = None
    head: str | None = None
    settings: dict[str, Any] | None = None
    draft: dict[str, Any] | None = None

    @property
    def key(self) -> str:
        return f"key-{self.number}"

    @property
    def at(self) -> str:
        """A clock that jumps about: order must come from versions."""
        return f"2026-11-{1 + self.number * 7 % 28:02d}T08:00:{self.number % 60:02d}Z"


@dataclass(frozen=True, slots=True)
class Model:
    """A scenario as it must be.

    Attributes
    ----------
    chain : tuple of Operation
        From the first to the tip.
    undone : int
        How many of them, from the end, are undone.
    """

    scenario: str
    owner: str = ""
    version: int = 0
    chain: tuple[Operation, ...] = ()
    undone: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] | None = None

    @classmethod
    def of(cls, line: Line) -> Model:
        """Take what a store holds for what must be there."""
        kept = line.scenario
        undone, settings = len(line.undone), dict(kept.settings)
        return cls(kept.id, kept.owner, kept.version, line.operations, undone, settings)

    @property
    def done(self) -> tuple[Operation, ...]:
        return self.chain[: len(self.chain) - self.undone]

    @property
    def head(self) -> str | None:
        return self.done[-1].id if self.done else None

    @property
    def tip(self) -> str | None:
        return self.chain[-1].id if self.chain else None

    def next(self, number: int) -> Save:
        """Choose what to save next."""
        if self.version == 0:
            return Save("create", number, 0)
        dice = _dice(number)
        do = dice.choices(["add", "undo", "redo", "change", "draft"], [10, 3, 2, 1, 2])[0]
        if do == "undo" and self.done:
            back = dice.randint(1, min(3, len(self.done)))
            head = self.done[-1 - back].id if back < len(self.done) else None
            return Save("move", number, self.version, head=head)
        if do == "redo" and self.undone:
            return Save("move", number, self.version, head=self.chain[len(self.done)].id)
        if do == "change":
            return Save("change", number, self.version, settings={"quota": {"2027": number}})
        if do == "draft":
            return Save("draft", number, self.version, draft={"points": [[112.5, number]]})
        operation = _operation(number, self)
        return Save("add", number, self.version, operation=operation)

    def after(self, save: Save) -> Model:
        """Give what must be there once a save is through."""
        if save.do == "draft":
            return replace(self, draft=save.draft)
        new = replace(self, version=self.version + 1)
        if save.do == "add":
            assert save.operation is not None
            return replace(new, chain=(*self.done, save.operation), undone=0)
        if save.do == "move":
            ids = [None, *(one.id for one in self.chain)]
            return replace(new, undone=len(self.chain) - ids.index(save.head))
        return replace(new, settings=save.settings) if save.settings else new

    def faults(self, line: Line) -> list[str]:
        """Say what of a line is not as it must be."""
        kept = line.scenario
        pairs = [
            ("version", kept.version, self.version),
            ("head", kept.head, self.head),
            ("tip", kept.tip, self.tip),
            ("settings", dict(kept.settings), self.settings),
            ("order", [one.id for one in line.operations], [one.id for one in self.chain]),
            ("operations", _plain(line.operations), _plain(self.chain)),
            ("state", _plain_state(line.state), _plain_state(_replay(self.done))),
        ]
        return [f"{name}: {found!r:.200}" for name, found, wanted in pairs if found != wanted]


def perform(store: Store, actor: Actor, model: Model, save: Save) -> int:
    """Ask the store for a save, and give the version that it answers with."""
    here, common = model.scenario, {"seen": save.seen, "key": save.key}
    if save.do == "draft":
        store.keep_draft(actor, here, save.draft, at=save.at)
        return model.version
    if save.do == "create":
        made = Scenario(id=here, name=here, owner=model.owner, made_at=save.at, saved_at=save.at)
        return store.create(actor, made, key=save.key).version
    if save.do == "add":
        assert save.operation is not None
        return store.add(actor, here, save.operation, **common).version
    if save.do == "move":
        return store.move(actor, here, save.head, **common, at=save.at).version
    return store.change(actor, here, **common, at=save.at, settings=save.settings).version


def polygon(dice: Random, vertices: int) -> shapely.Polygon:
    """Draw a star-shaped outline near Nanyang whose coordinates use all their bits."""
    x, y = 112.5 + dice.random() / 20, 32.9 + dice.random() / 20
    corners = []
    for at in range(vertices):
        angle, far = math.tau * at / vertices, 0.001 * (1 + dice.random())
        corners.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    return shapely.Polygon(corners)


def _operation(number: int, model: Model) -> Operation:
    dice = _dice(number)
    alive = list(_replay(model.done))
    puts = [_element(f"{number:028x}{at:04x}", dice) for at in range(dice.randint(1, 4))]
    if alive:
        puts.append(_element(dice.choice(alive), dice))
    kept = {one.id for one in puts}
    drops = [one for one in alive if one not in kept and dice.random() < 0.2]
    return Operation(
        id=f"{number:032x}",
        after=model.head,
        kind="draw",
        puts=tuple(puts),
        drops=tuple(drops),
        parameters={"number": number, "words": "“扩区”"},
        by=model.owner,
        at=Save("add", number, 0).at,
    )


def _element(name: str, dice: Random) -> Element:
    vertices = BIG_SHAPE if dice.random() < 0.02 else dice.randint(3, 60)
    return Element(
        id=name,
        kind="extension",
        shape=polygon(dice, vertices),
        name=dice.choice(["", "扩区 1", "'; DROP TABLE operation; --", "a\tb\\n“”"]),
        year=dice.choice([None, 2027]),
        accuracy_m=dice.choice([None, 0.1 + 0.2]),
        attributes={"备注": str(dice.random())},
    )


def _replay(operations: tuple[Operation, ...]) -> dict[str, Element]:
    state: dict[str, Element] = {}
    for one in operations:
        for dropped in one.drops:
            del state[dropped]
        for element in one.puts:
            state[element.id] = element
    return state


def _plain(operations: tuple[Operation, ...]) -> list[Any]:
    return [
        (
            one.id,
            one.after,
            one.kind,
            [_plain_element(element) for element in one.puts],
            one.drops,
            json.dumps(dict(one.parameters), sort_keys=True),
            one.by,
            one.at,
        )
        for one in operations
    ]


def _plain_state(state: dict[str, Element]) -> list[Any]:
    return [(name, _plain_element(element)) for name, element in state.items()]


def _plain_element(one: Element) -> tuple[Any, ...]:
    words = (one.id, one.kind, one.name, one.code, one.scheme, one.source, one.geometry_class)
    numbers = (one.width_m, one.year, one.accuracy_m)
    return (*words, *numbers, dict(one.attributes), shapely.to_wkb(one.shape))


def _dice(number: int) -> Random:
    return Random(number)  # noqa: S311 -- the same number, the same save
