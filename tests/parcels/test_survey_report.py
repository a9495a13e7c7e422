"""The report of a survey: stable keys, exact areas, words for places, nothing JSON cannot hold."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.parsed import Fault, Note
from parcels.messages import LANGUAGES
from parcels.places import KINDS, place_text
from parcels.survey_report import failure_report, question_of, survey_report
from parcels.wording import fault_text, measure_text, note_text
from tests.parcels.survey_samples import (
    FIRST,
    SECOND,
    findings,
    parcels,
    survey,
    troubled_survey,
)

KEYS = {
    "file",
    "status",
    "message",
    "format",
    "encoding",
    "crs",
    "axis_order",
    "parcels",
    "rejected",
    "skipped",
    "repairs",
    "notes",
    "counts",
    "digest",
    "layer",
    "area_unit",
    "area_methods",
}
PARCEL_KEYS = {
    "id",
    "name",
    "rings",
    "vertices",
    "area_m2",
    "area_mu",
    "area_ha",
    "area_plane_m2",
    "declared_area_m2",
    "area_difference_m2",
    "declared_text",
    "wkt",
    "attributes",
    "where",
    "findings",
}


def one_parcel(**columns: object) -> dict:
    table = parcels((FIRST,))
    for name, value in columns.items():
        position = table.column_names.index(name)
        field = table.schema.field(name)
        table = table.set_column(position, field, pa.array([value], field.type))
    made = survey(parcels=table, attributes=pa.table({"a": [1]}), labels=None, features=1)
    return survey_report(made, "zh")["parcels"][0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_has_the_stable_keys_and_is_json(lang: str) -> None:
    report = survey_report(troubled_survey(), lang)
    assert set(report) == KEYS
    assert set(report["parcels"][0]) >= PARCEL_KEYS
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert report["crs"] == {
        "epsg": 4525,
        "how": "prefix",
        "name": "CGCS2000 / 3-degree Gauss-Kruger zone 37",
    }
    assert report["axis_order"] == {"value": "ne", "how": "prefix"}


def test_features_are_parcels_rejected_and_skipped() -> None:
    counts = survey_report(troubled_survey(), "zh")["counts"]
    assert counts == {"features": 6, "parcels": 2, "rejected": 1, "skipped": 3}


def test_areas_stand_in_three_units() -> None:
    first, second = survey_report(survey(), "zh")["parcels"]
    assert first["area_m2"] == 55806.1234
    assert first["area_mu"] == 83.7092  # 55806.1234 × 3 / 2000 = 83.7091851
    assert first["area_ha"] == pytest.approx(5.58061234, abs=1e-12)
    assert first["area_plane_m2"] == pytest.approx(55833.20, abs=0.005)  # shoelace by hand
    assert second["area_plane_m2"] == pytest.approx(16649.94, abs=0.005)
    # declared 55,833 m² less the shoelace of the plane
    assert first["area_difference_m2"] == pytest.approx(
        first["declared_area_m2"] - 55833.20, abs=0.005
    )
    assert (second["declared_area_m2"], second["area_difference_m2"]) == (None, None)


@given(st.floats(min_value=0.01, max_value=1e9))
def test_mu_is_exact_to_four_decimals(square_metres: float) -> None:
    exact = Decimal(repr(square_metres)) * 3 / 2000
    wanted = exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert one_parcel(area_m2=square_metres)["area_mu"] == float(wanted)


def test_half_a_unit_of_the_fourth_decimal_goes_up() -> None:
    assert one_parcel(area_m2=0.1)["area_mu"] == 0.0002  # exactly 0.00015


def test_wkt_keeps_every_digit_east_before_north() -> None:
    texts = [one["wkt"] for one in survey_report(survey(), "zh")["parcels"]]
    assert texts[1].startswith("POLYGON ((37637220 3650250, 37637380 3650254, 37637384.5 ")
    back = shapely.from_wkt(texts)
    for mine, wanted in zip(back, (FIRST, SECOND), strict=True):
        assert (shapely.get_coordinates(mine) == shapely.get_coordinates(wanted)).all()


@pytest.mark.parametrize("column", ["area_plane_m2", "declared_area_m2"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_numbers_that_are_none_are_null(column: str, value: float | None) -> None:
    entry = one_parcel(**{column: value})
    assert entry[column] is None
    json.dumps(entry, allow_nan=False)


def test_attributes_are_plain_values() -> None:
    table = pa.table(
        {
            "text": ["{{7*7}} <b>", None],
            "number": [float("nan"), 2.5],
            "day": pa.array([19000, None], pa.date32()),
            "time": pa.array([0, None], pa.timestamp("ms")),
            "blob": [b"\x00\xff", None],
            "list": [[1, 2], None],
            "price": pa.array([Decimal("1.50"), None], pa.decimal128(5, 2)),
        }
    )
    first = survey_report(survey(attributes=table), "zh")["parcels"][0]["attributes"]
    assert first == {
        "text": "{{7*7}} <b>",
        "number": None,
        "day": "2022-01-08",
        "time": "1970-01-01T00:00:00",
        "blob": "00ff",
        "list": "[1, 2]",
        "price": "1.50",
    }


def test_a_table_without_columns_gives_empty_attributes() -> None:
    empty = survey().attributes.select([])
    assert [p["attributes"] for p in survey_report(survey(attributes=empty), "zh")["parcels"]] == [
        {},
        {},
    ]


def test_findings_stand_at_their_parcels_with_sentences() -> None:
    first, second = survey_report(troubled_survey(), "zh")["parcels"]
    [area] = first["findings"]
    assert (area["code"], area["severity"], area["value"]) == ("Q_AREA", "warn", 26.8766)
    assert "26.88" in area["message"]
    assert [one["other"] for one in second["findings"]] == [1]


def test_what_was_refused_names_its_place_and_value() -> None:
    [refused] = survey_report(troubled_survey(), "zh")["rejected"]
    assert refused["where"] == "第 3 个要素，第 2 环，第 5 点"
    assert refused["value"] == "36O.5"
    assert "36O.5" in refused["message"]
    [english] = survey_report(troubled_survey(), "en")["rejected"]
    assert english["where"] == "feature 3, ring 2, point 5"


def test_notes_are_those_of_the_file_and_then_those_of_features() -> None:
    notes = survey_report(troubled_survey(), "zh")["notes"]
    assert [one["code"] for one in notes] == ["area_unit_by_size", "declared_area_unreadable"]
    assert [one["where"] for one in notes] == ["", "第 13 行"]


@pytest.mark.parametrize(
    ("where", "chinese"),
    [
        ("", "整个文件"),
        ("feature:1", "第 1 个要素"),
        ("sheet:表一;cell:B7", "工作表“表一”，单元格 B7"),
        ("member:甲/乙.txt;line:12", "压缩包内“甲/乙.txt”，第 12 行"),
        ("layer:a;b:c;feature:2", "图层“a;b:c”，第 2 个要素"),
        ("entity:2F;layer:JZD", "图元 2F，图层“JZD”"),
        ("nowhere", "nowhere"),
        ("layer:{x}", "图层“{x}”"),
    ],
)
def test_places_are_words(where: str, chinese: str) -> None:
    assert place_text("zh", where) == chinese


@pytest.mark.parametrize("lang", LANGUAGES)
@given(where=st.text(max_size=40), kind=st.sampled_from(KINDS))
def test_any_place_is_some_words(lang: str, where: str, kind: str) -> None:
    assert place_text(lang, where)
    assert where.strip(";") in place_text(lang, f"{kind}:{where}") or ":" in where


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unusable_file_is_reported_in_the_same_shape(lang: str) -> None:
    error = PlannerError("file_crs_unreadable", file="a.gpkg", crs="LOCAL")
    report = failure_report("a.gpkg", error, lang)
    assert report["status"] == "rejected"
    assert (report["code"], report["question"]) == ("file_crs_unreadable", None)
    assert [report[name] for name in ("parcels", "skipped", "repairs", "notes")] == [[]] * 4
    assert report["rejected"][0]["code"] == "file_crs_unreadable"
    assert "LOCAL" in report["message"]
    json.dumps(report, allow_nan=False)


def test_a_question_carries_what_may_be_answered() -> None:
    error = PlannerError("file_many_layers", file="a.gpkg", layers=["甲", "乙"], question="layer")
    report = failure_report("a.gpkg", error, "zh")
    assert question_of(error) == "layer"
    assert report["candidates"] == ["甲", "乙"]


def test_a_sentence_never_stops_a_report() -> None:
    assert "no_such_code" in fault_text("zh", Fault(code="no_such_code"))
    assert "—" in note_text("zh", Note(code="area_unit_by_size"))
    with_number = Fault(code="number_unreadable", values={"value": np.float64(1.5)})
    assert "1.5" in fault_text("en", with_number)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1234.5, "m2", "1,234.50"),
        (0.0049, "m", "0.005"),
        (0.00001, "m", "1e-05"),
        (3.0, "", "3"),
        (None, "m", "—"),
        (float("nan"), "m", "—"),
        (0.0, "m", "0.000"),
        (2.346, "deg", "2.35"),
    ],
)
def test_measures_are_written_with_the_decimals_of_their_unit(
    value: float | None, unit: str, shown: str
) -> None:
    assert measure_text(value, unit) == shown


@pytest.mark.parametrize(
    ("code", "mirrored"), [("Q_OVERLAP", "Q_OVERLAP"), ("Q_NESTED", "Q_CONTAINS")]
)
def test_a_pair_is_named_at_both_parcels(code: str, mirrored: str) -> None:
    pair = {"parcel": 1, "code": code, "severity": "error", "other": 0, "value": 2.5, "unit": "m2"}
    first, second = survey_report(survey(findings=findings(pair)), "zh")["parcels"]
    [own], [other] = second["findings"], first["findings"]
    assert (own["code"], own["other"], own["value"]) == (code, 1, 2.5)
    assert (other["code"], other["other"], other["value"]) == (mirrored, 2, 2.5)
    assert "第 1 宗" in own["message"]
    assert "第 2 宗" in other["message"]


def test_without_a_plane_the_difference_is_from_the_ellipsoid() -> None:
    made = survey()
    place = made.parcels.schema.get_field_index("area_plane_m2")
    degrees = made.parcels.set_column(
        place, "area_plane_m2", pa.nulls(made.parcels.num_rows, pa.float64())
    )
    report = survey_report(survey(parcels=degrees), "en")
    first = report["parcels"][0]
    assert first["area_difference_m2"] == pytest.approx(
        first["declared_area_m2"] - first["area_m2"], abs=1e-6
    )
    assert report["area_methods"]["area_difference_m2"] == "declared − ellipsoid m²"


def test_parcels_without_attributes_are_reported() -> None:
    bare = survey(attributes=pa.table({}))
    assert [one["attributes"] for one in survey_report(bare, "zh")["parcels"]] == [{}, {}]
