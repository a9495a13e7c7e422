"""``python -m parcels expansion``: what is printed, what is left in files, exit codes."""

from __future__ import annotations

import json

import pytest
import shapely
from typer.testing import CliRunner

from parcels.cli import app
from parcels.expansion.model import INDEX_IDS
from tests.parcels.expansion.expansion_cases import degrees

RUN = CliRunner()
DAY = ("--as-of", "2026-11-22")


def _file(path, *shapes):
    features = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(degrees(one))}
        for one in shapes
    ]
    document = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def _run(*arguments: str):
    return RUN.invoke(app, ["expansion", *arguments])


def _json(*arguments: str):
    answer = _run(*arguments, "--json", *DAY)
    return answer.exit_code, json.loads(answer.stdout)


def test_the_example_is_measured() -> None:
    answer = _run("--demo", *DAY)
    assert answer.exit_code == 3
    assert "50.00 km²" in answer.stdout
    assert "示意（±2,000 m）" in answer.stdout
    assert "南区示例 A" in answer.stdout


def test_json_holds_every_index_with_its_bands(tmp_path) -> None:
    code, found = _json("--demo")
    assert code == 3
    assert [one["id"] for one in found["indices"]] == [i for i in INDEX_IDS if i != "E_BATTY"]
    assert found["zone"] == {"title": "", "schematic": True, "accuracy_m": 2000.0, "complete": True}
    assert sum(found["summary"].values()) == 17
    assert not found["sensitive"]
    area = found["indices"][0]
    assert area["value"] == pytest.approx(50.0, abs=0.001)
    assert [band["rule_id"] for band in area["bands"]] == ["E_AREA", "E_AREA_FLOOR"]
    assert "score" not in json.dumps(found)
    same = _run("--demo", "--json", *DAY).stdout
    assert same == _run("--demo", "--json", *DAY).stdout


def test_a_file_with_a_zone_and_everything_known_passes(tmp_path) -> None:
    extension = _file(tmp_path / "e.geojson", shapely.box(-3500, -3500, 3571, 3571))
    zone = _file(tmp_path / "z.geojson", shapely.box(-3500, 3571, 3571, 9000))
    code, found = _json(extension, "--zone", f"{zone},crs=EPSG:4490,covers=all")
    by_id = {one["id"]: one for one in found["indices"]}
    assert code == 3  # units, roads, constraints are still missing
    assert by_id["E_SHARED"]["value"] == pytest.approx(0.25, abs=1e-3)
    assert by_id["E_SHARED"]["outcome"] == "pass"
    assert found["zone"]["schematic"] is False
    assert found["sensitive"]  # nobody says how accurate the zone's file is


def test_an_area_that_is_not_connected_fails(tmp_path) -> None:
    extension = _file(tmp_path / "e.geojson", shapely.box(0, 0, 900, 900))
    zone = _file(tmp_path / "z.geojson", shapely.box(0, 5000, 900, 5900))
    code, found = _json(extension, "--zone", f"{zone},crs=EPSG:4490")
    assert code == 1
    assert found["summary"]["fail"] == 1


def test_several_polygons_are_one_area(tmp_path) -> None:
    halves = (shapely.box(0, 0, 450, 900), shapely.box(450, 0, 900, 900))
    _, found = _json(_file(tmp_path / "e.geojson", *halves))
    parts = next(one for one in found["indices"] if one["id"] == "E_PARTS")
    assert len(parts["details"]) == 1


def test_what_the_reading_refuses_is_named(tmp_path) -> None:
    bow = shapely.Polygon([(0, 0), (900, 900), (900, 0), (0, 900)])
    file = _file(tmp_path / "e.geojson", shapely.box(2000, 0, 2900, 900), bow)
    code, found = _json(file)
    assert code == 1
    assert len(found["rejected"]) == 1


def test_stock_is_read_with_its_units() -> None:
    stock = ("--stock", "idle=150亩", "--stock", "inefficient=0", "--stock", "industrial=1 km2")
    _, found = _json("--demo", *stock)
    assert found["indices"][-1]["value"] == pytest.approx(0.1)
    assert found["indices"][-1]["outcome"] == "not_applicable"


@pytest.mark.parametrize(
    "typed", ["idle", "idle=", "idle=多", "idle=-3亩", "leisure=3亩", "idle=nan"]
)
def test_stock_that_cannot_be_read_is_quoted(typed) -> None:
    answer = _run("--demo", "--stock", typed)
    assert answer.exit_code == 2
    assert f"“{typed}”" in answer.stderr


def test_batty_takes_the_place_of_polsby_popper() -> None:
    _, found = _json("--demo", "--batty")
    assert [one["id"] for one in found["indices"]] == [i for i in INDEX_IDS if i != "E_PP"]


def test_packs_are_chosen() -> None:
    _, found = _json("--demo", "--pack", "mixing")
    assert {one["outcome"] for one in found["indices"]} == {"unknown"}


def test_one_of_file_and_example_is_needed(tmp_path) -> None:
    assert _run().exit_code == 2
    assert _run(_file(tmp_path / "e.geojson", shapely.box(0, 0, 9, 9)), "--demo").exit_code == 2
    code, found = _json(str(tmp_path / "no.geojson"))
    assert code == 2
    assert found["error"]["message"]


def test_a_file_is_written_whole_and_not_over_another(tmp_path) -> None:
    out = tmp_path / "out.txt"
    assert _run("--demo", "-o", str(out), *DAY).exit_code == 3
    assert "50.00 km²" in out.read_text(encoding="utf-8")
    assert _run("--demo", "-o", str(out)).exit_code == 2
    assert _run("--demo", "--json", "-o", str(out), "--force", *DAY).exit_code == 3
    assert json.loads(out.read_text(encoding="utf-8"))["title"] == "南区示例 A"
