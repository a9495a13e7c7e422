"""Unseen towns through the command line, against truths worked out by hand in metres."""

import json

import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from geo.crs import local_tm, to_local, to_lonlat
from parcels.cli import app

CRS = local_tm(104.06, 30.67)
ROWS = {"迎宾大道": -2000, "建设路": -1000, "人民路": 0, "解放路": 1000, "长江路": 2000}
COLUMNS = {"西环路": -2000, "中山路": -1000, "文化路": 0, "学府路": 1000, "东环路": 2000}
REACH = 3000
MU = 2000 / 3


def turned(xy, degrees):
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(xy, dtype=float) @ turn.T


def lines(rows):
    return [(name, shapely.LineString(xy)) for name, xy in rows]


def grid(degrees):
    rows = {name: [(-REACH, y), (REACH, y)] for name, y in ROWS.items()}
    columns = {name: [(x, -REACH), (x, REACH)] for name, x in COLUMNS.items()}
    square = shapely.box(-1900, 100, -1100, 900)
    park = shapely.Polygon(turned(shapely.get_coordinates(square), degrees))
    roads = lines((name, turned(xy, degrees)) for name, xy in (rows | columns).items())
    return [*roads, ("科技园", park)]


def dual_carriageway():
    """人民路 as two one-way lines 24 m apart, cut every 500 m; 文化路 with a gap of 1 km."""
    kept = [row for row in grid(0) if row[0] not in {"人民路", "文化路"}]
    pieces = [
        ("人民路", [(start, side), (start + 500, side)][:: int(np.sign(side))])
        for start in range(-REACH, REACH, 500)
        for side in (-12, 12)
    ]
    gap = [("文化路", [(0, -REACH), (0, -700)]), ("文化路", [(0, 300), (0, REACH)])]
    return [*kept, *lines([*pieces, *gap])]


def bent():
    """Add a ring of 1,500 m, a diagonal, and a river that swings around y = 1,500."""
    angles = np.linspace(0, 2 * np.pi, 181)
    x = np.arange(-REACH, REACH + 1, 50)
    ring = 1500 * np.column_stack([np.cos(angles), np.sin(angles)])
    river = np.column_stack([x, 1500 + 200 * np.sin(x / 400)])
    diagonal = [(-2500, -2500), (2500, 2500)]
    return [*grid(0), *lines([("环城路", ring), ("清水河", river), ("斜阳路", diagonal)])]


TOWNS = {
    "grid": (grid(0), 0),
    "turned": (grid(30), 30),
    "dual": (dual_carriageway(), 0),
    "bent": (bent(), 0),
}
ENDS = "东至学府路，南至建设路，西至中山路，北至解放路"
# town, phrase, class, points inside, points outside, area of the block in m2
TRUTHS = [
    ("grid", "人民路以南、文化路以东", "half_open", [(500, -500), (2500, -2500)], [(500, 500), (-500, -500)], 1e6),
    ("grid", ENDS, "closed", [(900, 900), (-900, -900)], [(1100, 0), (0, -1100)], 4e6),
    ("grid", "成都市高新区人民路南侧、文化路东侧地块", "half_open", [(500, -500)], [(500, 500)], 1e6),
    ("grid", "科技园内", "within", [(-1500, 500)], [(-1000, 500)], None),
    ("grid", "人民路、文化路、建设路、学府路四条路围合区域", "closed", [(500, -500)], [(500, 500)], 1e6),
    ("grid", "人民路以南200米以内、文化路以东", "half_open", [(500, -190)], [(500, -210)], 2e5),
    ("grid", "东至学府路，南至规划路，西至空地，北至解放路", "half_open", [(900, 900), (0, 0)], [(1100, 0), (0, 1100)], 1e6),
    ("grid", "解放路（文化路至学府路段）以南", "half_open", [(500, 900)], [(-100, 900), (1100, 900), (500, 1100)], 1e6),
    ("turned", "人民路以南、文化路以东", "half_open", [(500, -500), (2500, -2500)], [(500, 500), (-500, -500)], 1e6),
    ("turned", "建设路与学府路交叉口西北角", "half_open", [(500, -500)], [(1100, 0), (500, -1100)], 1e6),
    ("turned", "建设路与人民路之间、文化路与学府路之间", "closed", [(500, -500)], [(500, 100)], 1e6),
    ("dual", "人民路以南、文化路以东", "half_open", [(500, -20), (100, -500)], [(500, 0), (-100, -500)], 988e3),
    ("dual", "东至学府路，南至建设路，西至文化路，北至人民路", "closed", [(10, -500)], [(-10, -500)], 988e3),
    ("bent", "环城路以内", "within", [(0, 1450), (1000, 1000)], [(0, 1550), (1100, 1100)], None),
    ("bent", "环城路以东、人民路以北", "half_open", [(1550, 20), (1200, 1200)], [(1400, 20), (1600, -20)], None),
    ("bent", "斜阳路以东、人民路以北", "half_open", [(700, 500)], [(500, 700), (500, -100)], None),
    ("bent", "清水河以南、学府路以东", "half_open", [(1100, 1500), (2500, 1300)], [(1100, 1700), (900, 0)], None),
]  # fmt: skip
OPEN = [
    ("人民路以南", "one_sided"),
    ("人民路以南、人民路以北", "contradictory"),
    ("人民路以北、建设路以南", "contradictory"),
    ("人民璐以南、文化路以东", "unresolved"),
    ("东至空地，西至围墙", "unresolved"),
    ("此处没有方位", "unresolved"),
]

