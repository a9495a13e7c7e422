"""The rows and projects of the plan on the schematic reference layer."""

import pytest
import shapely

from geo.area import ellipsoidal_area
from geo.crs import to_local
from geo.location.network import Network
from geo.location.phrases import parse
from geo.location.solve import solve
from geo.location.twins import twins
from layers.load import builtin_features
from layers.plan import table2_rows

ROWS = table2_rows()


@pytest.fixture(scope="module")
def network():
    return Network.build(builtin_features())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.parcel_id)
def test_every_row_of_table_2_has_land_and_a_block(network, row):
    part = solve(row.location_text, network).parts[0]
    assert part.class_ == "half_open"
    assert len(part.missing) == 2
    assert {anchor.status for anchor in part.anchors} == {"matched"}
    assert part.accuracy_m >= 250
    block, land = (to_local(shape, network.crs) for shape in (part.block, part.envelope))
    assert 1e5 < shapely.area(block) < 3e6
    assert shapely.area(shapely.difference(block, land)) < 1


def test_rows_6_and_7_and_rows_8_and_9_are_twins():
    assert twins([parse(row.location_text) for row in ROWS]) == ((5, 6), (7, 8))


def test_the_semiconductor_park_lies_on_both_sides_of_its_road(network):
    part = solve("纬九路以北、城南大道两侧，280亩", network).parts[0]
    piece = to_local(part.candidate, network.crs)
    assert part.class_ == "straddling"
    assert float(ellipsoidal_area(piece, network.crs)) == pytest.approx(280 * 2000 / 3, rel=1e-6)
    (road,) = (at for at, row in enumerate(network.features) if row.name == "城南大道")
    halves = shapely.get_parts(
        shapely.difference(piece, shapely.buffer(network.shapes[road], 0.01))
    )
    assert len(halves) == 2
