"""From the start of the server to a usable map, beside an empty st_folium page.

    python -m benchmarks.startup [--rounds 5]

Cold: the process is started, then the page opened at once. Warm: the same page opened again,
nothing cached in the browser. Rounds of both apps alternate.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browsing import MAP_SHOWN, PLAN_SHOWN, browser, fresh_page, seconds_until
from tests.browser.harness import ROOT, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GOAL = 1.5
_LIMIT = 60
_APPS = {
    "planner": (ROOT / "app.py", PLAN_SHOWN),
    "empty st_folium": (Path(__file__).with_name("plain_app.py"), MAP_SHOWN),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    os.environ["PLAIN_N"] = "0"  # the server inherits it when it starts
    cold: dict[str, list[float]] = {name: [] for name in _APPS}
    warm: dict[str, list[float]] = {name: [] for name in _APPS}
    with browser() as running:
        for _ in range(rounds):
            for name, (script, shown) in _APPS.items():
                first, second = _start(running, script, shown)
                cold[name].append(first)
                warm[name].append(second)
    for title, seconds in (("cold", cold), ("warm", warm)):
        ours, empty = (statistics.median(seconds[name]) for name in _APPS)
        print(
            f"{title}: planner {ours:.2f} s, empty st_folium {empty:.2f} s, "
            f"ratio {ours / empty:.2f} (goal {GOAL})"
        )


def _start(running: Browser, script: Path, shown: str) -> tuple[float, float]:
    """Seconds from the start of the process, then from navigation on the running server."""
    start = time.perf_counter()
    with serve(script) as address:
        ready = time.perf_counter() - start
        first, second = (_open(running, address, shown) for _ in range(2))
    return ready + first, second


def _open(running: Browser, address: str, shown: str) -> float:
    with fresh_page(running) as page:
        seconds = seconds_until(page, address, shown, _LIMIT)
    if seconds is None:
        raise TimeoutError(address)
    return seconds


if __name__ == "__main__":
    main()