SIZES = [30, 280, 1200]
CORNER = "人民路以南、文化路以东"
TOO_LARGE = f"{ENDS}，占地面积9000亩"
SPELLED = "规划人民路以南、文化路南段以東"
OTHERS = [TOO_LARGE, SPELLED, *(f"{CORNER}，用地面积约{mu}亩" for mu in SIZES)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Ask about all phrases of a town at once: reading its network takes the longest."""
    folder = tmp_path_factory.mktemp("towns")
    return {
        name: located(asked_of(name), written(folder / f"{name}.geojson", rows))
        for name, (rows, _) in TOWNS.items()
    }


def asked_of(town):
    phrases = [phrase for name, phrase, *_ in TRUTHS if name == town]
    return phrases + [phrase for phrase, _ in OPEN] + OTHERS


def written(path, rows):
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": json.loads(
                shapely.to_geojson(to_lonlat(shapely.segmentize(shape, 500), CRS))
            ),
        }
        for name, shape in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return str(path)


def located(phrases, file):
    arguments = ["locate", "--from", "-", "--network", file, "--json"]
    lines_ = CliRunner().invoke(app, arguments, input="\n".join(phrases)).stdout.splitlines()
    return dict(zip(phrases, map(json.loads, lines_), strict=True))


def in_metres(geometry):
    return to_local(shapely.from_geojson(json.dumps(geometry)), CRS)


@pytest.mark.parametrize(("town", "phrase", "class_", "inside", "outside", "block_m2"), TRUTHS)
def test_land_lies_where_the_words_put_it(answers, town, phrase, class_, inside, outside, block_m2):
    [part] = answers[town][phrase]["parts"]

    envelope = in_metres(part["envelope"])
    for points, expected in ((inside, True), (outside, False)):
        for point in turned(points, TOWNS[town][1]):
            assert shapely.contains_xy(envelope, *point) == expected, point
    assert part["class"] == class_
    if block_m2:
        assert in_metres(part["block"]).area == pytest.approx(block_m2, rel=1e-3)


@pytest.mark.parametrize(("phrase", "class_"), OPEN)
def test_nothing_is_drawn_without_two_sides(answers, phrase, class_):
    answer = answers["grid"][phrase]

    assert answer["class"] == class_
    assert [part["envelope"] for part in answer["parts"]] == [None] * len(answer["parts"])


@pytest.mark.parametrize("mu", SIZES)
def test_candidate_has_the_area_the_phrase_states(answers, mu):
    [part] = answers["turned"][f"{CORNER}，用地面积约{mu}亩"]["parts"]

    candidate = in_metres(part["candidate"])
    assert candidate.area == pytest.approx(mu * MU, rel=1e-3)
    assert in_metres(part["block"]).buffer(0.5).contains(candidate)


def test_area_that_does_not_fit_is_said(answers):
    [part] = answers["grid"][TOO_LARGE]["parts"]

    assert part["candidate"] is None
    assert "area_does_not_fit" in part["notes"]


def test_names_in_other_spellings_are_found(answers):
    [part] = answers["grid"][SPELLED]["parts"]

    assert [anchor["status"] for anchor in part["anchors"]] == ["matched", "matched"]
