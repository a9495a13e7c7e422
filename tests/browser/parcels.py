"""The parcels page and its map, as tests take hold of them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit


class Parcels:
    """The page and its map."""

    def __init__(self, page, seen):
        self.page, self.seen = page, seen

    @property
    def map(self):
        return self.page.frame_locator("iframe")

    @property
    def extract(self):
        return self.page.locator(".st-key-extract")

    @property
    def map_frame(self):
        return next(frame for frame in self.page.frames if "st_folium" in frame.url)

    def param(self, name):
        return parse_qs(urlsplit(self.page.url).query).get(name, [None])[0]

    def wait_param(self, name, value):
        self.page.wait_for_function(
            "([name, value]) => new URL(location).searchParams.get(name) === value",
            arg=[name, value],
        )

    def settled(self):
        """Wait until nothing runs, and still nothing a second later: keys and clicks are heard."""
        for _ in range(2):
            self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
            self.page.wait_for_timeout(1_000)

    def title(self, text):
        self.extract.locator("h2", has_text=text).wait_for()

    def search(self, typed):
        field = self.page.locator(".st-key-search_box input")
        field.click()
        field.press_sequentially(typed)
        field.press("Enter")
