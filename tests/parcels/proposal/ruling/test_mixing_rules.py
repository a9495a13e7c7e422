"""The mixing table as caps: groups, cells, sources."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from parcels.finding_words import finding_text
from parcels.messages import LANGUAGES
from parcels.proposal.functions import function_roles
from parcels.proposal.measuring.sums import on_condition
from parcels.proposal.model import Part, Proposal, exactly
from parcels.proposal.ruling.mixing_rules import cap_ratio, cells_of, groups_of, judge_mixing
from parcels.rules.load import rule_book
from parcels.rules.tables import table

ROWS = table("mixing.csv")
USES = list(dict.fromkeys(row["primary"] for row in ROWS))
RULE = rule_book(date(2026, 11, 22), packs=["mixing"]).rules["MIX_MATRIX"]
CELL = {"Y": "pass", "N": "warning"}


def of(use: str, *functions: str) -> Proposal:
    """Give 100 m² of each function on 1,000 m²."""
    amounts = {f"floor:{at}": exactly(100) for at in range(len(functions))}
    return Proposal(
        use=use,
        parts=tuple(Part(functions=(one,)) for one in functions),
        amounts={**amounts, "site_area": exactly(1_000)},
    )


def test_functions_that_share_a_cap_have_the_same_caps() -> None:
    caps: dict[tuple[str, str], set] = {}
    for row in ROWS:
        if row["cap_group"]:
            own = (row["land_cap"], row["gfa_cap"], row["gfa_basis"])
            caps.setdefault((row["primary"], row["cap_group"]), set()).add(own)
    assert {key: len(found) for key, found in caps.items() if len(found) > 1} == {}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['primary']}-{row['function']}")
def test_every_cell_says_what_the_table_says_and_where_it_is_from(row) -> None:
    first, *caps = judge_mixing(of(row["primary"], row["function"]), RULE)
    capped = [float(row[name]) for name in ("land_cap", "gfa_cap") if row[name]]
    expected = CELL.get(row["verdict"], "pass" if capped else "warning")
    assert first.finding.outcome == expected
    assert [cell.limits[0][1] for cell in caps] == [Fraction(str(cap)) for cap in capped]
    for lang in LANGUAGES:
        said = finding_text(lang, first.finding)
        assert row["basis"] in said
        assert row[f"condition_{lang}"] in said


@pytest.mark.parametrize("use", USES)
def test_main_functions_are_no_part_of_the_total(use: str) -> None:
    """By the table: what is free, and what belongs to the core group, stands beside nothing."""
    belongs = on_condition(use)
    assert belongs is not None
    for row in (one for one in ROWS if one["primary"] == use):
        is_beside = bool(row["gfa_cap"]) or (row["verdict"] == "C" and row["cap_group"] != "core")
        (least, most) = belongs(Part(functions=(row["function"],)))
        assert least == most == int(is_beside), row["function"]


def test_a_class_without_a_column_has_no_cells() -> None:
    assert on_condition("G1") is None
    assert cells_of(of("G1", "F_RD")) is None


def test_a_row_without_a_function_may_be_any_of_the_table() -> None:
    proposal = of("M0", "F_OFFICE")
    proposal = Proposal(
        parts=(*proposal.parts, Part(name="综合楼")),
        amounts={**proposal.amounts, "floor:1": exactly(100)},
    )
    *_, cap = judge_mixing(proposal, RULE)
    assert cap.measured is not None
    assert (cap.measured.low, cap.measured.high) == (Fraction(1, 2), Fraction(1))
    assert cap.measured.open == ("function:1",)
    assert {"综合楼"} <= set(cap.finding.values["words"]["zh"])


def test_caps_name_their_members() -> None:
    cells = cells_of(of("M1", "F_RD", "F_TEST", "F_OFFICE", "F_HOTEL", "F_GREEN"))
    assert cells is not None
    assert {name: found[0] for name, found in groups_of(cells).items()} == {
        "rd": [0, 1],
        "support": [2],
    }


def test_land_is_allotted_only_where_none_is_stated() -> None:
    proposal = of("M1", "F_PROD_CLEAN", "F_OFFICE", "F_DORM")
    assert cap_ratio(proposal, [1, 2], "land").allotted
    stated = Proposal(
        use="M1", parts=proposal.parts, amounts={**proposal.amounts, "land:1": exactly(10)}
    )
    ratio = cap_ratio(stated, [1, 2], "land")
    assert not ratio.allotted
    assert set(ratio.above) == {"land:1", "land:2"}


def test_every_function_has_a_role() -> None:
    assert set(function_roles()) == {row["function"] for row in ROWS}
