"""The zone's own figures, worked out by hand from 表1."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parcels.permu.figures import rounded
from parcels.permu.zone import zone

# 亿元 × 10,000 / 64,905 亩
PER_MU = {
    ("gdp", "2020"): "17.60",
    ("gdp", "2025"): "46.22",
    ("revenue", "2020"): "53.92",
    ("revenue", "2025"): "154.07",
    ("investment", "2020"): "11.76",
    ("investment", "2025"): "18.49",
}


def test_the_land_is_exact() -> None:
    assert zone().land_mu == 64_905
    assert zone().expansion_mu == 75_000


@pytest.mark.parametrize(("figure", "year"), PER_MU)
def test_figures_per_mu(figure, year) -> None:
    found = next(one for one in zone().figures if one.id == figure)
    assert rounded(found.per_mu[year]) == Decimal(PER_MU[figure, year])


def test_the_plan_gives_no_tax_and_so_there_is_none() -> None:
    found = next(one for one in zone().figures if one.id == "tax")
    assert found.per_mu == {}
    assert found.growth is None
    assert found.per_mu_expanded is None
    assert [str(value) for _, value in found.levels] == ["244/25", "11"]


def test_energy_and_its_reciprocal() -> None:
    """1/1.41 = 0.709…, 1/0.4 = 2.5; below 0.4 is above 2.5."""
    assert rounded(zone().va_energy["2020"][1], 3) == Decimal("0.709")
    assert zone().va_energy["2025"] == (">", Decimal("2.5"))
