"""Every file of tests/cases/survey, from its bytes to the report that a reviewer reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from geo.errors import PlannerError
from geo.read.formats import Request, parse
from geo.read.limits import DEFAULT_LIMITS
from geo.read.sniff import sniff
from geo.survey.model import Answers
from geo.survey.pipeline import Context, survey_of
from parcels.cli import app
from parcels.messages import LANGUAGES
from parcels.survey_report import failure_report, survey_report
from tests.geo.survey.corpus import Case, corpus, file_of, name_of

if TYPE_CHECKING:
    from pathlib import Path

NEAR = (112.509, 33.012)
CASES = corpus()
ELLIPSOID = 3e-6  # relative: geodesic edges are not straight in the plane of the file


def report_of(case: Case, folder: Path, lang: str = "zh") -> dict[str, Any]:
    """Read a case as the reading process does, and report it."""
    data, name = file_of(case, folder), name_of(case)
    answers = Answers(**case.get("answers", {}))
    path = folder / "input"
    path.write_bytes(data)
    try:
        found = sniff(data, name)
        context = Context(file=name, format=found, digest="", answers=answers, near=NEAR)
        request = Request(
            path=path,
            folder=folder,
            layer=answers.layer,
            columns=answers.columns,
            limits=DEFAULT_LIMITS,
        )
        return survey_report(survey_of(parse(found, request), context), lang)
    except PlannerError as error:
        named = PlannerError(error.code, **{"file": name, **error.values})
        return failure_report(name, named, lang)


def seen(report: dict[str, Any]) -> dict[str, Any]:
    """Give what an ``expect`` may state of a report."""
    if "counts" not in report:
        offered = [one for one in report["candidates"] if isinstance(one, dict)]
        return {
            "code": report["code"],
            "question": report["question"] or "",
            "first": f"{offered[0]['crs']} {offered[0]['axes']}" if offered else "",
            "value": report["message"],
            "where": report["rejected"][0]["where"],
        }
    parcels = report["parcels"]
    assert (report["status"] == "ok") == bool(parcels)
    return {
        "epsg": report["crs"]["epsg"] or 0,
        "how": report["crs"]["how"],
        "order": report["axis_order"]["value"],
        "counts": list(report["counts"].values()),
        "unit": report["area_unit"]["value"] or "",
        "rings": [one["rings"] for one in parcels],
        "declared": [one["declared_area_m2"] or 0 for one in parcels],
        "findings": [
            sorted({f"{found['code']}" for found in one["findings"] if found["severity"] != "info"})
            for one in parcels
        ],
        "rejected": [f"{one['code']} {one['where']}" for one in report["rejected"]],
        "skipped": [one["code"] for one in report["skipped"]],
        "repairs": [one["code"] for one in report["repairs"]],
        "applied": [one["applied"] for one in report["repairs"]],
        "notes": sorted({one["code"] for one in report["notes"]}),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['topic']}: {case['name']}")
def test_is_read_as_a_careful_reviewer_wants(case: Case, tmp_path: Path) -> None:
    expect = dict(case["expect"])
    report = report_of(case, tmp_path)
    areas = {name: expect.pop(name, None) for name in ("m2", "plane", "repaired")}
    says = expect.pop("says", "")
    found = seen(report)
    assert {name: found.get(name) for name in expect} == expect
    assert says in json.dumps(report, ensure_ascii=False)
    for key, name, tolerance in (("m2", "area_m2", ELLIPSOID), ("plane", "area_plane_m2", 1e-9)):
        if areas[key] is not None:
            measured = [one[name] for one in report["parcels"]]
            assert measured == pytest.approx(areas[key], rel=tolerance, abs=0.001)
    if areas["repaired"] is not None:
        after = [one["area_after_m2"] for one in report["repairs"]]
        assert after == pytest.approx(areas["repaired"], rel=ELLIPSOID)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['topic']}: {case['name']}")
def test_the_account_is_whole_in_both_languages(case: Case, tmp_path: Path) -> None:
    for lang in LANGUAGES:
        folder = tmp_path / lang
        folder.mkdir()
        report = report_of(case, folder, lang)
        text = json.dumps(report, ensure_ascii=False, allow_nan=False)
        assert "{" not in report["message"]
        assert "代号“" not in text
        assert "Code “" not in text
        for one in (*report["rejected"], *report["skipped"], *report["notes"], *report["repairs"]):
            assert one["message"]
            assert "{" not in one["message"]
            assert "“—”" not in one["message"]
        if report["status"] == "ok":
            counts = report["counts"]
            whole = counts["parcels"] + counts["rejected"] + counts["skipped"]
            assert counts["features"] == whole
            assert counts["parcels"] == len(report["parcels"])
            assert all(one["where"] for one in (*report["rejected"], *report["skipped"]))


@pytest.mark.parametrize("case", CASES[::30], ids=lambda case: f"{case['topic']}: {case['name']}")
def test_the_command_line_says_the_same(case: Case, tmp_path: Path) -> None:
    """Read a sample in the process with limits, as a user does."""
    path = tmp_path / name_of(case)
    path.write_bytes(file_of(case, tmp_path))
    answers = case.get("answers", {})
    options = [f"--{name}={answers[name]}" for name in ("crs", "axes") if name in answers]
    options += ["--repair"] if answers.get("repair") else []
    result = CliRunner().invoke(app, ["inspect", str(path), "--json", "--lang=zh", *options])
    [line] = result.stdout.splitlines()
    folder = tmp_path / "beside"
    folder.mkdir()
    assert seen(json.loads(line)) == seen(report_of(case, folder))
