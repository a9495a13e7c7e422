"""``check`` as a script meets it: shapes, exit codes, formats, baselines, mistakes."""

from __future__ import annotations

import json
import sqlite3
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from parcels.baseline import read_baseline
from parcels.cli_check import CheckOptions, run
from parcels.cli_files import SurveyOptions
from parcels.findings import OUTCOMES

CASE = Path(__file__).parents[1] / "cases" / "golden_parcels" / "layers_and_shares"
HEAD = "地块编号,地块名称,用途,地类编码,WKT\n"
SQUARE = (
    '"POLYGON ((638000 3651000, 638100 3651000, 638100 3651100, 638000 3651100, 638000 3651000))"'
)


def options(**more: Any) -> CheckOptions:
    return CheckOptions(**{"as_of": "2026-11-22", "file_format": "json", **more})


def of_case(**more: Any) -> CheckOptions:
    layers = tuple(f"{path.stem}={path}" for path in sorted((CASE / "layers").glob("*.geojson")))
    return options(
        **{
            "file": CASE / "parcels.csv",
            "survey": SurveyOptions(crs="EPSG:4546"),
            "scheme": "gb50137",
            "layers": layers,
            "covers": ("farmland=all", "growth_boundary=all"),
            **more,
        }
    )


def answered(capsys: pytest.CaptureFixture[str], chosen: CheckOptions) -> tuple[int, Any]:
    code = run(chosen)
    return code, json.loads(capsys.readouterr().out)


