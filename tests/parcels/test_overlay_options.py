"""``--layer KIND=FILE``: what is typed, what is meant, and what is answered to anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import PlannerError
from parcels.messages import LANGUAGES, error_text
from parcels.overlay_options import parse_layer_options
from tests.layers.overlay.overlay_files import frame, geojson, plot, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲,乙=丙.geojson").write_bytes(geojson(({"名称": "甲"}, plot())))
    (tmp_path / "b.geojson").write_bytes(geojson(({"名称": "乙", "code": "M1"}, plot(112.7))))
    return tmp_path


def test_layers_are_named_by_kind(folder: Path) -> None:
    read = parse_layer_options(
        [f"soil={folder}/b.geojson", f" farmland = {folder}/甲,乙=丙.geojson"]
    )
    assert list(read) == ["farmland", "soil"]
    assert read["farmland"].names == ("甲",)
    assert read["farmland"].title == "甲,乙=丙.geojson"
    assert parse_layer_options([]) == {}


def test_what_the_file_does_not_say_follows_it(folder: Path) -> None:
    typed = f"land_use={folder}/b.geojson,code_scheme=gb50137,source=局, 处,date=2023,covers=112,32,113,34"
    read = parse_layer_options([typed])["land_use"]
    assert (read.code_scheme, read.source, read.date) == ("gb50137", "局, 处", "2023")
    assert read.extent.bounds == (112, 32, 113, 34)


def test_files_of_one_kind_are_merged_with_their_sources(folder: Path) -> None:
    paths = (f"{folder}/甲,乙=丙.geojson", f"{folder}/b.geojson")
    read = parse_layer_options([f"soil={path},source={n}" for n, path in enumerate(paths)])["soil"]
    assert [(part.source, part.names) for part in read.parts] == [("0", ("甲",)), ("1", ("乙",))]


def test_the_system_is_for_the_layers_that_do_not_say_it(folder: Path) -> None:
    silent = written(frame("soil"), "shp", folder)
    silent.with_suffix(".prj").unlink()
    options = [f"soil={silent}", f"farmland={folder}/b.geojson"]
    with pytest.raises(PlannerError, match="crs_missing"):
        parse_layer_options(options)
    read = parse_layer_options(options, crs="EPSG:4526")
    assert read["soil"].report.crs == "EPSG:4526"
    assert read["farmland"].report.crs == "EPSG:4490"
    assert parse_layer_options([f"soil={silent},crs=4526"])["soil"].report.crs_how == "chosen"


def test_an_extent_can_be_given_by_kind(folder: Path) -> None:
    options = [f"soil={folder}/b.geojson", f"farmland={folder}/b.geojson,covers=bounding_box"]
    read = parse_layer_options(options, covers=["soil=all", "farmland=all"])
    assert read["soil"].extent is None
    assert read["farmland"].extent_how == "bounding_box"


@pytest.mark.parametrize(
    ("options", "covers", "code"),
    [
        (["farmland"], [], "overlay_option"),
        (["=a.gpkg"], [], "overlay_option"),
        (["farmland="], [], "overlay_option"),
        ([""], [], "overlay_option"),
        (["farmlands=a.gpkg"], [], "overlay_kind_unknown"),
        (["farmland=gone.gpkg"], [], "file_not_found"),
        (["farmland=gone.gpkg,colour=red"], [], "file_not_found"),
        (["farmland=gone.gpkg,date=2023-13"], [], "overlay_date"),
        (["farmland=gone.gpkg,covers=some"], [], "overlay_covers"),
        (["farmland=gone.gpkg,code_scheme=x"], [], "overlay_scheme_unknown"),
        (["farmland=gone.gpkg"], ["soil=all"], "overlay_covers_alone"),
        (["farmland=gone.gpkg"], ["all"], "overlay_option"),
        (["farmland=gone.gpkg"], ["farmland=much"], "overlay_covers"),
    ],
)
def test_anything_else_is_answered_in_words(options: list, covers: list, code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        parse_layer_options(options, covers=covers)
    assert caught.value.code == code
    assert all(all(error_text(lang, caught.value)) for lang in LANGUAGES)


def test_a_folder_is_no_layer(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="file_unreadable"):
        parse_layer_options([f"farmland={tmp_path}"])
