"""The one HTML file of a snapshot in a real Chromium: from the disk, with the network off."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from parcels.snapshot.page.page import page_bytes
from tests.browser.harness import watch
from tests.parcels.snapshot.samples import table_two, two_parcels

HOSTILE = "</script><img src=x onerror=alert(1)><b>{{7*7}}</b> ${1} 'J1'"


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from a file, offline; whatever it asks for or complains about fails the test."""
    contexts = []

    def open_(data, **given):
        file = tmp_path / "snapshot.html"
        file.write_bytes(data)
        size = given.pop("size", (1366, 768))
        context = browser.new_context(
            offline=True, viewport={"width": size[0], "height": size[1]}, **given
        )
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        seen = watch(page, "file:")
        page.goto(file.as_uri())
        page.locator(".pg-tabs").wait_for()
        open_.pages.append(page)
        watched.append(seen)
        return page

    watched = []
    open_.pages = []
    yield open_
    local = ("file:", "data:", "blob:")
    asked = [url for seen in watched for url in seen.urls if not url.startswith(local)]
    complained = [line for seen in watched for line in seen.console]
    for context in contexts:
        context.close()
    assert asked == []
    assert complained == []


def test_a_snapshot_opens_from_a_file_and_map_list_and_filters_go_together(opened):
    page = opened(page_bytes(table_two()), reduced_motion="reduce")
    page.locator(".planner-label.is-number").first.wait_for()
    expect(page.locator(".pg-disclaimer")).to_have_text(table_two().content["disclaimer"])
    expect(page.locator(".planner-notice")).to_contain_text("非勘测")
    totals = [
        int(one.split()[-1].replace(",", "")) for one in page.locator(".pg-pill").all_inner_texts()
    ]
    summary = table_two().content["answers"]["summary"]
    assert totals == [
        sum(summary.values()),
        *(summary[name] for name in ("fail", "unknown", "warning", "pass", "not_applicable")),
    ]
    page.get_by_role("option").nth(4).click()
    expect(page.locator(".pg-extract h2")).to_have_text("5 光电产业园剩余地块")
    expect(page.locator(".planner-label.is-tag")).to_have_text("5 光电产业园剩余地块")
    label = page.locator(".planner-label.is-number").first
    number, box = label.inner_text().split(" ")[0], label.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    chosen = page.locator(".pg-list-row[aria-selected=true] .pg-list-number")
    expect(chosen).to_have_text(number)
    page.keyboard.press("k")
    expect(chosen).to_have_text(str(int(number) - 1))
    page.keyboard.press("3")  # warnings
    page.get_by_role("tab").nth(1).click()
    expect(page.locator("tr[data-finding]")).to_have_count(summary["warning"])
    expect(page.locator("tr[data-finding] .pg-badge").first).to_have_text("! 提示")
    page.locator(".pg-filters input[type=search]").fill("东周庄")
    expect(page.locator("tr[data-finding]")).not_to_have_count(summary["warning"])
    assert page.evaluate("document.documentElement.scrollHeight") == 768
    page.get_by_role("tab", name="怎样核验").click()
    expect(page.locator("[data-sealed=true]")).to_be_visible()


def test_words_of_users_appear_as_typed_and_a_changed_digit_is_seen(opened):
    content = json.loads(canonical_bytes(two_parcels().content))
    for text in (content, content["parcels"][0]):
        text["title" if "title" in text else "name"] = HOSTILE
    content["parcels"][0]["name"] = content["made"]["by"] = content["disclaimer"] = HOSTILE
    content["parcels"][0]["attributes"] = {HOSTILE: HOSTILE}
    content["drawn"]["notice"] = content["answers"]["findings"][0]["message"] = HOSTILE
    page = opened(page_bytes(seal(content)))
    for place in ("h1", ".pg-disclaimer", ".planner-notice", ".pg-extract h2", ".pg-list-row"):
        expect(page.locator(place).first).to_contain_text(HOSTILE)
    expect(page.locator(".pg-seal")).to_have_text("")
    changed = page_bytes(two_parcels()).replace(b'"accuracy_m":0.1,', b'"accuracy_m":0.2,', 1)
    page = opened(changed)
    expect(page.locator(".pg-seal")).to_have_text("内容与摘要不一致")


def test_a_public_snapshot_is_drawn_in_metres_with_a_scale_bar_that_is_right(opened):
    snapshot = reduced(two_parcels(), "public")
    page = opened(page_bytes(snapshot), size=(390, 844), color_scheme="dark")
    page.locator(".planner-label.is-number").first.wait_for()
    expect(page.locator(".pg-watermark")).to_be_visible()
    bar = page.locator(".leaflet-control-scale-line")
    shown, width = bar.inner_text(), bar.bounding_box()["width"]
    east = [point[0] for point in snapshot.content["parcels"][0]["shape"]["coordinates"][0]]
    frame = page.locator(".leaflet-planner-chosen-pane path").first.evaluate(
        "path => path.getBBox().width"
    )
    metres = float(shown.removesuffix(" m").removesuffix(" km")) * (1000 if "km" in shown else 1)
    assert frame / (max(east) - min(east)) == pytest.approx(width / metres, rel=0.02)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_every_kind_has_its_view_and_goes_on_paper(opened):
    from tests.parcels.snapshot.kind_samples import permu_sample

    page = opened(page_bytes(permu_sample()))
    expect(page.locator(".pg-table").first).to_contain_text("名次")
    assert page.pdf().startswith(b"%PDF")