def test_without_a_file_the_plan_is_reviewed(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = answered(capsys, options())
    assert code == 3
    assert {one["parcel_id"] for one in report["findings"]} == {f"B2-0{n}" for n in range(1, 10)}
    assert report["summary"] == {
        outcome: Counter(one["outcome"] for one in report["findings"])[outcome]
        for outcome in OUTCOMES
    }
    for one in report["findings"]:
        if one["outcome"] == "unknown":
            assert one["cause"]
            assert one["needs"] or one["cause"] == "rule_not_in_force", one
        if one["rule_id"]:
            assert one["source"]
        assert one["message"]


def test_a_file_with_fails_gives_one_and_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = answered(capsys, of_case())
    assert code == 1
    keys = "parcel_id check rule_id outcome measured limit op unit share other_id reason source message"
    assert all(set(keys.split()) <= one.keys() for one in report["findings"])
    (hit,) = (
        one
        for one in report["findings"]
        if (one["parcel_id"], one["rule_id"], one["outcome"]) == ("G2", "OV_PBF", "fail")
    )
    assert hit["measured"] == pytest.approx(2500, rel=1e-3)  # of the plane, 0.05 % from the ground
    assert hit["share"] == pytest.approx(0.25, abs=1e-6)
    assert hit["unit"] == "m2"
    assert {layer["kind"] for layer in report["layers"]} == {"farmland", "growth_boundary"}


def test_without_a_layer_no_verdict_turns_to_pass(capsys: pytest.CaptureFixture[str]) -> None:
    _, with_layers = answered(capsys, of_case())
    for left_out in ("farmland", "growth_boundary"):
        kept = tuple(one for one in of_case().layers if not one.startswith(left_out))
        covers = tuple(one for one in of_case().covers if not one.startswith(left_out))
        _, without = answered(capsys, of_case(layers=kept, covers=covers))
        passed = {
            (one["parcel_id"], one["rule_id"])
            for one in without["findings"]
            if one["outcome"] == "pass"
        }
        before = {
            (one["parcel_id"], one["rule_id"])
            for one in with_layers["findings"]
            if one["outcome"] == "pass"
        }
        assert passed <= before


def test_junit_counts_cases(tmp_path: Path) -> None:
    path = tmp_path / "check.xml"
    run(of_case(file_format="junit", output=path))
    root = ET.fromstring(path.read_bytes())  # noqa: S314 -- our own file
    assert all(int(suite.get("tests", "0")) == 5 for suite in root)
    failed = [
        case.get("name") for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert "G2" in failed
    assert "G1" not in failed


def test_sarif_has_a_rule_for_every_result(tmp_path: Path) -> None:
    path = tmp_path / "check.sarif"
    run(of_case(file_format="sarif", output=path))
    (found,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    rules = {rule["id"] for rule in found["tool"]["driver"]["rules"]}
    kinds = {one["kind"] for one in found["results"]}
    assert {"fail", "open", "pass"} <= kinds
    assert all(one["ruleId"] in rules for one in found["results"] if one["kind"] == "fail")


def test_sarif_keeps_what_its_standard_asks_of_levels_addresses_and_suppressions(
    tmp_path: Path,
) -> None:
    baseline, named = tmp_path / "accepted.json", tmp_path / "甲 区#1%.csv"
    named.write_bytes((CASE / "parcels.csv").read_bytes())
    run(of_case(file=named, write_baseline=baseline))
    for accepted in (None, baseline):
        path = tmp_path / "check.sarif"
        run(of_case(file=named, file_format="sarif", output=path, baseline=accepted, force=True))
        (found,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
        results = found["results"]
        assert {one["kind"] for one in results if one["level"] != "none"} == {"fail"}
        assert all(("suppressions" in one) == (accepted is not None) for one in results)
        (uri,) = {
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results
        }
        assert uri == "%E7%94%B2%20%E5%8C%BA%231%25.csv"


def test_the_geopackage_has_the_same_bytes_again_and_columns_of_numbers(tmp_path: Path) -> None:
    paths = [tmp_path / "one.gpkg", tmp_path / "two.gpkg"]
    for path in paths:
        run(of_case(file_format="gpkg", output=path))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with sqlite3.connect(paths[0]) as connection:
        changed = connection.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    connection.close()
    assert changed == [("2000-01-01T00:00:00.000Z",)]
    layer = pyogrio.read_info(paths[0], layer="findings")
    types = dict(zip(layer["fields"], layer["dtypes"], strict=True))
    assert {types[one] for one in ("measured", "limit", "share", "original_limit")} == {"float64"}
    findings = pyogrio.read_dataframe(paths[0], layer="findings", read_geometry=False)
    parcels = pyogrio.read_dataframe(paths[0], layer="parcels", read_geometry=False)
    joined = findings.merge(parcels, on="parcel")
    assert (joined["parcel_id_x"] == joined["parcel_id_y"]).all()
    assert len(joined) == len(findings)


def test_the_geopackage_holds_parcels_and_evidence(tmp_path: Path) -> None:
    path = tmp_path / "check.gpkg"
    run(of_case(file_format="gpkg", output=path))
    assert {name for name, _ in pyogrio.list_layers(path)} == {"parcels", "findings"}
    parcels = pyogrio.read_dataframe(path, layer="parcels").set_index("parcel_id")
    assert parcels["outcome"]["G2"] == "fail"
    findings = pyogrio.read_dataframe(path, layer="findings")
    drawn = findings[(findings.parcel_id == "G2") & (findings.rule_id == "OV_PBF")]
    assert drawn.geometry.notna().any()


def test_accepted_findings_no_longer_fail_and_a_worse_one_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "accepted.json"
    run(of_case(write_baseline=baseline))
    capsys.readouterr()
    assert len(read_baseline(baseline)) > 5
    code, report = answered(capsys, of_case(baseline=baseline))
    assert code == 0
    assert report["accepted"] == sum(
        report["summary"][outcome] for outcome in ("fail", "unknown", "warning")
    )
    moved = tmp_path / "parcels.csv"
    text = (CASE / "parcels.csv").read_text(encoding="utf-8")
    moved.write_text(text.replace("638300 3651000", "638310 3651000"), encoding="utf-8")
    code, report = answered(capsys, of_case(file=moved, baseline=baseline))
    assert code == 1
    assert any(one["outcome"] == "fail" and not one["accepted"] for one in report["findings"])


def test_the_table_names_what_fails_and_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(of_case(file_format="table")) == 1
    shown = capsys.readouterr().out
    assert "G2 占农田四分之一" in shown
    assert "OV_PBF" in shown
    assert "还缺" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sentence_can_be_said(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, report = answered(capsys, of_case(lang=lang))
    assert all("{" not in one["message"] for one in report["findings"])


@pytest.mark.parametrize(
    ("scheme", "code", "problem"),
    [
        ("GB 50137-2011", 3, None),
        ("gb50137", 3, None),
        ("国标", 2, "land_use_scheme_unknown"),
        ("", 2, "land_use_code_without_scheme"),
    ],
)
def test_a_column_names_the_scheme_by_its_document(
    scheme: str, code: int, problem: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "parcels.csv"
    path.write_text(f"地块编号,地类编码,分类标准,WKT\nA,M1,{scheme},{SQUARE}\n", encoding="utf-8")
    got, report = answered(capsys, options(file=path, survey=SurveyOptions(crs="EPSG:4546")))
    assert got == code
    assert report.get("error", {}).get("code") == problem


def test_the_scheme_of_the_option_counts_only_where_the_file_states_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"A,0601,gbt21010,{SQUARE}", f"B,0601,,{SQUARE}", f"C,0601,国标,{SQUARE}"]
    path = tmp_path / "parcels.csv"
    path.write_text("\n".join(["地块编号,地类编码,分类标准,WKT", *rows]), encoding="utf-8")
    survey = SurveyOptions(crs="EPSG:4546")
    _, report = answered(capsys, options(file=path, survey=survey, scheme="mnr2023"))
    free = {
        one["parcel_id"] for one in report["findings"] if one["reason"] == "use_fits_everywhere"
    }
    assert free == {"B", "C"}  # 0601: a village road there, industry in GB/T 21010


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"as_of": "soon"}, "as_of_unreadable"),
        ({"packs": ("nowhere",)}, "pack_unknown"),
        ({"layers": ("nothing=x",)}, "overlay_kind_unknown"),
        ({"layers": ("farmland=no.gpkg",)}, "file_not_found"),
        ({"baseline": Path("no.json")}, "baseline_unreadable"),
        ({"overrides": Path("no.toml")}, "pack_unreadable"),
        ({"file": Path("no.csv")}, "file_not_found"),
    ],
)
def test_what_cannot_be_used_is_said(
    more: dict[str, Any], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(options(**more)) == 2
    written = capsys.readouterr()
    assert json.loads(written.out)["error"]["code"] == code
    assert written.err.strip()


def test_a_code_without_its_scheme_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + f"A1,甲,,0601,{SQUARE}\n", encoding="utf-8")
    chosen = options(file=path, survey=SurveyOptions(crs="EPSG:4546"))
    assert run(chosen) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "land_use_code_without_scheme"
    assert "0601" in error["message"]


def test_a_geopackage_needs_a_file_to_be_written_to() -> None:
    assert run(options(file_format="gpkg")) == 2


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "o.json"
    path.write_text("mine", encoding="utf-8")
    assert run(options(output=path)) == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(options(output=path, force=True)) == 3


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(of_case(output=tmp_path / name))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
