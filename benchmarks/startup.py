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

from benchmarks.browsing import MAP_SHOWN, PARCELS_SHOWN, browser, fresh_page, seconds_until
from tests.browser.harness import ROOT, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GOAL = 1.5
_LIMIT = 120
_APPS = {
    "planner": (ROOT / "app.py", PARCELS_SHOWN),
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
    start = time.perf_counter()
    with serve(script) as address:
        times = [start]
        for _ in range(2):
            with fresh_page(running) as page:
                if seconds_until(page, address, shown, _LIMIT) is None:
                    raise TimeoutError(address)
            times.append(time.perf_counter())
    return times[1] - times[0], times[2] - times[1]


if __name__ == "__main__":
    main()
