from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from tests.browser.harness import serve, watch
from tests.browser.map_component.scenes import CENTRE

TOKENS = (f"t{number}" for number in itertools.count())


class Editor:
    """The page with one map, and its server."""

    def __init__(self, page, address, token):
        self.page, self.address, self.token = page, address, token
        self.seen = watch(page, address)

    @property
    def frame(self):
        return next(frame for frame in self.page.frames if "component" in frame.url)

    def open(self, query=""):
        self.page.goto(f"{self.address}/?token={self.token}{query}")
        self.page.frame_locator("iframe").first.locator(".planner-label").first.wait_for()
        if "readonly" not in query:
            self.page.frame_locator("iframe").first.locator("[data-tool=polygon]").wait_for()
        return self

    def drive(self, **asked):
        """Tell the server what to do; return what it knows."""
        url = f"{self.address}/api/sketch/{self.token}/drive"
        return self.page.request.post(url, data=asked, max_retries=2).json()

    def elements(self):
        return self.drive()["answer"]["elements"]

    def at(self, east, north):
        """Return the pixel of the page that shows a place, in degrees from the centre."""
        x, y = self.frame.evaluate(
            "([lng, lat]) => { const p = map.latLngToContainerPoint([lat, lng]); return [p.x, p.y]; }",
            [CENTRE[0] + east, CENTRE[1] + north],
        )
        box = self.page.locator("iframe").first.bounding_box()
        return box["x"] + x, box["y"] + y

    def click(self, *places, **options):
        for place in places:
            self.page.mouse.move(*self.at(*place))
            self.page.mouse.click(*self.at(*place), **options)

    def drag(self, from_, to, steps=6):
        self.page.mouse.move(*self.at(*from_))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(*to), steps=steps)
        self.page.mouse.up()

    def tool(self, name):
        self.frame.locator(f"[data-tool={name}]").click()

    def key(self, name):
        self.page.keyboard.press(name)

    def draw(self, *places, tool="polygon"):
        """Draw a closed shape away from everything and wait until it is saved."""
        before = self.drive()["answer"]["scenario"]["version"]
        self.tool(tool)
        self.click(*places)
        self.key("Enter")
        self.saved(before + 1)

    def saved(self, version):
        """Wait until the server has a version and the browser knows it."""
        self.frame.wait_for_function(
            "version => planner.state().sketch?.version === version && planner.state().sketch.saving === 'saved'",
            arg=version,
        )

    def bar(self, topic):
        return self.frame.locator(f".planner-message[data-topic={topic}]")

    def told(self):
        """Return what the page heard last from the map."""
        return json.loads(self.page.locator(".st-key-told code").text_content())[0]


@pytest.fixture(scope="session")
def address():
    with serve(Path(__file__).with_name("app.py"), base_url_path="planner") as found:
        yield found


@pytest.fixture
def editor(browser, address):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(20_000)
    made = Editor(page, address, next(TOKENS))
    yield made
    assert made.seen.outside() == []
    page.close()
