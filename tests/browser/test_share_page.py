"""分享 in a real browser: a link until it is revoked, a file on its way, sizes, hostile titles."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.test_permu_page import scroll_of

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
SIZES = [(1366, 768), (1366, 640), (1920, 1080)]
A4 = 297 / 210


def shared(opened, path, brings):
    """Open a page and its dialog by the key."""
    seen = opened(path=path)
    seen.page.locator(brings).first.wait_for()
    seen.settled()
    seen.key("s", seen.page.locator(".st-key-share_make button"))
    return seen


def pick(seen, key, word, brings):
    seen.click(seen.page.locator(f".st-key-share_dialog [class*={key}]").get_by_text(word), brings)


def test_a_public_link_opens_as_typed_until_it_is_revoked(opened, browser):
    seen = shared(opened, "/review", ".st-key-review_matrix_panel")
    page = seen.page
    page.locator(".st-key-share_dialog input").first.fill(HOSTILE)
    pick(seen, "st-key-share_level", "公开", page.get_by_text("界址点坐标、坐标系和地理位置"))
    seen.click(page.locator(".st-key-share_make button"), page.locator(".st-key-share_made"))
    address = page.locator(".st-key-share_made .pl-share-url").inner_text()
    copy = page.locator(".st-key-share_made .pl-share-button")
    copy.click()
    expect(copy).to_have_text("已复制")  # the browser answers later

    stranger = browser.new_page()
    opened.pages.append(stranger)
    stranger.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    asked = []
    stranger.on("request", lambda request: asked.append(request.url))
    answer = stranger.goto(address)
    assert answer.status == 200
    stranger.get_by_text(HOSTILE).first.wait_for()
    assert {url for url in asked if not url.startswith(("data:", "blob:"))} == {address}

    seen.click(page.locator(".st-key-share_to_page button"), page.locator(".st-key-share_leaf img"))
    assert HOSTILE in page.locator(".st-key-share_entry").inner_text()
    assert seen.param("snapshot")
    revoke = page.locator("[class*=st-key-share_revoke_] button")
    seen.click(revoke.first, page.locator(".st-key-share_revoke_do"))
    seen.click(page.locator(".st-key-share_revoke_do button"), page.get_by_text("已于"))
    assert stranger.goto(address).status == 404
    assert seen.seen.outside() == []


def test_a_package_is_made_beside_the_page_and_downloaded(opened, tmp_path):
    seen = shared(opened, "/m0", ".st-key-m0_table tr, .st-key-m0_table canvas")
    page = seen.page
    pick(seen, "st-key-share_output", "数据包 zip", page.get_by_role("button", name="生成文件"))
    seen.click(page.locator(".st-key-share_make button"), page.locator(".st-key-share_jobs"))
    with page.expect_download() as told:
        page.get_by_role("button", name="下载").click()
    told.value.save_as(tmp_path / "made.zip")
    assert "snapshot.json" in zipfile.ZipFile(tmp_path / "made.zip").namelist()


def test_the_sheet_has_the_proportions_of_its_paper_at_every_size(opened):
    seen = opened(path="/share")
    page = seen.page
    seen.click(page.locator(".st-key-share_new button"), page.locator(".st-key-share_make button"))
    pick(seen, "st-key-share_output", "网页 HTML", page.get_by_role("button", name="生成文件"))
    seen.click(page.locator(".st-key-share_make button"), page.locator(".st-key-share_made"))
    page.keyboard.press("Escape")
    picture = page.locator(".st-key-share_leaf img")
    picture.wait_for()
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        seen.settled()
        assert scroll_of(page) == [0, 0]
        box = picture.bounding_box()
        assert abs(box["width"] / box["height"] - A4) < 0.01
        assert box["y"] + box["height"] < size[1]
    assert seen.seen.outside() == []
