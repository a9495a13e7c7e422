"""The pack of geometry says the limits that the reading applies."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from parcels.rules.load import all_packs

READING = tomllib.loads(
    (Path(__file__).parents[3] / "geo/survey/quality/data/geometry_qc.toml").read_text("utf-8")
)["check"]
RULES = {
    rule.id: rule
    for pack in (all_packs()["geometry_qc"], all_packs()["product_checks"])
    for rule in pack.rule
}
# Found by the header of a file or by its rows, not by the reading of shapes.
OF_FILES = {"Q_CRS", "Q_SWAP", "Q_COUNT", "Q_SLIVER"}
# A gap is a finding at any size; the reading calls it a parcel from 200 m² on.
OTHER_LIMIT = {"Q_GAP", "Q_DECIMALS"}


@pytest.mark.parametrize("code", READING)
def test_what_the_reading_finds_has_a_rule_as_grave(code: str) -> None:
    assert RULES[code].severity == READING[code]["severity"]


@pytest.mark.parametrize("code", sorted(set(READING) - OTHER_LIMIT))
def test_limits_are_equal(code: str) -> None:
    limit = READING[code].get("limit")
    assert RULES[code].value == (0.0 if limit is None else limit)


def test_decimals_have_the_same_two_ends() -> None:
    ends = (READING["Q_DECIMALS"]["fewest"], READING["Q_DECIMALS"]["limit"])
    assert RULES["Q_DECIMALS"].value == ends


def test_no_rule_of_geometry_is_without_a_finding() -> None:
    assert {rule.id for rule in all_packs()["geometry_qc"].rule} - set(READING) == OF_FILES
