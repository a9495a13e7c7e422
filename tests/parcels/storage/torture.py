"""Kill writers in the middle of saves, thousands of times, and look for anything that was lost.

    python -m tests.parcels.storage.torture --engine sqlite --kills 1000

A writer saves in a loop through the public store and says each save before and after it. It is
killed (SIGKILL) at a moment that a seeded dice chooses. Then the store is opened again, verified
and compared with a model of plain dictionaries: everything acknowledged must be there, the save
that was under way whole or not at all, and asking for it again with the same key must settle it.
On PostgreSQL the whole server is killed now and then as well.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_former import former_is_kept, make_former
from tests.parcels.storage.torture_model import Model, perform
from tests.parcels.storage.torture_victim import Victim
from tests.postgres import cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parcels.storage.store import Store
    from tests.parcels.storage.torture_model import Save

KILLS_A_SCENARIO = 15
KILLS_A_STORE = (1, 1, 1, 1, 1, 45)
"""In turn: a store's first writer is killed while it makes the store."""
KILLS_A_CRASH = 10
"""After how many killed writers the server itself is killed."""


@dataclass
class Tally:
    """What happened.

    Attributes
    ----------
    kills, crashes : int
        Of writers, and of servers.
    making, saving : int
        Kills while a store or its first scenario was made, and in the middle of any save.
    through : int
        Of the saves that a kill interrupted, those that were in the store afterwards.
    acknowledged : int
        Saves whose call returned.
    lost, torn, corrupt, stuck : int
        Acknowledged saves that were missing; scenarios that are neither as before nor as after
        the save under way; stores that do not verify; next saves that did not work.
    """

    kills: int = 0
    crashes: int = 0
    making: int = 0
    saving: int = 0
    through: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    corrupt: int = 0
    stuck: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.torn or self.corrupt or self.stuck)

    def fault(self, kind: str, words: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)
        self.faults.append(f"kill {self.kills}, {kind}: {words}")


@dataclass
class Torture:
    """One run of kills against stores of one kind.

    Attributes
    ----------
    pace : dict of bool to float
        Seconds that a save takes, of a writer's first one that also makes things, and of others.
    crash : callable or None
        Kills the server, and one that starts it again.
    former : bool
        The present store is made from one of the first release.
    """

    dice: Random
    crash: tuple[Callable[[], None], Callable[[], None]] | None = None
    tally: Tally = field(default_factory=Tally)
    number: int = 0
    former: bool = False
    pace: dict[bool, float] = field(default_factory=lambda: {True: 0.1, False: 0.02})

    def run(self, address: str, kills: int) -> None:
        """Kill writers of one store, each scenario's first one while it makes it."""
        for at in range(kills):
            if at % KILLS_A_SCENARIO == 0:
                model = Model(f"{self.number:032x}")
            model = self._kill(address, model)

    def _kill(self, address: str, model: Model) -> Model:
        making = model.version == 0
        saves = 1 if making else self.dice.choice((1, 1, 2, 2, 3, 5, 8))
        moment = self.dice.random() * 1.3 * self.pace[making]
        victim = Victim(address, model, self.number)
        crash = self.crash is not None and self.tally.kills % KILLS_A_CRASH == KILLS_A_CRASH - 1
        victim.wait(saves, moment)
        if crash:
            self._kill_server()
        victim.kill()
        self.number = victim.number
        self.tally.kills += 1
        self.tally.acknowledged += victim.acknowledged
        self.tally.making += victim.model.version == 0
        self.tally.saving += victim.pending is not None
        if victim.acknowledged:
            self.pace[making] += 0.2 * (victim.pace - self.pace[making])
        if victim.fault and not crash:
            self.tally.fault("stuck", f"the writer was refused: {victim.fault}")
        return self._judge(address, victim.model, victim.pending)

    def _kill_server(self) -> None:
        assert self.crash is not None
        for act in self.crash:
            act()
        self.tally.crashes += 1

    def _judge(self, address: str, model: Model, pending: Save | None) -> Model:
        """Look at what the kill left, then save what was under way, or something else."""
        after = model.after(pending) if pending else model
        store = open_store(address)
        try:
            report = store.verify()
            if not report.sound:
                self.tally.fault("corrupt", repr(report))
            if self.former and not former_is_kept(store):
                self.tally.fault("lost", "events of the former store")
            found = [_faults(store, one) for one in (model, after)]
            if all(found):
                older = _version(store, model) < model.version
                self.tally.fault("lost" if older else "torn", repr(found))
            elif pending and not found[1]:
                self.tally.through += 1
        except PlannerError as error:
            self.tally.fault("corrupt", repr(error))
        return self._go_on(store, model, pending)

    def _go_on(self, store: Store, model: Model, pending: Save | None) -> Model:
        save = pending or model.next(self.number)
        self.number += 1
        after = model.after(save)
        try:
            version = perform(store, SINGLE_DESK, model, save)
            wrong = _faults(store, after)
        except PlannerError as error:
            self.tally.fault("stuck", repr(error))
            return Model(f"{self.number:032x}")
        if wrong or version != after.version:
            self.tally.fault("stuck", f"{version} {wrong}")
            return Model(f"{self.number:032x}")
        return after


