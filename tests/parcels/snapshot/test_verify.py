"""A snapshot is verified from its own inputs; one changed digit is named."""

from __future__ import annotations

import contextlib
import copy
import json

import pytest

from geo.errors import PlannerError
from parcels.snapshot import verify as verifying
from parcels.snapshot.canonical import canonical_bytes, digest_of
from parcels.snapshot.files import open_snapshot
from parcels.snapshot.levels import reduced
from parcels.snapshot.marks import marks_of
from parcels.snapshot.model import Snapshot
from parcels.snapshot.page.page import page_bytes
from parcels.snapshot.verify import verify
from parcels.snapshot.verifying.words import verify_entry, verify_lines
from parcels.snapshot.writers import json_bytes
from tests.parcels.snapshot.samples import table_two, two_parcels


@pytest.fixture(scope="module")
def value():
    return json.loads(json_bytes(two_parcels()))


def _edited(value, change, *, seal=False):
    other = copy.deepcopy(value)
    change(other["content"])
    if seal:
        other["digest"] = digest_of(other["content"])
    return canonical_bytes(other)


def _lines(data, **asked):
    report = verify(data, "快照.json", **asked)
    for lang in ("zh", "en"):
        entry = verify_entry(report, lang)
        json.dumps(entry, allow_nan=False)
        assert entry["differences"] == len(report.differences)
    return report, verify_lines(report, "zh")


def test_what_was_sealed_is_verified(value):
    report, lines = _lines(canonical_bytes(value))
    assert (report.state, report.differences, report.notes) == ("verified", (), ())
    assert report.found[:8] in lines[1]
    assert verify(table_two()).state == "verified"


def _name(content):
    content["parcels"][1]["name"] = "{{7*7}}<b>"


def _coordinate(content):
    content["parcels"][1]["shape"]["coordinates"][0][2][0] += 1e-6


def _point(content):
    content["parcels"][0]["rings"][0]["north_east"][2][1] += 0.001


def _declared(content):
    content["parcels"][0]["declared_m2"] = 55832


def _rule(content):
    content["inputs"]["book"]["packs"][3]["rule"][2]["value"] = 0.0701


def _figure(content):
    finding = next(one for one in content["answers"]["findings"] if one["id"] == "F40")
    finding["measured"] *= 1.01


def _verdict(content):
    finding = next(one for one in content["answers"]["findings"] if one["outcome"] == "unknown")
    finding["outcome"] = "pass"


def _count(content):
    content["answers"]["summary"]["pass"] += 1


def _finding_gone(content):
    del content["answers"]["findings"][3]


def _disclaimer(content):
    content["disclaimer"] = "审批通过"


def _title(content):
    content["title"] += "2"


CHANGES = {
    _name: ["地块 2 · 名称：与封存时不同，文件现写 “{{7*7}}<b>”"],
    _coordinate: ["地块 2 · 界址 · 第 1 环 · 第 3 点 · 经度", "地块 2 · 面积（计算）"],
    _point: ["地块 1 · 第 1 环 · 界址点 J3 · 东坐标"],
    _declared: ["地块 1 · 面积（申报）：与封存时不同，文件现写 55832", "F40（地块 1） · 实测"],
    _rule: ["规则 Q_CLOSED · 限值：文件写 0.0701，本机同一版本的规则包是 "],
    _figure: ["F40（地块 1） · 实测：文件写 −0.20 m²（0.00 亩），重算 −0.20 m²（0.00 亩）"],
    _verdict: [" · 结果：文件写 符合，重算 未知"],
    _count: ["合计 · 符合：文件写 12，重算 11"],
    _finding_gone: ["F4（地块 1）：文件写 没有，重算"],
    _disclaimer: ["声明：文件写 “审批通过”，重算 “预检，不作为权属和审批依据”"],
    _title: ["标题：与封存时不同，文件现写 “示例勘测2”"],
}


@pytest.mark.parametrize(("change", "named"), CHANGES.items())
def test_one_changed_value_is_named(value, change, named):
    report, lines = _lines(_edited(value, change))
    assert report.state == "differs"
    told = "\n".join(lines[2:])
    wanted = [one for one in named if change is not _figure]
    assert [one for one in wanted if one not in told] == []
    if change is _figure:
        assert "F40（地块 1） · 实测：文件写 -0.1997" in told


def test_a_change_that_was_sealed_again_is_found_by_the_checks(value):
    report, lines = _lines(_edited(value, _verdict, seal=True))
    assert report.is_sealed
    assert report.state == "differs"
    assert len(report.differences) == 1
    assert "重算 未知" in lines[2]


