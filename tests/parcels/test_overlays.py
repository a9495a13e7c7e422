"""Layers kept in memory and layers of the settings: bounded, merged by kind, never in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parcels.overlays import OverlayStore, by_kind, read_configured
from parcels.settings import load_settings
from tests.layers.overlay.overlay_files import geojson, layer, plot

if TYPE_CHECKING:
    from pathlib import Path

    from parcels.overlays import Configured


def test_a_layer_is_found_by_its_token_until_it_is_dropped() -> None:
    store, held = OverlayStore(), layer(plot())
    token = store.accept(held)
    assert len(token) == 22
    assert store.accept(held) != token
    assert store.find(token) is held
    store.drop(token)
    store.drop(token)
    assert store.find(token) is None
    assert store.find("nothing") is None


def test_the_layer_used_longest_ago_goes_first() -> None:
    store = OverlayStore(most=2)
    first, second = store.accept(layer(plot())), store.accept(layer(plot(112.6)))
    store.find(first)
    third = store.accept(layer(plot(112.7)))
    assert [store.find(token) is not None for token in (first, second, third)] == [
        True,
        False,
        True,
    ]


def test_the_newest_layer_stays_however_large_it_is() -> None:
    store = OverlayStore(most_bytes=1)
    tokens = [store.accept(layer(plot(112.5 + n / 10))) for n in range(3)]
    assert [store.find(token) is not None for token in tokens] == [False, False, True]


def test_kinds_come_in_their_own_order_and_files_of_one_kind_together() -> None:
    given = [layer(plot(), kind="soil"), layer(plot(112.6)), layer(plot(112.7))]
    merged = by_kind(given)
    assert list(merged) == ["farmland", "soil"]
    assert len(merged["farmland"]) == 2
    assert merged["soil"] is given[0]
    assert by_kind([]) == {}


def configured(folder: Path, *entries: str) -> Configured:
    file = folder / "settings.toml"
    file.write_text("".join(f"[[overlay]]\n{entry}\n" for entry in entries), encoding="utf-8")
    return read_configured(load_settings(file).overlay)


def test_layers_of_the_settings_are_read_with_what_is_said_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_bytes(geojson(({"名称": "甲"}, plot())))
    found = configured(
        tmp_path,
        'kind = "farmland"\npath = "a.geojson"\ntitle = "基本农田"\nsource = "局"\n'
        'date = "2022-10"\nlicence = "内部"\nallowed_use = "internal"\naccuracy_m = 0.5\ncovers = "all"',
    )
    (read,) = found.overlays
    assert (read.title, read.source, read.date, read.licence) == (
        "基本农田",
        "局",
        "2022-10",
        "内部",
    )
    assert (read.allowed_use, read.accuracy_m, read.extent_how) == ("internal", 0.5, "declared_all")
    assert found.problems == ()


def test_a_layer_of_the_settings_that_cannot_be_read_is_a_problem_of_its_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.geojson").write_bytes(geojson(({}, plot())))
    (tmp_path / "cut.geojson").write_bytes(b'{"type": "FeatureCollection", "features": [')
    (tmp_path / "uses.geojson").write_bytes(geojson(({"code": "M1"}, plot())))
    (tmp_path / "others.geojson").write_bytes(geojson(({"code": "1001"}, plot())))
    found = configured(
        tmp_path,
        'kind = "farmland"\npath = "cut.geojson"',
        'kind = "soil"\npath = "a.geojson"',
        'kind = "land_use"\npath = "uses.geojson"\ncode_scheme = "gb50137"',
        'kind = "land_use"\npath = "others.geojson"\ncode_scheme = "mnr2023"',
    )
    assert [one.kind for one in found.overlays] == ["soil", "land_use"]
    assert [(kind, error.code) for kind, error in found.problems] == [
        ("farmland", "json_broken"),
        ("land_use", "overlay_schemes_differ"),
    ]
    assert str(tmp_path) not in str([error.values for _, error in found.problems])


def test_without_settings_there_is_nothing() -> None:
    assert read_configured(()).overlays == ()


@pytest.mark.parametrize("line", ['covers = "112,32,113,34"', "covers = [112, 32, 113, 34]"])
def test_an_extent_can_be_written_in_two_ways(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_bytes(geojson(({}, plot())))
    (read,) = configured(tmp_path, f'kind = "farmland"\npath = "a.geojson"\n{line}').overlays
    assert read.extent.bounds == (112, 32, 113, 34)
