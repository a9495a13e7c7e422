"""Snapshots of proposals, scenarios and rankings, for every test that needs one."""

from __future__ import annotations

from functools import cache

from layers.load import load_sources
from parcels.map_scene import reference_groups
from parcels.messages import text
from parcels.permu.schemes import find_classes, find_scheme
from parcels.planning.demo import demo_scenarios
from parcels.planning.ground.backdrops import backdrops_of
from parcels.planning.ground.prepared import ground_of
from parcels.planning.line import Line
from parcels.planning.model import Operation, Scenario
from parcels.proposal.document.examples import examples
from parcels.proposal.neighbours import PACKS
from parcels.proposal.remedies.advice import Freedom
from parcels.rules.load import rule_book
from parcels.snapshot.building import build
from parcels.snapshot.permu.opening import permu_case
from parcels.snapshot.proposal.case import MixAsked, Place, Volumes
from parcels.snapshot.proposal.opening import proposal_case
from parcels.snapshot.scenarios.opening import scenarios_case
from parcels.subjects import plan_parcels, survey_parcels
from parcels.workspace import load_reference, solve_rows
from tests.parcels.checks.overlay_samples import drawn, overlay
from tests.parcels.permu.tables import table_of
from tests.parcels.planning.sketches import element
from tests.parcels.snapshot.samples import AT, DAY, head
from tests.parcels.survey_samples import survey

M0_PACKS = (
    "m0_nanyang_plan",
    "m0_nanyang_pilot",
    "m0_zhengzhou_htz_2020",
    "m0_guangzhou_2019",
)
FIRMS = """
序号,企业名称,用地面积(亩),测绘面积(亩),税收(万元),工业增加值(万元),营业收入(万元),综合能耗(吨标准煤),主要污染物排放量(吨),R&D经费支出(万元),年平均职工人数,规模,状态
1,南阳防爆电机示例厂,86.5,87.02,1830.4,9120,38650,2150,3.2,1160,640,规上,在产
2,卧龙光电示例公司,42,41.86,1206,6480,21800,640,0.4,980,410,规上,在产
3,宛城食品示例厂,35.2,35.2,312.5,2210,10450,880,5.1,96,230,规上,在产
4,高新装备示例公司,120,121.3,2150,13400,58200,3900,,1740,980,规上,在产
5,中药加工示例厂,28.6,28.61,655.8,3050,9900,410,0.9,300,175,规上,在产
6,"=1+1<b>示例</b>",18,18.02,95,720,2600,190,0.3,22,60,规上,在产
7,新材料示例公司（承诺）,50,50,1500,8000,30000,1200,1.0,900,300,规上,承诺
8,包装示例厂,22.4,,约100,1010,4200,330,0.7,35,88,规上,在产
9,机械配件示例厂,30,30.11,0,1500,5100,,1.1,60,120,规上,停产
10,检测服务示例公司,12,12.05,260,1180,3050,45,0.1,410,130,规上,在产
"""


@cache
def permu_sample_case(lang="zh"):
    """Return ten firms by three schemes: one that scores, one with no weights, one with classes."""
    names = ("zhejiang_huangyan_2022", "anhui_jingde_2022", "wenling_2022")
    return permu_case(
        table_of(FIRMS),
        [find_scheme(one) for one in names],
        day=DAY,
        file=FIRMS.encode(),
        borrowed=find_classes("wenling_above_2022"),
    )


@cache
def permu_sample(lang="zh"):
    return build("permu", permu_sample_case(), head("亩均效益评价（示例）", lang=lang))


@cache
def proposal_sample_case():
    """Return the example of the product under four packs, with changes, mix, volumes, surroundings."""
    parcels = survey_parcels(survey(), scheme="mnr2023")
    return proposal_case(
        examples()["demo"].draft,
        rule_book(DAY, packs=M0_PACKS),
        freedom=Freedom(),
        targets=("m0_nanyang_pilot",),
        mix=MixAsked(goal="tax", packs=("m0_nanyang_pilot",)),
        volumes=Volumes(),
        place=Place(parcels=parcels, at=0, book=rule_book(DAY, packs=PACKS)),
    )


@cache
def proposal_sample(lang="zh"):
    return build("proposal", proposal_sample_case(), head("半导体产业园二期（示例）", lang=lang))


def demo_lines(lang="zh"):
    """Return the scenarios of the product as lines, parents first."""
    lines = {}
    for scenario, own in demo_scenarios(lang, by="王工", at=AT):
        before = lines[scenario.parent].operations if scenario.parent else ()
        lines[scenario.id] = Line(scenario=scenario, operations=(*before, *own))
    return tuple(lines.values())


def edited_copy(line, *, name="A1 加地块", puts=None):
    """Fork a scenario, draw parcels with codes in it and set widths and setbacks."""
    drawn = Operation(
        id="f" * 32,
        after=line.scenario.tip,
        kind="draw",
        puts=puts or PARCELS,
        parameters={"tool": "polygon", "factor": 1.0},
        by="李工",
        at="2026-11-21T09:30:00Z",
    )
    scenario = Scenario(
        id="e" * 32,
        name=name,
        parent=line.scenario.id,
        base=line.scenario.tip,
        head=drawn.id,
        tip=drawn.id,
        version=2,
        settings={"road_widths": {"经十路": "40", "城南大道": 50.0}, "setback_m": {"road": "10"}},
        owner="李工",
        made_at="2026-11-21T09:00:00Z",
        saved_by="李工",
        saved_at="2026-11-21T09:30:00Z",
    )
    return Line(scenario=scenario, operations=(*line.operations, drawn))


PARCELS = (
    element(
        "a" * 32,
        drawn((1500, -9800, 2500, -9200)),
        name="半导体园",
        code="M1",
        scheme="gb50137",
        year=2027,
    ),
    element(
        "b" * 32, drawn((2500, -9800, 3300, -9200)), name="总部研发", code="0902", scheme="mnr2023"
    ),
    element("c" * 32, drawn((2400, -9300, 3000, -8700)), name="", accuracy_m=20.0),
    element(
        "d" * 32,
        drawn("LINESTRING (1500 -9000, 3300 -9000)"),
        kind="road",
        name="纬三路",
        width_m=30.0,
    ),
)


def farmland():
    return overlay(
        "farmland",
        [(500, -11500, 2500, -10900), (4000, -12500, 4600, -11800)],
        names=["永久基本农田图斑1", "=2+5"],
        codes=["", ""],
        attributes={"ZLDWMC": ["示例村", None], "TBMJ": [1200000.0, 420000.5]},
        accuracy_m=2.0,
        source="示例，非真实数据",
        date="2025-12-31",
        digest="0" * 64,
    )


@cache
def scenarios_sample_case(lang="zh"):
    """Return three scenarios among 表2 and the built-in layers, with farmland loaded."""
    reference = load_reference()
    ground = ground_of(
        book=rule_book(DAY, packs=[*(one.id for one in rule_book(DAY).packs), "expansion"]),
        overlays={"farmland": farmland()},
        parcels=plan_parcels(solve_rows(reference.rows, reference.network)),
        backdrops=backdrops_of(reference),
    )
    first, second, *_ = demo_lines(lang)
    under = reference_groups(reference, load_sources(), lang)
    return scenarios_case(
        (first, second, edited_copy(second)),
        ground,
        reference=reference,
        under=under,
        notice=text(lang, "ui.sketch.notice"),
    )


@cache
def scenarios_sample(lang="zh"):
    return build(
        "scenarios", scenarios_sample_case(lang), head("南扩区情景对比（示例）", lang=lang)
    )
