from __future__ import annotations

import pytest

from geo.errors import PlannerError
from parcels.planning.editing import commands
from parcels.planning.editing.commands import derived_id, read_command
from tests.parcels.planning.sketches import box, geojson

SQUARE = geojson(box(0, 0, 100, 100))


def test_a_command_is_read_by_its_name():
    read = read_command({"do": "draw", "kind": "extension", "geometry": SQUARE, "width": "30米"})
    assert read == commands.Draw(do="draw", kind="extension", geometry=SQUARE, width="30米")
    assert isinstance(read_command({"do": "undo"}), commands.Step)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (None, "do"),
        ([], "do"),
        ({}, "do"),
        ({"do": "drop table"}, "do"),
        ({"do": "draw", "geometry": SQUARE}, "draw.kind"),
        ({"do": "draw", "kind": "house", "geometry": SQUARE}, "draw.kind"),
        ({"do": "draw", "kind": "parcel", "geometry": "POLYGON"}, "draw.geometry"),
        ({"do": "undo", "extra": 1}, "undo.extra"),
        ({"do": "merge", "elements": ["a"]}, "merge.elements"),
        ({"do": "delete", "elements": []}, "delete.elements"),
        ({"do": "describe", "element": "a", "year": 1500}, "describe.year.constrained-int"),
        ({"do": "fit_area", "element": "a", "area": "280亩", "side": -1}, "fit_area.side"),
    ],
)
def test_a_command_that_cannot_be_used_names_its_field(sent, field):
    with pytest.raises(PlannerError) as caught:
        read_command(sent)
    assert caught.value.code == "command_unreadable"
    assert caught.value.values["field"] == field


def test_new_elements_are_named_after_their_operation():
    assert derived_id("a", 0) == derived_id("a", 0)
    assert len({derived_id("a", 0), derived_id("a", 1), derived_id("b", 0)}) == 3
