"""Cases of outlines for the checks of parcels themselves: a file that anyone can add to."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import shapely

from parcels.assess import assess
from parcels.checks import declared_area, gaps, geometry, identity, overlap
from parcels.checks.model import CheckInput
from parcels.finding_words import cell_text, finding_text
from parcels.findings import OUTCOMES
from parcels.rules.load import all_packs, rule_book
from tests.parcels.checks.parcel_samples import DAY, parcels

CHECKS = tuple(one.CHECK for one in (geometry, identity, overlap, gaps, declared_area))
FILES = sorted((Path(__file__).parents[2] / "cases" / "checks").glob("parcel*.toml"))
CASES = [case for path in FILES for case in tomllib.loads(path.read_text("utf-8"))["case"]]


def subject(rows):
    def shapes(key):
        return [shapely.from_wkt(row[key]) if key in row else None for row in rows]

    accuracies = [row.get("accuracy_m", 0.1) for row in rows]
    return parcels(
        shapes("wkt"),
        places=shapes("place"),
        geometry_class=tuple("surveyed" if "wkt" in row else "solved_from_text" for row in rows),
        accuracy_m=[float("nan") if one == "none" else one for one in accuracies],
        declared_m2=[row.get("declared_m2", float("nan")) for row in rows],
        declared_texts=tuple(row.get("declared", "") for row in rows),
        twins=tuple(tuple(row.get("twins", ())) for row in rows),
        quality_known=False,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case):
    given = CheckInput(parcels=subject(case["parcels"]), book=rule_book(DAY))
    found = assess(given, checks=CHECKS)
    matrix = found.matrix()
    told = {
        check: [OUTCOMES[rank] for rank in matrix[:, at]] for at, check in enumerate(found.checks)
    }
    assert {check: told[check] for check in case["expect"]} == case["expect"]
    rules = {rule.id for pack in all_packs().values() for rule in pack.rule}
    for one in found.findings():
        assert one.rule in rules
        assert (one.outcome == "unknown") == bool(one.cause)
        assert one.outcome != "unknown" or one.needs
        assert all(finding_text(lang, one) and cell_text(lang, one) for lang in ("zh", "en"))
