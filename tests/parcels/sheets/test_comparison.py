"""Scenarios side by side: one extent and scale, the figures and causes of the content."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from layers.sheet.page import Areas, Text
from parcels.sheets.comparison import pages
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import sheet
from parcels.snapshot.model import seal
from tests.parcels.sheets.golden import DPI, compare, steady
from tests.parcels.snapshot.kind_samples import scenarios_sample

WIDE = SheetOptions(template="comparison", paper="A3")


@cache
def wide_sheet():
    return sheet(scenarios_sample(), WIDE)


def words(drawn):
    return [one.words for page in drawn.content for one in page.marks if isinstance(one, Text)]


def frames(page):
    """Give the boxes of the maps: the paper-coloured rectangles without an edge."""
    return [
        one.shapes[0].bounds
        for one in page.marks
        if isinstance(one, Areas) and one.fill == "#F6F6F4" and one.edge is None
    ]


def test_it_looks_as_it_did():
    drawn = sheet(steady(scenarios_sample()), replace(WIDE, tone="grey"))
    compare("comparison-grey", drawn.png(1, dpi=DPI))


def test_each_scenario_has_a_map_of_the_same_size_and_its_name_above():
    first = wide_sheet().content[0]
    boxes = frames(first)
    assert len(boxes) == len(scenarios_sample().content["scenarios"])
    assert len({(round(e - w, 6), round(n - s, 6), round(s, 6)) for w, s, e, n in boxes}) == 1
    said = [one.words for one in first.marks if isinstance(one, Text)]
    assert all(one["name"] in said for one in scenarios_sample().content["scenarios"])
    assert any(one.startswith("1:") for one in said)


def test_every_figure_and_difference_of_the_content_is_written_with_its_id():
    said = "\n".join(words(wide_sheet())).replace("\n", "")
    for row in scenarios_sample().content["answers"]["comparison"]["rows"]:
        assert row["id"] in said
        assert row["name"] in said
        assert all(one["text"] in said for one in row["values"])
        assert all(one["text"] in said for one in row["differences"])
    for scenario in scenarios_sample().content["answers"]["scenarios"]:
        assert all(one["name"] in said for one in scenario["indices"]["indices"])


def test_land_that_is_not_known_is_no_zero():
    said = words(wide_sheet())
    roads = said.index("道路", said.index("毛面积"))
    assert said[roads + 1] == "未知"


def test_on_small_paper_maps_that_do_not_fit_beside_each_other_follow():
    content = scenarios_sample().content
    given = seal({**content, "scenarios": content["scenarios"][:1]})
    assert len(frames(pages(given, replace(WIDE, paper="A4"))[0])) == 1
    narrow = sheet(scenarios_sample(), replace(WIDE, paper="A4", scale=100_000))
    shown = [len(frames(page)) for page in narrow.content]
    assert sum(shown) == len(content["scenarios"])
    assert max(shown) < len(content["scenarios"])
