"""Land in the files that surveyors exchange; axes stand in vector files only."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import ezdxf
import pytest
import shapely

from geo.errors import PlannerError
from layers.overlay_read import read_overlay
from layers.overlay_stated import Stated
from parcels.messages import LANGUAGES, error_text
from parcels.wording import failure_text
from tests.geo.read.read_samples import zipped
from tests.layers.overlay.overlay_files import LAND, X, Y, plot, truth

if TYPE_CHECKING:
    from layers.overlay import Overlay

KML = ('<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>').format
PLACE = "<Placemark><name>{}</name>{}</Placemark>".format
RING = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing>"
    "</outerBoundaryIs></Polygon>"
).format
LINE = "<LineString><coordinates>112.5,33 112.6,33</coordinates></LineString>"
SQUARE = "112.5,33 112.51,33 112.51,33.01 112.5,33.01 112.5,33"


def kml(*places: str) -> bytes:
    return KML("".join(places)).encode()


def dxf(*, scale: float = 1.0) -> bytes:
    drawing = ezdxf.new("R2010")
    for shape in LAND:
        corners = [(x * scale, y * scale) for x, y in shape.exterior.coords[:-1]]
        drawing.modelspace().add_lwpolyline(corners, close=True)
    text = io.StringIO()
    drawing.write(text)
    return text.getvalue().encode()


def txt() -> bytes:
    """Write one parcel in the exchange format: X is north and comes first."""
    corners = [(Y, X), (Y + 200, X), (Y + 200, X + 300), (Y, X + 300), (Y, X)]
    points = "\n".join(f"J{n % 4 + 1},1,{north},{east}" for n, (north, east) in enumerate(corners))
    head = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号=38\n精度=0.01\n"
    return f"{head}[地块坐标]\n5,6,P1,批次一,面,,,,@\n{points}\n".encode()


def read(data: bytes, kind: str = "approved", **said: object) -> Overlay:
    return read_overlay(data, "file", kind, stated=Stated(**said))


def test_a_map_drawing_for_the_globe() -> None:
    found = read(kml(PLACE("甲", RING(SQUARE)), PLACE("线", LINE)))
    assert found.shapes[0].equals(plot())
    assert found.names == ("甲",)
    assert found.report.skipped == {"wrong_type": 1}
    assert not found.complete
    assert read(zipped({"doc.kml": kml(PLACE("甲", RING(SQUARE)))})).complete


def test_a_drawing_is_read_like_a_vector_file() -> None:
    found = read(dxf(), crs="EPSG:4526")
    assert found.report.crs == "EPSG:4526"
    assert len(found) == 3
    difference = shapely.symmetric_difference(found.shapes, truth(LAND))
    assert shapely.area(difference) == pytest.approx(0, abs=1e-12)


def test_a_text_with_coordinates_names_its_parcels() -> None:
    found = read(txt())
    assert (found.names, found.report.format, found.complete) == (("批次一",), "txt", True)
    assert shapely.area(shapely.symmetric_difference(found.shapes[0], truth(LAND)[0])) < 1e-12


def test_a_question_of_a_survey_file_is_asked_and_can_be_answered() -> None:
    bare = '名称,WKT\n甲,"POLYGON ((360000 3650000, 360300 3650000, 360300 3650200, 360000 3650000))"\n'
    with pytest.raises(PlannerError) as caught:
        read(bare.encode())
    assert caught.value.values["question"] == "crs"
    assert all(failure_text(lang, caught.value)[0] for lang in LANGUAGES)
    assert read(bare.encode(), crs="EPSG:4547").names == ("甲",)


@pytest.mark.parametrize("kind", ["railway", "power_line"])
def test_axes_are_not_taken_from_a_format_that_would_lose_them(kind: str) -> None:
    for data in (kml(PLACE("线", LINE)), dxf(), zipped({"doc.kml": kml(PLACE("线", LINE))})):
        with pytest.raises(PlannerError, match="overlay_axes_format") as caught:
            read(data, kind)
        assert all(error_text(lang, caught.value) for lang in LANGUAGES)


def test_a_file_without_land_says_so() -> None:
    with pytest.raises(PlannerError, match="overlay_needs_polygons"):
        read(kml(PLACE("线", LINE)))


def test_what_a_survey_refuses_is_left_out_and_counted() -> None:
    bow = "112.5,33 112.51,33.01 112.51,33 112.5,33.01 112.5,33"
    found = read(kml(PLACE("甲", RING(bow)), PLACE("乙", RING(SQUARE))))
    assert (found.names, found.report.skipped) == (("乙",), {"invalid_geometry": 1})
    assert not found.complete
