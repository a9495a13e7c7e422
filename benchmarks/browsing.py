"""Open pages in a real browser and wait, in the page, until the map shows something."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import sync_playwright

from tests.browser.harness import CHROMIUM_ARGS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Frame, Page

_MAP = "/component/streamlit_folium"

# A tile of a large layer has come.
LAYER_SHOWN = """() => [...document.querySelectorAll("img.leaflet-tile-loaded")]
    .some(tile => tile.src.includes("/api/layers/"))"""
# An answer for the window has come and two frames have passed: its features are on the map.
FEATURES_SHOWN = """() => performance.getEntriesByType("resource").some(
    asked => asked.name.includes("/api/layers/") && asked.name.includes("/features")
        && asked.responseEnd > 0 && asked.responseEnd < performance.now() - 32)"""
# A pixel of folium's canvas that is not empty.
CANVAS_SHOWN = """() => [...document.querySelectorAll("canvas")].some(canvas => canvas
    .getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(value => value))"""
MAP_SHOWN = """() => document.querySelector(".leaflet-container .leaflet-control-zoom") !== null"""
# The tools are there and the built-in layers and parcels are drawn.
PLAN_SHOWN = """() => document.querySelector(".planner-bar") !== null
    && document.querySelectorAll(".leaflet-map-pane path").length > 9"""

# Move the map and count milliseconds from the end of the move until two frames have passed
# in which no tile and no request is outstanding.
PAN = """async () => {
  const map = [window.map_div, window.map].find(one => one instanceof L.Map);
  const own = window.fetch;
  let pending = 0;
  window.fetch = (...args) => {
    pending += 1;
    return own(...args).finally(() => setTimeout(() => { pending -= 1; }));
  };
  const frame = () => new Promise(requestAnimationFrame);
  const moved = new Promise(done => map.once("moveend", () => done(performance.now())));
  map.panBy([400, 150], {animate: false});
  const start = await moved;
  for (let quiet = 0; quiet < 2;) {
    await frame();
    const waiting = document.querySelector("img.leaflet-tile:not(.leaflet-tile-loaded)");
    quiet = waiting || pending ? 0 : quiet + 1;
  }
  window.fetch = own;
  return performance.now() - start;
}"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Run the system's Chromium without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGS)
        yield running
        running.close()


@contextmanager
def fresh_page(running: Browser) -> Iterator[Page]:
    """Open a page with nothing cached."""
    context = running.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def seconds_until(page: Page, address: str, shown: str, limit: float) -> float | None:
    """Seconds from navigation until the script is true in the map; None: not within the limit."""
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    try:
        frame = _map_frame(page, start + limit)
        left = max(1.0, (start + limit - time.perf_counter()) * 1000)
        frame.wait_for_function(shown, polling=50, timeout=left)
    except PlaywrightTimeoutError:
        return None
    return time.perf_counter() - start


def pan_ms(page: Page, moves: int = 5) -> list[float]:
    """Milliseconds from the end of each move until all is drawn."""
    frame: Any = next(frame for frame in page.frames if _MAP in frame.url)
    return [frame.evaluate(PAN) for _ in range(moves)]


def _map_frame(page: Page, end: float) -> Frame:
    while time.perf_counter() < end:
        for frame in page.frames:
            if _MAP in frame.url:
                return frame
        page.wait_for_timeout(20)
    raise PlaywrightTimeoutError("no map")
