"""Volume studies against cases worked by hand, and what holds for every study."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from parcels.messages import LANGUAGES, messages, text
from parcels.proposal.massing.boxes import buildings_of
from parcels.proposal.massing.site import envelope_of
from parcels.proposal.massing.study import on_site, study
from parcels.proposal.model import Amount, Part, Proposal, exactly
from tests.parcels.proposal.massing.samples import demo, made

ROOT = Path(__file__).parents[4]
CASES = ROOT / "tests" / "cases" / "massing"
MASSING = sorted((ROOT / "parcels" / "proposal" / "massing").glob("*.py"))


def cases(name: str) -> list[pytest.param]:
    listed = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return [pytest.param(one, id=one["name"]) for one in listed]


@pytest.mark.parametrize("case", cases("envelopes.toml"))
def test_an_envelope_is_the_outline_less_its_setback(case: dict) -> None:
    envelope = envelope_of(shapely.Polygon(case["corners"]), case["setback"])
    assert envelope.area == pytest.approx(case["area"], abs=1e-6)
    assert (0 if envelope.is_empty else shapely.get_num_geometries(envelope)) == case["pieces"]


def span(written: str) -> tuple[Fraction | None, Fraction | None]:
    if written == "?":
        return None, None
    if ".." not in written:
        return Fraction(written), Fraction(written)
    low, high = written.split("..")
    return Fraction(low or 0), Fraction(high) if high else None


@pytest.mark.parametrize("case", cases("studies.toml"))
def test_a_study_adds_up(case: dict) -> None:
    found = study(made(case["rows"], case["given"]))
    figures = {
        "footprint": found.figures.footprint,
        "density": found.figures.density,
        "far": found.figures.far,
        "height": found.figures.height,
        "green": found.figures.green_most,
    }
    told = {name: (one.low, one.high) for name, one in figures.items()}
    assert told == {name: span(case[name]) for name in figures}
    assert found.figures.envelope_area == (
        pytest.approx(case["envelope"]) if "envelope" in case else None
    )
    assert [one.code for one in found.remarks] == case["remarks"]


def test_what_is_too_much_is_said_in_square_metres() -> None:
    rows = [["A", "F_RD", "8000", 1, "4", False]]
    found = study(made(rows, {"site_area": "10000", "setback": "10", "spacing": "0"}))
    told = {one.code: one.values for one in found.remarks}["over_envelope"]
    assert (told["needed"], told["free"]) == ("8,000.00 m²", "6,400.00 m²")
    assert told["excess"] == "1,600.00 m²"
    assert found.layout.places == {}


def test_a_larger_footprint_stands_below_and_equal_ones_as_in_the_rows() -> None:
    rows = [
        ["A", "F_RD", "3000", 3, "4", False],
        ["A", "F_OFFICE", "2000", 2, "4", False],
        [" A ", "F_RETAIL", "4000", 2, "5", False],
        ["", "F_RD", "100", 1, "4", False],
        ["", "F_RD", "100", 1, "4", False],
    ]
    buildings, _ = buildings_of(made(rows, {}))
    assert [[box.at for box in one.boxes] for one in buildings] == [[2, 0, 1], [3], [4]]


def test_every_row_is_a_box_or_is_listed_with_what_it_lacks() -> None:
    parts = tuple(
        Part(name=str(at), storeys=storeys) for at, storeys in enumerate([3, 3, 3, 0, 999])
    )
    amounts = {
        "floor:0": exactly(0),
        "floor:2": Amount(low=Fraction(5), high=None),
        "floor:3": exactly(100),
        "floor:4": exactly(100),
        "site_area": exactly(10**4),
    }
    proposal = Proposal(parts=parts, amounts=MappingProxyType(amounts))
    found = study(proposal)
    assert found.buildings == ()
    assert [(one.at, one.lack) for one in found.not_drawn] == [
        (1, "area"),
        (2, "area_range"),
        (3, "storeys"),
        (4, "too_large"),
    ]


def test_an_outline_is_drawn_in_place_of_a_rectangle_and_its_area_compared() -> None:
    outline = shapely.Polygon([(0, 0), (300, 0), (300, 100), (0, 100)])
    found = study(demo(), outline)
    assert found.site is not None
    assert found.site.kind == "outline"
    told = {one.code: one.values for one in found.remarks}["site_area_differs"]
    assert told["difference"] == "10,000.00 m²"
    assert found.figures.density.low == Fraction(14500, 40000)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"site_area": "1e12"}, "site_too_large"),
        ({"site_width": "1"}, "site_too_thin"),
        ({"setback": "80"}, "envelope_empty"),
    ],
)
def test_what_cannot_be_drawn_is_said(given: dict, code: str) -> None:
    assert code in [one.code for one in study(demo(**given)).remarks]


def test_a_slit_does_not_cut_the_site_in_two() -> None:
    outline = shapely.box(0, 0, 100, 100).difference(shapely.Polygon([(49, 0), (51, 0), (50, 20)]))
    envelope = envelope_of(outline, 10)
    assert shapely.get_num_geometries(envelope) == 1
    assert envelope.covers(shapely.box(10, 41, 90, 90))


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=3, max_size=8),
    st.floats(0, 40),
)
def test_an_envelope_keeps_its_distance_and_takes_little_more_at_sharp_corners(
    points: list[tuple[float, float]], setback: float
) -> None:
    ring = shapely.Polygon(points)
    if not ring.is_valid or ring.area < 1:
        return
    envelope = envelope_of(ring, setback)
    if not envelope.is_empty:
        assert ring.buffer(1e-6).covers(envelope)
        assert envelope.distance(ring.exterior) >= setback - 1e-6
    # The far ends of a bevel at twice the distance lie at √(2² + 1²) of it; 32nds of a turn.
    certain = ring.buffer(-2.25 * setback - 1e-6, quad_segs=32)
    assert certain.difference(envelope.buffer(1e-6)).is_empty


def test_land_of_a_row_and_long_names_are_told() -> None:
    proposal = made([["长" * 500, "F_RD", "6000", 3, "4", False]], {"site_area": "10000"})
    amounts = {**proposal.amounts, "land:0": exactly(1500)}
    told = {one.code: one.values for one in study(replace(proposal, amounts=amounts)).remarks}
    assert told["land_too_small"]["excess"] == "500.00 m²"
    assert told["land_too_small"]["name"] == "长" * 60 + "…"


rows_of_any_kind = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "", "很长的名字"]),
        st.sampled_from(["F_RD", "F_DORM", "F_PARK", ""]),
        st.decimals(min_value=0, max_value=200_000, places=2).map(str),
        st.integers(0, 40),
        st.sampled_from(["", "3.6", "4.5", "12"]),
        st.booleans(),
    ),
    max_size=12,
)
sites = st.fixed_dictionaries(
    {},
    optional={
        "site_area": st.decimals(min_value=1, max_value=10**6, places=2).map(str),
        "site_width": st.decimals(min_value=1, max_value=2000, places=1).map(str),
        "setback": st.decimals(min_value=0, max_value=60, places=1).map(str),
        "spacing": st.decimals(min_value=0, max_value=30, places=1).map(str),
    },
)


@given(rows_of_any_kind, sites)
def test_boxes_hold_exactly_the_floor_area_of_the_proposal(rows: list, site: dict) -> None:
    proposal = made(rows, site)
    found = study(proposal)
    boxes = [box for one in found.buildings for box in (*one.boxes, *one.basements)]
    stated = sum(Fraction(row[2]) for row in rows)
    listed = sum((one.floor_area or Fraction(0) for one in found.not_drawn), Fraction(0))
    assert sum((box.floor_area for box in boxes), listed) == stated
    assert sum((up + down for _, up, down in found.figures.by_use), Fraction(0)) == stated
    assert all(box.footprint * box.storeys == box.floor_area for box in boxes)
    assert sorted([box.at for box in boxes] + [one.at for one in found.not_drawn]) == [
        at for at, row in enumerate(rows) if Fraction(row[2])
    ]


@given(rows_of_any_kind, sites)
def test_every_building_has_a_place_inside_the_envelope_or_is_named(rows: list, site: dict) -> None:
    found = study(made(rows, site))
    above = {one.number for one in found.buildings if one.boxes}
    told = [one for one in found.remarks if one.code in {"over_envelope", "no_place"}]
    assert found.site is not None or not found.layout.places
    if found.site is not None:
        assert bool(told) == bool(above - set(found.layout.places))
        room = found.site.envelope.buffer(1e-4)
        grounds = [on_site(one, found.layout.angle) for one in found.layout.places.values()]
        assert all(room.covers(one) for one in grounds)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_remark_has_a_sentence_with_its_values(lang: str) -> None:
    codes = {
        keyword.value.value
        for path in MASSING
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Remark"
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }
    stated = {
        f"{field}_{end}" for field in ("footprint", "height") for end in ("differs", "too_small")
    }
    composed = stated | {"no_setback", "setback_range"}
    written = {
        key.removeprefix("massing.remark.")
        for key in messages(lang)
        if key.startswith("massing.remark.")
    }
    assert written == codes | composed
    for case in tomllib.loads((CASES / "studies.toml").read_text(encoding="utf-8"))["case"]:
        for one in study(made(case["rows"], case["given"])).remarks:
            assert "{" not in text(lang, f"massing.remark.{one.code}", **one.values)
