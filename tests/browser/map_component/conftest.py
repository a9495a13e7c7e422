from __future__ import annotations

import json
from pathlib import Path

import pytest

from layers.payload import payload
from tests.browser.harness import serve, watch
from tests.browser.map_component.scenes import CENTRE, plain


class Map:
    """The map's frame in the page."""

    def __init__(self, page, frame, seen):
        self.page, self.frame, self.seen = page, frame, seen

    def show(self, scene):
        self.frame.evaluate("text => planner.update(text)", payload(scene))

    def texts(self, selector):
        return self.frame.locator(selector).all_text_contents()

    def view(self):
        return self.frame.evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")

    def look_at(self, latitude, longitude, zoom):
        self.frame.evaluate(
            "([lat, lng, zoom]) => map.setView([lat, lng], zoom, {animate: false})",
            [latitude, longitude, zoom],
        )

    def place(self, longitude, latitude):
        """Return the pixel of the page that shows a place."""
        x, y = self.frame.evaluate(
            "([lng, lat]) => { const p = map.latLngToContainerPoint([lat, lng]); return [p.x, p.y]; }",
            [longitude, latitude],
        )
        box = self.page.locator("iframe").bounding_box()
        return box["x"] + x, box["y"] + y

    def click(self, longitude, latitude):
        """Click a place and return what the page is told."""
        before = self.page.locator(".st-key-clicked code").text_content()
        self.page.mouse.click(*self.place(longitude, latitude))
        self.page.wait_for_function(
            "old => document.querySelector('.st-key-clicked code').textContent !== old", arg=before
        )
        return json.loads(self.page.locator(".st-key-clicked code").text_content())


@pytest.fixture(scope="session")
def address():
    with serve(Path(__file__).with_name("app.py"), base_url_path="planner") as found:
        yield found


@pytest.fixture(scope="session")
def opened(browser, address):
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    seen = watch(page, address)
    page.goto(address)
    page.frame_locator("iframe").locator(".planner-label").first.wait_for()
    yield Map(page, page.frames[1], seen)
    page.close()


@pytest.fixture
def shown(opened):
    """Show the plain scene at its first view."""
    opened.show(plain())
    opened.look_at(CENTRE[1], CENTRE[0], 14)
    return opened
