"""审查意见表: three lists that are never merged, verdicts of persons, signatures."""

from __future__ import annotations

import pytest

from geo.errors import PlannerError
from parcels.findings import OUTCOMES
from parcels.report.building import MOST_PARCELS, report
from parcels.report.context import template_context
from parcels.report.model import Facts, Heading, Signatures, Table
from parcels.snapshot.levels import reduced
from tests.parcels.report.samples import SIGNED, changed, judged, made
from tests.parcels.snapshot.samples import table_two, two_parcels

LISTS = {
    "concerned": {"fail", "warning"},
    "no_data": {"unknown"},
    "not_concerned": {"pass", "not_applicable"},
}


def sections(snapshot, **given):
    return template_context(report(snapshot, "opinion", **given))


def one_is(block, name):
    return isinstance(block, Table) and block.name == name


def areas(*sizes):
    def change(content):
        for parcel, size in zip(content["parcels"], sizes, strict=True):
            parcel["area_m2"] = size

    return change


def test_lists_hold_what_their_names_say_worst_first():
    for block in made("opinion").blocks:
        if isinstance(block, Table) and block.name in LISTS:
            outcomes = [row[0].outcome for row in block.rows]
            assert set(outcomes) <= LISTS[block.name]
            assert outcomes == sorted(outcomes, key=OUTCOMES.index)


def test_lists_count_what_the_parcel_counts():
    snapshot = judged()
    for parcel, section in zip(
        snapshot.content["parcels"], sections(snapshot)["parcels"], strict=True
    ):
        for name, outcomes in LISTS.items():
            shown = len(section["tables"][name]["rows"])
            # The sample's own counts stem from before the person judged.
            moved = {"no_data": -1, "not_concerned": 1}.get(name, 0) if parcel["at"] == 0 else 0
            assert shown == sum(parcel["counts"][one] for one in outcomes) + moved


def test_a_batch_has_an_overview_and_each_parcel_begins_a_page():
    headings = [one for one in made("opinion").blocks if isinstance(one, Heading)]
    assert [one.key for one in headings] == [f"B2-0{at}" for at in range(1, 10)] + [""]
    assert all(one.new_page for one in headings)
    names = [one.name for one in made("opinion").blocks if isinstance(one, Table)]
    assert names[:2] == ["overview", "gaps"]


def test_one_parcel_stands_alone():
    alone = report(table_two(), "opinion", parcels=["B2-03"])
    headings = [one for one in alone.blocks if isinstance(one, Heading)]
    assert [one.key for one in headings] == ["B2-03", ""]
    assert not headings[0].new_page
    assert "overview" not in {one.name for one in alone.blocks if isinstance(one, Table)}


def test_unknown_area_stays_unknown_in_every_unit_and_in_the_total():
    context = sections(table_two())
    row = context["whole"]["tables"]["overview"]["rows"][0]
    foot = context["whole"]["tables"]["overview"]["foot"][0]
    assert [row[f"area_{one}"] for one in ("m2", "ha", "mu")] == ["未知"] * 3
    assert foot["area_mu"] == "未知（缺 9 宗）"


def test_areas_stand_in_three_units():
    facts = sections(two_parcels(), parcels=["1"])["parcels"][0]["facts"]
    # 55,807.2496… m², the area by PROJ in the tests of the survey; 亩 × 3/2000, ha × 1/10000.
    assert [facts[f"area_{one}"] for one in ("m2", "ha", "mu")] == [
        "55,807.25 m²",
        "5.5807 公顷",
        "83.71 亩",
    ]


def test_an_area_that_nobody_surveyed_says_so():
    def drawn(content):
        content["parcels"][0]["geometry_class"] = "digitized"

    facts = sections(changed(two_parcels(), drawn), parcels=["1"])["parcels"][0]["facts"]
    assert facts["area_mu"] == "约 83.71 亩（图上量算，非勘测）"


