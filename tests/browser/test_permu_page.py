"""亩均 in a real browser: sizes, hostile names, choices in the address, nothing from outside."""

from __future__ import annotations

import pytest

HOSTILE = "**x** [a](b) :red[c] <img src=x onerror=alert(1)> {{7*7}}"
SIZES = [(1366, 768), (1366, 640), (1920, 1080)]
HEAD = "企业名称,用地面积(亩),登记面积(亩),税收(万元),用电量(kWh),状态"
SCHEME = "scheme=zhejiang_huangyan_2022_small"


def table(tmp_path, count=30):
    rows = [f"企业{at},{at + 5},{at + 6},{100 + at},{1_000_000 + at},在产" for at in range(count)]
    rows += [f'"{HOSTILE}",10,10,100,1000000,承诺值', "末,10,10,NaN,1000000,在产"]
    path = tmp_path / "企业.csv"
    path.write_text("\n".join([HEAD, *rows]), "gb18030")
    return path


def dropped(opened, tmp_path, query="", **options):
    seen = opened(query, path="/permu", **options)
    seen.page.locator(".st-key-permu_drop input[type=file]").set_input_files(table(tmp_path))
    seen.page.locator(".st-key-permu_table tbody tr").first.wait_for()
    return seen


def scroll_of(page):
    return page.evaluate(
        "(() => { const main = document.querySelector('[data-testid=stMain]');"
        " return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth] })()"
    )


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_scrollbar(opened, tmp_path, size, lang):
    seen = dropped(opened, tmp_path, f"?lang={lang}", size=size)
    seen.page.locator(".st-key-permu_right canvas, .st-key-permu_right svg").first.wait_for()
    assert scroll_of(seen.page) == [0, 0]
    assert seen.seen.outside() == []


def test_names_are_shown_as_typed_and_promises_in_italics(opened, tmp_path):
    seen = dropped(opened, tmp_path, f"?{SCHEME}&classes=wenling_below_2022")
    row = seen.page.locator("tr.pl-promised")
    assert HOSTILE in row.inner_text()
    assert "承诺值" in row.inner_text()
    assert row.locator("td").first.evaluate("cell => getComputedStyle(cell).fontStyle") == "italic"
    letters = row.locator("td.pl-num").nth(2).inner_text()
    assert letters == "—"


def test_reasons_unfold_below_a_firm(opened, tmp_path):
    seen = dropped(opened, tmp_path, f"?{SCHEME}")
    more = seen.page.locator("tr.pl-permu-more", has_text="NaN")
    assert not more.is_visible()
    seen.page.locator("summary", has_text="末").click()
    more.wait_for(state="visible")


def test_what_is_asked_is_in_the_address(opened, tmp_path):
    seen = dropped(opened, tmp_path, f"?{SCHEME}")
    choices = seen.page.locator(".st-key-permu_picture button, .st-key-permu_picture label")
    seen.click(choices.last, ("picture", "map"))
    seen.page.get_by_text("对不上地块").first.wait_for()
    assert seen.param("scheme") == "zhejiang_huangyan_2022_small"


def test_the_zone_is_there_without_a_table(opened):
    seen = opened(path="/permu")
    seen.page.locator(".pl-permu-zone").wait_for()
    assert "64,905.00" in seen.page.locator(".pl-permu-zone").inner_text()
    seen.page.wait_for_timeout(1_500)  # the chart takes its height after the text
    assert scroll_of(seen.page) == [0, 0]
    assert seen.seen.outside() == []


def test_the_table_and_what_was_settled_outlive_a_reload(opened, tmp_path):
    seen = dropped(opened, tmp_path, f"?{SCHEME}&classes=wenling_below_2022")
    seen.page.wait_for_function("new URL(location).searchParams.has('firms')")
    before = seen.page.locator(".st-key-permu_table tbody").inner_text()
    seen.page.reload()
    seen.page.locator(".st-key-permu_table tbody tr").first.wait_for()
    assert seen.page.locator(".st-key-permu_table tbody").inner_text() == before


def test_an_address_whose_table_is_gone_says_so(opened):
    seen = opened("?firms=AAAAAAAAAAAAAAAAAAAAAA", path="/permu")
    seen.page.get_by_text("已经不在了").wait_for()