def test_whoever_seals_again_is_found_by_packs_and_check_digits(value):
    def hidden(content):
        _rule(content)
        content["marks"] = marks_of(content)

    report, lines = _lines(_edited(value, hidden, seal=True))
    assert (report.is_sealed, report.state) == (True, "differs")
    assert {one.how for one in report.differences} == {"shipped"}
    assert "又封存过" in lines[1]

    def older(content):
        content["made"]["app"] = "0.6.0"
        hidden(content)

    report, lines = _lines(_edited(value, older, seal=True))
    assert report.state == "sealed"
    assert any("规则包 geometry_qc 与本机" in line for line in lines)
    report, lines = _lines(_edited(value, _name, seal=True))
    assert (report.state, report.differences[0].how) == ("differs", "changed")
    assert "地块 2 · 名称" in lines[2]


def test_a_page_of_another_version_is_not_verified_word_for_word(value):
    content = copy.deepcopy(value["content"])
    content["made"]["app"] = "0.6.0"
    page = page_bytes(Snapshot(content=content, digest=digest_of(content)))
    report, _ = _lines(page.replace("不作为".encode(), "作为".encode()))
    assert report.state == "differs"  # the content too
    report, lines = _lines(page.replace(b"<title>", b"<title>+"))
    assert report.state == "sealed"
    assert "没有逐字比对" in lines[-1]


def test_another_version_is_no_tampering(value):
    def older(content):
        content["made"]["app"] = "0.6.0"
        content["inputs"]["book"]["tables"]["adjacency.csv"] = "0" * 64

    report, _ = _lines(_edited(value, older, seal=True))
    assert (report.state, report.differences) == ("verified", ())
    assert [one.code for one in report.notes] == ["other_version", "other_tables"]
    assert report.notes[1].values == {"tables": ["adjacency.csv"]}

    def older_and_other(content):
        older(content)
        _verdict(content)

    report, _ = _lines(_edited(value, older_and_other, seal=True))
    assert (report.state, report.differences[0].found) == ("sealed", "unknown")
    assert _lines(_edited(value, older_and_other))[0].state == "differs"


def test_inputs_that_cannot_be_used_are_said(value):
    def unusable(content):
        content["inputs"]["day"] = "soon"
        content["marks"] = marks_of(content)

    report, lines = _lines(_edited(value, unusable, seal=True))
    assert (report.state, report.notes[0].code) == ("sealed", "not_rerun")
    assert "soon" in lines[-1]
    assert _lines(_edited(value, unusable))[0].state == "differs"


def test_the_digest_on_paper(value):
    digest = value["digest"]
    assert verify(two_parcels(), expect=f" {digest[:8].upper()} ").state == "verified"
    assert verify(two_parcels(), expect=digest).state == "verified"
    report, lines = _lines(canonical_bytes(value), expect="0" * 8)
    assert report.state == "differs"
    assert any("00000000" in line for line in lines)
    with pytest.raises(PlannerError) as caught:
        verify(two_parcels(), expect="abc")
    assert caught.value.code == "snapshot_expect_unreadable"


@pytest.mark.parametrize("level", ["partner", "public"])
def test_a_sharing_level_is_compared_with_the_internal_snapshot(level):
    shared = reduced(table_two(), level)
    report, lines = _lines(json_bytes(shared))
    assert (report.state, report.notes[0].code) == ("sealed", "not_rerun_level")
    assert table_two().digest[:8] in lines[-1]
    assert verify(shared, against=table_two()).state == "verified"
    assert verify(shared, against=two_parcels()).state == "differs"
    with pytest.raises(PlannerError) as caught:
        verify(shared, against=shared)
    assert caught.value.code == "snapshot_against_level"

    value = json.loads(json_bytes(shared))
    value["content"]["parcels"][0]["name"] = "另一块"
    report, lines = _lines(canonical_bytes(value), against=table_two())
    assert report.state == "differs"
    assert any("名称：文件写 “另一块”，由内部快照得 “工业储备地" in line for line in lines)


@pytest.mark.parametrize("section", ["parcels", "inputs", "answers", "drawn", "made", "marks"])
def test_whatever_is_torn_apart_there_is_an_answer(value, section):
    for torn in ({}, [], "x", 7, None):
        data = _edited(value, lambda content, to=torn: content.update({section: to}))
        with contextlib.suppress(PlannerError):
            report, _ = _lines(data)
            assert report.state == "differs"


def test_a_version_is_only_compared_where_it_matters(monkeypatch, value):
    monkeypatch.setattr(verifying, "VERSION", "9.9")
    report, _ = _lines(canonical_bytes(value))
    assert (report.state, report.notes[0].code) == ("verified", "other_version")
    assert open_snapshot(canonical_bytes(value), "a").form == "json"
