"""The page on indicators names every column that the checks read."""

from __future__ import annotations

from pathlib import Path

from parcels.checks.indicators.cells import PROBLEMS
from parcels.messages import messages
from parcels.rules.indicators import indicators
from parcels.rules.load import all_packs

PAGE = (Path(__file__).parents[3] / "docs" / "indicators.md").read_text("utf-8")
CHECKS = {"control_index", "standard_land", "per_mu", "m0"}


def asked():
    """Give the indicators that rules ask for, their parts, and what limits depend on."""
    found = {
        rule.metric for pack in all_packs().values() for rule in pack.rule if rule.check in CHECKS
    }
    known = {metric: one for metric, one in indicators().items() if metric in found}
    parts = {part for one in known.values() if one.parts for part in one.parts}
    parts |= {one.floor for one in known.values() if one.floor} | {"gfa_above_ground_m2"}
    more = {"industry_code", "industry_edition", "promised", "area_mu", "site_area_m2"}
    return [one for metric, one in indicators().items() if metric in found | parts | more]


def table_rows():
    rows = []
    for one in asked():
        units = (
            "、".join(unit for unit in one.units if unit not in {"ratio", "％", "百分比"}) or "—"
        )
        choices = "、".join(one.options)
        parts = " ÷ ".join(f"`{part}`" for part in one.parts) if one.parts else "—"
        parts = f"`{one.floor}` ÷ `gfa_…_m2`" if one.floor else parts
        headings = "、".join(one.aliases)
        rows.append(f"| `{one.id}` | {headings} | {choices or units} | {parts} |")
    return rows


def test_every_indicator_stands_in_the_table_as_it_is():
    lines = PAGE.splitlines()
    assert [row for row in table_rows() if row not in lines] == []


def test_nothing_else_stands_in_the_table():
    listed = [line for line in PAGE.splitlines() if line.startswith("| `") and line.count("|") == 5]
    assert [line for line in listed if line not in table_rows()] == []


def test_every_problem_of_a_cell_is_explained():
    short = {messages("zh")[f"finding.input_{one}.cell"] for one in PROBLEMS[2:]}
    assert {one for one in short if one not in PAGE} == set()
