"""The sheet of a proposal: its figures as stated, every finding with its id, the changes in full."""

from __future__ import annotations

import json
from functools import cache

from layers.sheet.page import Text
from parcels.sheets.m0_tables import mix_rows
from parcels.sheets.options import SheetOptions
from parcels.sheets.templates import sheet
from parcels.snapshot.levels import reduced
from parcels.snapshot.model import seal
from tests.parcels.sheets.golden import DPI, compare, steady
from tests.parcels.snapshot.kind_samples import proposal_sample

PLAN = SheetOptions(template="m0")


@cache
def m0_sheet():
    return sheet(proposal_sample(), PLAN)


def words(drawn):
    return [one.words for page in drawn.content for one in page.marks if isinstance(one, Text)]


def edited(change):
    content = json.loads(json.dumps(dict(proposal_sample().content)))
    change(content["answers"])
    return seal(content)


def test_it_looks_as_it_did():
    compare("m0", sheet(steady(proposal_sample()), PLAN).png(1, dpi=DPI))


def test_every_finding_stands_on_the_sheet_with_its_id():
    said = words(m0_sheet())
    answers = proposal_sample().content["answers"]
    found = [one for pack in answers["packs"] for one in pack["findings"]]
    around = [one for pack in answers["around"]["packs"] for one in pack["findings"]]
    assert {one["id"] for one in (*found, *around)} <= {*said}


def test_figures_verdicts_and_changes_are_those_of_the_content():
    joined = "".join(words(m0_sheet()))
    memo = proposal_sample().content["answers"]["memo"]
    assert memo["summary"] in joined
    assert all(one.replace(" ", "") in joined.replace(" ", "") for one in memo["changes"])
    assert all(one["value"] in joined for one in memo["figures"])
    assert all(one["title"] in joined for one in memo["packs"])


def test_shares_add_up_to_the_sum():
    rows = mix_rows(proposal_sample().content["answers"], "zh")
    shares = [round(float(one.cells[3].rstrip("*")) * 100) for one in rows]
    assert sum(shares[:-1]) == shares[-1] == 10_000
    assert rows[-1].cells[2] == "80,000.00"


def test_a_floor_area_that_is_a_range_gives_no_share():
    def blur(answers):
        area = answers["proposal"]["floors"][0]["area"]
        area |= {"value": None, "low": 20_000, "high": 30_000}

    rows = mix_rows(edited(blur).content["answers"], "zh")
    assert {one.cells[3] for one in rows} == {"未知", "—"}
    assert rows[-1].cells[2] == "未知"


def test_without_volumes_the_sheet_says_so():
    drawn = sheet(edited(lambda answers: answers.update(volumes=None)), PLAN)
    assert "没有做体量研究：平面和立面没有画。" in words(drawn)


def test_what_a_level_withholds_is_not_said_to_be_missing():
    """A public sheet has no massing: neither was it never studied nor were no areas stated."""
    said = words(sheet(reduced(proposal_sample(), "public"), PLAN))
    assert "没有求最小改动。" not in said
    assert "方案没有填写各功能的建筑面积。" not in said
    assert "平面和立面：公开级别的快照不含体量研究。" in said


def test_many_packs_and_figures_are_counted_where_they_find_no_room():
    def multiply(answers):
        answers["packs"] *= 4
        answers["memo"]["figures"] *= 3

    said = words(sheet(edited(multiply), PLAN))
    assert any(one.startswith("另有 ") and one.endswith(" 个，见后页") for one in said)
    assert any(one.startswith("另有 ") and one.endswith(" 项") for one in said)
