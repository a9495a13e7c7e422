"""Whole jobs on the page 扩区 in a real browser, on the application's own store."""

from __future__ import annotations

import re

import pytest

PLACES = [(690, 330), (820, 330), (820, 440), (690, 440)]  # pixels of the map
SCROLL = (
    "(() => { const m = document.querySelector('[data-testid=stMain]');"
    " return [m.scrollHeight - m.clientHeight, m.scrollWidth - m.clientWidth]; })()"
)


class Sketching:
    """The page and the editor in its map."""

    def __init__(self, parcels):
        self.parcels, self.page, self.seen = parcels, parcels.page, parcels.seen

    @property
    def frame(self):
        return next(one for one in self.page.frames if "st_folium" in one.url)

    @property
    def right(self):
        return self.page.locator(".st-key-sketch_right_body")

    def ready(self):
        """Wait until the editor shows what stands."""
        self.page.locator(".st-key-sketch_map iframe").wait_for()
        self.page.frame_locator(".st-key-sketch_map iframe").locator(
            "[data-tool=polygon]"
        ).wait_for()
        self.parcels.settled()
        return self

    def version(self):
        return int(re.search(r"第 (\d+) 版", self.page.locator(".pl-sk-saved").inner_text())[1])

    def saved(self, version):
        """Wait until the page tells of a version, and the map of the same."""
        self.page.locator(".pl-sk-saved", has_text=f"第 {version} 版").wait_for()
        self.frame.wait_for_function(
            "version => planner.state().sketch?.version === version"
            " && planner.state().sketch.saving === 'saved'",
            arg=version,
        )
        self.parcels.settled()

    def draw(self, places=PLACES):
        version = self.version()
        self.frame.locator("[data-tool=polygon]").click()
        box = self.page.locator(".st-key-sketch_map iframe").bounding_box()
        for right, down in places:
            self.page.mouse.move(box["x"] + right, box["y"] + down)
            self.page.mouse.click(box["x"] + right, box["y"] + down)
        self.page.keyboard.press("Enter")
        self.saved(version + 1)

    def panel(self, title, name):
        place = self.page.locator(".st-key-sketch_panel button", has_text=title)
        self.parcels.click(place, ("panel", name))
        self.parcels.settled()

    def press(self, name):
        self.parcels.settled()
        self.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def sketching(opened):
    """Open the page on an example of its own."""
    found = Sketching(opened(path="/sketch"))
    found.parcels.settled()
    begin = found.page.get_by_role("button", name="从南区示例开始")
    if begin.count():
        begin.click()
    else:
        found.page.get_by_role("button", name="新建").click()
        found.page.locator(".st-key-sketch_new_demo button").first.click()
    found.page.wait_for_url("**scenario=**")
    yield found.ready()
    assert found.seen.outside() == []


def test_a_drawn_area_moves_the_indices_and_survives_undo_and_reload(sketching):
    area = sketching.right.locator(".pl-sk-index-value").first
    before, version = area.inner_text(), sketching.version()
    sketching.draw()
    assert area.inner_text() != before
    drawn = area.inner_text()
    sketching.press("撤销")
    sketching.saved(version + 2)
    assert area.inner_text() == before
    sketching.page.reload()
    sketching.ready()
    assert area.inner_text() == before
    sketching.press("重做")
    sketching.saved(version + 3)
    assert area.inner_text() == drawn
    assert "历史 3" in sketching.page.locator(".st-key-sketch_history").inner_text()


def test_a_link_gives_the_same_scenario_panel_and_element(sketching, opened):
    sketching.panel("图形", "shape")
    box = sketching.right.locator("[data-testid=stSelectbox] input").first
    box.click()
    sketching.page.get_by_role("option", name="南扩区西片").click()
    sketching.right.get_by_text("周长").wait_for()
    query = sketching.page.url.split("/sketch")[1]
    other = Sketching(opened(query, path="/sketch")).ready()
    other.right.get_by_text("周长").wait_for()
    assert other.right.locator("input").first.input_value().startswith("南扩区西片")
    other.parcels.speak("EN", ("lang", "en"))
    other.right.get_by_text("Perimeter").wait_for()
    assert other.parcels.param("element") == sketching.parcels.param("element")


