"""The CRS that a file declares: by its code, whatever dialect it is written in."""

from __future__ import annotations

import pytest
from pyproj import CRS

from geo.read.gis.declared import crs_of_json, declared_crs


@pytest.mark.parametrize("dialect", ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"])
@pytest.mark.parametrize("code", [4490, 4525, 4526, 4546, 4547, 4326, 32649, 2379, 4610])
def test_every_dialect_leads_to_the_code(code: int, dialect: str) -> None:
    assert declared_crs(CRS.from_epsg(code).to_wkt(dialect)) == (f"EPSG:{code}", ())


def test_a_code_inside_a_definition_that_it_does_not_fit_loses() -> None:
    text = CRS.from_epsg(4525).to_wkt("WKT1_GDAL").replace('"EPSG","4525"', '"EPSG","4526"')
    assert declared_crs(text) == ("EPSG:4525", ())


def test_a_definition_of_its_own_stays_a_definition() -> None:
    text = CRS.from_epsg(4547).to_wkt("WKT1_ESRI").replace("500000.0", "500100.0")
    crs, notes = declared_crs(text)
    assert crs is not None
    assert crs.startswith("PROJCRS")
    assert notes == ()


def test_projjson() -> None:
    assert crs_of_json(CRS.from_epsg(4526).to_json_dict()) == "EPSG:4526"
    assert crs_of_json({"type": "GeographicCRS"}) is None
    assert crs_of_json("EPSG:4526") is None
