"""Spreads work over the processor's cores; the kernels and GEOS run without Python's lock."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.overlap.arrays import Floats

T = TypeVar("T")
_MOST = 8
_JOBS_A_THREAD = 8
_ALONE = 64


def each(jobs: list[tuple[int, int]], work: Callable[[int, int], T]) -> list[T]:
    """Do each job, a range of rows, in some thread; the answers come in the order of the jobs."""
    if len(jobs) <= 1:
        return [work(*job) for job in jobs]
    with ThreadPoolExecutor(min(_cores(), len(jobs))) as pool:
        return list(pool.map(lambda job: work(*job), jobs))


def shares(rows: int, weigh: Callable[[], Floats]) -> list[tuple[int, int]]:
    """Cut rows into ranges of about equal work, several for each thread.

    Parameters
    ----------
    rows : int
    weigh : callable
        Tells what each row costs, in any unit; not asked when one thread does it all.
    """
    if rows <= _ALONE or _cores() == 1:
        return [(0, rows)] if rows else []
    done = np.cumsum(weigh())
    marks = np.linspace(0, done[-1], _JOBS_A_THREAD * _cores() + 1)[1:-1]
    cuts = np.unique([0, *np.searchsorted(done, marks), rows]).tolist()
    return list(pairwise(cuts))


def _cores() -> int:
    """Count the cores that this process may use."""
    try:
        usable = len(os.sched_getaffinity(0))
    except AttributeError:  # no such question on this system
        usable = os.cpu_count() or 1
    return min(usable, _MOST)
