"""Layers put together, projected and kept; the kinds themselves."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geo.crs import local_tm
from geo.errors import PlannerError
from layers.overlay_kinds import code_columns, overlay_kind, overlay_kinds
from layers.overlay_merge import merged
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated
from tests.layers.overlay.overlay_files import geojson, layer, plot

# The overlay list and the separation distances of the domain material, each with its layer.
OVERLAY_RULES = (
    "PBF ECO UGB ARABLE MASTER DETAIL RED GREEN BLUE PURPLE YELLOW ORANGE TITLE APPROVED IDLE MINE GEO "
    "HERIT SNWT1 SNWT2 SNWTP WATER RIVER PWR HWY RAIL MIL AIR SOIL"
)
SEPARATION_RULES = (
    "HYG_RULE AIR SEW_S SEW_M SEW_L FIRE_A1 FIRE_A2 FIRE_A3 QRA GAS RAIL_SCHOOL ROAD_SCHOOL PWR_10 PWR_110 "
    "PWR_330 PWR_500 COR_35 COR_110 COR_220 COR_500 HWY_G HWY_S HWY_X HWY_Y HWY_E RAIL SCREEN_M2 SCREEN_M3"
)

pytestmark = pytest.mark.usefixtures("in_process")


def test_every_rule_of_the_two_lists_has_its_layer() -> None:
    named = [rule for kind in overlay_kinds().values() for rule in kind.rules]
    overlays = [rule for rule in named if rule.startswith("OV_")]
    assert sorted(overlays) == sorted(f"OV_{name}" for name in OVERLAY_RULES.split())
    separations = {rule for rule in named if rule.startswith("SEP_")}
    assert separations == {f"SEP_{name}" for name in SEPARATION_RULES.split()}
    assert len(overlays) + len([r for r in named if r.startswith("SEP_")]) == len(named)


def test_kinds_have_titles_of_their_own_and_codes_that_are_described() -> None:
    kinds = overlay_kinds()
    assert len(kinds) == 42
    for lang in ("zh", "en"):
        assert len({getattr(kind.title, lang) for kind in kinds.values()}) == len(kinds)
    assert all(code_columns(kind.code).columns for kind in kinds.values() if kind.code)
    assert [name for name, kind in kinds.items() if kind.secret] == ["military"]
    with pytest.raises(PlannerError, match="overlay_kind_unknown"):
        overlay_kind("farmlands")


def test_shapes_in_a_plane_are_projected_once_and_cannot_be_changed() -> None:
    read, plane = layer(plot(), plot(112.7)), local_tm(112.5, 33.0)
    first = read.in_plane(plane)
    assert read.in_plane(local_tm(112.5, 33.0)) is first
    truth = Transformer.from_crs(4490, plane, always_xy=True)
    expected = np.column_stack(truth.transform(*shapely.get_coordinates(read.shapes).T))
    assert shapely.get_coordinates(first) == pytest.approx(expected, abs=1e-6)
    for array in (first, read.shapes):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = None
    for lon in range(110, 120):
        read.in_plane(local_tm(float(lon), 33.0))
    assert read.in_plane(plane) is not first


def test_what_rounding_breaks_in_a_plane_is_mended_there() -> None:
    thin = shapely.Polygon(
        [(112.5, 33), (112.6, 33.05), (112.7, 33.1), (112.6, 33.05 + 1e-15), (112.5, 33.2)]
    )
    read = layer(thin) if thin.is_valid else layer(plot())
    flat = read.in_plane(local_tm(112.5, 33.0))
    assert shapely.is_valid(flat).all()


def test_several_files_of_a_kind_keep_their_sources() -> None:
    north = layer(
        plot(), name="北.geojson", source="局", date="2023", allowed_use="public", accuracy_m=1
    )
    south = layer(
        *(plot(112.6), plot(112.8)),
        name="南.geojson",
        source="院",
        date="2021-05",
        licence="内部",
        allowed_use="internal",
        accuracy_m=5,
    )
    both = merged([north, south])
    assert both.shapes.tolist() == [*north.shapes, *south.shapes]
    assert (both.names, both.title) == (("1", "1", "2"), "北.geojson；南.geojson")
    assert (both.source, both.licence, both.date) == ("局；院", "内部", "2021-05")
    assert (both.allowed_use, both.accuracy_m, both.complete) == ("internal", 5.0, True)
    assert [both.part_of(feature).source for feature in range(3)] == ["局", "院", "院"]
    assert north.part_of(0) is north
    assert (both.report.rows, both.report.used) == (3, 3)
    assert both.attributes["名称"] == ("1", "1", "2")
    whole = north.digest + south.digest
    assert both.digest == hashlib.sha256(whole.encode()).hexdigest()
    assert both.extent.equals(shapely.union(north.extent, south.extent))
    assert not both.extent.covers(shapely.Point(112.55, 33.005))


def test_the_same_file_twice_counts_once() -> None:
    one = layer(plot())
    assert merged([one]) is one
    assert len(merged([one, layer(plot())])) == 1
    assert len(merged([merged([one, layer(plot(112.7))]), one])) == 2


def test_an_exact_part_makes_no_rough_one_exact() -> None:
    rough, silent = layer(plot(), accuracy_m=50), layer(plot(112.7))
    assert merged([rough, silent]).accuracy_m == 50.0
    assert merged([silent, rough]).accuracy_m == 50.0


def test_what_one_part_lacks_the_whole_lacks() -> None:
    whole = merged([layer(plot(), accuracy_m=1, date="2023"), layer(plot(112.7), None)])
    assert not whole.complete
    assert (whole.date, whole.allowed_use) == (None, "unknown")
    assert whole.report.skipped == {"empty_geometry": 1}


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("bounding_box", "all", "declared_all"),
        ([112, 32, 113, 34], [113, 32, 114, 34], "declared"),
        ([112, 32, 113, 34], "bounding_box", "bounding_box"),
    ],
)
def test_where_layers_speak_together(first: object, second: object, how: str) -> None:
    whole = merged([layer(plot(), covers=first), layer(plot(112.7), covers=second)])
    assert whole.extent_how == how
    assert (whole.extent is None) == (how == "declared_all")


def test_attributes_that_one_file_lacks_are_empty() -> None:
    rows = geojson(({"级别": "一"}, plot(112.7)))
    whole = merged([layer(plot()), read_overlay(rows, "x", "farmland")])
    assert dict(whole.attributes) == {"名称": ("1", None), "级别": (None, "一")}


def test_codes_of_two_schemes_are_never_mixed() -> None:
    def read(code: str, scheme: str, east: float) -> object:
        rows = geojson(({"code": code}, plot(east)))
        return read_overlay(rows, "x", "land_use", stated=Stated(code_scheme=scheme))

    with pytest.raises(PlannerError, match="overlay_schemes_differ"):
        merged([read("M1", "gb50137", 112.5), read("1001", "mnr2023", 112.7)])
    same = merged([read("M1", "gb50137", 112.5), read("M2", "gb50137", 112.7)])
    assert (same.codes, same.code_scheme) == (("M1", "M2"), "gb50137")


def test_the_page_of_the_docs_lists_every_kind() -> None:
    page = (Path(__file__).parents[3] / "docs" / "overlays.md").read_text(encoding="utf-8")
    page = page[page.index("## Kinds") :]
    for name, kind in overlay_kinds().items():
        rules = ", ".join(kind.rules) or "–"
        line = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert f"| {kind.title.zh} |" in line
        assert line.endswith(f"| {rules} |")
