"""The page about rules lists the packs, fields and collisions that there are."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from layers.codes import code_table
from parcels.rules.load import all_packs
from parcels.rules.model import Mark, Op, Rule, Status

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
COMPARED = {"<=", "<", ">=", ">", "=="}
VALUELESS = {"no_overlap", "report", "match", "matrix", "calculation"}


def listed_packs() -> list[str]:
    rows = []
    for pack in all_packs().values():
        empty = sum(
            rule.value is None and rule.table is None and rule.op not in VALUELESS
            for rule in pack.rule
        )
        days = f"{pack.in_force.since or '–'} | {pack.in_force.until or '–'}"
        used = "yes" if pack.default else "no"
        rows.append(f"| `{pack.id}` | {pack.title.zh} | {pack.place} | {days} | {used} | {empty} |")
    return rows


def collisions() -> list[str]:
    guide, survey = code_table("mnr2023"), code_table("gbt21010")
    return [
        f"| `{code}` | {guide[code].name} | {survey[code].name} |"
        for code in guide
        if code in survey and guide[code].name != survey[code].name
    ]


def test_the_list_of_packs_is_complete() -> None:
    rows = [line for line in PAGE.splitlines() if line.count("|") == 8 and line[2] == "`"]
    assert rows == listed_packs()


def test_the_list_of_collisions_is_complete() -> None:
    rows = [line for line in PAGE.splitlines() if line.count("|") == 4 and line[3:5].isdigit()]
    assert rows == collisions()
    for code in ("0601", "1001", "1101", "0901", "0805"):
        assert any(row.startswith(f"| `{code}` |") for row in rows)


def test_every_field_operator_status_and_mark_is_explained() -> None:
    for word in (*Rule.model_fields, *get_args(Op), *get_args(Status)):
        assert f"`{word}`" in PAGE or word in COMPARED, word
    assert all(f"| {mark} |" in PAGE for mark in get_args(Mark))


def test_every_table_of_a_rule_is_named() -> None:
    tables = {rule.table for pack in all_packs().values() for rule in pack.rule if rule.table}
    assert {name for name in tables if f"`{name}`" not in PAGE} == set()
