"""Several programs that open a store for the first time at the same moment.

    python -m tests.parcels.storage.torture_beginners ADDRESS PROGRAMS

Each makes a scenario of its own; the exit code is the number of those that could not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_model import Model, perform

_ROOT = Path(__file__).parents[3]


def begin_at_once(address: str, programs: int) -> int:
    """Let programs begin, and count those that could not."""
    command = [sys.executable, "-m", __name__, address, str(programs)]
    return subprocess.run(command, cwd=_ROOT, check=False).returncode


def scenario_of(place: int) -> Model:
    """Give the scenario that a program makes, before it is made."""
    return Model(f"{place:032x}")


def main(address: str, programs: str) -> int:
    """Fork the programs; they start when the last of them is there."""
    ready, go = os.pipe()
    with (
        tempfile.TemporaryDirectory() as other
    ):  # what takes long to load is there before they start
        open_store(Path(other) / "planner.sqlite").scenarios(SINGLE_DESK)
    begun = [_fork(address, place, ready, go) for place in range(int(programs))]
    os.close(ready)
    os.close(go)
    return sum(os.waitpid(one, 0)[1] != 0 for one in begun)


def _fork(address: str, place: int, ready: int, go: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.close(go)
        os.read(ready, 1)
        model = scenario_of(place)
        perform(open_store(address), SINGLE_DESK, model, model.next(place))
        code = 0
    except PlannerError as error:
        sys.stderr.write(f"{error!r} {error.__cause__!r}\n")
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
