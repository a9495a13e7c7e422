"""Planes of files that are wider than one: a stray feature spoils nothing for the others."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.survey.planes import in_planes
from geo.survey.quality.neighbours import neighbour_findings
from geo.systems import LONLAT, read_system

GEOD = Geod(ellps="GRS80")


def square(lon: float, lat: float, side: float = 0.001) -> shapely.Polygon:
    return shapely.box(lon, lat, lon + side, lat + side)


@pytest.mark.parametrize("stray", [(0, 0), (-70, -30), (-179, 60), (2.3, 48.8), (120, 30)])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_stray_feature_spoils_nothing(stray: tuple[float, float], place: int) -> None:
    shapes = [square(112.49, 33), square(112.4905, 33)]
    shapes.insert(place, square(*stray))
    lonlat = np.array(shapes, dtype=object)
    metric, planes = in_planes(lonlat, lonlat, LONLAT)
    truth = [abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in shapes]
    assert shapely.area(metric) == pytest.approx(truth, rel=0.003)
    [found] = neighbour_findings(metric).to_pylist()
    assert {found["parcel"], found["other"]} == {0, 1, 2} - {place}
    back = planes.to_native(metric[place], place)
    assert shapely.get_coordinates(back) == pytest.approx(
        shapely.get_coordinates(shapes[place]), abs=1e-9
    )


def test_places_of_findings_are_in_the_numbers_of_the_file() -> None:
    lonlat = np.array([square(112.49, 33), square(112.4905, 33)], dtype=object)
    metric, planes = in_planes(lonlat, lonlat, LONLAT)
    [found] = planes.findings_in_native(neighbour_findings(metric)).to_pylist()
    shared = shapely.from_wkb(found["wkb"])
    assert shapely.bounds(shared) == pytest.approx([112.4905, 33, 112.491, 33.001], abs=1e-8)


def test_a_zone_is_its_own_plane() -> None:
    native = np.array([shapely.box(37640000, 3650000, 37640100, 3650100)], dtype=object)
    system = read_system("EPSG:4525")
    metric, planes = in_planes(native, np.asarray(system.to_lonlat(native)), system)
    assert planes.is_native
    assert shapely.equals_identical(metric[0], native[0])