def _faults(store: Store, model: Model) -> list[str]:
    """Say how a scenario in the store differs from its model."""
    try:
        line = store.line(SINGLE_DESK, model.scenario)
    except PlannerError as error:
        unmade = error.code == "scenario_unknown" and model.version == 0
        return [] if unmade else [error.code]
    draft = store.draft(SINGLE_DESK, model.scenario)
    kept = dict(draft) if draft is not None else None
    logged = [one.version for one in store.audit(SINGLE_DESK) if one.target == model.scenario]
    pairs = [
        ("draft", kept, model.draft),
        ("audit", [one for one in logged if one], list(range(1, model.version + 1))),
    ]
    return model.faults(line) + [f"{name}: {is_}" for name, is_, must in pairs if is_ != must]


def _version(store: Store, model: Model) -> int:
    try:
        return store.line(SINGLE_DESK, model.scenario).scenario.version
    except PlannerError:
        return 0


@contextmanager
def _sqlite_stores(torture: Torture) -> Iterator[Callable[[], str]]:
    with tempfile.TemporaryDirectory(prefix="planner-torture-") as folder:
        yield partial(_make_folder, torture, Path(folder))


def _make_folder(torture: Torture, parent: Path) -> str:
    """Make a folder for a store; every second one takes a store of the first release over."""
    folder = parent / f"{torture.number}"
    folder.mkdir()
    torture.former = not torture.former
    if torture.former:
        make_former(folder / "reviews.sqlite")
    return str(folder / "planner.sqlite")


@contextmanager
def _postgresql_stores(torture: Torture) -> Iterator[Callable[[], str]]:
    with cluster() as server:
        torture.crash = (server.kill, server.start)
        made: list[str] = []

        def make() -> str:
            while made:
                server.drop_database(made.pop())
            made.append(server.make_database())
            return server.address(made[0])

        yield make


def torture(engine: str, kills: int, seed: int, tell: Callable[[Tally], None]) -> Tally:
    """Kill writers on one engine; tell the tally after every store."""
    one = Torture(Random(seed))  # noqa: S311 -- the same seed, the same saves
    stores = {"sqlite": _sqlite_stores, "postgresql": _postgresql_stores}[engine]
    with stores(one) as make:
        for size in cycle(KILLS_A_STORE):
            if one.tally.kills >= kills:
                break
            one.run(make(), min(size, kills - one.tally.kills))
            tell(one.tally)
    return one.tally


def _line(engine: str, tally: Tally) -> str:
    counts = asdict(tally)
    del counts["faults"]
    return engine.ljust(10) + "".join(f"{value:>14,}" for value in counts.values())


def main() -> int:
    """Kill as the command line says; the exit code is 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # its server ends with it
    say = sys.stderr.write
    names = [one.name for one in fields(Tally) if one.name != "faults"]
    say(" " * 10 + "".join(f"{name:>14}" for name in names) + "\n")
    found = {}
    for engine in given.engine or ["sqlite", "postgresql"]:
        shown = partial(_line, engine)
        found[engine] = torture(
            engine, given.kills, given.seed, lambda tally, shown=shown: say(f"\r{shown(tally)}")
        )
        say("".join(f"\n{fault}" for fault in found[engine].faults) + "\n")
    if given.json:
        json.dump({engine: asdict(tally) for engine, tally in found.items()}, sys.stdout)
    return 0 if all(tally.clean for tally in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
