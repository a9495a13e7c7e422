"""Parcels against layers, case by case: tests/cases/checks/overlay*.toml."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest

from parcels.checks.order import CHECKS
from parcels.finding_words import cell_text, finding_text
from tests.parcels.checks.overlay_samples import findings, given, overlay, parcels

FOLDER = Path(__file__).parents[2] / "cases" / "checks"
CASES = [
    case
    for path in sorted(FOLDER.glob("overlay*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
RUNS = {check.id: check.run for check in CHECKS}


def subject(rows):
    columns = sorted({name for row in rows for name in row.get("attributes", {})})
    return parcels(
        [row.get("shape") for row in rows],
        places=[row.get("place") for row in rows],
        accuracy=[float(row.get("accuracy", 0.1)) for row in rows],
        uses=[tuple(row.get("use", ("", "", ""))) for row in rows],
        attributes={
            name: [row.get("attributes", {}).get(name) for row in rows] for name in columns
        },
    )


def layer(kind, stated):
    named = dict(stated)
    shapes = named.pop("shapes")
    if "accuracy" in named:
        named["accuracy_m"] = float(named.pop("accuracy"))
    return overlay(kind, shapes, **named)


def differs(finding, wanted):
    """Name what a finding has that is not as wanted."""
    for key, value in wanted.items():
        if key == "parcel":
            found = finding.parcel + 1
        elif key == "needs":
            found = list(finding.needs)
        else:
            found = getattr(finding, key, finding.values.get(key))
        if isinstance(value, float) and isinstance(found, float):
            if not math.isclose(found, value, rel_tol=1e-6, abs_tol=1e-6):
                yield key, found, value
        elif found != value:
            yield key, found, value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    layers = [layer(kind, stated) for kind, stated in case.get("layers", {}).items()]
    found = findings(RUNS[case["check"]], given(subject(case["parcels"]), *layers))
    judged = {wanted["rule"] for wanted in case["expect"]}
    about = [one for one in found if one.rule in judged]
    order = ("rule", "parcel", "reason")
    about.sort(key=lambda one: tuple(getattr(one, key) for key in order))
    wanted = sorted(case["expect"], key=lambda one: tuple(one[key] for key in order))
    assert [(one.rule, one.parcel + 1, one.reason) for one in about] == [
        tuple(one[key] for key in order) for one in wanted
    ]
    left = list(about)
    for row in wanted:
        fitting = next((one for one in left if not list(differs(one, row))), None)
        assert fitting is not None, [list(differs(one, row)) for one in left]
        left.remove(fitting)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_parcel_is_told_something_in_both_languages(case):
    layers = [layer(kind, stated) for kind, stated in case.get("layers", {}).items()]
    rows = subject(case["parcels"])
    found = findings(RUNS[case["check"]], given(rows, *layers))
    assert {one.parcel for one in found} == set(range(len(rows)))
    for one in found:
        for lang in ("zh", "en"):
            assert "{" not in finding_text(lang, one)
            assert cell_text(lang, one)
