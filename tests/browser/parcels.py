"""The parcels page and its map, as tests take hold of them."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import TimeoutError as TooLateError

_HEARD = 5_000  # milliseconds in which a click shows its effect, or else the page stands still
_REACHED = 15_000
_MOMENT = 600
_TRIES = 4


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
        element = self.page.locator("iframe[src*=st_folium]").element_handle()
        return element.content_frame()

    def param(self, name):
        return parse_qs(urlsplit(self.page.url).query).get(name, [None])[0]

    def wait_param(self, name, value, **options):
        self.page.wait_for_function(
            "([name, value]) => new URL(location).searchParams.get(name) === value",
            arg=[name, value],
            **options,
        )

    def click(self, place, brings):
        """Click a place, and again if a busy page did not hear it; see ``until``."""
        self.until(lambda: place.click(timeout=_REACHED), brings)

    def key(self, name, brings):
        """Press a key, and again if a busy page did not hear it; see ``until``."""
        self.until(lambda: self.page.keyboard.press(name), brings)

    def until(self, act, brings):
        """Act and wait for what it brings: a locator, or a name and a value of the address.

        A page that draws itself anew may swallow a click. It is made again when the effect did
        not come and nothing runs any more that could still bring it.
        """
        for _ in range(_TRIES):
            try:
                act()
                self._wait(brings, timeout=_HEARD)
            except TooLateError:
                self.settled()
                if self._is_there(brings):
                    return
            else:
                return
        self._wait(brings)

    def _wait(self, brings, **options):
        if isinstance(brings, tuple):
            self.wait_param(*brings, **options)
        else:
            brings.first.wait_for(**options)

    def _is_there(self, brings):
        if isinstance(brings, tuple):
            return self.param(brings[0]) == brings[1]
        return brings.first.is_visible()

    def settled(self):
        """Wait until nothing runs, and still nothing a moment later: keys and clicks are heard."""
        for _ in range(2):
            self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
            self.page.wait_for_timeout(_MOMENT)

    def titled(self, text):
        return self.extract.locator("h2", has_text=text)

    def title(self, text):
        self.titled(text).wait_for()

    def speak(self, language, brings):
        """Switch the language: 中 or EN."""
        self.click(self.page.locator(".st-key-lang_switch").get_by_text(language), brings)

    def search(self, typed):
        field = self.page.locator(".st-key-search_box input")
        field.click()
        field.press_sequentially(typed)
        field.press("Enter")
