"""What leaves the house is what the lists name, found by planting a word in every leaf."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.errors import PlannerError
from parcels.snapshot.building import build
from parcels.snapshot.canonical import canonical_bytes
from parcels.snapshot.levels import leaving, reduced
from parcels.snapshot.model import seal
from parcels.snapshot.review import answers
from parcels.snapshot.review.statements import findings_of
from parcels.snapshot.sharing import choosing
from parcels.snapshot.sharing.lists import personal_columns, sharing_rules, steps_of
from tests.parcels.snapshot.kind_samples import permu_sample, proposal_sample, scenarios_sample
from tests.parcels.snapshot.planting import plant, survivors
from tests.parcels.snapshot.samples import case_of_survey, head, table_two, two_parcels
from tests.parcels.snapshot.talked_about import talked_about
from tests.parcels.survey_samples import survey

CASES = Path(__file__).parents[2] / "cases" / "sharing"
LEVELS = ("partner", "public")
SAMPLES = {"proposal": proposal_sample, "scenarios": scenarios_sample, "permu": permu_sample}


@pytest.mark.parametrize("level", LEVELS)
def test_exactly_the_listed_leaves_leave(level):
    planted, marks = plant(talked_about())

    made = reduced(seal(planted), level)

    listed = (CASES / f"review-{level}.txt").read_text(encoding="utf-8").splitlines()
    assert survivors(made.content, marks) == [one for one in listed if one[:1] != "#"]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_exactly_the_listed_leaves_of_other_kinds_leave(kind, level):
    planted, marks = plant(json.loads(canonical_bytes(SAMPLES[kind]().content)))

    made = reduced(seal(planted), level)

    listed = (CASES / f"{kind}-{level}.txt").read_text(encoding="utf-8").splitlines()
    assert survivors(made.content, marks) == [one for one in listed if one[:1] != "#"]


def test_nothing_in_a_public_snapshot_tells_where_on_earth_it_is():
    content = talked_about() | {"drawn": {"notice": "", "groups": []}}
    made = reduced(seal(content), "public").content
    said = json.dumps(made, ensure_ascii=False)
    for ring in (ring for one in content["parcels"] for ring in one["rings"]):
        assert not [n for pair in ring["north_east"] for n in pair if str(int(n)) in said]
    for one in made["parcels"]:
        x, y = zip(
            *shapely.get_coordinates(shapely.from_geojson(json.dumps(one["shape"]))), strict=True
        )
        assert all(n == int(n) and 0 <= n <= 400 for n in (*x, *y))
    assert made["frame"] == {"local": True, "bounds": [0, 0, 261, 369]}
    assert (made["system"], made["view"], made["inputs"]) == ("", None, None)


def test_the_same_land_elsewhere_is_the_same_public_snapshot():
    """What a reader has cannot tell one place from another on the same parallel."""
    content = talked_about()
    moved = json.loads(json.dumps(content))
    for one in moved["parcels"]:
        shape = shapely.transform(
            shapely.from_geojson(json.dumps(one["shape"])), lambda xy: xy + np.array([0.5, 0])
        )
        one["shape"] = json.loads(shapely.to_geojson(shape))
    moved["drawn"] = content["drawn"] = {"notice": "", "groups": []}
    here, there = (reduced(seal(one), "public").content for one in (content, moved))
    assert {**here, "rests_on": ""} == {**there, "rests_on": ""}


def test_areas_and_neighbours_stay_what_they_are_at_one_metre():
    whole, made = (
        one["parcels"] for one in (two_parcels().content, reduced(two_parcels(), "public").content)
    )
    for before, after in zip(whole, made, strict=True):
        shape = shapely.from_geojson(json.dumps(after["shape"]))
        assert shape.is_valid
        assert shape.area == pytest.approx(before["area_m2"], rel=0.005)
        assert after["area_m2"] == before["area_m2"]


def test_only_selected_parcels_leave_and_nothing_is_said_of_the_others():
    content = {**two_parcels().content}
    content["parcels"] = [{**one, "selected": one["at"] == 1} for one in content["parcels"]]
    content["parcels"][0] |= {"name": "邻家厂房", "id": "N-1", "key": "N-1"}
    made = reduced(seal(content), "partner").content
    assert [(one["at"], one["name"]) for one in made["parcels"]] == [(0, "示例地块2")]
    assert {one["parcel"] for one in made["answers"]["findings"]} == {1}
    assert made["answers"]["parcels"] == made["withheld"]["parcels"] == 1
    assert sum(made["answers"]["summary"].values()) == sum(made["parcels"][0]["counts"].values())
    assert "邻家厂房" not in json.dumps(made, ensure_ascii=False)
    assert "没有选中的 1 宗" in made["withheld"]["notes"][0]


@pytest.mark.parametrize(
    ("level", "rules"),
    [
        ("partner", {"OV_MIL"}),
        ("public", {"OV_MIL", "OV_HERIT", "OV_PURPLE", "OV_PWR", "SEP_COR_35"}),
    ],
)
def test_findings_that_stay_are_counted_and_keep_their_verdict(level, rules):
    content = json.loads(json.dumps(two_parcels().content))
    content["parcels"][0] |= {"outcome": "fail"}
    hit = next(one for one in content["answers"]["findings"] if one["rule_id"] == "OV_MIL")
    hit["outcome"] = "fail"
    made = reduced(seal(content), level).content
    gone = [one for one in content["answers"]["findings"] if one["rule_id"] in rules]
    assert sum(made["withheld"]["findings"].values()) == len(gone)
    assert made["withheld"]["findings"]["fail"] == 1
    assert made["parcels"][0]["outcome"] == "fail"
    left = made["answers"]["findings"]
    assert not {one["rule_id"] for one in left} & rules
    known = {one["id"]: one["message"] for one in content["answers"]["findings"]}
    assert all(known[one["id"]] == one["message"] for one in left)


def test_a_sentence_about_a_layer_or_an_unknown_reason_stays_and_says_so():
    content = json.loads(json.dumps(two_parcels().content))
    content["answers"]["layers"] = [
        {
            "kind": "title",
            "title": "权属.shp",
            "digest": "d",
            "source": "",
            "date": "",
            "licence": "",
            "allowed_use": "",
        }
    ]
    first, second, third = content["answers"]["findings"][:3]
    first |= {
        "reason": "overlay_hit",
        "other_id": "张某某宅基地",
        "message": "与“权属”中的“张某某宅基地”重叠",
    }
    second |= {"reason": "something_new", "message": "新句子"}
    third |= {"message": "在 3650512.350, 37637200.000 处自相交"}
    made = reduced(seal(content), "public").content
    messages = [one["message"] for one in made["answers"]["findings"][:3]]
    assert messages == [
        f"这一条涉及没有随本文件提供的内容，原句见内部快照的 F{n}。" for n in (1, 2, 3)
    ]
    assert made["withheld"]["sentences"] == 3
    assert "张某某" not in json.dumps(made, ensure_ascii=False)


def test_what_rounding_swallows_is_said():
    content = json.loads(json.dumps(two_parcels().content))
    x, y = content["parcels"][1]["shape"]["coordinates"][0][0]
    tiny = shapely.Polygon([(x, y), (x + 2e-6, y), (x, y + 2e-6)])
    content["parcels"][1]["shape"] = json.loads(shapely.to_geojson(tiny))
    made = reduced(seal(content), "public").content
    assert made["parcels"][1]["shape"] is None
    assert made["withheld"]["collapsed"] == ["示例地块2"]
    assert "示例地块2" in made["withheld"]["notes"][-1]


REFUSED = {
    "13937712345": "partner",
    "0377-63123456": "public",
    "411302199003071234": "partner",
    "七参数 dx=12.3": "partner",
    "+towgs84=1,2,3": "public",
    "军事管理区东侧": "partner",
    "X=3650512.350": "public",
    "112.46757": "public",
    "37637200.000": "public",
    "Y＝637200": "public",
    "37621345,3654321": "public",
    "112.53，33.01": "public",
    "112°32′": "public",
    "北纬33度": "public",
    "lon=112": "public",
    "１３８１２３４５６７８": "partner",
}


@pytest.mark.parametrize("typed", REFUSED)
@pytest.mark.parametrize("where", ["title", "name"])
def test_secrets_and_persons_are_refused_with_value_and_place(typed, where):
    level = REFUSED[typed]
    content = json.loads(json.dumps(two_parcels().content))
    if where == "title":
        content["title"] = f"地块 {typed} 号"
    else:
        content["parcels"][1]["name"] = f"地块 {typed} 号"
    told = leaving(seal(content), level).refusals
    assert f"“地块 {typed} 号”" in told[0]
    assert told[0].count("（标题）" if where == "title" else "（2 · 名称）") == 1
    with pytest.raises(PlannerError, match="snapshot_level_refused"):
        reduced(seal(content), level)


def test_figures_that_only_look_like_secrets_may_leave():
    content = json.loads(json.dumps(two_parcels().content))
    content["title"] = (
        "第 12345678901 批 411302004012GB00123 面积 558330.25 m²，1,234,567.89 m²，30.5 亩，112.5 m，2026-11-22"
    )
    content["parcels"][0]["declared_text"] = "1234567.8"
    assert leaving(seal(content), "public").refusals == ()


def test_persons_in_columns_stay_and_are_no_reason_to_refuse():
    content = json.loads(json.dumps(two_parcels().content))
    content["parcels"][0]["attributes"] |= {"权利人": "张某某", "联系电话": "13937712345"}
    told = leaving(seal(content), "partner")
    assert told.refusals == ()
    assert any("权利人、联系电话" in one for one in told.dropped)
    assert "张某某" not in json.dumps(reduced(seal(content), "partner").content, ensure_ascii=False)


def test_no_list_names_a_column_about_persons():
    rules = sharing_rules()
    paths = [
        path
        for level in LEVELS
        for kind in rules[level].values()
        for group in kind["id"]
        for path in kind[group].get("paths", ())
        if ".attributes." in path
    ]
    assert paths
    assert not [one for one in paths if personal_columns().search(steps_of(one)[-1])]


def test_a_survey_above_25_km2_is_warned_about():
    content = json.loads(json.dumps(two_parcels().content))
    content["parcels"][1]["shape"] = json.loads(
        shapely.to_geojson(shapely.box(112.5, 32.9, 112.56, 32.95))
    )
    for level in ("internal", *LEVELS):
        assert any("25" in one for one in leaving(seal(content), level).warnings)
    content["parcels"][1]["geometry_class"] = content["parcels"][0]["geometry_class"] = "schematic"
    assert leaving(seal(content), "partner").warnings == ()
    assert "审图号" in "".join(leaving(table_two(), "public").warnings)


def test_a_reduced_snapshot_names_what_it_rests_on_and_is_made_of_internal_ones_only():
    whole = table_two()
    public = reduced(whole, "public")
    assert (public.content["rests_on"], public.level) == (whole.digest, "public")
    assert public.content["watermark"] is True
    assert public.content["disclaimer"] == "示意图，不作为权属和审批依据"
    assert reduced(whole, "internal") is whole
    assert public.digest == reduced(whole, "public").digest
    with pytest.raises(PlannerError, match="snapshot_level_source"):
        reduced(public, "partner")


def test_a_kind_without_a_list_does_not_leave():
    with pytest.raises(PlannerError, match="snapshot_level_unlisted"):
        reduced(seal({**two_parcels().content, "kind": "nothing"}), "public")


@pytest.mark.parametrize("level", LEVELS)
def test_many_findings_leave_by_the_same_lists(level, monkeypatch):
    few = reduced(two_parcels(), level).content
    monkeypatch.setattr(answers, "MOST_ENTRIES", 0)
    many = build("review", case_of_survey(survey()), head("示例勘测"))
    assert many.content["answers"]["findings"] is None
    assert reduced(many, level).content["answers"] == few["answers"]
    monkeypatch.setattr(choosing, "MOST_ENTRIES", 0)
    kept = reduced(many, level).content
    plain = [{**one, "id": ""} for one in findings_of(kept)]
    assert plain == [{**one, "id": ""} for one in few["answers"]["findings"]]
