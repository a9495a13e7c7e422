"""A process that saves in a loop and says so, made to be killed."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from typing import TYPE_CHECKING

from geo.errors import PlannerError
from parcels.storage.access import SINGLE_DESK
from parcels.storage.store import open_store
from tests.parcels.storage.torture_model import perform

if TYPE_CHECKING:
    from tests.parcels.storage.torture_model import Model, Save

PATIENCE_SECONDS = 60


class Victim:
    """A writer in a process of its own, followed by a model of what it saved.

    Attributes
    ----------
    model : Model
        After all saves that it acknowledged.
    pending : Save or None
        The one that it was at when it was killed.
    number : int
        Of the save after those, not yet used.
    acknowledged, tried : int
        Saves whose call returned, and saves that were begun.
    fault : str
        Code of the refusal that ended it; "" where nothing was refused.
    pace : float
        Seconds that its first save took.
    """

    def __init__(self, address: str, model: Model, number: int) -> None:
        self.model, self.number = model, number
        self.pending: Save | None = None
        self.acknowledged = self.tried = 0
        self.fault = ""
        self.pace = 0.0
        self._since = 0.0
        self._said = b""
        self._pipe, theirs = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _save_until_killed(address, model, number, theirs)
        os.close(theirs)

    def wait(self, saves: int, seconds: float) -> None:
        """Wait until it began that many saves, and some time after that."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.tried < saves and self._listen(end - time.monotonic()):
            pass
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(seconds)

    def kill(self) -> None:
        """Kill it and hear what it said before."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        while self._listen(PATIENCE_SECONDS):
            pass
        os.close(self._pipe)
        self.number += self.pending is not None

    def _listen(self, seconds: float) -> bool:
        """Take in what it says next; False where it is silent for good."""
        ready, _, _ = select.select([self._pipe], [], [], max(seconds, 0))
        heard = os.read(self._pipe, 65536) if ready else b""
        *lines, self._said = (self._said + heard).split(b"\n")
        for line in lines:
            self._take(*line.decode().split())
        return bool(heard)

    def _take(self, what: str, said: str, at: str = "0") -> None:
        if what == "refused":
            self.fault = said
        elif what == "begin":
            assert int(said) == self.number
            self.tried += 1
            self.pending = self.model.next(self.number)
            self._since = float(at)
        else:
            assert self.pending is not None
            self.model = self.model.after(self.pending)
            assert int(said) == self.model.version
            self.pending, self.number = None, self.number + 1
            self.pace = self.pace or float(at) - self._since
            self.acknowledged += 1


def _save_until_killed(address: str, model: Model, number: int, pipe: int) -> None:
    """Save without end; ends the process where a save is refused."""
    try:
        store = open_store(address)
        while True:
            save = model.next(number)
            os.write(pipe, f"begin {number} {time.monotonic()}\n".encode())
            version = perform(store, SINGLE_DESK, model, save)
            os.write(pipe, f"saved {version} {time.monotonic()}\n".encode())
            model, number = model.after(save), number + 1
    except PlannerError as error:
        os.write(pipe, f"refused {error.code}\n".encode())
    except BaseException:  # noqa: BLE001 -- nothing may come back into the parent's program
        traceback.print_exc()
    finally:
        os._exit(1)
