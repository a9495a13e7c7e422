"""Every pack of the product: its examples hold, and nothing in it says more than is established."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest

from layers.overlay_kinds import overlay_kinds
from parcels.checks.order import CHECKS
from parcels.rules.examples import answer
from parcels.rules.indicators import indicators
from parcels.rules.load import PACKS, all_packs
from parcels.rules.model import CheckId
from parcels.rules.reading import load_packs
from parcels.rules.soundness import OF_INDICATORS

if TYPE_CHECKING:
    from parcels.rules.model import Example, Pack, Rule

RULES = [(pack, rule) for pack in all_packs().values() for rule in pack.rule]
RULE_IDS = [rule.id for _, rule in RULES]
EXAMPLES = [(rule, example) for _, rule in RULES for example in rule.examples]
# Applied elsewhere than in a review of parcels, or read by people only.
NO_CHECK = ("mixing", "expansion", "canal_sanity")
NO_LAYER = {"needs_eia", "eia", "qra", "fuel_station", "production_unit"}


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.id}-{one.expect}" for rule, one in EXAMPLES]
)
def test_a_rule_answers_its_example(rule: Rule, example: Example) -> None:
    assert answer(rule, example.given) == example.expect


def test_there_are_the_packs_that_were_asked_for() -> None:
    wanted = """control_index_2008 control_index_2023 standard_land_henan overlays land_law adjacency
    mixing separation canal geometry_qc expansion product_checks m0_nanyang_plan m0_nanyang_pilot
    m0_dongguan_2018 m0_guangzhou_2019 m0_shenzhen m0_zhengzhou_htz_2018 m0_zhengzhou_htz_2020
    m0_wuhan_2023 m0_ningbo_2020 m0_ningbo_2024"""
    assert set(wanted.split()) <= set(all_packs())
    assert len(EXAMPLES) > 500


def test_rules_may_name_the_checks_that_there_are() -> None:
    assert get_args(CheckId) == (*(check.id for check in CHECKS), *NO_CHECK)


def test_files_are_named_like_their_packs() -> None:
    assert all(path.stem == pack.id for path, pack in load_packs(PACKS))


@pytest.mark.parametrize("pack", all_packs().values(), ids=lambda pack: pack.id)
def test_a_pack_says_what_it_is(pack: Pack) -> None:
    borrowed = any(rule.status == "borrowed" for rule in pack.rule)
    if pack.id.startswith("m0_") and pack.place != "南阳高新区":
        assert borrowed
    if borrowed and pack.id not in {"control_index_2023", "mixing"}:
        assert not pack.default
        assert pack.legal_status
    assert all(
        re.search("[一-鿿]", words.zh)
        for words in (pack.title, *(rule.title for rule in pack.rule))
    )


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=RULE_IDS)
def test_a_rule_names_what_there_is(pack: Pack, rule: Rule) -> None:
    if rule.check in OF_INDICATORS:
        assert rule.unit == indicators()[rule.metric].unit
    if rule.denominator.startswith("gfa"):
        assert rule.unit == "ratio"
    if rule.metric.startswith(("overlap:", "distance:")) and pack.id != "product_checks":
        assert rule.metric.partition(":")[2] in {*overlay_kinds(), *NO_LAYER}


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=RULE_IDS)
def test_no_number_stands_where_none_is_established(pack: Pack, rule: Rule) -> None:
    counted = rule.op not in {"no_overlap", "report", "match", "matrix", "calculation"}
    if counted and rule.confidence == "U":
        assert rule.value is None
    if rule.value is None and rule.table is None and counted:
        assert rule.set_locally or rule.confidence == "U"
        assert {example.expect for example in rule.examples} == {"unknown"}
    if rule.confidence == "P":
        assert rule.status == "product"
    if rule.status == "local" and rule.check != "six_lines":
        assert rule.value is None


def test_the_plan_answers_unknown_for_far_and_shares() -> None:
    numbers = {
        rule.metric: rule for rule in all_packs()["m0_nanyang_plan"].rule if rule.op != "subset"
    }
    for metric in ("far", "core_gfa_share", "support_gfa_share", "density", "green_ratio"):
        for measured in (0.0, 0.3, 3.0):
            assert answer(numbers[metric], measured) == "unknown"


def test_every_layer_that_names_a_rule_names_one_that_exists() -> None:
    named = {rule for kind in overlay_kinds().values() for rule in kind.rules}
    assert named - set(RULE_IDS) == set()


def test_rules_of_layers_are_named_by_their_layer() -> None:
    named = {rule for kind in overlay_kinds().values() for rule in kind.rules}
    of_layers = {
        rule.id for _, rule in RULES if rule.metric.startswith("overlap:") and rule.id != "OV_ZONE"
    }
    assert of_layers - named == set()
