"""Names, codes and WKT of coordinate systems, as .prj files, survey files and people write them."""

import pytest
import shapely
from pyproj import CRS

from geo.crs import meridian_tm, to_lonlat
from geo.errors import PlannerError
from geo.systems import read_system, zone_of_crs, zone_of_name
from geo.zones import NUMBERS, Zone, zone_of_epsg, zone_of_meridian, zone_of_number

ESRI = (
    'PROJCS["CGCS2000_3_Degree_GK_Zone_37",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",37500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",111.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
OGC = ESRI.replace("D_China_2000", "China_2000").replace("Gauss_Kruger", "Transverse_Mercator")
BARE = ESRI.replace("Zone_37", "CM_111E").replace("37500000", "500000")
HEIGHT = (
    'VERTCS["Yellow_Sea_1985",VDATUM["Yellow_Sea_1985"],'
    'PARAMETER["Vertical_Shift",0.0],PARAMETER["Direction",1.0],UNIT["Meter",1.0]]'
)
XIAN = (
    ESRI.replace("CGCS2000_3", "Xian_1980_3")
    .replace("D_China_2000", "D_Xian_1980")
    .replace('"CGCS2000",6378137.0,298.257222101', '"Xian_1980",6378140.0,298.257')
)


@pytest.mark.parametrize("zone", [zone_of_epsg(code) for code in range(4491, 4555)])
def test_zones_are_those_of_the_registry(zone):
    registered = CRS.from_epsg(zone.epsg)
    values = {p.name: p.value for p in registered.coordinate_operation.params}
    assert values["Longitude of natural origin"] == zone.meridian
    assert values["False easting"] == zone.false_easting
    assert zone_of_name(registered.name) == zone
    assert zone_of_crs(registered) == zone


def test_zone_tables():
    assert [len(NUMBERS[width]) for width in (3, 6)] == [21, 11]
    assert zone_of_epsg(4490) is zone_of_epsg(None) is zone_of_epsg(4555) is None
    assert zone_of_number(24, prefixed=True) is None
    assert zone_of_number(19, prefixed=True) == Zone(width=6, number=19, prefixed=True)
    assert zone_of_meridian(111) == Zone(width=3, number=37, prefixed=False)
    assert zone_of_meridian(111, width=6) == Zone(width=6, number=19, prefixed=False)
    assert zone_of_meridian(112.5) is zone_of_meridian(114, width=6) is None


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        ("EPSG:4526", 4526),
        ("4547", 4547),
        (" epsg:4490 ", 4490),
        ("ＥＰＳＧ：４５２６", 4526),
        ("urn:ogc:def:crs:EPSG::4525", 4525),
        ("OGC:CRS84", 4326),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("EPSG:4480", 4490),  # three-dimensional
        ("EPSG:32649", 32649),
        ("CGCS2000", 4490),
        ("2000国家大地坐标系", 4490),
        ("国家2000", 4490),
        ("WGS84坐标系", 4326),
        ("WGS-84", 4326),
        ("WGS 84 / UTM zone 49N", 32649),
        ("CGCS2000_3_Degree_GK_Zone_38", 4526),
        ("CGCS2000_3_Degree_GK_CM_114E", 4547),
        ("CGCS2000_GK_Zone_19", 4497),
        ("CGCS2000 GK CM 111E", 4508),
        ("2000国家大地坐标系 3度带 37带", 4525),
        ("2000国家大地坐标系（中央经线111，三度带）", 4546),
        (ESRI, 4525),
        (OGC, 4525),
        (BARE, 4546),
        (OGC.replace("01]]", "01],TOWGS84[0,0,0,0,0,0,0]]"), 4525),
        (f'COMPD_CS["x",{OGC},VERT_CS["y",VERT_DATUM["z",2005],UNIT["metre",1]]]', 4525),
        (f"{ESRI},{HEIGHT}", 4525),
    ],
)  # fmt: skip
def test_reads_names_and_definitions(text, epsg):
    system = read_system(text)
    assert system.epsg == epsg
    assert system.zone == zone_of_epsg(epsg)
    assert read_system(system.definition) == system


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((text, "GCJ-02") for text in ("GCJ-02", "gcj02", "GCJ02", "火星坐标系", "高德坐标")),
        *((text, "BD-09") for text in ("BD-09", "bd09ll", "百度坐标系")),
    ],
)
def test_reads_the_shifted_systems_of_web_maps(text, name):
    system = read_system(text)
    assert (system.name, system.epsg, system.is_degrees, system.is_shifted) == (
        name,
        None,
        True,
        True,
    )
    assert read_system(system.definition) == system
    place = shapely.Point(112.53, 32.99)
    there = system.from_lonlat(place)
    assert 0.003 < there.distance(place) < 0.02
    assert system.to_lonlat(there).distance(place) < 1e-9


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1980西安坐标系", "crs_refused"),
        ("80国家大地坐标系", "crs_refused"),
        ("西安80", "crs_refused"),
        ("1954北京坐标系", "crs_refused"),
        ("北京54", "crs_refused"),
        ("Xian_1980_3_Degree_GK_Zone_37", "crs_refused"),
        ("Beijing_1954_GK_Zone_19", "crs_refused"),
        ("EPSG:2361", "crs_refused"),
        ("EPSG:4214", "crs_refused"),
        ("EPSG:4555", "crs_refused"),
        (XIAN, "crs_refused"),
        ("地方坐标系", "crs_local"),
        ("独立坐标系", "crs_local"),
        ("南阳城市坐标系", "crs_local"),
        ('LOCAL_CS["Unknown",UNIT["metre",1]]', "crs_local"),
        (ESRI.replace("Zone_37", "Zone_38"), "crs_name_conflict"),
        ("CGCS2000_3_Degree_GK_Zone_99", "crs_unreadable"),
        ("CGCS2000 中央经线 112", "crs_unreadable"),
        ("PROJCS[nonsense", "crs_unreadable"),
        ("EPSG:99999", "crs_unreadable"),
        ("http://127.0.0.1/crs", "crs_unreadable"),
        ("+proj=tmerc +nadgrids=@x", "crs_unreadable"),
        ("胡说", "crs_unreadable"),
        ("", "crs_unreadable"),
    ],
)
def test_refuses_with_the_reason(text, code):
    with pytest.raises(PlannerError) as caught:
        read_system(text)
    assert caught.value.code == code


@pytest.mark.parametrize("unit", ['"Millimeter",0.001', '"Foot",0.3048', '"Kilometer",1000.0'])
def test_a_projection_that_is_not_in_metres_is_refused(unit):
    with pytest.raises(PlannerError, match="crs_not_metre"):
        read_system(ESRI.replace('UNIT["Meter",1.0]', f"UNIT[{unit}]"))


def test_a_meridian_of_ones_own_is_measured_like_any():
    crs = meridian_tm(112.5)
    place = to_lonlat(shapely.Point(500_000, 0), crs)
    assert (place.x, place.y) == pytest.approx((112.5, 0), abs=1e-12)


def test_a_projection_that_leaves_its_false_easting_out_has_none():
    wkt = ESRI.replace('PARAMETER["False_Easting",37500000.0],', "").replace("_GK_Zone_37", "")
    assert read_system(wkt).zone is None


def test_a_definition_that_computes_nothing_is_unreadable():
    with pytest.raises(PlannerError, match="crs_unreadable"):
        read_system(ESRI.replace("Gauss_Kruger", "Gauss_Krugur"))
