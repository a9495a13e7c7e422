"""Steps on their way: lost connections, refusals, other writers, reloads."""

from __future__ import annotations

import pytest
from shapely.geometry import mapping

from layers.payload import payload
from parcels.sketch_words import sketch_texts
from tests.browser.map_component.scenes import plain, square

WEST = square(-0.018, -0.004, 0.003)
CORNERS = ((-0.022, -0.014), (-0.013, -0.014), (-0.013, -0.008), (-0.022, -0.008))
OTHERS = mapping(square(0.02, -0.01, 0.002))


def draw(editor):
    """Draw without waiting for the save."""
    editor.tool("polygon")
    editor.click(*CORNERS)
    editor.key("Enter")


def keys(editor):
    return [one["key"] for one in editor.drive()["log"]]


@pytest.mark.parametrize("fault", ["down", "lost"])
def test_a_step_that_is_not_answered_is_sent_again_with_the_same_key(editor, fault):
    editor.open()
    editor.drive(fault=fault)
    draw(editor)
    editor.bar("unsaved").wait_for()
    assert "1 步没有保存" in editor.bar("unsaved").text_content()
    assert editor.frame.locator(".planner-saved").text_content() == "未保存，正在重试"
    assert editor.frame.locator(".planner-label", has_text="亩").count() >= 1, "it is still drawn"
    editor.drive(fault="")
    editor.saved(2)
    assert len(set(keys(editor))) == 1
    assert len(keys(editor)) >= 2
    assert len(editor.elements()) == 1
    assert editor.bar("unsaved").count() == 0
    assert editor.frame.locator(".planner-saved").text_content().startswith("已保存 ")


def test_without_a_network_steps_wait_in_order_and_survive_a_reload(editor):
    editor.drive(elements=[{"id": "a", "kind": "extension", "geometry": mapping(WEST)}])
    editor.open()
    editor.page.route("**/do", lambda route: route.abort())
    draw(editor)
    editor.click((-0.018, -0.004))
    editor.frame.locator("body").press("Delete")
    editor.bar("unsaved").get_by_text("2 步").wait_for()
    assert keys(editor) == []
    editor.page.on("dialog", lambda dialog: dialog.accept())
    editor.page.unroute("**/do")
    editor.open()
    editor.saved(3)
    assert [one["command"]["do"] for one in editor.drive()["log"]] == ["draw", "delete"]
    assert len(editor.elements()) == 1


def test_a_refused_shape_stays_in_the_hand_until_it_is_accepted(editor):
    editor.open()
    editor.drive(fault="refuse")
    draw(editor)
    bar = editor.bar("refused")
    bar.wait_for()
    assert "形状不行" in bar.text_content()
    assert "改一改" in bar.text_content()
    assert editor.frame.locator(".marker-icon").count() == 8
    editor.drive(fault="")
    bar.get_by_text("重试").click()
    editor.saved(2)
    assert len(set(keys(editor))) == 2
    assert bar.count() == 0


def test_a_refused_shape_can_be_given_up(editor):
    editor.open()
    editor.drive(fault="refuse")
    draw(editor)
    editor.bar("refused").get_by_text("放弃").click()
    assert editor.frame.locator(".marker-icon").count() == 0
    assert editor.elements() == []


@pytest.mark.parametrize("answer", ["载入并重做我的这一步", "放弃"])
def test_the_second_writer_sees_both_and_decides(editor, answer):
    editor.open()
    editor.drive(theirs=OTHERS)
    draw(editor)
    bar = editor.bar("moved_on")
    bar.wait_for()
    assert "李工" in bar.text_content()
    assert "第 2 版" in bar.text_content()
    assert editor.frame.locator(".planner-saved").text_content() == "未保存，等您决定"
    bar.get_by_role("button", name=answer).click()
    kept = answer != "放弃"
    editor.saved(3 if kept else 2)
    assert len(editor.elements()) == 1 + kept


