"""``permu`` on the command line: JSON shape, exit codes, tables, several schemes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from parcels.cli import app

TABLE = (
    "企业名称,用地面积(亩),登记面积(亩),税收(万元),用电量(kWh),状态\n"
    "甲,10,20,117.6,5000000,在产\n"
    "乙,20,20,117.6,10000000,在产\n"
    "**丙** [a](b) {{7*7}},20,20,500,10000000,承诺值\n"
)
SMALL = "zhejiang_huangyan_2022_small"
HOSTILE = "**丙** [a](b) {{7*7}}"


@pytest.fixture
def run(tmp_path):
    def go(*options, table=TABLE, lang="zh"):
        file = tmp_path / "企业.csv"
        file.write_text(table, "utf-8")
        asked = [str(file) if one == "FILE" else str(one) for one in options]
        return CliRunner().invoke(app, ["permu", *asked, "--lang", lang])

    return go


def test_json_has_the_shape_of_the_design(run) -> None:
    answer = run("FILE", "--scheme", SMALL, "--json")
    assert answer.exit_code == 0
    entry = json.loads(answer.stdout)
    assert entry["scheme"] == SMALL
    assert [row["id"] for row in entry["rows"]] == ["甲", "乙", HOSTILE]
    first, second, promised = entry["rows"]
    assert first["score"] == pytest.approx(100.719387, abs=1e-6)
    assert first["score_text"] == "100.72"
    assert first["parts"] == {"tax_mu": pytest.approx(50.719387, abs=1e-6), "tax_kwh": 50}
    assert (first["rank"], second["rank"], promised["rank"]) == (1, 2, None)
    assert promised["score"] is not None
    assert promised["class"] is None
    assert promised["promised"] is True
    assert {note["code"] for note in promised["notes"]} == {"permu_promised"}
    assert entry["denominator"] == "land"
    beside = first["by_denominator"]
    assert beside["land"]["indices"]["tax_mu"] == pytest.approx(11.76)
    assert beside["registered"]["indices"]["tax_mu"] == pytest.approx(5.88)
    assert beside["registered"]["area_mu"] == 20


def test_the_denominator_can_be_chosen(run) -> None:
    chosen = json.loads(
        run("FILE", "--scheme", SMALL, "--denominator", "registered", "--json").stdout
    )
    assert chosen["rows"][0]["indices"]["tax_mu"]["value"] == pytest.approx(5.88)
    assert chosen["rows"][0]["indices"]["tax_mu"]["denominator"] == "registered"


def test_a_denominator_that_the_table_does_not_give_is_unknown(run) -> None:
    answer = run("FILE", "--scheme", SMALL, "--denominator", "granted", "--json")
    assert answer.exit_code == 3
    entry = json.loads(answer.stdout)
    assert {row["score"] for row in entry["rows"]} == {None}


def test_several_schemes_give_one_line_each_on_the_same_data(run) -> None:
    answer = run("FILE", "--scheme", SMALL, "--scheme", "unnamed_city_a_small", "--json")
    entries = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [entry["scheme"] for entry in entries] == [SMALL, "unnamed_city_a_small"]
    assert entries[1]["rows"][0]["score_unit"] == "万元/亩"
    assert [row["class"] for row in entries[1]["rows"]] == ["B", "D", None]


def test_classes_can_be_borrowed_and_say_so(run) -> None:
    entry = json.loads(
        run("FILE", "--scheme", SMALL, "--classes", "wenling_below_2022", "--json").stdout
    )
    assert entry["classes_borrowed"] is True
    assert [row["class"] for row in entry["rows"]] == ["B", "D", None]
    assert "permu_classes_borrowed" in [note["code"] for note in entry["notes"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_for_people_shows_names_as_typed(run, lang) -> None:
    answer = run("FILE", "--scheme", SMALL, lang=lang)
    assert answer.exit_code == 0
    assert HOSTILE in answer.stdout
    assert "100.72" in answer.stdout
    assert ("承诺值" if lang == "zh" else "promised") in answer.stdout


def test_unknown_scores_give_3(run) -> None:
    sized = TABLE.replace("状态", "规模").replace("在产", "规上").replace("承诺值", "规上")
    assert run("FILE", "--scheme", SMALL, table=sized).exit_code == 3  # nothing was rated
    assert run("FILE", "--scheme", "zhejiang_huangyan_2022").exit_code == 3
    assert run("FILE", "--scheme", "zhengzhou_2020").exit_code == 3


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("FILE", "--scheme", "nothing"), "permu_scheme_unknown"),
        (("FILE", "--scheme", SMALL, "--classes", "x"), "permu_classes_unknown"),
        (("FILE", "--scheme", SMALL, "--unit", "tax"), "permu_option"),
        (("FILE", "--scheme", SMALL, "--column", "tax=税"), "permu_column_absent"),
        (("FILE",), "permu_nothing_asked"),
        (("missing.csv", "--scheme", SMALL), "file_not_found"),
        (("FILE", "--scheme", "missing.toml"), "permu_scheme_file"),
    ],
)
def test_what_cannot_be_used_gives_2_and_a_sentence(run, options, code) -> None:
    answer = run(*options, "--json")
    assert answer.exit_code == 2
    error = json.loads(answer.stdout)
    assert error["error"] == code
    assert error["message"]
    assert error["hint"]


def test_lists_need_no_file(run) -> None:
    answer = run("--list", "--zone", "--json")
    assert answer.exit_code == 0
    entry = json.loads(answer.stdout)
    listed = {one["id"]: one for one in entry["schemes"]}
    assert listed["zhejiang_huangyan_2021"]["computable"]
    assert listed["anhui_jingde_2022"]["missing"] == ["weights"]
    assert listed["henan_zone_2023"]["missing"] == ["method", "weights", "bases"]
    assert entry["zone"]["land_mu"] == 64_905
    assert "zhejiang_huangyan_2022" in run("--list").stdout


def test_a_scheme_of_ones_own_names_the_wrong_field(run, tmp_path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[scheme]]\nid = "own"\nmethod = "ratoi"\n', "utf-8")
    answer = run("FILE", "--scheme", file, "--json")
    assert answer.exit_code == 2
    assert json.loads(answer.stdout)["error"] == "permu_scheme_field"
    assert "own.toml" in json.loads(answer.stdout)["message"]


def test_parcels_of_a_survey_file_are_rated_by_their_computed_area(run, tmp_path) -> None:
    ring = [[112.5, 33.0], [112.5, 33.001], [112.501, 33.001], [112.501, 33.0], [112.5, 33.0]]
    feature = {
        "type": "Feature",
        "properties": {"宗地代码": "A1", "税收(万元)": 100, "用电量(kWh)": 1_000_000},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "parcels.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    answer = run(str(file), "--scheme", SMALL, "--status", "promised", "--json")
    assert answer.exit_code == 0
    (row,) = json.loads(answer.stdout)["rows"]
    assert row["id"] == "A1"
    assert row["promised"] is True
    # 0.001° of longitude at 33° is about 93.4 m, of latitude about 110.9 m
    assert row["by_denominator"]["mapped"]["area_mu"] == pytest.approx(15.54, abs=0.05)
