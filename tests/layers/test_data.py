"""The built-in data: every feature says where it comes from, and the files stay readable."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from layers.load import DATA, builtin_features, load_catalog, load_layer, load_sources

ENTRIES = load_catalog()
REQUIRED = {
    *("id", "name", "aliases", "former", "kind", "status", "district"),
    *("geometry_class", "accuracy_m", "basis", "topology_basis"),
    *("source", "source_text", "licence", "note_zh", "note_en"),
}
LONGEST_QUOTE = 60
WINDOW = (112.35, 32.85, 112.70, 33.15)


def _raw(file: str) -> list[dict]:
    return json.loads((DATA / file).read_text(encoding="utf-8"))["features"]


ALL = [(entry, raw) for entry in ENTRIES for raw in _raw(entry.file)]


@pytest.mark.parametrize(("entry", "raw"), ALL, ids=lambda value: getattr(value, "id", "")[:40])
def test_every_feature_states_all_it_must(entry, raw) -> None:
    stated = raw["properties"]
    assert set(stated) >= REQUIRED
    assert raw["id"] == stated["id"]
    assert (stated["note_zh"] is None) == (stated["note_en"] is None)
    if raw["geometry"] is not None and stated["basis"] == "guess":
        assert stated["accuracy_m"] >= 500


def test_the_drawn_places_are_honest_about_their_class() -> None:
    classes = Counter(
        raw["properties"]["geometry_class"] for _, raw in ALL if raw["geometry"] is not None
    )
    assert set(classes) == {"schematic", "digitized"}
    for _, raw in ALL:
        if raw["properties"]["geometry_class"] == "digitized":
            assert raw["properties"]["basis"] != "guess"
            assert "own_drawing" not in raw["properties"]["source"]


def test_quotes_are_phrases_and_no_sentences() -> None:
    for _, raw in ALL:
        for key in ("source_text", "location_text"):
            quote = raw["properties"].get(key) or ""
            assert len(quote) <= LONGEST_QUOTE
            assert "。" not in quote


def test_a_name_belongs_to_one_feature() -> None:
    names = Counter(
        name
        for feature in builtin_features()
        for name in (feature.name, *feature.aliases, *feature.former)
    )
    assert {name for name, uses in names.items() if uses > 1} == set()


def test_references_between_features_lead_somewhere() -> None:
    ids = {raw["id"] for _, raw in ALL}
    for _, raw in ALL:
        stated = raw["properties"]
        linked = [stated.get("part_of"), *stated.get("alternatives", [])]
        linked += [part.get("id") for part in stated.get("parts", [])]
        assert {link for link in linked if link} <= ids


def test_every_source_is_described_and_used() -> None:
    cited = {source for _, raw in ALL for source in raw["properties"]["source"]}
    cited |= {source for entry in ENTRIES for source in entry.source}
    land_use = {"gb50137", "mnr2023", "gbt21010"}
    assert cited | land_use == set(load_sources())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_file_is_written_one_sorted_feature_a_line(entry) -> None:
    lines = (DATA / entry.file).read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "]}"
    features = _raw(entry.file)
    assert len(lines) == len(features) + 2
    for line, feature in zip(lines[1:-1], features, strict=True):
        assert line.removesuffix(",") == json.dumps(feature, ensure_ascii=False, sort_keys=True)


def _positions(coordinates: list) -> list[list[float]]:
    if isinstance(coordinates[0], float):
        return [coordinates]
    return [position for part in coordinates for position in _positions(part)]


def test_coordinates_have_six_decimals_at_most_and_lie_in_the_neighbourhood() -> None:
    west, south, east, north = WINDOW
    for _, raw in ALL:
        for lon, lat in _positions(raw["geometry"]["coordinates"]) if raw["geometry"] else []:
            assert (round(lon, 6), round(lat, 6)) == (lon, lat)
            assert west <= lon <= east
            assert south <= lat <= north


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_layer_loads_as_a_frame_in_file_order(entry) -> None:
    layer = load_layer(entry.id)
    assert list(layer.frame.index) == [raw["id"] for raw in _raw(entry.file)]
    assert layer.frame.crs.to_epsg() == 4490
    assert layer.frame.geometry.name == "geometry"
    assert (layer.title["zh"], layer.order) == (entry.title.zh, entry.order)


def test_layers_come_in_drawing_order() -> None:
    assert [entry.id for entry in ENTRIES] == [
        *("expressways", "water", "admin", "zone", "parks", "roads"),
        *("projects", "settlements", "landmarks", "parcels_schematic"),
    ]


def test_names_without_a_place_are_known_to_phrases() -> None:
    by_name = {feature.name: feature for feature in builtin_features()}
    for name in ("望城岗路", "南泰路", "纬八路北侧支路", "纬七路东延", "京达巷", "欧洲工业园"):
        assert by_name[name].geometry is None
    assert by_name["信臣路"].geometry is not None
    assert by_name["原西环路"].former == ("西环路",)
    assert by_name["中光学"].id == "landmark-zhongguangxue"


def test_drawing_boxes_and_projects_are_nothing_that_a_phrase_refers_to() -> None:
    ids = {feature.id for feature in builtin_features()}
    assert not ids & {raw["id"] for raw in _raw("parcels_schematic.geojson")}
    assert not ids & {raw["id"] for raw in _raw("projects.geojson")}


def test_the_documentation_names_every_file_and_every_source() -> None:
    text = (DATA.parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
    files = {path.name for path in DATA.iterdir()} - {"README.md"}
    assert {name for name in files | set(load_sources()) if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_the_documentation_counts_what_is_drawn(entry) -> None:
    text = (DATA.parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith(f"| `{entry.file}`"))
    features = _raw(entry.file)
    drawn = sum(raw["geometry"] is not None for raw in features)
    assert f"| {drawn} of {len(features)} |" in line
