"""What holds for the rings, the quality and the neighbours of any parcels."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from geo.survey.quality.examination import examine
from geo.survey.quality.neighbours import neighbour_findings
from geo.survey.quality.order import normalise
from geo.survey.quality.repair import propose
from geo.survey.quality.rings import assemble

SEEDS = st.integers(0, 2**32 - 1)
COORDINATES = st.integers(0, 40).map(lambda step: step * 2.5)
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=12)
ORDER = {"Q_ORIENT", "Q_START"}


@st.composite
def nested(draw):
    """Boxes in boxes in boxes, side by side: rings whose roles are known by their depth."""
    polygons = []
    for column in range(draw(st.integers(1, 3))):
        depth = draw(st.integers(1, 6))
        boxes = [
            shapely.box(100 * column + d, d, 100 * column + 90 - d, 90 - d)
            for d in range(0, 5 * depth, 5)
        ]
        for outer in range(0, depth, 2):
            holes = [box.exterior.coords for box in boxes[outer + 1 : outer + 2]]
            polygons.append(shapely.Polygon(boxes[outer].exterior.coords, holes))
    return shapely.multipolygons(polygons)


def shuffled_rings(shape, seed):
    random = np.random.default_rng(seed)
    rings = [
        shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(shapely.get_parts(shape))
    ]
    lines = []
    for place in random.permutation(len(rings)):
        points = np.roll(rings[place], random.integers(len(rings[place])), axis=0)
        points = points[:: random.choice([-1, 1])]
        lines.append(np.concatenate([points, points[:1]]) if random.random() < 0.5 else points)
    return shapely.MultiLineString(lines)


@given(nested(), SEEDS)
def test_shuffled_rings_make_the_same_ground(shape, seed):
    made = assemble([shuffled_rings(shape, seed)])
    assert made.faults == {}
    assert made.geometries[0].equals(shape)
    assert made.geometries[0].area == shape.area


@given(POINTS, SEEDS)
def test_any_ring_is_refused_or_repaired_to_a_valid_parcel(points, seed):
    made = assemble([shapely.LineString(points)])
    if made.faults:
        return
    shape = made.geometries[0]
    broken = examine([shape]).broken[0]
    assert broken == (not shape.is_valid)
    proposal = propose(shape)
    assert not broken or proposal is not None
    if proposal is not None:
        assert proposal.geometry.is_valid
        assert not examine([proposal.geometry]).broken[0]
        assert proposal.values["after_m2"] <= shapely.convex_hull(shape).area + 1e-3


@given(st.lists(POINTS, min_size=2, max_size=3))
def test_a_repair_of_parts_loses_none_of_their_ground(parts):
    made = assemble([shapely.LineString(points) for points in parts])
    shapes = [shape for shape in made.geometries if shape is not None and shape.is_valid]
    if len(shapes) < 2:
        return
    several = shapely.multipolygons(shapes)
    proposal = propose(several)
    ground = shapely.union_all(shapes)
    if proposal is not None and not several.is_valid:
        lost = shapely.difference(ground, proposal.geometry.buffer(1e-6))
        assert lost.area < 1e-6
        assert abs(proposal.geometry.area - ground.area) < 1e-3


@given(nested(), SEEDS, st.tuples(st.integers(-50, 50), st.integers(-50, 50)))
def test_start_direction_and_place_change_nothing_but_the_order(shape, seed, by):
    turned = assemble([shuffled_rings(shape, seed)]).geometries[0]
    moved = affinity.translate(turned, *by)
    codes = [
        sorted(
            row["code"] for row in examine([one]).findings.to_pylist() if row["code"] not in ORDER
        )
        for one in (shape, turned, moved)
    ]
    assert codes[0] == codes[1] == codes[2]
    first, second = normalise([shape]).geometries[0], normalise([turned]).geometries[0]
    rings = [
        sorted(ring.wkt for ring in shapely.get_rings(shapely.get_parts(one)))
        for one in (first, second)
    ]
    assert rings[0] == rings[1]


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=2, max_size=8), SEEDS)
def test_order_and_direction_of_parcels_do_not_change_what_they_share(corners, seed):
    boxes = [
        shapely.box(x * 10, y * 10, (x + w + 1) * 10, (y + h + 1) * 10) for x, y, w, h in corners
    ]
    random = np.random.default_rng(seed)
    mixed = [boxes[place].reverse() for place in random.permutation(len(boxes))]
    one, other = (
        sorted(
            (row["code"], round(row["value"], 6)) for row in neighbour_findings(layer).to_pylist()
        )
        for layer in (boxes, mixed)
    )
    assert one == other


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=2, max_size=8))
def test_what_is_shared_is_what_another_way_of_counting_gives(corners):
    boxes = [(x * 10, y * 10, (x + w + 1) * 10, (y + h + 1) * 10) for x, y, w, h in corners]
    boxes = list(dict.fromkeys(boxes))
    shared = [
        max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
    ]
    found = neighbour_findings([shapely.box(*box) for box in boxes]).to_pylist()
    measured = [row["value"] for row in found if not row["code"].startswith("Q_GAP")]
    assert sorted(measured) == sorted(float(area) for area in shared if area)
