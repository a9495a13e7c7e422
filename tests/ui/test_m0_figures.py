"""Figures of the page M0 as an officer reads them: echoes, floor area ratios."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from parcels.proposal.draft import Draft
from parcels.proposal_shelf import DRAFTS
from tests.ui.m0_page import opened, rows, said

PILOT = {"m0packs": "m0_nanyang_pilot"}


def made(fields: dict[str, str], *floors: dict[str, str]) -> Draft:
    kept = tuple(MappingProxyType(row) for row in floors)
    return Draft(fields=MappingProxyType(fields), floors=kept)


def test_a_floor_area_that_is_typed_in_another_way_is_echoed_in_square_metres() -> None:
    floors = (
        {"function": "研发用房", "area": "４.５万㎡"},
        {"function": "宿舍", "area": "3,000 m²"},
    )
    token = DRAFTS.keep(made({"site_area": "45亩"}, *floors))
    app = opened(proposal=token, **PILOT)
    assert "识别为：第1行 45,000.00 m²" in said(app)
    assert "第2行" not in said(app)


@pytest.mark.parametrize(
    ("area", "own"),
    [("80000", "2.00"), ("86666.67", "2.17"), ("60000", "1.50"), ("79999", "1.99998")],
)
def test_a_floor_area_ratio_has_two_decimals_unless_it_would_seem_to_be_its_limit(
    area: str, own: str
) -> None:
    """79,999 / 40,000 is 1.999975, which is not 2: it is told with more digits."""
    draft = made({"site_area": "60亩", "use": "M0"}, {"function": "研发用房", "area": area})
    told = rows(opened(proposal=DRAFTS.keep(draft), **PILOT))["容积率"]["own"]
    assert told == own