def test_the_second_writer_can_keep_a_copy(editor):
    editor.open()
    editor.drive(theirs=OTHERS)
    draw(editor)
    editor.bar("moved_on").get_by_role("button", name="另存为副本").click()
    editor.page.wait_for_function(
        "document.querySelector('.st-key-told code').textContent.includes('sketch-copy')"
    )
    assert editor.told()["id"] == "1"
    editor.page.wait_for_timeout(800)
    draft = editor.drive()["draft"]
    assert (draft["command"]["do"], draft["seen"]) == ("draw", 1)
    editor.open()
    editor.saved(3)
    assert len(editor.elements()) == 2, "the copy begins with the step that it was made for"


def test_a_save_of_somebody_else_is_offered_quietly(editor):
    editor.open()
    editor.drive(theirs=OTHERS)
    bar = editor.bar("newer")
    bar.wait_for()
    assert "李工 保存了第 2 版" in bar.text_content()
    bar.get_by_text("载入").click()
    editor.saved(2)
    assert bar.count() == 0


def test_an_unfinished_drawing_comes_back_after_a_reload(editor):
    editor.open()
    editor.tool("polygon")
    editor.click(*CORNERS[:3])
    editor.page.wait_for_timeout(1000)
    assert len(editor.drive()["draft"]["points"]) == 3
    editor.open()
    editor.bar("draft").get_by_text("继续").click()
    editor.click(CORNERS[3])
    editor.key("Enter")
    editor.saved(2)
    assert len(editor.elements()[0]["geometry"]["coordinates"][0]) == 5
    editor.page.wait_for_timeout(300)
    assert editor.drive()["draft"] is None


def test_what_the_page_chooses_is_chosen_once_and_a_save_says_what_is(editor):
    editor.drive(elements=[{"id": "a", "kind": "extension", "geometry": mapping(WEST)}])
    editor.open()
    sketch = {"url": f"../../api/sketch/{editor.token}", "texts": sketch_texts("zh")}
    sketch |= {"answer": editor.drive()["answer"], "chosen": "a"}
    editor.frame.evaluate("text => planner.update(text)", payload(plain(sketch=sketch)))
    chosen = "planner.state().sketch.chosen.join()"
    editor.frame.wait_for_function(f"{chosen} === 'a'")
    editor.click((0.02, -0.012))
    editor.frame.evaluate("text => planner.update(text)", payload(plain(sketch=sketch)))
    editor.page.wait_for_timeout(200)
    assert editor.frame.evaluate(chosen) == ""
    draw(editor)
    editor.saved(2)
    made = editor.elements()[1]["id"]
    editor.page.wait_for_function(
        "id => document.querySelector('.st-key-told code').textContent.includes(id)", arg=made
    )
    told = editor.told()
    assert (told["kind"], told["id"], told["element"]) == ("sketch", "2", made)


def test_fifty_updates_leave_nothing_behind(editor):
    shapes = [
        {
            "id": f"e{i}",
            "kind": "extension",
            "geometry": mapping(square(0.0004 * i - 0.02, 0.012, 0.0001)),
        }
        for i in range(60)
    ]
    editor.drive(elements=shapes)
    editor.open()
    session = editor.page.context.new_cdp_session(editor.page)

    def counted():
        session.send("HeapProfiler.collectGarbage")
        found = session.send("Memory.getDOMCounters")
        layers = editor.frame.evaluate("Object.keys(map._layers).length")
        return layers, found["nodes"], found["jsEventListeners"]

    sketch = {"url": f"../../api/sketch/{editor.token}", "texts": sketch_texts("zh")}

    def update(times, version):
        answer = editor.drive()["answer"]
        for step in range(times):
            answer["scenario"]["version"] = version + step
            answer["elements"][step]["name"] = f"update {version + step}"
            scene = plain(sketch=sketch | {"answer": answer})
            editor.frame.evaluate("text => planner.update(text)", payload(scene))

    update(5, 10)
    before = counted()
    update(50, 20)
    after = counted()
    assert editor.frame.evaluate("planner.state().sketch.version") == 69
    assert after[0] == before[0]
    assert after[1] <= before[1] + 200
    assert after[2] <= before[2] + 50