def test_a_use_is_read_in_three_schemes_and_never_past_its_words():
    facts = sections(table_two(), parcels=["B2-01"])["parcels"][0]["facts"]
    assert facts["use"] == "工业"
    assert "M 工业用地" in facts["use_gb50137"]
    assert "1001 工业用地" in facts["use_mnr2023"]
    assert "100101、100102、100103" in facts["use_mnr2023"]
    assert "0601 工业用地" in facts["use_gbt21010"]


def test_a_code_counts_in_its_own_scheme_only():
    def coded(content):
        content["parcels"][0]["use"] |= {"code": "1001", "scheme": "mnr2023", "text": "工业"}

    facts = sections(changed(two_parcels(), coded), parcels=["1"])["parcels"][0]["facts"]
    assert facts["use_mnr2023"] == "1001 工业用地"
    assert (facts["use_gb50137"], facts["use_gbt21010"]) == ("未知", "未知")


def test_a_verdict_of_a_person_stands_in_the_list_of_that_verdict_with_name_and_reason():
    section = sections(judged())["parcels"][0]
    line = next(
        one for one in section["tables"]["not_concerned"]["rows"] if "人工认定" in one["sentence"]
    )
    assert line["outcome"] == "✓ 符合"
    for words in ("原结论 未知", "李工", "2026-11-21", "已查纸质图", "2027-01-31"):
        assert words in line["sentence"]
    assert section["notes"]["comments"] == ["赵工 2026-11-21 08:00 UTC+8：待核"]


def test_who_signed_has_the_first_box():
    section = sections(judged())["parcels"][0]
    assert section["signatures"]["first"] == "修改后报\n王工\n2026-11-20"
    assert "补界址点后再报" in section["notes"]["opinion"][0]
    assert section["signatures"]["head"].split() == ["年", "月", "日"]


def test_an_opinion_on_something_else_is_void_and_signs_nothing():
    def void(content):
        opinion = content["parcels"][0]["said"]["opinion"]
        opinion["valid"], opinion["changed"] = False, ["parcel", "layers"]

    section = sections(changed(judged(), void))["parcels"][0]
    assert "该意见已失效：签署后有变化（地块、图层）" in section["notes"]["opinion"][0]
    assert SIGNED["by"] not in section["signatures"]["first"]


def test_an_override_that_ended_changes_nothing_and_is_still_named():
    def ended(content):
        content["parcels"][0]["said"]["overrides"][0]["counts"] = False

    section = sections(changed(judged(), ended))["parcels"][0]
    assert not any("人工认定" in one["sentence"] for one in section["tables"]["no_data"]["rows"])
    assert "已不作数" in section["notes"]["overrides"][0]


def test_layers_that_nothing_checked_are_named_with_their_findings():
    notes = sections(two_parcels())["basis"]["notes"]["unchecked"]
    assert any("永久基本农田" in one for one in notes)
    tables = sections(two_parcels())["basis"]["tables"]
    assert tables["layers"]["empty"] == "没有加载任何图层；与图层有关的结论均为未知。"


def test_what_the_reading_refused_and_what_a_copy_lacks_is_said():
    def refused(content):
        content["answers"]["rejected"] = [
            {"where": "第 3 行", "code": "x", "message": "坐标不是数字"}
        ]

    notes = sections(changed(two_parcels(), refused))["basis"]["notes"]
    assert notes["rejected"] == ["第 3 行：坐标不是数字"]
    public = report(reduced(two_parcels(), "public"), "opinion")
    assert "军事、文物或管线" in template_context(public)["basis"]["notes"]["withheld"][0]
    assert public.watermark == public.disclaimer == "示意图，不作为权属和审批依据"


def test_names_that_were_kept_back_are_not_called_missing():
    section = sections(reduced(judged(), "partner"))["parcels"][0]
    assert "签署：未随本件提供" in section["notes"]["opinion"][0]
    assert "王工" not in str(section)
    assert "未署名" not in str(section)


