"""Packages of proposals, scenarios and rankings: their tables hold what the content holds."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest

from parcels.snapshot import writers
from parcels.snapshot.files import read_snapshot
from parcels.snapshot.package import archive
from parcels.snapshot.package.contents import map_files, table_file
from parcels.snapshot.package.workbook import sheet_names
from tests.parcels.snapshot.kind_samples import permu_sample, proposal_sample, scenarios_sample

SAMPLES = {"proposal": proposal_sample, "scenarios": scenarios_sample, "permu": permu_sample}
CODE = re.compile(r"(^|· )[a-z_]+($| ·)")
FILES = {
    "proposal": ["sheet.pdf", "layers.gpkg", "tables.xlsx"],
    "scenarios": ["sheet.pdf", "elements.geojson", "layers.gpkg", "tables.xlsx"],
    "permu": ["report.pdf", "tables.xlsx"],
}


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """Page and sheet are tested where they are made."""
    drawn = {"html": lambda _: b"<!DOCTYPE html>", "pdf": lambda _: b"%PDF"}
    monkeypatch.setattr(archive, "WRITERS", {**writers.WRITERS, **drawn})


def book_of(snapshot):
    packed = table_file(writers.settled(snapshot))["tables.xlsx"]
    return openpyxl.load_workbook(io.BytesIO(packed))


def rows_of(book, title):
    head, *rows = book[title].values
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_package_of_each_kind_is_read_back(kind):
    given = SAMPLES[kind]()
    files = archive.package_files(given)
    assert [*files][3:-1] == FILES[kind]
    read = read_snapshot(archive.zip_bytes(files), "a.zip")
    assert read.digest == given.digest
    assert all(f"\r\n  {name} " in files["README.txt"].decode() for name in files)


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_heading_and_sheet_is_called_by_words(kind):
    book = book_of(SAMPLES[kind]())
    heads = [cell for sheet in book for cell in next(sheet.values)]
    assert [one for one in (*heads, *book.sheetnames) if CODE.search(one)] == []


def test_every_finding_of_a_proposal_has_its_row():
    book, answers = book_of(proposal_sample()), proposal_sample().content["answers"]
    rows = rows_of(book, "逐条结论")
    findings = [one for pack in answers["packs"] for one in pack["findings"]]
    assert [row["编号"] for row in rows] == [one["id"] for one in findings]
    assert [row["说明"] for row in rows] == [one["message"] for one in findings]
    assert rows[0]["属于"] == answers["packs"][0]["title"]
    assert {row["结论"] for row in rows} <= {"✕ 不符合", "? 未知", "! 提示", "✓ 符合", "– 不适用"}


def test_scenarios_give_elements_ledger_and_differences_with_causes():
    content = scenarios_sample().content
    book = book_of(scenarios_sample())
    elements = [one for each in content["scenarios"] for one in each["elements"]]
    assert [row["椭球面积（m²）"] for row in rows_of(book, "情景要素")] == [
        one["area_m2"] for one in elements
    ]
    ledger = rows_of(book, "用地账")
    lines = [one for each in content["answers"]["scenarios"] for one in each["ledger"]["lines"]]
    assert [row["椭球面积（m²）"] for row in ledger] == [one["area_m2"] for one in lines]
    second = content["scenarios"][1]["name"]
    row = rows_of(book, "情景对比")[0]
    first = content["answers"]["comparison"]["rows"][0]["differences"][0]
    assert row[f"{second} 与第一个的差额"] == first["text"]
    assert first["causes"][0]["text"] in row[f"{second} 由哪一步引起"]


def test_elements_are_features_with_their_scenario():
    features = json.loads(map_files(scenarios_sample())["elements.geojson"])["features"]
    content = scenarios_sample().content
    assert len(features) == sum(len(one["elements"]) for one in content["scenarios"])
    assert {one["properties"]["scenario_name"] for one in features} == {
        one["name"] for one in content["scenarios"]
    }


def test_a_ranking_keeps_scores_unrounded_and_firms_as_typed():
    rows = rows_of(book_of(permu_sample()), "排名")
    results = permu_sample().content["answers"]["results"]
    firms = [one for each in results for one in each["rows"]]
    assert [row["企业"] for row in rows] == [one["firm"] for one in firms]
    assert [row["得分"] for row in rows] == [one["score"] for one in firms]


def test_sheets_are_named_as_spreadsheets_want_them():
    names = sheet_names(["a/b[c]:*?", "a b c", "x" * 40, "x" * 40, "", "'"])
    assert all(0 < len(one) <= 31 and not set("[]:*?/\\") & {*one} for one in names)
    assert len({one.lower() for one in names}) == len(names)
