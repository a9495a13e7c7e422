from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.harness import CHROMIUM_ARGS, NoChromiumError, find_chromium, serve, watch
from tests.browser.parcels import Parcels

LATEST = 30_000  # milliseconds after which what a page owes will not come any more
expect.set_options(timeout=LATEST)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's browser; in CI its absence is a failure, elsewhere a reason to skip."""
    try:
        program = find_chromium()
    except NoChromiumError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    return {**browser_type_launch_args, "executable_path": program, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def app_address(tmp_path_factory):
    """Address of the application, run once for all browser tests, with a store of its own."""
    settings = tmp_path_factory.mktemp("settings") / "settings.toml"
    settings.write_text('store = "reviews.sqlite"\n', encoding="utf-8")
    with serve(settings=settings) as address:
        yield address


@pytest.fixture
def opened(browser, app_address):
    """Open a page of the application; it is closed after the test."""
    pages = []

    def open_(query="", *, size=(1366, 768), path="/", **context):
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, **context)
        pages.append(page)
        page.set_default_timeout(LATEST)
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        seen = watch(page, app_address)
        page.goto(f"{app_address}{path}{query}")
        if path == "/":
            page.frame_locator("iframe").locator(".planner-label").first.wait_for()
            page.locator(".st-key-extract h2").wait_for()
        return Parcels(page, seen)

    yield open_
    for page in pages:
        page.close()


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
