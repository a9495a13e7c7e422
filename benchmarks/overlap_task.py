"""The overlap job that every engine does, and the clock that it is given.

(a) the area of every parcel in the zones of each code, (b) its overlaps with constraints and
with other parcels over 1e-4 m², (d) areas on the ellipsoid, and for a figure of its own (c) the
distance from every parcel of a sensitive use to the nearest one of an annoying use within 50 m.

An engine is a function of the folder of a coverage and a `Clock`. It ends the phases "imports",
"load", "zones", "constraints", "parcels", "areas" and "near", and answers with tables:
zones (pid, code, area), constraints (pid, cid, area), parcels (a, b, area; a < b),
areas (pid, area) and near (pid, distance), in any order of rows.
"""

from __future__ import annotations

import resource
import time
from typing import Any

LEAST_M2 = 1e-4
NEAR_M = 50.0
SENSITIVE, ANNOYING = ("residential", "public"), ("industrial", "logistics")
THREADS = 2
PHASES = ("load", "zones", "constraints", "parcels", "areas")
"""(a) + (b) + (d), from files on disk to answers in memory: what is compared."""

Answers = dict[str, Any]


class Absent(Exception):  # noqa: N818 -- a peer that is not here is no error
    """The peer cannot run on this machine, and why."""


class Clock:
    """Wall and CPU seconds of named phases, the peak of the memory up to "areas".

    ``servers_cpu`` and ``servers_mb`` are what servers beside this process took.
    """

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.peak_mb = self.servers_cpu = self.servers_mb = 0.0
        self.last = time.perf_counter(), time.process_time()

    def lap(self, phase: str) -> None:
        """End a phase: what passed since the phase before belongs to it."""
        now = time.perf_counter(), time.process_time()
        for seconds, end, start in zip((self.wall, self.cpu), now, self.last, strict=True):
            seconds[phase] = seconds.get(phase, 0.0) + end - start
        if phase == PHASES[-1]:
            self.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.last = now
