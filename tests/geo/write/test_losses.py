"""What a file does not say of its parcels is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
import shapely
from pyproj import CRS

from geo.write.formats import WRITERS
from geo.write.losses import losses_of
from tests.geo.write.outgoing_samples import EXAMPLE, outgoing

APART = shapely.MultiPolygon(
    [shapely.box(37637000 + x, 3650000, 37637050 + x, 3650050) for x in (0, 100)]
)
OWNED = pa.table({"权属": ["国有"], "空": pa.array([" "]), "地类": ["0701"]})
USUAL = ("J1", "J2", "J3", "J4", "J1", "J5", "J6", "J7", "J8", "J5")


def losses(shape: object, file_format: str, **changes: object) -> dict[str, dict]:
    epsg = changes.pop("epsg", 4525)
    made = replace(outgoing([shape]), crs=CRS.from_epsg(epsg), epsg=epsg, **changes)
    return {note.code: dict(note.values) for note in losses_of(made, file_format)}


@pytest.mark.parametrize("file_format", WRITERS)
def test_an_ordinary_parcel_loses_nothing(file_format: str) -> None:
    assert losses(EXAMPLE, file_format, labels=(USUAL,)) == {}


@pytest.mark.parametrize(
    ("file_format", "columns"),
    [
        ("txt", "权属"),
        ("xlsx", "权属、地类"),
        ("csv", "权属、地类"),
        ("dxf", "权属、地类"),
        ("kml", ""),
    ],
)
def test_columns_without_a_place_are_named_once(file_format: str, columns: str) -> None:
    found = losses(EXAMPLE, file_format, attributes=OWNED, fields={"code": "地类"})
    assert found.get("export_columns_left", {}).get("columns", "") == columns


def test_a_drawing_names_parcels_by_name_or_by_id() -> None:
    assert losses(EXAMPLE, "dxf", ids=("7",))["export_columns_left"]["columns"] == "id"
    assert losses(EXAMPLE, "dxf", ids=("7",), names=("",)) == {}


@pytest.mark.parametrize(
    ("file_format", "lost"), [("txt", False), ("csv", False), ("geopackage", True), ("kml", True)]
)
def test_names_of_points_that_were_given_are_missed(file_format: str, *, lost: bool) -> None:
    own = ("A", *USUAL[1:4], "A", *USUAL[5:])
    assert ("export_points_unnamed" in losses(EXAMPLE, file_format, labels=(own,))) == lost


def test_parts_of_a_parcel_are_rings_of_a_drawing() -> None:
    found = losses(APART, "dxf")["export_parts_apart"]
    assert found == {"count": 1, "parts": 2, "parcels": "地块1"}
    assert losses(APART, "txt") == {}


@pytest.mark.parametrize(
    ("file_format", "epsg", "unnamed"),
    [
        ("dxf", 4525, False),
        ("dxf", 4546, True),
        ("dxf", 32649, True),
        ("csv", 4546, False),
        ("csv", 4490, False),
        ("csv", 32649, True),
        ("listing", 32649, False),
        ("geopackage", 4546, False),
    ],
)
def test_a_zone_that_nothing_tells_is_named(file_format: str, epsg: int, *, unnamed: bool) -> None:
    assert ("export_zone_unnamed" in losses(EXAMPLE, file_format, epsg=epsg)) == unnamed


@pytest.mark.parametrize(
    ("declared", "as_written", "computed"),
    [(55833.0, "5.5833", False), (55800.0, "5.58", False), (54800.0, "5.48", True)],
)
def test_an_area_that_gives_way_is_named(
    declared: float, as_written: str, *, computed: bool
) -> None:
    found = losses(
        EXAMPLE,
        "txt",
        attributes=pa.table({"地块面积": [as_written]}),
        fields={"area": "地块面积"},
        declared_area_m2=np.array([declared]),
    )
    assert ("export_area_computed" in found) == computed
    if computed:
        assert found["export_area_computed"]["written"] == "5.5833"
