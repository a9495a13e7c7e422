from __future__ import annotations

import json

import shapely
from hypothesis import given
from hypothesis import strategies as st

from parcels.planning import plain
from parcels.planning.model import ELEMENT_KINDS, Element, Operation
from tests.parcels.planning.sketches import scenario

DEGREES = st.floats(73, 135, allow_nan=False)
ELEMENTS = st.builds(
    Element,
    id=st.text(min_size=1),
    kind=st.sampled_from(ELEMENT_KINDS),
    shape=st.builds(
        lambda x, y, r: shapely.Point(x, y).buffer(r),
        DEGREES,
        st.floats(18, 53),
        st.floats(1e-6, 0.1),
    ),
    name=st.text(),
    code=st.text(max_size=4),
    width_m=st.none() | st.floats(0.1, 100),
    year=st.none() | st.integers(1949, 2199),
    accuracy_m=st.none() | st.floats(0, 2000),
    attributes=st.dictionaries(st.text(), st.text(), max_size=3),
)


@given(ELEMENTS)
def test_an_element_comes_back_to_the_last_bit(element):
    written = json.dumps(plain.element_to_plain(element))
    read = plain.element_from_plain(json.loads(written))
    assert shapely.equals_identical(read.shape, element.shape)
    assert plain.element_to_plain(read) == plain.element_to_plain(element)


@given(st.lists(ELEMENTS, max_size=3), st.lists(st.text(), max_size=3))
def test_an_operation_comes_back(puts, drops):
    operation = Operation(
        id="1",
        after=None,
        kind="draw",
        puts=tuple(puts),
        drops=tuple(drops),
        parameters={"area": "280亩"},
        by="王工",
        at="2026-01-01T00:00:00Z",
    )
    written = json.dumps(plain.operation_to_plain(operation))
    read = plain.operation_from_plain(json.loads(written))
    assert read == operation


def test_a_scenario_comes_back():
    made = scenario(parent="p", base="o", head="o", tip="q", settings={"quota": {"2027": "100亩"}})
    assert plain.scenario_from_plain(json.loads(json.dumps(plain.scenario_to_plain(made)))) == made
