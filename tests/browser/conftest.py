from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.harness import CHROMIUM_ARGS, NoChromiumError, find_chromium, serve, watch
from tests.browser.parcels import Parcels

LOG = pytest.StashKey[Path]()
LOG_END = 6_000  # characters of the server's log that a failed test shows
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
def app_address(tmp_path_factory, pytestconfig):
    """Address of the application, run once for all browser tests, with a store of its own."""
    settings = tmp_path_factory.mktemp("settings") / "settings.toml"
    settings.write_text('store = "reviews.sqlite"\n', encoding="utf-8")
    log = pytestconfig.stash[LOG] = settings.with_name("server.log")
    with serve(settings=settings, log_file=log) as address:
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

    open_.pages = pages
    yield open_
    for page in pages:
        page.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Show with a failed test what its pages said, in which frames, and what the server wrote."""
    report = yield
    if report.when == "call" and report.failed:
        for page in getattr(item.funcargs.get("opened"), "pages", ()):
            frames = "\n".join(frame.url for frame in page.frames)
            report.sections.append(("frames", frames))
            report.sections.append(("page", page.locator("body").inner_text()[:LOG_END]))
        log = item.config.stash.get(LOG, None)
        if log is not None:
            written = log.read_text(encoding="utf-8", errors="replace")
            report.sections.append(("server", written[-LOG_END:]))
    return report


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