def test_a_copy_without_a_list_of_data_still_names_them():
    rows = sections(reduced(table_two(), "partner"))["parcels"][0]["tables"]["no_data"]["rows"]
    assert any("图层：永久基本农田" in one["needs"] for one in rows)
    assert not any(":" in one["needs"] for one in rows)


def test_a_copy_without_the_list_of_missing_data_does_not_say_that_nothing_is_missing():
    snapshot = reduced(table_two(), "partner")
    gaps = next(one for one in report(snapshot, "opinion").blocks if one_is(one, "gaps"))
    assert not gaps.rows
    assert "未随本件提供" in gaps.empty
    assert "0 项" not in gaps.title


def test_a_batch_says_first_how_many_parcels_have_which_verdict():
    verdicts = next(
        row.value.text
        for block in report(table_two(), "opinion").blocks
        if isinstance(block, Facts)
        for row in block.rows
        if row.name == "verdicts"
    )
    assert verdicts.startswith("? 未知 9 宗")


def test_a_figure_that_was_moved_has_its_mark_told_under_the_table():
    snapshot = changed(two_parcels(), areas(10_000.4, 10_000.4))
    blocks = report(snapshot, "opinion").blocks
    at = next(at for at, one in enumerate(blocks) if one_is(one, "overview"))
    has_mark = any(cell.moved for row in blocks[at].rows for cell in row)
    assert has_mark
    assert "尾差" in blocks[at + 1].lines[0].text


def test_rounded_measures_do_not_hide_a_fail():
    def close(content):
        finding = content["answers"]["findings"][0]
        finding |= {"measured": 0.07000001, "limit": 0.07, "op": "<=", "unit": "ratio"}
        finding |= {"limit_text": "≤ 7.00 %", "outcome": "fail"}

    row = sections(changed(two_parcels(), close))["parcels"][0]["tables"]["concerned"]["rows"][0]
    assert (row["measured"], row["limit"]) == ("7.000001 %", "≤ 7.00 %")


def test_facts_and_boxes_are_complete():
    blocks = report(two_parcels(), "opinion", parcels=["1"]).blocks
    names = {fact.name for one in blocks if isinstance(one, Facts) for fact in one.rows}
    assert {"verdict", "area_mu", "use_mnr2023", "geometry", "accuracy", "digest", "as_of"} <= names
    boxes = next(one for one in blocks if isinstance(one, Signatures)).boxes
    assert [one.label for one in boxes] == ["初审", "复核", "分管领导", "局长"]


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("letter", {}, "report_unknown"),
        ("memo", {}, "report_other_kind"),
        ("opinion", {"parcels": ["Q"]}, "report_parcel_unknown"),
        ("opinion", {"parcels": []}, "report_nothing"),
    ],
)
def test_what_cannot_be_made_is_refused(name, given, code):
    with pytest.raises(PlannerError) as refused:
        report(two_parcels(), name, **given)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(parcels=[1]),
        lambda one: one.update(parcels={"a": 1}),
        lambda one: one["made"].update(at="yesterday"),
        lambda one: one["made"].update(at="2026-11-22"),
        lambda one: one["parcels"][0].update(said=7),
        lambda one: one["answers"]["findings"][0].pop("outcome"),
        lambda one: one["answers"]["findings"][0].update(outcome="fine"),
    ],
)
def test_a_content_of_another_shape_is_refused(change):
    with pytest.raises(PlannerError, match="report_content"):
        report(changed(two_parcels(), change), "opinion")


@pytest.mark.parametrize("area", ["1e999", "", True, [1]])
def test_an_area_that_is_no_number_is_unknown(area):
    strange = changed(two_parcels(), lambda one: one["parcels"][0].update(area_m2=area))
    assert sections(strange)["parcels"][0]["facts"]["area_mu"] == "未知"


def test_a_county_is_not_one_report():
    def many(content):
        one = content["parcels"][0]
        content["parcels"] = [{**one, "key": str(at)} for at in range(MOST_PARCELS + 1)]

    with pytest.raises(PlannerError, match="report_too_many"):
        report(changed(two_parcels(), many), "opinion")
