"""公示页: a page without scripts, coordinates and names, from a public snapshot alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from geo.errors import PlannerError
from parcels.report.notice import notice_html
from parcels.snapshot.levels import reduced
from tests.parcels.report.samples import changed, hostile, judged
from tests.parcels.snapshot.kind_samples import permu_sample
from tests.parcels.snapshot.samples import table_two, two_parcels


class Page(HTMLParser):
    def __init__(self, data):
        super().__init__()
        self.tags, self.links, self.text, self.policy = [], [], "", ""
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        given = dict(attrs)
        self.links += [given[name] for name in ("src", "href") if name in given]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]

    def handle_data(self, data):
        self.text += data


def page(snapshot, **given):
    return Page(notice_html(reduced(snapshot, "public"), **given))


def test_a_notice_says_what_where_which_checks_and_what_is_unknown():
    shown = page(table_two(), contact="规划科 0377-000")
    for words in (
        "地块预检情况公示",
        "示意图，不作为权属和审批依据",
        "B2-07",
        "永久基本农田与耕地",
        "勘测界址（图形）",
        "规则截至：2026-11-22",
        "规划科 0377-000",
        "误差 300–2,000 m",
    ):
        assert words in shown.text
    assert shown.tags.count("svg") == 1
    assert "script" not in shown.tags
    assert shown.links == []
    assert shown.policy == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize("sample", [table_two, two_parcels])
def test_a_notice_holds_no_coordinates(sample):
    text = notice_html(reduced(sample(), "public")).decode()
    assert (
        re.findall(r"\b(?:11[0-9]\.[0-9]{3,}|3[23]\.[0-9]{3,}|3[67][0-9]{6}|36[0-9]{5})", text)
        == []
    )


def test_a_notice_names_nobody_who_judged():
    text = page(judged()).text
    assert not any(one in text for one in ("王工", "李工", "赵工", "已查纸质图", "补界址点"))


def test_hostile_words_are_shown_as_typed():
    shown = page(hostile())
    assert "<b>&amp;</b>[U+2028]" in shown.text
    assert "a[U+0007]b[U+202E]c" in shown.text
    assert "b" not in shown.tags


def test_a_scale_bar_has_a_round_length():
    lengths = re.findall(
        r"([0-9,]+) m</text>", notice_html(reduced(two_parcels(), "public")).decode()
    )
    assert lengths == ["100"]


def test_parcels_without_any_place_have_no_picture():
    def nowhere(content):
        for one in content["parcels"]:
            one["shape"] = one["place"] = one["box"] = None

    shown = page(changed(two_parcels(), nowhere))
    assert "svg" not in shown.tags
    assert "没有可画的位置" in shown.text


def test_only_a_public_review_becomes_a_notice():
    with pytest.raises(PlannerError, match="report_notice_level"):
        notice_html(two_parcels())
    with pytest.raises(PlannerError, match="report_other_kind"):
        notice_html(permu_sample())
