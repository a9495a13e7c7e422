import numpy as np
import pytest
import shapely

from geo.crs import to_lonlat
from geo.errors import PlannerError
from geo.location.features import NamedFeature
from geo.location.network import Network
from geo.location.solve import solve
from tests.geo.location import town


def names(network):
    return [feature.name for feature in network.features]


@pytest.mark.parametrize(
    ("pieces", "roads"),
    [
        ([[(0, 0), (1000, 0)], [(1000, 0), (2000, 0)]], 1),
        ([[(0, 0), (1000, 0)], [(1250, 40), (2000, 40)]], 1),
        ([[(0, 0), (1000, 0)], [(0, 40), (1000, 40)]], 1),
        ([[(0, 0), (1000, 0)], [(2500, 0), (3500, 0)]], 1),
        ([[(0, 0), (3000, 0)], [(8000, 100), (9000, 100)]], 1),
        ([[(0, 0), (1000, 0)], [(0, 1500), (1000, 1500)]], 2),
        ([[(0, 0), (1000, 0)], [(8000, 3000), (9000, 3000)]], 2),
        ([[(0, 0), (1000, 0)], [(20_000, 0), (21_000, 0)]], 2),
        ([[(0, 0), (1000, 0)], [(2500, 0), (3500, 0)], [(0, 30_000), (900, 30_000)]], 2),
    ],
)
def test_pieces_of_one_name_become_one_road_where_they_belong_together(pieces, roads):
    rows = [town.road("长江路", *xy, id=str(at)) for at, xy in enumerate(pieces)]
    network = Network.build(rows)
    assert len(network.features) == roads
    assert solve("长江路以南", network).class_ == ("one_sided" if roads == 1 else "ambiguous")


def test_merging_keeps_names_and_the_worst_accuracy():
    network = Network.build(
        [
            town.road("甲路", (0, 0), (1000, 0), aliases=("子路",), accuracy_m=5.0, district="a"),
            town.road(
                " 甲 路", (1000, 0), (2000, 0), former=("丑路",), accuracy_m=50.0, district="b"
            ),
            town.road("乙路", (0, 500), (1000, 500), accuracy_m=5.0),
            town.road("乙路", (1000, 500), (2000, 500)),
        ]
    )
    first, second = network.features
    assert (first.aliases, first.former, first.accuracy_m) == (("子路",), ("丑路",), 50.0)
    assert first.district is None
    assert second.accuracy_m is None


def test_a_landmark_and_a_road_of_one_name_stay_two():
    network = Network.build(
        [
            town.road("中心", (0, 0), (1000, 0)),
            town.feature("中心", shapely.Point(500, 0), kind="landmark"),
        ]
    )
    assert len(network.features) == 2


def test_bad_rows_are_left_out_and_counted():
    with np.errstate(invalid="ignore"):  # only while the bad coordinates are made
        not_a_number = shapely.LineString([(112, 33), (np.nan, 33)])
        infinite = shapely.Point(np.inf, 33)
    bad = {
        "feature_without_name": [("", shapely.LineString([(112, 33), (112.1, 33)])), ("  ", None)],
        "feature_without_usable_geometry": [
            ("空", shapely.LineString()),
            ("零", shapely.LineString([(112, 33), (112, 33)])),
            ("非数", not_a_number),
            ("无穷", infinite),
            ("米制", shapely.Point(3_653_788, 642_990)),
            ("空面", shapely.Polygon()),
            ("扁面", shapely.Polygon([(112, 33), (112.1, 33), (112, 33)])),
            ("空集", shapely.GeometryCollection()),
        ],
        "feature_far_away": [("远", shapely.Point(0, 0))],
    }
    rows = [
        NamedFeature(id=name, name=name, geometry=shape)
        for group in bad.values()
        for name, shape in group
    ]
    good = [
        town.road("甲路", (0, 0), (1000, 0)),
        town.road("乙路", (0, 900), (1000, 900)),
        town.feature("名", None),
    ]
    network = Network.build(rows + good)
    assert names(network) == ["甲路", "乙路", "名"]
    assert dict(network.notes) == {reason: len(group) for reason, group in bad.items()}


def test_mixed_and_three_dimensional_geometry_is_read():
    bow = shapely.Polygon([(0, 0), (400, 400), (400, 0), (0, 400)])
    mixed = shapely.GeometryCollection(
        [shapely.Point(0, 0), shapely.LineString([(0, 0), (900, 0)])]
    )
    deep = shapely.LineString([(0, 500, 7), (900, 500, 9)])
    network = Network.build(
        [
            town.feature("蝶", bow, kind="park"),
            town.feature("杂", mixed),
            NamedFeature(id="z", name="深", geometry=to_lonlat(shapely.force_2d(deep), town.CRS)),
        ]
    )
    assert names(network) == ["蝶", "杂", "深"]
    assert solve("蝶内", network).parts[0].envelope.is_valid


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [NamedFeature(id="a", name="甲路", geometry=None)],
        [town.feature("", shapely.Point(0, 0))],
    ],
)
def test_a_network_with_nothing_to_draw_is_refused(rows):
    with pytest.raises(PlannerError) as error:
        Network.build(rows)
    assert error.value.code == "network_empty"
    assert error.value.values["rows"] == len(rows)


def test_the_window_is_that_of_the_anchors_district():
    rows = [
        town.road("甲路", (-1000, 0), (1000, 0), district="南"),
        town.road("乙路", (0, -1000), (0, 1000), district="南"),
        town.road("丙路", (-1000, 20_000), (1000, 20_000), district="北"),
    ]
    network = Network.build(rows)
    land = town.metres(solve("甲路以北、乙路以东", network).parts[0].envelope)
    assert shapely.bounds(land)[3] == pytest.approx(1500, abs=5)
    land = town.metres(solve("丙路以南、乙路以东", network).parts[0].envelope)
    assert shapely.bounds(land)[1] < -1500


def test_small_gaps_at_loose_ends_are_closed_and_large_ones_are_not():
    def square(gap):
        return Network.build(
            [
                town.road("北路", (-800, 500), (800, 500)),
                town.road("南路", (-800, -500), (800, -500)),
                town.road("东路", (500, -500 + gap), (500, 500 - gap)),
                town.road("西路", (-500, -800), (-500, 800)),
            ]
        )

    assert solve("北路以南、东路以西", square(50)).parts[0].block is not None
    assert solve("北路以南、东路以西", square(90)).parts[0].block is None


def test_a_dense_network_is_cut_around_the_place_only():
    """Faces of 4 million crossings are never made: the block comes from the surroundings."""
    count, spacing = 2000, 20.0
    reach = count * spacing / 2
    across = [
        town.road(f"横{n}路", (-reach, n * spacing - reach), (reach, n * spacing - reach))
        for n in range(count)
    ]
    up = [
        town.road(f"竖{n}路", (n * spacing - reach, -reach), (n * spacing - reach, reach))
        for n in range(count)
    ]
    network = Network.build(across + up)
    assert not network.blocks.complete
    block = town.metres(solve("横1000路以南、竖1000路以西", network).parts[0].block)
    assert shapely.area(block) == pytest.approx(spacing**2, rel=1e-3)
    assert shapely.bounds(block) == pytest.approx((-spacing, -spacing, 0, 0), abs=0.5)
