"""A base of 100,000 parcels on the map: first paint and pan, beside plain folium.GeoJson.

    python -m benchmarks.map_100k [--plain-n 100000] [--limit 180] [--rounds 3]

First paint: navigation until pixels of the layer are in the window, nothing cached in the
browser, server running and asked once before. Pan: end of the move until all is drawn.
"""

from __future__ import annotations

import argparse
import os
import statistics
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.browsing import (
    CANVAS_SHOWN,
    FEATURES_SHOWN,
    LAYER_SHOWN,
    browser,
    fresh_page,
    pan_ms,
    seconds_until,
)
from benchmarks.generate import CENTRE, base_file
from tests.browser.harness import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PARCELS = 100_000
NEAR, FAR = 16, 12
PLAIN = Path(__file__).with_name("plain_app.py")


@dataclass
class Line:
    """One way to show one number of parcels, and what was measured."""

    title: str
    address: str
    shown: str
    rounds: int
    paints: list[float | None] = field(default_factory=list)
    pans: list[float] = field(default_factory=list)

    def measure(self, running: Browser, limit: float, *, keep: bool = True) -> None:
        """Open the page once; a paint of None did not come within the limit."""
        with fresh_page(running) as page:
            paint = seconds_until(page, self.address, self.shown, limit)
            pans = pan_ms(page) if paint is not None and keep else []
        if keep:
            self.paints.append(paint)
            self.pans += pans

    @property
    def paint(self) -> float | None:
        """Median seconds, None if any round was over the limit."""
        done = [paint for paint in self.paints if paint is not None]
        return statistics.median(done) if len(done) == len(self.paints) else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plain-n", type=int, default=PARCELS, help="parcels of the plain page")
    parser.add_argument("--limit", type=float, default=180, help="seconds to wait for a paint")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with ExitStack() as stack:
        ours = _ours(stack, given.rounds)
        plain = [
            _plain(stack, count, given.rounds if count < PARCELS else 1)
            for count in sorted({10_000, given.plain_n})
        ]
        running = stack.enter_context(browser())
        for line in (*ours, plain[0]):
            line.measure(running, given.limit, keep=False)  # imports and caches of the servers
        for number in range(given.rounds):
            for line in (*ours, *plain):
                if number < line.rounds:
                    line.measure(running, given.limit)
    _print([*ours, *plain], given.limit)


def _ours(stack: ExitStack, rounds: int) -> list[Line]:
    folder = Path(stack.enter_context(TemporaryDirectory()))
    settings = folder / "settings.toml"
    layer = f'id = "base"\ntitle = "{PARCELS}"\npath = "{base_file(PARCELS).as_posix()}"\n'
    settings.write_text(f"[[base_layers]]\n{layer}", encoding="utf-8")
    address = stack.enter_context(serve(settings=settings))
    views = {zoom: f"{address}/?v={CENTRE[1]},{CENTRE[0]},{zoom}" for zoom in (FAR, NEAR)}
    return [
        Line(f"planner {PARCELS:,}, tiles, zoom {FAR}", views[FAR], LAYER_SHOWN, rounds),
        Line(f"planner {PARCELS:,}, features, zoom {NEAR}", views[NEAR], FEATURES_SHOWN, rounds),
    ]


def _plain(stack: ExitStack, count: int, rounds: int) -> Line:
    base_file(count)
    os.environ["PLAIN_N"] = str(count)  # the server inherits it when it starts
    address = stack.enter_context(serve(PLAIN))
    return Line(f"folium.GeoJson {count:,}, zoom 14", address, CANVAS_SHOWN, rounds)


def _print(lines: list[Line], limit: float) -> None:
    reference = lines[0].paint
    print(f"{'':38}{'first paint':>14}{'ratio':>8}{'pan':>10}")
    for line in lines:
        paint = line.paint
        shown = f"{paint:.1f} s" if paint is not None else f"> {limit:.0f} s"
        ratio = f"{(paint or limit) / reference:.1f}" if reference else "-"
        pan = f"{statistics.median(line.pans):.0f} ms" if line.pans else "-"
        print(f"{line.title:38}{shown:>14}{'' if paint else '>'}{ratio:>8}{pan:>10}")


if __name__ == "__main__":
    main()
