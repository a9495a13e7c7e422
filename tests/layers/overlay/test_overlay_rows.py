"""Rows that count and rows that cannot: cases as data, and what holds for any mixture of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.area import lonlat_area
from geo.errors import PlannerError
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated
from parcels.messages import LANGUAGES, error_text, text
from parcels.wording import note_text
from tests.layers.overlay.overlay_files import geojson, plot

pytestmark = pytest.mark.usefixtures("in_process")
TESTS = Path(__file__).parents[2]
ROWS = tomllib.loads((TESTS / "cases/overlays/rows.toml").read_text(encoding="utf-8"))["row"]
FOLDER = TESTS / "rejects" / "overlays"
REJECTS = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))["reject"]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case["name"])
def test_a_row_counts_or_has_its_reason(case: dict) -> None:
    rows = geojson(({}, shapely.from_wkt(case["wkt"])), ({}, plot(112.7)))
    said = Stated(crs=case.get("crs"))
    read = read_overlay(rows, "x", case.get("kind", "farmland"), stated=said)
    assert read.report.skipped == ({case["reason"]: 1} if case["reason"] else {})
    assert read.complete == (case["reason"] == "")
    assert read.report.repaired == case.get("repaired", False)
    assert len(read) == 2 - (case["reason"] != "")
    if "area_m2" in case:
        assert lonlat_area(read.shapes)[0] == pytest.approx(case["area_m2"], rel=0.01)
    for lang in LANGUAGES:
        assert all(text(lang, f"skipped.{reason}") for reason in read.report.skipped)
        assert all("{" not in note_text(lang, note) for note in read.report.notes)


@pytest.mark.parametrize("case", REJECTS, ids=lambda case: f"{case['file']}-{case['code']}")
def test_a_file_that_cannot_be_used_says_why(case: dict) -> None:
    said = Stated(**case.get("stated", {}))
    with pytest.raises(PlannerError) as caught:
        read_overlay(FOLDER / case["file"], case["file"], case.get("kind", "farmland"), stated=said)
    assert caught.value.code == case["code"]
    expected = case.get("values", {})
    assert {key: caught.value.values[key] for key in expected} == expected
    for lang in LANGUAGES:
        assert all(error_text(lang, caught.value))


SHAPES = st.sampled_from([shapely.from_wkt(case["wkt"]) for case in ROWS] + [None])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shapes=st.lists(SHAPES, max_size=8), kind=st.sampled_from(["farmland", "red_line", "road"]))
def test_every_row_is_accounted_for(shapes: list, kind: str) -> None:
    rows = geojson(*(({"n": n}, one) for n, one in enumerate([plot(), *shapes])))
    read = read_overlay(rows, "x", kind, stated=Stated(crs="EPSG:4490"))
    report = read.report
    assert report.rows == len(shapes) + 1 == report.used + sum(report.skipped.values())
    assert len(read.shapes) == len(read.names) == len(read.codes) == report.used
    assert shapely.is_valid(read.shapes).all()
    assert not shapely.is_empty(read.shapes).any()
    assert read.extent.covers(shapely.box(*shapely.total_bounds(read.shapes)))
    assert list(read.attributes["n"]) == sorted(read.attributes["n"])
    if report.skipped:
        assert not read.complete