def test_of_two_people_the_second_sees_both_states_and_may_keep_a_copy(sketching, opened):
    version = sketching.version()
    query = sketching.page.url.split("/sketch")[1]
    other = Sketching(opened(query, path="/sketch")).ready()
    sketching.draw()
    other.press("撤销")
    other.page.locator(".st-key-sketch_trouble [role=alert]").wait_for()
    told = other.page.locator(".st-key-sketch_trouble").inner_text()
    assert f"您看到的（第 {version} 版）" in told
    assert f"现在的（第 {version + 1} 版" in told
    scenario = other.parcels.param("scenario")
    other.press("另存为副本")
    other.page.wait_for_function(
        "known => new URL(location).searchParams.get('scenario') !== known", arg=scenario
    )
    other.ready()
    assert not other.page.locator(".st-key-sketch_trouble [role=alert]").count()
    assert sketching.version() == version + 1


def test_a_step_of_the_history_can_be_gone_back_to(sketching):
    sketching.draw()
    version = sketching.version()
    sketching.page.get_by_role("button", name=re.compile("历史")).click()
    table = sketching.page.locator(".st-key-sketch_history_box [data-testid=stDataFrame]")
    table.wait_for()
    sketching.parcels.settled()
    box = table.bounding_box()
    sketching.page.mouse.click(box["x"] + 12, box["y"] + 36 + 31 + 15)
    sketching.page.get_by_role("button", name="还原到第 2 步").click()
    sketching.saved(version + 1)
    assert sketching.page.get_by_role("button", name="重做", exact=True).is_enabled()


def test_compared_maps_move_in_step_and_name_the_steps(sketching):
    sketching.page.locator(".st-key-sketch_mode button", has_text="对比").click()
    table = sketching.page.locator(".pl-sk-compare")
    table.wait_for()
    assert "由哪一步引起" in table.inner_text()
    sketching.parcels.settled()
    first, second = [one for one in sketching.page.frames if "st_folium" in one.url]
    first.wait_for_function("window.map && planner.state().sketch")
    first.evaluate("map.setView([32.9, 112.55], 12.5, {animate: false})")
    second.wait_for_function(
        "Math.abs(map.getCenter().lat - 32.9) < 1e-3 && map.getZoom() === 12.5"
    )


@pytest.mark.parametrize(
    ("size", "lang"),
    [((1366, 768), "zh"), ((1366, 640), "en"), ((1920, 1080), "zh")],
    ids=["laptop", "low", "desk"],
)
def test_the_page_itself_never_scrolls(sketching, opened, size, lang):
    query = sketching.page.url.split("/sketch")[1]
    for mode in ("edit", "compare", "balance", "phasing"):
        parcels = opened(f"{query}&mode={mode}&lang={lang}", path="/sketch", size=size)
        parcels.page.locator(".st-key-sketch_bar").wait_for()
        parcels.settled()
        assert parcels.page.evaluate(SCROLL) == [0, 0], mode
        parcels.page.close()


def test_an_editor_that_a_new_server_does_not_know_has_the_page_drawn_again(sketching):
    unknown = {"code": "desk_unknown", "message": "", "hint": "", "at": None}
    sketching.page.route(
        "**/api/sketch/*/version", lambda route: route.fulfill(status=404, json=unknown)
    )
    sketching.page.evaluate(
        "document.querySelector('.st-key-sketch_refresh button')"
        ".addEventListener('click', () => { window.drawnAgain = true; })"
    )
    sketching.page.wait_for_function("window.drawnAgain")


def test_an_editor_that_gets_no_answer_asks_again(sketching):
    lost = []

    def lose(route):
        lost.append(route.request.url)
        route.abort() if len(lost) == 1 else route.continue_()

    version = sketching.version()
    sketching.page.route(re.compile(r"/api/sketch/[^/]+$"), lose)
    sketching.page.reload()
    sketching.ready().saved(version)
    assert len(lost) == 2
