"""The import in a real browser: drop, answer, accept, and the address keeps the set."""

from __future__ import annotations

import json
import re

import pytest

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
SIZES = [(1366, 768), (1366, 640), (1920, 1080)]


def collection(*rings, name="甲"):
    features = [
        {
            "type": "Feature",
            "properties": {"DKMC": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for ring in rings
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def square(east, north, side):
    return [
        [east, north],
        [east, north + side],
        [east + side, north + side],
        [east + side, north],
        [east, north],
    ]


def dropped(opened, tmp_path, contents, **options):
    """Open the page and drop files by name."""
    parcels = opened(path="/data", **options)
    paths = []
    for name, content in contents.items():
        path = tmp_path / name
        path.write_text(content, "utf-8")
        paths.append(path)
    parcels.page.locator(".st-key-import_steps input[type=file]").set_input_files(paths)
    parcels.page.locator(".st-key-import_foot").wait_for()
    return parcels


def scroll_of(page):
    return page.evaluate(
        "(() => { const main = document.querySelector('[data-testid=stMain]');"
        " return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth] })()"
    )


def test_from_drop_to_the_parcels_page_and_back(opened, tmp_path):
    bare = collection(square(453_000, 3_653_000, 200), square(453_300, 3_653_000, 200))
    parcels = dropped(opened, tmp_path, {"bare.geojson": bare})
    page = parcels.page
    choices = page.locator(".st-key-import_steps [role=radiogroup] label")
    choices.first.wait_for()
    assert choices.count() > 1
    parcels.map.locator(".planner-label", has_text="A").first.wait_for()
    accept = page.locator(".st-key-import_accept button:not([disabled])")
    parcels.click(choices.first, accept)
    assert "2" in accept.inner_text()
    parcels.click(accept, page.locator(".st-key-extract h2"))
    page.wait_for_function("new URL(location).searchParams.get('set')")
    token = parcels.param("set")
    assert re.fullmatch(r"[\w-]{22}", token)
    page.reload()
    page.locator(".st-key-extract h2").wait_for()
    assert parcels.param("set") == token
    page.get_by_text("bare.geojson").first.wait_for()
    assert parcels.seen.outside() == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_scrollbar_with_a_file(opened, tmp_path, size, lang):
    rings = [square(112.5 + 0.003 * number, 33, 0.002) for number in range(30)]
    files = {"many.geojson": collection(*rings, name=HOSTILE)}
    parcels = dropped(opened, tmp_path, files, size=size, query=f"?lang={lang}")
    parcels.page.locator(".st-key-import_table_box canvas").first.wait_for()
    assert scroll_of(parcels.page) == [0, 0]


def test_further_files_are_read_while_the_page_stands(opened, tmp_path):
    files = {f"{n}.geojson": collection(square(112.5, 33 + n / 100, 0.002)) for n in range(4)}
    files["broken.geojson"] = '{"type": "FeatureCollection", "feat'
    parcels = dropped(opened, tmp_path, files)
    parcels.page.get_by_text("5 个文件：可用 4，待定 0，不能用 1").wait_for()
    parcels.page.locator(".pl-busy").wait_for(state="detached")
    parcels.page.get_by_role("button", name="收下全部 4 个文件").wait_for()


def test_a_repair_has_its_pictures_and_is_taken(opened, tmp_path):
    bow = [[112.5, 33.0], [112.502, 33.002], [112.502, 33.0], [112.5, 33.002], [112.5, 33.0]]
    parcels = dropped(opened, tmp_path, {"bow.geojson": collection(bow, square(112.51, 33, 0.002))})
    pictures = parcels.page.locator(".pl-pictures img")
    pictures.first.wait_for()
    assert pictures.count() == 2
    assert pictures.first.evaluate("img => img.naturalWidth") > 0
    repair = parcels.page.get_by_role("button", name="全部采用")
    parcels.click(repair, parcels.page.get_by_role("button", name="收下 2 宗"))


def test_the_steps_are_in_reach_of_the_keyboard(opened, tmp_path):
    parcels = dropped(opened, tmp_path, {"a.geojson": collection(square(112.5, 33, 0.002))})
    accept = parcels.page.locator(".st-key-import_accept button:not([disabled])")
    accept.wait_for()
    parcels.until(lambda: accept.press("Enter"), parcels.page.locator(".st-key-extract h2"))
