"""Several processes that save to one scenario at once, each as fast as it can.

    python -m tests.parcels.storage.torture_writers ADDRESS SCENARIO

prints as JSON the saves that each writer was told to be through: ``[[version, number], …]``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_model import Model, perform

if TYPE_CHECKING:
    from parcels.storage.store import Store

WRITERS = 4
SAVES = 8
NUMBERS = 1_000_000
"""A writer's saves are numbered from its place times this."""
SHARED = 4
"""Number of a save that all of them ask for at the same moment, as one."""
_ROOT = Path(__file__).parents[3]


def run_writers(address: str, scenario: str) -> list[dict[str, Any]]:
    """Let writers loose on a scenario and give what each of them was told."""
    command = [sys.executable, "-m", __name__, address, scenario]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Writer:
    """One of them; it draws again whenever it hears that the scenario moved on."""

    def __init__(self, store: Store, scenario: str, place: int) -> None:
        self.saved: list[tuple[int, int]] = []
        self.moved_on = self.repeated = self.shared = 0
        self._store, self._scenario = store, scenario
        self._number = place * NUMBERS
        self._dice = Random(place)  # noqa: S311 -- repeats alone depend on it

    def share(self, model: Model) -> None:
        """Ask for the save that the others ask for too, with the same key."""
        self.shared = perform(self._store, SINGLE_DESK, model, model.next(SHARED))

    def work(self) -> None:
        """Save until enough went through."""
        while len(self.saved) < SAVES:
            self._number += 1
            model = Model.of(self._store.line(SINGLE_DESK, self._scenario))
            version = self._save(model)
            if version is not None:
                self.saved.append((version, self._number))

    def _save(self, model: Model) -> int | None:
        save = model.next(self._number)
        if save.do == "draft":
            return None  # of a person, without a version
        try:
            version = perform(self._store, SINGLE_DESK, model, save)
        except PlannerError as error:
            if error.code != "scenario_moved_on":
                raise
            self.moved_on += 1
            return None
        if self._dice.random() < 0.4:  # as after a lost answer
            assert perform(self._store, SINGLE_DESK, model, save) == version
            self.repeated += 1
        return version


def main(address: str, scenario: str) -> int:
    """Fork the writers, wait for them; each prints one line."""
    ready, go = os.pipe()
    model = Model.of(open_store(address).line(SINGLE_DESK, scenario))
    writers = [_fork(address, model, place, ready, go) for place in range(1, WRITERS + 1)]
    os.close(ready)
    os.close(go)  # all start when the last holder of this end is gone
    return max(os.waitstatus_to_exitcode(os.waitpid(writer, 0)[1]) for writer in writers)


def _fork(address: str, model: Model, place: int, ready: int, go: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.close(go)
        writer = Writer(open_store(address), model.scenario, place)
        os.read(ready, 1)
        writer.share(model)
        writer.work()
        counts = ("saved", "shared", "moved_on", "repeated")
        told = {name: getattr(writer, name) for name in counts}
        os.write(1, f"{json.dumps(told)}\n".encode())
        code = 0
    except PlannerError as error:
        sys.stderr.write(f"{error!r} {error.__cause__!r}\n")
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
