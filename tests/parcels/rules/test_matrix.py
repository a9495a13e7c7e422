"""The matrices of uses, against the two tables of the domain dossier."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.rules.matrix import adjacency, mixing
from parcels.rules.tables import table

CASES = Path(__file__).parents[2] / "cases" / "rules"


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


HEAD, *ROWS = (line.split() for line in lines("adjacency.txt"))
PAIRS = [(row[0], other, cell) for row in ROWS for other, cell in zip(HEAD, row[1:], strict=True)]
MIX_HEAD, *MIX_ROWS = (line.split("|") for line in lines("mixing.txt"))
CELLS = [
    (primary, row[0], cell)
    for row in MIX_ROWS
    for primary, cell in zip(MIX_HEAD[1:], row[1:], strict=True)
]
FUNCTIONS = {row["function_zh"]: row["function"] for row in table("mixing.csv")}


def test_every_pair_answers_as_the_dossier_says() -> None:
    assert len(PAIRS) == 400
    for first, second, cell in PAIRS:
        found = adjacency(first, second)
        touch, gap = re.fullmatch(r"([YCN])(\d*)", cell).groups()
        assert (found.touch, found.gap_m) == (touch, float(gap or 0)), (first, second)


@given(st.sampled_from(HEAD), st.sampled_from(HEAD))
def test_the_order_of_a_pair_does_not_matter(first: str, second: str) -> None:
    assert adjacency(first, second) == adjacency(second, first)


def test_each_pair_stands_once_and_says_why() -> None:
    rows = table("adjacency.csv")
    assert len(rows) == len({frozenset((row["a"], row["b"])) for row in rows}) == 210
    for row in rows:
        assert row["mark"] in {"S", "V", "R", "P"}
        assert row["basis"]
        assert (row["condition_zh"] == "") == (row["condition_en"] == "")
        if row["touch"] == "N":
            assert row["condition_zh"]
            assert float(row["gap_m"]) > 0


@pytest.mark.parametrize("group", ["", "M", "m1", "住宅"])
def test_an_unknown_group_is_refused(group: str) -> None:
    with pytest.raises(PlannerError) as caught:
        adjacency("R", group)
    assert caught.value.code == "use_group_unknown"
    assert caught.value.values["group"] == group
    assert "M1" in caught.value.values["known"]


def test_every_function_answers_as_the_dossier_says() -> None:
    assert len(CELLS) == 220
    for primary, title, cell in CELLS:
        found = mixing(primary, FUNCTIONS[title])
        verdict, _, caps = cell.partition(" ")
        assert found.verdict == verdict, (primary, title)
        if "L" in caps:
            assert (found.land_cap, found.gfa_cap) == (0.07, 0.15)
        else:
            assert found.land_cap is None
            assert found.gfa_cap == (float(caps) if caps else None), (primary, title)
        assert bool(found.gfa_basis) == (found.gfa_cap is not None)


def test_a_cell_that_does_not_exist_is_refused() -> None:
    for primary, function in (("M9", "F_RD"), ("M1", "研发用房")):
        with pytest.raises(PlannerError) as caught:
            mixing(primary, function)
        assert caught.value.code == "mixing_unknown"
