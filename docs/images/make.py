"""Take the pictures of the README from the running application: `make docs`."""
# ruff: noqa: INP001 - a script beside its pictures, not a package

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from tests.browser.harness import CHROMIUM_ARGS, find_chromium, serve

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
PHRASE = "东至仲景路，西至人民路，南至光武大道，北至张衡路，280亩"
SURVEY = HERE.parents[1] / "tests" / "cases" / "txt" / "example-1.txt"
PICTURES = {
    "parcels-zh": "/?parcel=B2-01",
    "parcels-en": "/?parcel=B2-01&lang=en",
    "phrase-zh": f"/?q={quote(PHRASE)}",
}
TABLES = {
    "review-zh": ("/review?parcel=B2-02&check=identity", ".st-key-review_matrix_panel canvas"),
    "permu-zh": ("/permu", ".pl-title"),
    "m0-zh": ("/m0", ".pl-title"),
}
WINDOW = {"width": 1366, "height": 768}
SETTLED = 1_500  # milliseconds: labels are placed, transitions are over


def take(browser: Browser, address: str, name: str) -> None:
    """Open an address in a fresh window and write its picture."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(address)
    settle(page, ".st-key-extract h2")
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


def take_table(browser: Browser, address: str, name: str, content: str) -> None:
    """Write the picture of a page without a map."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(address)
    page.locator(content).first.wait_for()
    page.wait_for_timeout(2 * SETTLED)
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


def take_import(browser: Browser, address: str) -> None:
    """Drop a survey file, take the picture of its report, accept it, take that of its parcels."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(f"{address}/data")
    page.locator("input[type=file]").set_input_files(SURVEY)
    settle(page, ".st-key-import_right [data-testid=stDataFrame]")
    page.screenshot(path=HERE / "data-zh.png")
    page.locator(".st-key-import_accept button").click()
    settle(page, ".st-key-extract h2")
    page.screenshot(path=HERE / "set-zh.png")
    page.close()


def take_sketch(browser: Browser, address: str) -> None:
    """Begin with the example, take the picture of the sketch and of two scenarios compared."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(f"{address}/sketch")
    page.get_by_role("button", name="从南区示例开始").click()
    settle(page, ".st-key-sketch_right_body .pl-sk-index")
    page.screenshot(path=HERE / "sketch-zh.png")
    page.get_by_text("对比", exact=True).click()
    settle(page, ".pl-sk-compare table")
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=HERE / "compare-zh.png")
    page.close()


def take_share(browser: Browser, address: str) -> None:
    """Share 表2 by a link, take the picture of the sheet beside it and of what a reader gets."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(f"{address}/?parcel=B2-01")
    settle(page, ".st-key-extract h2")
    page.keyboard.press("s")
    page.locator(".st-key-share_make button").click()
    link = page.locator(".st-key-share_made .pl-share-url").inner_text()
    page.locator(".st-key-share_to_page button").click()
    page.locator(".st-key-share_leaf img").wait_for()
    page.wait_for_timeout(2 * SETTLED)
    page.screenshot(path=HERE / "share-zh.png")
    page.goto(link)
    page.locator(".planner-label").first.wait_for()
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=HERE / "snapshot-zh.png")
    page.close()


def settle(page: Page, content: str) -> None:
    """Wait until the map has its labels and the page its content."""
    page.locator(content).first.wait_for()
    page.frame_locator("iframe").first.locator(".planner-label").first.wait_for()
    page.wait_for_timeout(SETTLED)


def _serve(folder: str) -> AbstractContextManager[str]:
    """Run the application with a store of its own, so that no picture shows anybody's opinion."""
    settings = Path(folder) / "settings.toml"
    settings.write_text('store = "planner.sqlite"\n', encoding="utf-8")
    return serve(settings=settings)


def main() -> None:
    """Run the application once and take all pictures."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright, _serve(folder) as address:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGS)
        for name, query in PICTURES.items():
            take(browser, f"{address}{query}", name)
        for name, (query, content) in TABLES.items():
            take_table(browser, f"{address}{query}", name, content)
        take_import(browser, address)
        take_sketch(browser, address)
        take_share(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
