"""Parcels with the verdicts that they must get: cases that need no Python (see their README)."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from parcels.cli_check import CheckOptions, run
from parcels.cli_files import SurveyOptions
from parcels.findings import worst

CASES = sorted(
    path
    for path in (Path(__file__).parents[1] / "cases" / "golden_parcels").iterdir()
    if path.is_dir()
)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Any:
    folder: Path = request.param
    stated = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    layers = tuple(f"{path.stem}={path}" for path in sorted((folder / "layers").glob("*.geojson")))
    code = run(
        CheckOptions(
            file=folder / "parcels.csv",
            survey=SurveyOptions(crs=stated["crs"], columns=tuple(stated.get("columns", ()))),
            scheme=stated.get("code_scheme"),
            packs=tuple(stated["packs"]) if "packs" in stated else None,
            layers=layers,
            covers=tuple(stated.get("covers", ())),
            as_of=stated["as_of"],
            file_format="json",
        )
    )
    written = capsys.readouterr()
    assert code in {0, 1, 3}, written.err + written.out
    return folder, json.loads(written.out)


def test_parcels_get_the_verdicts_that_they_must_get(case: Any) -> None:
    folder, report = case
    expected = _rows(folder / "expected.csv")
    assert expected
    wrong = []
    for row in expected:
        found = [
            one
            for one in report["findings"]
            if (one["parcel_id"], one["check"]) == (row["parcel"], row["check"])
            and row["rule"] in {"", one["rule_id"]}
        ]
        got = worst([one["outcome"] for one in found]) if found else "nothing"
        if got != row["outcome"]:
            said = [one["message"] for one in found]
            wrong.append(
                f"{row['parcel']} {row['check']} {row['rule']}: {got}, not {row['outcome']}; {said}; {row['why']}"
            )
    assert not wrong, "\n".join(wrong)


def test_every_parcel_gets_an_answer_from_every_check(case: Any) -> None:
    folder, report = case
    ids = {row["地块编号"] for row in _rows(folder / "parcels.csv")}
    checks = {one["check"] for one in report["findings"]}
    answered = {(one["parcel_id"], one["check"]) for one in report["findings"]}
    assert answered == {(own, check) for own in ids for check in checks}
