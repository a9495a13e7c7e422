"""GCJ-02 and BD-09 against values that other libraries publish in their own tests."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.china_offset import from_bd09, from_gcj02, to_bd09, to_gcj02

CHINA = st.tuples(st.floats(73, 136), st.floats(3, 54))


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        # README and tests of coordtransform by wandergis
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        # test data of eviltransform by googollee
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_gcj02_is_that_of_other_libraries(wgs, gcj):
    assert to_gcj02(np.array([wgs]))[0] == pytest.approx(gcj, abs=1e-9)
    assert from_gcj02(np.array([gcj]))[0] == pytest.approx(wgs, abs=1e-9)


def test_bd09_is_that_of_another_library():
    # geotool (Rust), command line tests; its eccentricity differs in the tenth digit
    wgs, bd = (121.0917077, 30.6107779), (121.10271732371203, 30.61484572185035)
    assert to_bd09(np.array([wgs]))[0] == pytest.approx(bd, abs=2e-7)
    assert from_bd09(np.array([bd]))[0] == pytest.approx(wgs, abs=2e-7)


@given(CHINA)
def test_there_and_back_is_below_a_tenth_of_a_millimetre(place):
    given_place = np.array([place])
    assert from_gcj02(to_gcj02(given_place)) == pytest.approx(given_place, abs=1e-9)
    assert from_bd09(to_bd09(given_place)) == pytest.approx(given_place, abs=1e-9)


@pytest.mark.parametrize("place", [(2.35, 48.85), (-74.0, 40.7), (0.0, 0.0)])
def test_nothing_moves_abroad_in_gcj02(place):
    assert to_gcj02(np.array([place])).tolist() == [list(place)]


def test_no_points_are_no_points():
    assert from_bd09(np.empty((0, 2))).shape == (0, 2)
