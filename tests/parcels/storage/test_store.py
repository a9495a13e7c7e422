"""What the store keeps to the last bit on both engines, and what it refuses to keep."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import PlannerError
from parcels.planning.model import Element, Operation, Scenario
from parcels.storage.access import SINGLE_DESK, Actor
from parcels.storage.address import read_address
from parcels.storage.plain_tables import lines_of
from parcels.storage.store import open_store

AT = "2026-11-22T08:00:00Z"
SQUARE = shapely.box(112.5, 32.9, 112.6, 33.0)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    """Open an empty store."""
    if request.param == "sqlite":
        return open_store(tmp_path / "planner.sqlite")
    return open_store(request.getfixturevalue("postgres_url"))


def element(**stated):
    return Element(**{"id": "e", "kind": "extension", "shape": SQUARE} | stated)


def step(number: int, after: str | None, *puts: Element, **stated):
    return Operation(id=f"o{number}", after=after, kind="draw", puts=puts, at=AT, **stated)


def begun(store, *operations, name="一"):
    return store.create(SINGLE_DESK, Scenario(id="s", name=name, made_at=AT), operations, key="k")


def odd_line(longitude):
    with np.errstate(invalid="ignore"):
        return shapely.LineString([(112, 32), (longitude, 33)])


degrees = st.floats(70, 140, allow_nan=False)
texts = st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\ud800“<{"), max_size=20)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
lines = st.lists(st.tuples(degrees, degrees), min_size=2, max_size=9).map(shapely.LineString)
boxes = st.lists(st.builds(shapely.box, degrees, degrees, degrees, degrees), min_size=1, max_size=3)
shapes = lines | boxes.map(shapely.MultiPolygon) | boxes.map(lambda some: some[0])
elements = st.builds(
    element,
    shape=shapes,
    name=texts,
    source=texts,
    year=st.none() | st.integers(1949, 2199),
    width_m=st.none() | st.floats(0, 1e9),
    accuracy_m=st.none() | st.floats(0, 100),
    attributes=st.dictionaries(texts, texts, max_size=4),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(puts=st.lists(elements, max_size=3), parameters=st.dictionaries(texts, plain, max_size=3))
def test_operations_come_back_to_the_last_bit(store, puts, parameters):
    known = {one.id for one in store.scenarios(SINGLE_DESK)}
    if not known:
        begun(store)
    line = store.line(SINGLE_DESK, "s")
    number, head = len(line.operations), line.scenario.head
    made = step(number, head, *puts, parameters=parameters)
    store.add(SINGLE_DESK, "s", made, seen=line.scenario.version, key=f"k{number}")

    found = store.line(SINGLE_DESK, "s").operations[-1]

    assert found == made
    for kept, put in zip(found.puts, puts, strict=True):
        assert shapely.to_wkb(kept.shape, include_srid=True) == shapely.to_wkb(put.shape)
        assert list(kept.attributes) == list(put.attributes)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Polygon(),
        shapely.Point(112, 32),
        shapely.GeometryCollection([SQUARE]),
        shapely.force_3d(SQUARE, 5.0),
        odd_line(float("inf")),
        odd_line(float("nan")),
    ],
    ids=["empty", "point", "collection", "heights", "infinite", "nan"],
)
def test_an_outline_that_could_not_come_back_is_refused(store, shape):
    with pytest.raises(PlannerError) as raised:
        begun(store, step(1, None, element(shape=shape, name="甲")))
    assert (raised.value.code, raised.value.values) == ("element_unfit", {"value": "甲"})
    assert store.scenarios(SINGLE_DESK) == ()


@pytest.mark.parametrize("name", ["a\x00b", "a\ud800b"])
def test_a_name_that_no_engine_holds_is_refused(store, name):
    with pytest.raises(PlannerError, match="text_unfit"):
        begun(store, name=name)
    begun(store)
    with pytest.raises(PlannerError, match="text_unfit"):
        store.change(SINGLE_DESK, "s", seen=1, key="x", at=AT, name=name)
    with pytest.raises(PlannerError) as raised:
        store.add(SINGLE_DESK, "s", step(1, None), seen=1, key="\ud800")
    assert raised.value.code == "text_unfit"
    json.dumps(str(raised.value.values["value"])).encode()
    assert store.line(SINGLE_DESK, "s").scenario.version == 1


def test_a_number_that_is_none_is_not_saved(store):
    begun(store)
    with pytest.raises(ValueError, match="JSON"):
        store.change(SINGLE_DESK, "s", seen=1, key="x", at=AT, settings={"quota": float("nan")})
    assert store.line(SINGLE_DESK, "s").scenario.version == 1


def test_a_scenario_that_is_not_there_is_said(store):
    for call in (
        lambda: store.line(SINGLE_DESK, "none"),
        lambda: store.add(SINGLE_DESK, "none", step(1, None), seen=1, key="k"),
        lambda: store.keep_draft(SINGLE_DESK, "none", {}, at=AT),
        lambda: store.create(
            SINGLE_DESK, Scenario(id="x", name="", parent="none", made_at=AT), key="k"
        ),
    ):
        with pytest.raises(PlannerError) as raised:
            call()
        assert (raised.value.code, raised.value.values) == ("scenario_unknown", {"value": "none"})
    assert store.draft(SINGLE_DESK, "none") is None
    assert store.saved(SINGLE_DESK, "none", "k") is None


def test_a_scenario_begins_where_its_operations_lead(store):
    begun(store, step(1, None, element()))
    copy = Scenario(id="c", name="副本", parent="s", base="o1", made_at=AT, head="x", version=9)
    made = store.create(Actor("乙", "planner"), copy, [step(2, "o1")], key="k2")
    assert (made.head, made.tip, made.version, made.owner) == ("o2", "o2", 1, "乙")
    line = store.line(SINGLE_DESK, "c")
    assert ([one.id for one in line.own], list(line.inherited)) == (["o2"], ["e"])
    for wrong in (
        Scenario(id="w", name="", base="o1", made_at=AT),
        Scenario(id="w", name="", parent="s", base="gone", made_at=AT),
    ):
        with pytest.raises(PlannerError, match="operation_out_of_line"):
            store.create(SINGLE_DESK, wrong, key="k3")
    with pytest.raises(PlannerError, match="scenario_repeated"):
        store.create(SINGLE_DESK, Scenario(id="s", name="", made_at=AT), key="k4")


def test_an_operation_is_saved_once_in_all_scenarios(store):
    begun(store, step(1, None))
    store.create(SINGLE_DESK, Scenario(id="t", name="", made_at=AT), key="k2")
    with pytest.raises(PlannerError, match="operation_out_of_line"):
        store.add(SINGLE_DESK, "t", step(1, None), seen=1, key="k3")


def test_the_order_of_making_is_kept_whatever_the_clock_says(store):
    for number, at in enumerate(("2030", "1999", "2026")):
        made = Scenario(id=f"z{9 - number}", name="", made_at=at)
        store.create(SINGLE_DESK, made, key=f"k{number}")
    assert [one.made_at for one in store.scenarios(SINGLE_DESK)] == ["2030", "1999", "2026"]


def test_the_tables_hold_what_a_person_can_read(tmp_path):
    store = open_store(tmp_path / "planner.sqlite")
    begun(store, step(1, None, element(name="扩区")))
    with store.database.reading() as link:
        (row,) = (json.loads(line) for line in lines_of(link, "operation_element"))
    assert row["properties"] == {"name": "扩区"}
    assert row["shape"]["coordinates"][0][0] == [112.6, 32.9]


@pytest.mark.parametrize(
    "typed", ["mysql://a/b", "postgresql://host", "http://x", "sqlite://", "://"]
)
def test_an_address_of_nothing_that_is_known_is_refused(typed):
    with pytest.raises(PlannerError, match="store_address"):
        read_address(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("var/planner.sqlite", "planner.sqlite"),
        ("sqlite:///var/planner.sqlite", "planner.sqlite"),
        ("postgresql://planner:secret@db:5433/office", "db/office"),
        ("postgres://planner@db/office", "db/office"),
        ("postgresql+psycopg:///office", "office"),
    ],
)
def test_a_store_is_called_by_a_name_without_secrets(typed, name):
    assert read_address(typed).name == name
