"""Every case of tests/cases/placement; coordinates of both zones were computed with PROJ by others."""

import tomllib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import PlannerError
from geo.read.parsed import Parsed
from geo.survey.model import Answers
from geo.survey.place.placement import place_survey
from parcels.messages import LANGUAGES, error_text, messages, text

NEAR = (112.53, 32.99)
FOLDER = Path(__file__).parents[2] / "cases" / "placement"
CASES = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))["case"]
HEAD = {
    "坐标系": "2000国家大地坐标系",
    "几度分带": "3",
    "投影类型": "高斯克吕格",
    "计量单位": "米",
    "带号": "37",
}


def square(corner, side):
    x, y = corner
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


def parsed_of(case):
    rings = [square(corner, case.get("side", 100)) for corner in case.get("at", [])]
    rings += case.get("rings", [])
    numbers = np.array([shapely.MultiLineString([ring]) for ring in rings], dtype=object)
    parsed = Parsed(
        table=pa.table({"row": list(range(len(rings)))}),
        wkb=pa.array(shapely.to_wkb(numbers)),
        axes=case.get("axes", "ne") or None,
        crs=case.get("crs"),
        header=(HEAD if case.get("head") else {}) | case.get("header", {}),
    )
    return parsed, numbers


def place_case(case, near=NEAR):
    parsed, numbers = parsed_of(case)
    return place_survey(
        parsed,
        numbers,
        Answers(**case.get("answers", {})),
        near=near,
        file_format=case.get("format"),
    )


def named(kind):
    chosen = [one for one in CASES if ("code" in one["expect"]) == (kind == "asked")]
    return pytest.mark.parametrize("case", chosen, ids=lambda case: case["name"])


@named("decided")
def test_decides(case):
    expect, placed = case["expect"], place_case(case)
    assert (placed.decision.epsg or 0) == expect["epsg"]
    assert placed.decision.how == expect.get("how", placed.decision.how)
    assert placed.axes.value == expect.get("order", placed.axes.value)
    assert placed.axes.how == expect.get("order_how", placed.axes.how)
    faults = {str(row): fault.code for row, fault in placed.faults.items()}
    assert faults == expect.get("faults", {})
    if "notes" in expect:
        assert sorted(note.code for note in placed.notes) == expect["notes"]
    if "lonlat" in expect:
        corner = shapely.get_coordinates(placed.lonlat[0])[0]
        assert corner == pytest.approx(expect["lonlat"], abs=6e-6)


@named("decided")
def test_numbers_stay_bit_for_bit_and_rows_add_up(case):
    _, numbers = parsed_of(case)
    placed = place_case(case)
    turned = slice(None, None, -1 if placed.axes.value == "ne" else None)
    for before, after in zip(numbers, placed.native, strict=True):
        kept = shapely.get_coordinates(before)[:, turned]
        assert np.array_equal(kept, shapely.get_coordinates(after))
    assert len(placed.inside) == len(numbers)
    assert {*np.flatnonzero(~placed.inside).tolist()} == set(placed.faults)
    assert (shapely.is_missing(placed.lonlat) == ~placed.inside).all()


@named("asked")
def test_asks_or_refuses(case):
    expect = case["expect"]
    with pytest.raises(PlannerError) as caught:
        place_case(case)
    error = caught.value
    assert error.code == expect["code"]
    assert error.values.get("question") == expect.get("question")
    for name, value in expect.get("values", {}).items():
        assert error.values[name] == value
    wanted = expect.get("candidates", [])
    offered = error.values.get("candidates", [])
    assert [f"{one['crs']} {one['axes']}" for one in offered][: len(wanted)] == wanted


@named("asked")
def test_candidates_can_be_drawn_and_chosen(case):
    with pytest.raises(PlannerError) as caught:
        place_case(case)
    offered = caught.value.values.get("candidates", [])
    assert len(offered) <= 8
    for one in offered:
        assert 1 <= len(one["outline"]) <= 50
        assert 73 <= one["lon"] <= 136
        assert 3 <= one["lat"] <= 54
        assert one["near_km"] >= 0
        answers = {"crs": one["crs"], "axes": one["axes"]}
        placed = place_case(case | {"answers": answers})
        assert placed.decision.how == "chosen"
        west, south, east, north = shapely.total_bounds(placed.lonlat)
        assert west - 1e-6 <= one["lon"] <= east + 1e-6
        assert south - 1e-6 <= one["lat"] <= north + 1e-6
        for lang in LANGUAGES:
            text(lang, f"candidate.{one['kind']}", **one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_outcome_can_be_said(lang):
    for case in CASES:
        try:
            placed = place_case(case)
        except PlannerError as error:
            values = {"file": "a.txt"} | error.values
            error_text(lang, PlannerError(error.code, **values))
        else:
            for note in placed.notes:
                text(lang, f"note.{note.code}.text", **note.values)
            for fault in placed.faults.values():
                text(lang, f"fault.{fault.code}.text", **fault.values)
    assert "note.gcj02_suspect.text" in messages(lang)


def test_missing_and_endless_coordinates():
    parsed, numbers = parsed_of({"head": True, "at": [[3651400, 37630869]]})
    with np.errstate(invalid="ignore"):
        endless = shapely.linestrings([[[np.inf, 1.0], [2.0, 3.0]]])[0]
    rows = np.array([None, numbers[0], endless, shapely.MultiLineString()], dtype=object)
    placed = place_survey(parsed, rows, Answers(), near=None)
    assert placed.inside.tolist() == [False, True, False, False]
    assert {row: fault.code for row, fault in placed.faults.items()} == {2: "not_finite"}


def test_a_file_without_coordinates_is_placed_nowhere():
    parsed, _ = parsed_of({"crs": "EPSG:4526"})
    placed = place_survey(parsed, np.array([None, None], dtype=object), Answers(), near=NEAR)
    assert (placed.decision.epsg, placed.inside.tolist()) == (4526, [False, False])
    assert placed.notes == ()


NUMBERS = st.floats(-1e9, 1e9) | st.floats(allow_nan=False, allow_infinity=False)


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6),
    st.sampled_from(["en", "ne", ""]),
    st.sampled_from([None, "EPSG:4526", "EPSG:4490", "EPSG:32649", "BD-09"]),
    st.sampled_from([None, "geojson"]),
)
def test_any_numbers_are_placed_or_refused(corners, axes, crs, file_format):
    case = {"at": corners, "axes": axes, "crs": crs, "format": file_format}
    try:
        placed = place_case(case)
    except PlannerError:
        return
    assert int(placed.inside.sum()) + len(placed.faults) == len(corners)
