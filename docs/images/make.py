"""Take the pictures of the README from the running application: `make docs`."""
# ruff: noqa: INP001 - a script beside its pictures, not a package

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from tests.browser.harness import CHROMIUM_ARGS, find_chromium, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
PHRASE = "东至仲景路，西至人民路，南至光武大道，北至张衡路，280亩"
PICTURES = {
    "parcels-zh": "/?parcel=B2-01",
    "parcels-en": "/?parcel=B2-01&lang=en",
    "phrase-zh": f"/?q={quote(PHRASE)}",
    "data-zh": "/data",
}
SETTLED = 1_500  # milliseconds: labels are placed, transitions are over


def take(browser: Browser, address: str, name: str) -> None:
    """Open an address in a fresh window and write its picture."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(address)
    if name.startswith("data"):
        page.locator(".st-key-data_layers table").wait_for()
    else:
        page.frame_locator("iframe").locator(".planner-label").first.wait_for()
        page.locator(".st-key-extract h2").wait_for()
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=HERE / f"{name}.png")
    page.close()


def main() -> None:
    """Run the application once and take all pictures."""
    with serve() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGS)
        for name, query in PICTURES.items():
            take(browser, f"{address}{query}", name)
        browser.close()


if __name__ == "__main__":
    main()
