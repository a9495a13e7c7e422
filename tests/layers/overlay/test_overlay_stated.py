"""What is said of a layer: who counts before whom, and what cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from geo.errors import PlannerError
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated, beside
from parcels.messages import LANGUAGES, error_text
from parcels.wording import note_text
from tests.layers.overlay.overlay_files import geojson, plot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("in_process")


def test_what_nobody_says_is_not_known() -> None:
    read = read_overlay(geojson(({}, plot())), "layer.geojson", "farmland")
    stated = (read.title, read.source, read.date, read.licence, read.allowed_use, read.accuracy_m)
    assert stated == ("layer.geojson", "", None, "", "unknown", None)


def test_the_user_counts_before_the_file_beside_it_and_that_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    own = {
        "title": "甲",
        "source": "甲",
        "date": "2021",
        "license": "甲",
        "accuracy_m": 9,
        "name": "x",
    }
    path.write_bytes(geojson(({}, plot()), **own))
    (tmp_path / "layer.geojson.toml").write_text(
        'source = "乙"\ndate = 2023-06-01\nallowed_use = "internal"\ncovers = [112, 32, 113, 34]\n',
        encoding="utf-8",
    )
    read = read_overlay(path, "layer.geojson", "farmland", stated=Stated(source="丙"))
    assert (read.title, read.source, read.date) == ("甲", "丙", "2023-06-01")
    assert (read.licence, read.allowed_use, read.accuracy_m) == ("甲", "internal", 9.0)
    assert read.extent.bounds == (112, 32, 113, 34)
    alone = read_overlay(path.read_bytes(), "layer.geojson", "farmland")
    assert (alone.source, alone.date, alone.extent_how) == ("甲", "2021", "bounding_box")


def test_a_file_never_decides_where_it_speaks_or_where_it_lies() -> None:
    members = {"covers": "all", "crs_name": "EPSG:4526", "layer": "b", "name_column": "c"}
    read = read_overlay(geojson(({}, plot()), **members), "x", "farmland")
    assert read.extent_how == "bounding_box"


def test_a_member_that_says_nothing_usable_is_noted() -> None:
    members = {"date": "去年", "allowed_use": "anyone", "accuracy_m": -1, "source": ["a"]}
    read = read_overlay(geojson(({}, plot()), **members), "x", "farmland")
    assert (read.date, read.allowed_use, read.accuracy_m, read.source) == (
        None,
        "unknown",
        None,
        "",
    )
    noted = {note.values["member"]: note.values["value"] for note in read.report.notes}
    assert noted == {"date": "去年", "allowed_use": "anyone", "accuracy_m": "-1"}
    for lang in LANGUAGES:
        assert all("去年" in note_text(lang, note) for note in read.report.notes[:1])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2023", "2023"),
        (2023, "2023"),
        ("2023-06", "2023-06"),
        (" 2023-06-01 ", "2023-06-01"),
        ("", None),
    ],
)
def test_a_date_may_be_a_part_of_one(given: object, kept: str | None) -> None:
    assert Stated(date=given).date == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": "2023-13"},
        {"date": "2023-02-30"},
        {"date": "23"},
        {"date": True},
        {"accuracy_m": 0},
        {"accuracy_m": "nan"},
        {"accuracy_m": "inf"},
        {"allowed_use": "secret"},
        {"code_scheme": "gb"},
        {"covers": "everything"},
        {"covers": [113, 32, 112, 34]},
        {"covers": [112, 32, 113]},
        {"covers": "112,32,113"},
        {"covers": "112,32,113,north"},
        {"covers": [112, 32, 113, float("nan")]},
        {"title": "a" * 501},
        {"source": 5},
        {"licens": "x"},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        Stated(**wrong)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'licens = "x"', "overlay_key_unknown"),
        (b'date = "2023-13"', "overlay_date"),
        (b"accuracy_m = nan", "overlay_accuracy"),
        (b"covers = [1, 2]", "overlay_covers"),
        (b'allowed_use = "all"', "overlay_allowed_use"),
        (b"code_scheme = 2023", "overlay_scheme_unknown"),
        (b"title = 5", "overlay_value"),
        (b"source = 'a", "overlay_sidecar_unreadable"),
        (b"\xff\xfe\x00", "overlay_sidecar_unreadable"),
        (b"# " + b"x" * 100_001, "overlay_sidecar_unreadable"),
    ],
)
def test_the_file_beside_a_layer_is_named_in_what_is_wrong_with_it(
    content: bytes, code: str, tmp_path: Path
) -> None:
    (tmp_path / "a.gpkg.toml").write_bytes(content)
    with pytest.raises(PlannerError) as caught:
        beside(tmp_path / "a.gpkg")
    assert caught.value.code == code
    for lang in LANGUAGES:
        sentence, hint = error_text(lang, caught.value)
        assert "a.gpkg.toml" in sentence
        assert str(tmp_path) not in sentence + hint
